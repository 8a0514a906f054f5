"""Articles and their texts are recorded in one pass where one statement brings many of them."""

from django.db import migrations

from history.auditing import audit

_ARTICLE = "sources_article"
_SNAPSHOT = "sources_snapshot"
_AT_WORK = ["cluster", "state", "state_since"]
_KEPT_BY_HASH = ["text", "sketch", "damaged_at"]
_OF_ARTICLE = ("article_id", _ARTICLE)


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0009_evidence_audited"),
        ("history", "0004_sealed_together"),
    ]
    operations = [
        audit(
            _ARTICLE,
            hidden=_AT_WORK,
            together=True,
            instead_of=audit(_ARTICLE, hidden=_AT_WORK),
        ),
        audit(
            _SNAPSHOT,
            hidden=_KEPT_BY_HASH,
            owner=_OF_ARTICLE,
            together=True,
            instead_of=audit(_SNAPSHOT, hidden=_KEPT_BY_HASH, owner=_OF_ARTICLE),
        ),
    ]
