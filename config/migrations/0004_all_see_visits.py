"""Whoever sees an article in the admin sees the looks at its page."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("viewer", "analyst", "editor", "admin")


def _permission(apps):
    # Permissions are made after all migrations have run; this one is wanted now.
    app = apps.get_app_config("sources")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0)
    app.models_module = None
    return apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="sources", codename="view_visit"
    )


def give(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(_permission(apps))


def take_back(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(_permission(apps))


class Migration(migrations.Migration):
    dependencies = [("config", "0003_editors_keep_credentials")]
    operations = [migrations.RunPython(give, take_back)]
