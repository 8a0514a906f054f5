"""Editors see in the admin what the desk keeps, and let a settled name queue up again."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("editor", "admin")
WANTED = (
    "view_claim",
    "view_difference",
    "view_flag",
    "view_match",
    "view_settledname",
    "delete_settledname",
)


def _permissions(apps):
    # Permissions are made after all migrations have run; these are wanted now.
    app = apps.get_app_config("statements")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0)
    app.models_module = None
    return apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="statements", codename__in=WANTED
    )


def give(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*_permissions(apps))


def take_back(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*_permissions(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0007_editors_see_disputes"),
        ("statements", "0021_desk"),
    ]
    operations = [migrations.RunPython(give, take_back)]
