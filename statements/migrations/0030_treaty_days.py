"""A treaty's days say how exactly they are known. Rows of the register's files learn it when
they are next loaded; a day entered by hand is shown as it was."""

from django.db import migrations, models


def _precision():
    choices = [('day', 'Day'), ('month', 'Month'), ('year', 'Year'), ('unknown', 'Unknown')]
    return models.CharField(choices=choices, default='unknown', max_length=7)


class Migration(migrations.Migration):

    dependencies = [
        ('statements', '0029_search_leaves_statements'),
    ]

    operations = [
        migrations.AddField('treaty', 'signed_on_precision', _precision()),
        migrations.AddField('treaty', 'in_force_on_precision', _precision()),
    ]
