"""Who imports files of the register sees which were imported."""

from django.contrib.auth.management import create_permissions
from django.db import migrations


def _permission(apps):
    # Permissions are made after all migrations have run; this one is wanted now.
    app = apps.get_app_config("statements")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0)
    app.models_module = None
    return apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="statements", codename="view_registerimport"
    )


def give(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="admin"):
        group.permissions.add(_permission(apps))


def take_back(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="admin"):
        group.permissions.remove(_permission(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0005_accounts_audited"),
        ("statements", "0014_register_imports"),
    ]
    operations = [migrations.RunPython(give, take_back)]
