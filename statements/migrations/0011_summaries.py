"""What an editor says in own words of what was said is told from what is printed.

Only a reference holds an editor's words, and no quotation reaches into them. Fragments that
stand beside a summary are searched with it.
"""

from django.db import migrations, models

_STAND = """
CREATE OR REPLACE FUNCTION attestation_words_stand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE printed text;{declared}
BEGIN
  SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) INTO printed
    FROM sources_snapshot WHERE id = NEW.snapshot_id;
  IF printed IS DISTINCT FROM NEW.words THEN
    RAISE EXCEPTION 'snapshot % does not print these words at [%:%]',
      NEW.snapshot_id, NEW.start, NEW."end"
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'attestation_words_stand';
  END IF;
{more}  RETURN NEW;
END $$;
"""
_PRINTED = """  SELECT char_length(summary) INTO summary_ends
    FROM sources_reference WHERE snapshot_id = NEW.snapshot_id;
  IF NEW.mode = 'summary' AND summary_ends IS NULL THEN
    RAISE EXCEPTION 'snapshot % is no reference: a report of it cannot be a summary',
      NEW.snapshot_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'attestation_is_printed';
  END IF;
  IF NEW.mode <> 'summary' AND NEW.start < summary_ends THEN
    RAISE EXCEPTION 'snapshot %: these words are an editor''s summary and not printed',
      NEW.snapshot_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'attestation_is_printed';
  END IF;
"""
_SEARCHED = """
CREATE OR REPLACE FUNCTION statement_is_searched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search := words_vector(concat_ws(' ', NEW.text, NEW.translation, NEW.place,{more}
                                       statement_names(NEW.id)));
  RETURN NEW;
END $$;
"""
FORWARD = (
    _STAND.format(declared=" summary_ends integer;", more=_PRINTED)
    + """
CREATE FUNCTION statement_fragments(statement bigint) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT string_agg(report.words, ' ') FROM statements_attestation report
   WHERE report.statement_id = statement AND report.mode = 'summary'
$$;
"""
    + _SEARCHED.format(more=" statement_fragments(NEW.id),")
    + """
CREATE FUNCTION fragments_are_searched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.mode = 'summary' THEN
    UPDATE statements_statement SET id = id WHERE id = OLD.statement_id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.mode = 'summary' THEN
    UPDATE statements_statement SET id = id WHERE id = NEW.statement_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER fragments_are_searched AFTER INSERT OR UPDATE OR DELETE ON statements_attestation
  FOR EACH ROW EXECUTE FUNCTION fragments_are_searched();
"""
)
BACKWARD = (
    """
DROP TRIGGER fragments_are_searched ON statements_attestation;
DROP FUNCTION fragments_are_searched();
"""
    + _SEARCHED.format(more="")
    + """
DROP FUNCTION statement_fragments(bigint);
"""
    + _STAND.format(declared="", more="")
)


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0008_references"),
        ("statements", "0010_audited"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="attestation", name="attestation_mode"),
        migrations.AddField(
            model_name="statement",
            name="summarised",
            field=models.BooleanField(
                default=False,
                help_text="The text is an editor's summary and not what was said.",
            ),
        ),
        migrations.AlterField(
            model_name="attestation",
            name="mode",
            field=models.CharField(
                choices=[
                    ("quoted", "Quoted"),
                    ("mixed", "partly quoted"),
                    ("paraphrased", "Paraphrased"),
                    ("summary", "summary in an editor's words"),
                ],
                max_length=11,
            ),
        ),
        migrations.AddConstraint(
            model_name="attestation",
            constraint=models.CheckConstraint(
                condition=models.Q(mode__in=["quoted", "mixed", "paraphrased", "summary"]),
                name="attestation_mode",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
