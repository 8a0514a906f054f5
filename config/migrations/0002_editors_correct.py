"""Only editors and admins correct statements: a correction is a decision, as the review pages have it."""

from django.db import migrations


def _permission(apps):
    Permission = apps.get_model("auth", "Permission")
    return Permission.objects.get(
        content_type__app_label="statements", codename="change_statement"
    )


def take_from_analysts(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="analyst"):
        group.permissions.remove(_permission(apps))


def give_back(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="analyst"):
        group.permissions.add(_permission(apps))


class Migration(migrations.Migration):
    dependencies = [("config", "0001_groups")]
    operations = [migrations.RunPython(take_from_analysts, give_back)]
