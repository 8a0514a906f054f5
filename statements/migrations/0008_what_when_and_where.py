"""A report tells its occasion, a position where its treaty is named, an event is spoken of."""

import django.db.models.deletion
from django.db import migrations, models

# The place stood inside of the rule's text.
FORWARD = """
UPDATE statements_position
   SET "where" = CASE split_part(rule, '; treaty named in ', 2)
         WHEN 'it' THEN 'words' WHEN 'the title' THEN 'title' ELSE 'paragraph' END,
       rule = split_part(rule, '; treaty named in ', 1)
 WHERE coder_id IS NULL AND rule LIKE '%; treaty named in %';
"""
BACKWARD = """
UPDATE statements_position
   SET rule = left(rule || '; treaty named in ' || CASE "where"
         WHEN 'words' THEN 'it' WHEN 'title' THEN 'the title' ELSE 'its paragraph' END, 60)
 WHERE coder_id IS NULL AND "where" <> '';
"""


class Migration(migrations.Migration):

    dependencies = [
        ('statements', '0007_voices_of_reports'),
    ]

    operations = [
        migrations.AddField(
            model_name='attestation',
            name='day_end',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attestation',
            name='day_start',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attestation',
            name='form',
            field=models.CharField(blank=True, choices=[('', 'not known'), ('press_conference', 'Press Conference'), ('interview', 'Interview'), ('speech', 'Speech'), ('joint_statement', 'Joint Statement'), ('written_statement', 'Written Statement'), ('readout', 'Readout'), ('un_meeting', 'UN meeting'), ('post', 'social media post'), ('remarks', 'remarks to the press'), ('call', 'telephone call'), ('meeting', 'meeting or talks'), ('hearing', 'Hearing'), ('other', 'Other')], max_length=17),
        ),
        migrations.AddField(
            model_name='attestation',
            name='occasion_end',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attestation',
            name='occasion_start',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attestation',
            name='place',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='position',
            name='named',
            field=models.CharField(blank=True, help_text='The name of the treaty or article as printed.', max_length=200),
        ),
        migrations.AddField(
            model_name='position',
            name='where',
            field=models.CharField(blank=True, choices=[('words', 'in the words'), ('paragraph', 'in their paragraph'), ('before', 'in the paragraph before them'), ('title', 'in the title'), ('', 'not said')], default='', max_length=9),
        ),
        migrations.AddField(
            model_name='statement',
            name='event_reason',
            field=models.CharField(blank=True, help_text='Why the machine took it for this event.', max_length=200),
        ),
        migrations.AddField(
            model_name='treaty',
            name='concerns',
            field=models.ManyToManyField(blank=True, related_name='concerned_by', to='statements.actor'),
        ),
        migrations.AlterField(
            model_name='statement',
            name='form',
            field=models.CharField(blank=True, choices=[('', 'not known'), ('press_conference', 'Press Conference'), ('interview', 'Interview'), ('speech', 'Speech'), ('joint_statement', 'Joint Statement'), ('written_statement', 'Written Statement'), ('readout', 'Readout'), ('un_meeting', 'UN meeting'), ('post', 'social media post'), ('remarks', 'remarks to the press'), ('call', 'telephone call'), ('meeting', 'meeting or talks'), ('hearing', 'Hearing'), ('other', 'Other')], default='', max_length=17),
        ),
        migrations.AlterField(
            model_name='statement',
            name='said_on_basis',
            field=models.CharField(choices=[('expression', 'a day named in the text'), ('weekday', 'a weekday, resolved against the publication date'), ('occasion', 'the day of the occasion that the speaker goes on at'), ('publication', 'the publication date of the report'), ('editor', 'set by an editor'), ('none', 'not known')], default='none', max_length=11),
        ),
        migrations.CreateModel(
            name='EventMention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('where', models.CharField(choices=[('words', 'in the words'), ('paragraph', 'in their paragraph'), ('before', 'in the paragraph before them'), ('title', 'in the title'), ('', 'not said')], max_length=9)),
                ('printed', models.CharField(max_length=300)),
                ('version', models.CharField(max_length=20)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='statements.event')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='event_mentions', to='statements.statement')),
            ],
            options={
                'ordering': ['statement', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('statement', 'event'), name='event_mentioned_once')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
