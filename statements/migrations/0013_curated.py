"""Curated statements: days that are one of several, codes beside every treaty, and where they come from."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from history.auditing import audit


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0008_references'),
        ('statements', '0012_by_hand'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CuratedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.CharField(max_length=100, unique=True)),
                ('loaded', models.JSONField()),
            ],
            options={
                'verbose_name_plural': 'curated entries',
                'ordering': ['entry'],
            },
        ),
        migrations.AddField(
            model_name='attestation',
            name='directness',
            field=models.CharField(blank=True, choices=[('direct', 'quoted in whole clauses'), ('mixed', 'partly quoted'), ('indirect', 'paraphrased'), ('summary', 'its gist alone')], help_text='How the document prints what a summary tells.', max_length=8),
        ),
        migrations.AddField(
            model_name='attestation',
            name='translated_by',
            field=models.CharField(blank=True, choices=[('official', "the speaker's side"), ('outlet', 'the outlet'), ('machine', 'a machine')], max_length=8),
        ),
        migrations.AddField(
            model_name='position',
            name='modality',
            field=models.CharField(blank=True, choices=[('', 'not coded'), ('asserted', 'Asserted'), ('conditional', 'Conditional'), ('possible', 'Possible'), ('future', 'Future'), ('denied', 'Denied'), ('reported', 'reported of somebody else')], default='', max_length=11),
        ),
        migrations.AddField(
            model_name='statement',
            name='said_on_to',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='attestation',
            name='form',
            field=models.CharField(blank=True, choices=[('', 'not known'), ('press_conference', 'Press Conference'), ('interview', 'Interview'), ('speech', 'Speech'), ('joint_statement', 'Joint Statement'), ('written_statement', 'Written Statement'), ('readout', 'Readout'), ('un_meeting', 'UN meeting'), ('post', 'social media post'), ('remarks', 'remarks to the press'), ('call', 'telephone call'), ('meeting', 'meeting or talks'), ('hearing', 'Hearing'), ('toast', 'Toast'), ('statement', 'Statement'), ('media_report', 'report of state media'), ('other', 'Other')], max_length=17),
        ),
        migrations.AlterField(
            model_name='position',
            name='treaty',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='statements.treaty'),
        ),
        migrations.AlterField(
            model_name='statement',
            name='form',
            field=models.CharField(blank=True, choices=[('', 'not known'), ('press_conference', 'Press Conference'), ('interview', 'Interview'), ('speech', 'Speech'), ('joint_statement', 'Joint Statement'), ('written_statement', 'Written Statement'), ('readout', 'Readout'), ('un_meeting', 'UN meeting'), ('post', 'social media post'), ('remarks', 'remarks to the press'), ('call', 'telephone call'), ('meeting', 'meeting or talks'), ('hearing', 'Hearing'), ('toast', 'Toast'), ('statement', 'Statement'), ('media_report', 'report of state media'), ('other', 'Other')], default='', max_length=17),
        ),
        migrations.AlterField(
            model_name='statement',
            name='said_on_basis',
            field=models.CharField(choices=[('expression', 'a day named in the text'), ('weekday', 'a weekday, resolved against the publication date'), ('occasion', 'the day of the occasion that the speaker goes on at'), ('publication', 'the publication date of the report'), ('dateline', 'the dateline of the report'), ('inferred', 'what the report tells of the occasion'), ('other_source', 'another source than the reports'), ('editor', 'set by an editor'), ('none', 'not known')], default='none', max_length=12),
        ),
        migrations.AlterField(
            model_name='statement',
            name='said_on_precision',
            field=models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year'), ('range', 'one of several days'), ('unknown', 'Unknown')], default='unknown', max_length=7),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('treaty__isnull', False), models.Q(('provision__isnull', True), models.Q(('object', ''), _negated=True)), _connector='OR'), name='position_judges_something'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('said_on_precision', 'range'), ('said_on_to__gt', models.F('said_on'))), models.Q(models.Q(('said_on_precision', 'range'), _negated=True), ('said_on_to__isnull', True)), _connector='OR'), name='statement_several_days'),
        ),
        migrations.AddField(
            model_name='curatedentry',
            name='statement',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='curated', to='statements.statement'),
        ),
        audit("statements_curatedentry", owner=("statement_id", "statements_statement")),
    ]
