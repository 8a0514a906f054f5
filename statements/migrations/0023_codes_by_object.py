"""A coder gives each object that a statement judges without a treaty a code of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('statements', '0022_apart')]

    operations = [
        migrations.RemoveConstraint(model_name='position', name='position_once_per_coder'),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.UniqueConstraint(condition=models.Q(('treaty__isnull', False)), fields=('statement', 'treaty', 'provision', 'coder', 'rule'), name='position_once_per_coder', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.UniqueConstraint(condition=models.Q(('treaty__isnull', True)), fields=('statement', 'object', 'coder', 'rule'), name='position_once_per_object', nulls_distinct=False),
        ),
    ]
