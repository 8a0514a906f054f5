"""Work stands in a row in which the sources take turns."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0005_the_real_web'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='job',
            name='job_due',
        ),
        migrations.AddField(
            model_name='job',
            name='set_back',
            field=models.DurationField(db_default=datetime.timedelta(0), help_text='How far it stands back for what its source had queued already.'),
        ),
        migrations.AddField(
            model_name='job',
            name='source',
            field=models.ForeignKey(blank=True, db_index=False, help_text='Whose page is to be captured now; sources take turns.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='sources.source'),
        ),
        migrations.AddField(
            model_name='job',
            name='turn_at',
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.Value('UTC'), django.db.models.expressions.CombinedExpression(models.Func(models.Value('UTC'), models.F('not_before'), function='timezone', output_field=models.DateTimeField()), '+', models.F('set_back')), function='timezone', output_field=models.DateTimeField()), output_field=models.DateTimeField()),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('state__in', ['queued', 'waiting'])), fields=['-priority', 'turn_at', 'not_before'], name='job_turn'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('source__isnull', False), ('state', 'queued')), fields=['source', 'turn_at'], name='job_row_of_source'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('reason_code', 'disk'), ('state', 'waiting')), fields=['not_before'], name='job_no_room'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.CheckConstraint(condition=models.Q(('set_back__gte', datetime.timedelta(0)), ('set_back__lte', datetime.timedelta(days=1))), name='job_set_back_a_day_at_most'),
        ),
    ]
