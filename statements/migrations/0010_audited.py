"""What people edit in this room has a history; so has what the machine writes beside it."""

from django.db import migrations

from history.auditing import audit

ACTOR = "statements_actor"
SPEAKER = "statements_speaker"
TREATY = "statements_treaty"
EVENT = "statements_event"
STATEMENT = "statements_statement"


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0009_evidence_has_a_place"),
        ("history", "0002_triggers"),
    ]
    operations = [
        audit(ACTOR),
        audit("statements_actorname", owner=("actor_id", ACTOR)),
        audit("statements_membership", owner=("member_id", ACTOR)),
        audit(SPEAKER),
        audit("statements_speakername", owner=("speaker_id", SPEAKER)),
        audit("statements_office", owner=("speaker_id", SPEAKER)),
        audit(TREATY),
        audit("statements_treaty_parties", owner=("treaty_id", TREATY)),
        audit("statements_treaty_concerns", owner=("treaty_id", TREATY)),
        audit("statements_provision", owner=("treaty_id", TREATY)),
        audit("statements_treatyaction", owner=("treaty_id", TREATY)),
        audit("statements_treatyaction_signatories"),
        audit(EVENT),
        audit("statements_event_actors", owner=("event_id", EVENT)),
        audit("statements_event_speakers", owner=("event_id", EVENT)),
        audit(STATEMENT, hidden=["search"]),
        audit("statements_party", owner=("statement_id", STATEMENT)),
        audit("statements_attestation", owner=("statement_id", STATEMENT)),
        audit("statements_position", owner=("statement_id", STATEMENT)),
        audit("statements_eventmention", owner=("statement_id", STATEMENT)),
        audit("statements_review", owner=("statement_id", STATEMENT)),
    ]
