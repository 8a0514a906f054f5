"""Editors, who answer notes against positions, see them in the admin as well."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("editor", "admin")


def _permission(apps):
    # Permissions are made after all migrations have run; this one is wanted now.
    app = apps.get_app_config("statements")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0)
    app.models_module = None
    return apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="statements", codename="view_dispute"
    )


def give(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(_permission(apps))


def take_back(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(_permission(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0006_admins_see_imports"),
        ("statements", "0019_disputes"),
    ]
    operations = [migrations.RunPython(give, take_back)]
