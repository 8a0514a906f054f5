"""Editors look after the passwords that sources ask for, as they look after sources."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("editor", "admin")


def _permissions(apps):
    # Permissions are made after all migrations have run; these are wanted now.
    app = apps.get_app_config("sources")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0)
    app.models_module = None
    Permission = apps.get_model("auth", "Permission")
    return Permission.objects.filter(
        content_type__app_label="sources", content_type__model="credential"
    )


def give(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*_permissions(apps))


def take_back(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*_permissions(apps))


class Migration(migrations.Migration):
    dependencies = [("config", "0002_editors_correct"), ("sources", "0005_the_real_web")]
    operations = [migrations.RunPython(give, take_back)]
