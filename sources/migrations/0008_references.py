"""A document that no page holds is kept as a reference, which never changes."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from history.auditing import audit

_STAYS = """
CREATE OR REPLACE FUNCTION snapshot_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.article_id, NEW.sha256, NEW.size, NEW.reader, NEW.origin, NEW.final_url,
      NEW.redirects, NEW.status, NEW.headers, NEW.content_type, NEW.fetched_at)
       IS DISTINCT FROM
     (OLD.article_id, OLD.sha256, OLD.size, OLD.reader, OLD.origin, OLD.final_url,
      OLD.redirects, OLD.status, OLD.headers, OLD.content_type, OLD.fetched_at) THEN
    RAISE EXCEPTION 'snapshot % is kept as it came: its bytes, article, origin and reader never change',
      OLD.id USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'snapshot_stays';
  END IF;
  IF OLD.read_at IS NOT NULL AND NEW.text IS DISTINCT FROM OLD.text THEN
    RAISE EXCEPTION 'snapshot %: its text was read once and never changes; read a new version',
      OLD.id USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'snapshot_stays';
  END IF;
{more}  RETURN NEW;
END $$;
"""
_REFERENCE = """  IF OLD.origin = 'reference'
     AND (NEW.title, NEW.byline, NEW.published_on, NEW.language, NEW.text_sha256)
           IS DISTINCT FROM
         (OLD.title, OLD.byline, OLD.published_on, OLD.language, OLD.text_sha256) THEN
    RAISE EXCEPTION 'snapshot %: a reference never changes; describe the document anew', OLD.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'snapshot_stays';
  END IF;
"""
FORWARD = (
    _STAYS.format(more=_REFERENCE)
    + """
CREATE FUNCTION reference_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'reference %: a reference never changes; describe the document anew', OLD.id
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'reference_stays';
END $$;
CREATE TRIGGER reference_stays BEFORE UPDATE ON sources_reference
  FOR EACH ROW EXECUTE FUNCTION reference_stays();
"""
)
BACKWARD = (
    """
DROP TRIGGER reference_stays ON sources_reference;
DROP FUNCTION reference_stays();
"""
    + _STAYS.format(more="")
)


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0007_audited'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dated', models.CharField(blank=True, help_text='Its date in words, where the day is not known.', max_length=100)),
                ('pages', models.CharField(blank=True, max_length=100)),
                ('kept_at', models.CharField(blank=True, help_text='Where the document can be looked at.', max_length=500)),
                ('file_name', models.CharField(blank=True, max_length=200)),
                ('summary', models.TextField(blank=True)),
                ('summary_language', models.CharField(blank=True, max_length=8)),
                ('fragments', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='snapshot',
            name='snapshot_given_was_not_fetched',
        ),
        migrations.AlterField(
            model_name='snapshot',
            name='origin',
            field=models.CharField(choices=[('fetched', 'Fetched'), ('given', 'given by hand'), ('reference', 'reference by hand')], default='fetched', max_length=9),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_by__isnull', True), ('origin', 'fetched'), ('status__isnull', False), models.Q(('final_url', ''), _negated=True)), models.Q(('final_url', ''), ('origin__in', ['given', 'reference']), ('redirects', []), ('status__isnull', True)), _connector='OR'), name='snapshot_given_was_not_fetched'),
        ),
        migrations.AddField(
            model_name='reference',
            name='snapshot',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reference', to='sources.snapshot'),
        ),
        migrations.AddConstraint(
            model_name='reference',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('summary', ''), _negated=True), models.Q(('fragments', []), _negated=True), _connector='OR'), name='reference_says_something'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        audit("sources_reference"),
    ]
