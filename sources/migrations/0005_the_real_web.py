"""What ingestion keeps in mind about hosts, feeds, pages and looks at them."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


# What is kept already was seen on its page, and its days are exact to the day. The day that was
# read on a page is the one date known of it; what a person or a feed states stands elsewhere.
FILL = """
UPDATE sources_article SET state = 'present', state_since = found_at
  WHERE id IN (SELECT article_id FROM sources_snapshot WHERE origin = 'fetched');
UPDATE sources_snapshot SET published_precision = 'day', published_confidence =
    CASE WHEN published_basis IN ('feed', 'url', 'text') THEN 'medium' ELSE 'high' END
  WHERE published_on IS NOT NULL;
UPDATE sources_snapshot SET dates = jsonb_build_array(jsonb_build_object(
    'origin', published_basis, 'value', published_on::text, 'day', published_on::text,
    'precision', 'day', 'confidence', published_confidence, 'event', 'published'))
  WHERE published_on IS NOT NULL AND published_basis IN ('json-ld', 'meta', 'url', 'text');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0004_origin_stays'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Credential',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=300, unique=True)),
                ('username', models.CharField(max_length=200)),
                ('secret', models.BinaryField()),
                ('note', models.TextField(blank=True)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['origin'],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('outcome', models.CharField(choices=[('new', 'first seen'), ('unchanged', 'Unchanged'), ('changed', 'Changed'), ('gone', 'Gone'), ('walled', 'behind a wall'), ('failed', 'could not be seen')], max_length=9)),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('reason_code', models.CharField(blank=True, max_length=40)),
                ('reason_text', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.RemoveField(
            model_name='hoststate',
            name='strikes',
        ),
        migrations.AddField(
            model_name='article',
            name='state',
            field=models.CharField(choices=[('unseen', 'not looked at'), ('present', 'Present'), ('gone', 'Gone'), ('walled', 'behind a wall')], default='unseen', max_length=7),
        ),
        migrations.AddField(
            model_name='article',
            name='state_since',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='feed',
            name='former_urls',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2000), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='feed',
            name='keyed_by_link',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='feed',
            name='moved_polls',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='feed',
            name='moved_since',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='feed',
            name='moved_to',
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name='feed',
            name='pace',
            field=models.PositiveIntegerField(default=0, help_text='Seconds between polls at present; it follows what the feed brings.'),
        ),
        migrations.AddField(
            model_name='feed',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='nested', to='sources.feed'),
        ),
        migrations.AddField(
            model_name='hoststate',
            name='answered_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='hoststate',
            name='robots_failing_since',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='hoststate',
            name='unreachable_at',
            field=models.DateTimeField(blank=True, db_index=True, null=True),
        ),
        migrations.AddField(
            model_name='job',
            name='host',
            field=models.CharField(blank=True, help_text='The host it asks; its turn comes first.', max_length=255),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='damaged_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='dates',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='held',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='partial',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='published_confidence',
            field=models.CharField(blank=True, choices=[('', 'none'), ('high', 'High'), ('medium', 'Medium'), ('low', 'Low')], default='', max_length=6),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='published_precision',
            field=models.CharField(blank=True, choices=[('', 'not known'), ('moment', 'Moment'), ('day', 'Day')], default='', max_length=6),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='section',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='sketch',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None),
        ),
        migrations.AddIndex(
            model_name='snapshot',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['sketch'], name='snapshot_sketch'),
        ),
        migrations.AddField(
            model_name='visit',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='sources.article'),
        ),
        migrations.AddField(
            model_name='visit',
            name='snapshot',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='visits', to='sources.snapshot'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['article', '-at'], name='visit_of_article'),
        ),
        migrations.AddIndex(
            model_name='snapshot',
            index=models.Index(fields=['sha256'], name='snapshot_bytes'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('kind', 'poll')), fields=['finished_at'], name='job_poll_ended'),
        ),
        migrations.RemoveField(model_name='job', name='hinted_at'),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
