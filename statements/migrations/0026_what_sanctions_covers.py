"""The object «sanctions» says what it covers, since who rejects a review does not reject them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('statements', '0025_corrections_are_found'),
    ]

    operations = [
        migrations.AlterField(
            model_name='dispute',
            name='object',
            field=models.CharField(blank=True, choices=[('treaty', 'Treaty'), ('military-cooperation', 'military cooperation'), ('arms-transfers', 'arms transfers'), ('troops', 'Troops'), ('summit', 'Summit'), ('sanctions', 'sanctions, their review or monitoring'), ('dprk-weapons', 'DPRK weapons programmes'), ('ukraine-arms', 'arms for Ukraine'), ('alliance', 'Alliance'), ('dialogue', 'Dialogue'), ('', 'not coded')], max_length=20),
        ),
        migrations.AlterField(
            model_name='position',
            name='object',
            field=models.CharField(blank=True, choices=[('treaty', 'Treaty'), ('military-cooperation', 'military cooperation'), ('arms-transfers', 'arms transfers'), ('troops', 'Troops'), ('summit', 'Summit'), ('sanctions', 'sanctions, their review or monitoring'), ('dprk-weapons', 'DPRK weapons programmes'), ('ukraine-arms', 'arms for Ukraine'), ('alliance', 'Alliance'), ('dialogue', 'Dialogue'), ('', 'not coded')], default='', max_length=20),
        ),
    ]
