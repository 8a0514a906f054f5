"""The groups viewer, analyst, editor and admin, with what each may do in the admin site."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

# Each group may all that the groups before it may. Reviews are added by the review pages and
# changed by nobody; snapshots, attestations and aliases are written by ingestion alone.
GROWING = {
    "viewer": [
        "sources.view_article",
        "sources.view_snapshot",
        "sources.view_source",
        "statements.view_actor",
        "statements.view_attestation",
        "statements.view_event",
        "statements.view_office",
        "statements.view_party",
        "statements.view_position",
        "statements.view_provision",
        "statements.view_speaker",
        "statements.view_statement",
        "statements.view_treaty",
        "statements.view_treatyaction",
    ],
    "analyst": [
        "sources.add_article",
        "sources.view_feed",
        "sources.view_job",
        "statements.change_statement",
    ],
    "editor": [
        *[
            f"sources.{deed}_{row}"
            for row in ("source", "feed", "article")
            for deed in ("add", "change")
        ],
        "sources.change_job",
        "sources.view_articlealias",
        "sources.view_heartbeat",
        "sources.view_hoststate",
        *[
            f"statements.{deed}_{row}"
            for row in (
                "actor", "actorname", "membership", "speaker", "speakername", "office",
                "treaty", "provision", "treatyaction", "event", "party", "position",
            )
            for deed in ("view", "add", "change", "delete")
        ],
        "statements.view_review",
        "statements.add_review",
    ],
    "admin": [
        "sources.delete_source",
        "sources.delete_feed",
        "sources.change_hoststate",
        *[
            f"auth.{deed}_{row}"
            for row in ("user", "group")
            for deed in ("view", "add", "change", "delete")
        ],
    ],
}


def make_groups(apps, schema_editor):
    # Permissions are made after all migrations have run; these are wanted now.
    for label in ("auth", "sources", "statements"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    granted = []
    for name, permissions in GROWING.items():
        for permission in permissions:
            label, codename = permission.split(".")
            granted.append(
                Permission.objects.get(content_type__app_label=label, codename=codename)
            )
        Group.objects.get_or_create(name=name)[0].permissions.set(granted)


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROWING).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sources", "0002_guards"),
        ("statements", "0002_guards"),
    ]
    operations = [migrations.RunPython(make_groups, remove_groups)]
