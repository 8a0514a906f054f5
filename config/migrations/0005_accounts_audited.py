"""Accounts and what they may do have a history; of a password only that it changed."""

from django.db import migrations

from history.auditing import audit

USER = "auth_user"
GROUP = "auth_group"


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0004_all_see_visits"),
        ("history", "0002_triggers"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [
        audit(USER, hidden=["last_login"], masked=["password"]),
        audit("auth_user_groups", owner=("user_id", USER)),
        audit("auth_user_user_permissions", owner=("user_id", USER)),
        audit(GROUP),
        audit("auth_group_permissions", owner=("group_id", GROUP)),
    ]
