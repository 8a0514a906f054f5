"""What people edit in this room has a history. Polls and captures are work, not edits."""

from django.db import migrations

from history.auditing import audit

POLLED = [
    "next_poll_at", "polled_at", "succeeded_at", "etag", "last_modified", "body_sha256", "polls",
    "failures", "failing_since", "error_code", "error_text", "found", "keyed_by_link", "pace",
    "moved_since", "moved_polls",
]


class Migration(migrations.Migration):
    dependencies = [("sources", "0006_turns"), ("history", "0002_triggers")]
    operations = [
        audit("sources_source"),
        audit("sources_feed", hidden=POLLED, owner=("source_id", "sources_source")),
        audit("sources_credential", masked=["secret"]),
        # Articles are found by the thousand; what people state of them is edited.
        audit(
            "sources_article",
            hidden=["cluster", "state", "state_since"],
            on="UPDATE OR DELETE",
        ),
    ]
