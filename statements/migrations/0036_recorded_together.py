"""Statements and what belongs to them are recorded in one pass where many come at once."""

from django.db import migrations

from history.auditing import audit

_STATEMENT = "statements_statement"
_PARTS = ("party", "attestation", "position", "eventmention", "review", "match")
_OF_STATEMENT = ("statement_id", _STATEMENT)


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0035_search_words_fit"),
        ("history", "0004_sealed_together"),
    ]
    operations = [
        audit(_STATEMENT, together=True, instead_of=audit(_STATEMENT)),
        *(
            audit(
                f"statements_{part}",
                owner=_OF_STATEMENT,
                together=True,
                instead_of=audit(f"statements_{part}", owner=_OF_STATEMENT),
            )
            for part in _PARTS
        ),
    ]
