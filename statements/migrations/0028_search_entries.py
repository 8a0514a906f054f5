"""Each statement has an entry of what is searched of it, which the database keeps right.

Triggers note which statements a change concerns, whatever it came by: a model, a bulk edit, raw
SQL or a cascade. A constraint trigger makes their entries anew, at once or, where a transaction
defers `statement_is_indexed`, all together. What is noted is empty again when it has ended.

Who changes the register waits for those who make entries of the statements that they write, and
they for who does: each would else miss what the other is about to commit. They take turns by
locks of `statements_searchturn`, which holds nothing: ROW EXCLUSIVE for statements and SHARE for
names, as many of either as may be at a time, and one alone for what belongs to what.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

_KINDS = (
    "actor speaker office stance legal treaty article source owner lang form event review differs "
    "month"
).split()

_VALUES = """
CREATE TYPE search_value AS (statement bigint, kind text, key text);

CREATE FUNCTION search_last_day(said_on date, said_on_to date, exactness text) RETURNS date
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE exactness
    WHEN 'month' THEN (date_trunc('month', said_on::timestamp) + interval '1 month -1 day')::date
    WHEN 'year' THEN (date_trunc('year', said_on::timestamp) + interval '1 year -1 day')::date
    ELSE coalesce(said_on_to, said_on) END
$$;

CREATE FUNCTION search_values(concerned bigint[]) RETURNS search_value[]
  LANGUAGE plpgsql STABLE AS $$
DECLARE
  found_values search_value[];
BEGIN
  WITH RECURSIVE said AS MATERIALIZED (
    SELECT id, event_id, form, language, status, published_at, said_on AS day,
           search_last_day(said_on, said_on_to, said_on_precision) AS last
      FROM statements_statement
     WHERE id = ANY (concerned) AND status IN ('proposed', 'published')
  ), party AS MATERIALIZED (
    SELECT statement_id, role IN ('speaker', 'co_issuer', 'on_behalf_of') AS voice,
           actor_id, speaker_id, office_id
      FROM said JOIN statements_party ON statement_id = said.id
  ), line (statement_id, actor_id) AS (
    SELECT statement_id, actor_id FROM party WHERE voice AND actor_id IS NOT NULL
     UNION
    SELECT line.statement_id, actor.parent_id
      FROM line JOIN statements_actor actor ON actor.id = line.actor_id
     WHERE actor.parent_id IS NOT NULL
  ), judged AS MATERIALIZED (
    SELECT statement_id, stance, legal, treaty_id, provision_id
      FROM said JOIN statements_position ON statement_id = said.id
  ), printed AS MATERIALIZED (
    SELECT statement_id, source.id AS source_id, source.ownership_group
      FROM said
      JOIN statements_attestation report ON report.statement_id = said.id
      JOIN sources_snapshot snapshot ON snapshot.id = report.snapshot_id
      JOIN sources_article article ON article.id = snapshot.article_id
      JOIN sources_source source ON source.id = article.source_id
  )
  SELECT array_agg((statement, kind, key)::search_value) INTO found_values FROM (
    SELECT statement_id, 'actor', actor_id::text FROM line
     UNION ALL
    -- Of which groups it was a member on the day; of no known day, for good.
    SELECT line.statement_id, 'actor', of_group.group_id::text
      FROM line JOIN statements_membership of_group ON of_group.member_id = line.actor_id
      JOIN said ON said.id = line.statement_id
     WHERE (of_group.start IS NULL OR of_group.start <= said.last)
       AND (of_group."end" IS NULL OR of_group."end" >= said.day)
     UNION ALL
    SELECT statement_id, 'speaker', speaker_id::text FROM party
     WHERE voice AND speaker_id IS NOT NULL
     UNION ALL
    SELECT statement_id, 'office', title_kind
      FROM party JOIN statements_office office ON office.id = party.office_id WHERE title_kind <> ''
     UNION ALL
    SELECT statement_id, 'stance', stance FROM judged
     UNION ALL
    SELECT statement_id, 'legal', legal FROM judged WHERE legal <> 'none'
     UNION ALL
    SELECT statement_id, 'treaty', treaty_id::text FROM judged WHERE treaty_id IS NOT NULL
     UNION ALL
    SELECT statement_id, 'article', provision_id::text FROM judged WHERE provision_id IS NOT NULL
     UNION ALL
    SELECT statement_id, 'source', source_id::text FROM printed
     UNION ALL
    SELECT statement_id, 'owner', ownership_group FROM printed WHERE ownership_group <> ''
     UNION ALL
    SELECT statement_id, 'differs', field
      FROM said JOIN statements_difference ON statement_id = said.id
     UNION ALL
    SELECT id, 'lang', lower(split_part(language, '-', 1)) FROM said WHERE language <> ''
     UNION ALL
    SELECT id, 'form', form FROM said WHERE form <> ''
     UNION ALL
    SELECT id, 'event', event_id::text FROM said WHERE event_id IS NOT NULL
     UNION ALL
    SELECT id, 'review', CASE WHEN status = 'published' THEN 'verified'
        WHEN published_at IS NULL THEN 'machine' ELSE 'second' END FROM said
     UNION ALL
    SELECT id, 'month', to_char(month, 'YYYY-MM') FROM said, generate_series(
        date_trunc('month', day::timestamp), last::timestamp, interval '1 month') AS month
  ) AS every (statement, kind, key);
  RETURN found_values;
END $$;
"""

_ENTRIES = """
-- No phrase is so long that it reaches over the places between two pieces of an entry.
CREATE FUNCTION search_beside(one tsvector, other tsvector) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT one || '_:32'::tsvector || other $$;
CREATE AGGREGATE search_joined(tsvector) (SFUNC = search_beside, STYPE = tsvector, INITCOND = '');

-- What entries should say. The lengths of texts keep them within what one entry can hold.
CREATE FUNCTION search_entries(concerned bigint[], found_values search_value[])
  RETURNS TABLE (statement_id bigint, listed boolean, day date, last date, facets integer[],
    packed bytea, words tsvector)
  LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY WITH said AS MATERIALIZED (
    SELECT id, text, language, translation, translation_language, place, said_on, said_on_to,
           said_on_precision
      FROM statements_statement
     WHERE id = ANY (concerned) AND status IN ('proposed', 'published')
  ), faceted AS (
    SELECT valued.statement, array_agg(valued.number) AS facets,
           string_agg(int4send(valued.number), '') AS packed
      FROM (SELECT DISTINCT one.statement, known.number FROM unnest(found_values) AS one
              JOIN statements_facetvalue known ON known.kind = one.kind AND known.key = one.key
             ORDER BY one.statement, known.number) AS valued
     GROUP BY valued.statement
  )
  SELECT asked.id, said.id IS NOT NULL, said.said_on,
         search_last_day(said.said_on, said.said_on_to, said.said_on_precision),
         coalesce(faceted.facets, '{}'), coalesce(faceted.packed, ''),
         CASE WHEN said.id IS NULL THEN ''::tsvector
           ELSE ts_delete(search_beside(search_beside(
             search_vector(left(said.text, 80000), said.language),
             search_vector(left(said.translation, 40000), said.translation_language)),
             coalesce(pieces.words, '')), '_') END
    FROM unnest(concerned) AS asked (id)
    LEFT JOIN said ON said.id = asked.id
    LEFT JOIN faceted ON faceted.statement = said.id
    LEFT JOIN LATERAL (
      SELECT search_joined(to_tsvector('demarche', search_text(left(piece, 20000)))) AS words
        FROM (
          SELECT piece FROM (
            SELECT said.place
            UNION
            SELECT substr(report.words, (span ->> 0)::integer - report.start + 1,
                          (span ->> 1)::integer - (span ->> 0)::integer)
              FROM statements_attestation report, jsonb_array_elements(report.spans) AS span
             WHERE report.statement_id = said.id AND report.mode = 'summary'
            UNION
            SELECT unnest(ARRAY[party.name, party.printed, party.printed_office, speaker.name,
                office.title, actor.name, actor.code])
              FROM statements_party party
              LEFT JOIN statements_speaker speaker ON speaker.id = party.speaker_id
              LEFT JOIN statements_office office ON office.id = party.office_id
              LEFT JOIN statements_actor actor ON actor.id = party.actor_id
             WHERE party.statement_id = said.id
            UNION
            SELECT spelling.text FROM statements_party party
              JOIN statements_speakername spelling ON spelling.speaker_id = party.speaker_id
             WHERE party.statement_id = said.id
          ) AS every (piece) WHERE piece <> '' ORDER BY piece COLLATE "C" LIMIT 200
        ) AS named
    ) AS pieces ON said.id IS NOT NULL;
END $$;
"""

_REFRESH = """
CREATE UNLOGGED TABLE statements_searchpending (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  statements bigint[] NOT NULL,
  -- Their own parts have changed, and not the register.
  own boolean NOT NULL
);
CREATE UNLOGGED TABLE statements_searchturn ();

CREATE FUNCTION search_refresh(concerned bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  found_values search_value[];
BEGIN
  -- Who is here first computes first, and the other sees what it found.
  PERFORM FROM statements_searchentry WHERE statement_id = ANY (concerned)
    ORDER BY statement_id FOR NO KEY UPDATE;
  found_values := search_values(concerned);
  INSERT INTO statements_facetvalue (kind, key)
  SELECT DISTINCT one.kind, one.key FROM unnest(found_values) AS one
   WHERE NOT EXISTS (SELECT FROM statements_facetvalue known
                      WHERE known.kind = one.kind AND known.key = one.key)
   ORDER BY one.kind, one.key
  ON CONFLICT DO NOTHING;
  INSERT INTO statements_searchentry AS kept
    (statement_id, changed, listed, day, last, facets, packed, words)
  SELECT made.statement_id, pg_current_xact_id()::text::bigint, made.listed, made.day, made.last,
         made.facets, made.packed, made.words
    FROM search_entries(concerned, found_values) AS made
   ORDER BY made.statement_id
  ON CONFLICT (statement_id) DO UPDATE SET changed = excluded.changed, listed = excluded.listed,
      day = excluded.day, last = excluded.last, facets = excluded.facets,
      packed = excluded.packed, words = excluded.words
   WHERE (kept.listed, kept.day, kept.last, kept.packed, kept.words)
     IS DISTINCT FROM
         (excluded.listed, excluded.day, excluded.last, excluded.packed, excluded.words);
END $$;

CREATE FUNCTION search_refresh_pending() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  due bigint[];
  written boolean;
BEGIN
  -- The first of a transaction does the work of all that come behind it.
  WITH gone AS (
    DELETE FROM statements_searchpending WHERE id >= NEW.id
       AND EXISTS (SELECT FROM statements_searchpending WHERE id = NEW.id)
    RETURNING statements, own
  )
  SELECT array_agg(DISTINCT one ORDER BY one), bool_or(own) INTO due, written
    FROM gone, unnest(gone.statements) AS one;
  IF written THEN
    LOCK TABLE statements_searchturn IN ROW EXCLUSIVE MODE;
  END IF;
  WHILE cardinality(due) > 0 LOOP
    PERFORM search_refresh(due[:1000]);
    due := due[1001:];
  END LOOP;
  RETURN NULL;
END $$;
-- Few rows of large tables are read, by keys, and statistics may know nothing of them yet; and
-- to plan how takes longer than to do it.
ALTER FUNCTION search_refresh_pending() SET enable_seqscan TO 'off';
ALTER FUNCTION search_refresh_pending() SET jit TO 'off';
ALTER FUNCTION search_refresh_pending() SET plan_cache_mode TO 'force_generic_plan';
ALTER FUNCTION search_refresh(bigint[]) SET enable_seqscan TO 'off';
ALTER FUNCTION search_refresh(bigint[]) SET jit TO 'off';
ALTER FUNCTION search_refresh(bigint[]) SET plan_cache_mode TO 'force_generic_plan';
CREATE CONSTRAINT TRIGGER statement_is_indexed AFTER INSERT ON statements_searchpending
  DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION search_refresh_pending();
"""

_FOLLOWS = """
CREATE FUNCTION search_follows_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO statements_searchpending (own, statements)
    SELECT true, array_agg(id) FROM new_rows HAVING count(*) > 0;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO statements_searchpending (own, statements)
    SELECT true, array_agg(id) FROM old_rows HAVING count(*) > 0;
  ELSE
    INSERT INTO statements_searchpending (own, statements)
    SELECT true, array_agg(coalesce(n.id, o.id)) FROM old_rows o FULL JOIN new_rows n ON n.id = o.id
     WHERE (o.text, o.language, o.translation, o.translation_language, o.place, o.said_on,
            o.said_on_to, o.said_on_precision, o.event_id, o.form, o.status, o.published_at)
       IS DISTINCT FROM
           (n.text, n.language, n.translation, n.translation_language, n.place, n.said_on,
            n.said_on_to, n.said_on_precision, n.event_id, n.form, n.status, n.published_at)
    HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

-- Of what belongs to a statement: who takes part, reports, judgements, differences.
CREATE FUNCTION search_follows_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO statements_searchpending (own, statements)
    SELECT true, array_agg(DISTINCT statement_id) FROM new_rows HAVING count(*) > 0;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO statements_searchpending (own, statements)
    SELECT true, array_agg(DISTINCT statement_id) FROM old_rows HAVING count(*) > 0;
  ELSE
    INSERT INTO statements_searchpending (own, statements)
    SELECT true, array_agg(statement_id) FROM (
      SELECT statement_id FROM old_rows UNION SELECT statement_id FROM new_rows) AS touched
    HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION search_follows_name() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  speakers bigint[];
  offices bigint[];
BEGIN
  IF TG_TABLE_NAME = 'statements_speaker' THEN
    SELECT array_agg(n.id) INTO speakers
      FROM old_rows o JOIN new_rows n USING (id) WHERE n.name <> o.name;
  ELSIF TG_TABLE_NAME = 'statements_office' THEN
    SELECT array_agg(n.id) INTO offices FROM old_rows o JOIN new_rows n USING (id)
     WHERE (n.title, n.title_kind) IS DISTINCT FROM (o.title, o.title_kind);
  ELSIF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT speaker_id) INTO speakers FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT speaker_id) INTO speakers FROM old_rows;
  ELSE
    SELECT array_agg(speaker_id) INTO speakers FROM (
      (SELECT speaker_id, text FROM old_rows EXCEPT SELECT speaker_id, text FROM new_rows) UNION
      (SELECT speaker_id, text FROM new_rows EXCEPT SELECT speaker_id, text FROM old_rows)
    ) AS changed;
  END IF;
  IF speakers IS NOT NULL OR offices IS NOT NULL THEN
    LOCK TABLE statements_searchturn IN SHARE MODE;
    INSERT INTO statements_searchpending (own, statements)
    SELECT false, array_agg(DISTINCT statement_id) FROM statements_party
     WHERE speaker_id = ANY (speakers) OR office_id = ANY (offices) HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION search_follows_actor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  actors bigint[];
  renamed boolean := false;
BEGIN
  IF TG_TABLE_NAME = 'statements_actor' THEN
    SELECT array_agg(n.id), bool_and(n.parent_id IS NOT DISTINCT FROM o.parent_id)
      INTO actors, renamed FROM old_rows o JOIN new_rows n USING (id)
     WHERE (n.name, n.code, n.parent_id) IS DISTINCT FROM (o.name, o.code, o.parent_id);
  ELSIF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT member_id) INTO actors FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT member_id) INTO actors FROM old_rows;
  ELSE
    SELECT array_agg(member_id) INTO actors FROM (
      SELECT member_id FROM old_rows UNION SELECT member_id FROM new_rows) AS changed;
  END IF;
  IF actors IS NOT NULL THEN
    IF renamed THEN
      LOCK TABLE statements_searchturn IN SHARE MODE;
    ELSE
      LOCK TABLE statements_searchturn IN SHARE ROW EXCLUSIVE MODE;
    END IF;
    WITH RECURSIVE organ (id) AS (
      SELECT unnest(actors) UNION
      SELECT actor.id FROM statements_actor actor JOIN organ ON actor.parent_id = organ.id
    )
    INSERT INTO statements_searchpending (own, statements)
    SELECT false, array_agg(DISTINCT statement_id) FROM statements_party
     WHERE actor_id IN (SELECT id FROM organ) HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION search_follows_source() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sources bigint[];
  articles bigint[];
BEGIN
  IF TG_TABLE_NAME = 'sources_source' THEN
    SELECT array_agg(n.id) INTO sources FROM old_rows o JOIN new_rows n USING (id)
     WHERE n.ownership_group <> o.ownership_group;
  ELSE
    SELECT array_agg(n.id) INTO articles FROM old_rows o JOIN new_rows n USING (id)
     WHERE n.source_id <> o.source_id;
  END IF;
  IF sources IS NOT NULL OR articles IS NOT NULL THEN
    LOCK TABLE statements_searchturn IN SHARE MODE;
    INSERT INTO statements_searchpending (own, statements)
    SELECT false, array_agg(DISTINCT report.statement_id)
      FROM sources_article article
      JOIN sources_snapshot snapshot ON snapshot.article_id = article.id
      JOIN statements_attestation report ON report.snapshot_id = snapshot.id
     WHERE article.source_id = ANY (sources) OR article.id = ANY (articles) HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION search_numbers_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO statements_facetvalue (kind, key)
  SELECT TG_ARGV[0], id::text FROM new_rows ORDER BY id ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
"""

_ROWS = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}
_FOLLOWED = {
    "statements_statement": ("statement", "INSERT UPDATE DELETE"),
    "statements_party": ("part", "INSERT UPDATE DELETE"),
    "statements_position": ("part", "INSERT UPDATE DELETE"),
    "statements_attestation": ("part", "INSERT UPDATE DELETE"),
    "statements_difference": ("part", "INSERT UPDATE DELETE"),
    # Rows that statements hold to cannot be deleted, and nothing holds to a new one.
    "statements_speaker": ("name", "UPDATE"),
    "statements_speakername": ("name", "INSERT UPDATE DELETE"),
    "statements_office": ("name", "UPDATE"),
    "statements_actor": ("actor", "UPDATE"),
    "statements_membership": ("actor", "INSERT UPDATE DELETE"),
    "sources_source": ("source", "UPDATE"),
    "sources_article": ("source", "UPDATE"),
}
_NUMBERED = {
    "actor": "statements_actor",
    "speaker": "statements_speaker",
    "treaty": "statements_treaty",
    "article": "statements_provision",
    "source": "sources_source",
    "event": "statements_event",
}
_TRIGGERS = "".join(
    f"""
CREATE TRIGGER search_follows_{event.lower()} AFTER {event} ON {table}
  REFERENCING {_ROWS[event]} FOR EACH STATEMENT EXECUTE FUNCTION search_follows_{what}();"""
    for table, (what, events) in _FOLLOWED.items()
    for event in events.split()
) + "".join(
    f"""
CREATE TRIGGER search_numbers_row AFTER INSERT ON {table}
  REFERENCING {_ROWS["INSERT"]} FOR EACH STATEMENT EXECUTE FUNCTION search_numbers_row('{kind}');"""
    for kind, table in _NUMBERED.items()
)

# As they stand in the models; what comes later is numbered when a statement has it first.
_ENUMERATED = {
    "stance": "condemns rejects concerned criticises calls-for-restraint neutral no-comment reports "
    "denies defends supports endorses commits warns unclear",
    "legal": "violates-unscr would-violate-unscr must-comply-unscr violates-charter compatible "
    "invokes-article-51 denies-violation",
    "form": "press_conference interview speech joint_statement written_statement readout un_meeting "
    "post remarks call meeting hearing toast statement media_report other",
    "review": "verified machine second",
    "differs": "speaker office date numbers negation provision words",
}
_FILL = (
    "".join(
        f"INSERT INTO statements_facetvalue (kind, key) SELECT '{kind}', key"
        f" FROM string_to_table('{keys}', ' ') AS key;\n"
        for kind, keys in _ENUMERATED.items()
    )
    + "".join(
        f"INSERT INTO statements_facetvalue (kind, key) SELECT '{kind}', id::text"
        f" FROM {table} ORDER BY id;\n"
        for kind, table in _NUMBERED.items()
    )
    + """
DO $$
DECLARE
  concerned bigint[];
  reached bigint := 0;
BEGIN
  LOOP
    concerned := ARRAY(SELECT id FROM statements_statement WHERE id > reached ORDER BY id LIMIT 1000);
    EXIT WHEN cardinality(concerned) = 0;
    PERFORM search_refresh(concerned);
    reached := concerned[cardinality(concerned)];
  END LOOP;
END $$;
"""
)

FORWARD = _VALUES + _ENTRIES + _REFRESH + _FOLLOWS + _TRIGGERS
BACKWARD = (
    "".join(
        f"DROP TRIGGER search_follows_{event.lower()} ON {table};"
        for table, (_, events) in _FOLLOWED.items()
        for event in events.split()
    )
    + "".join(f"DROP TRIGGER search_numbers_row ON {table};" for table in _NUMBERED.values())
    + """
DROP FUNCTION search_numbers_row();
DROP FUNCTION search_follows_source();
DROP FUNCTION search_follows_actor();
DROP FUNCTION search_follows_name();
DROP FUNCTION search_follows_part();
DROP FUNCTION search_follows_statement();
DROP TABLE statements_searchpending;
DROP TABLE statements_searchturn;
DROP FUNCTION search_refresh_pending();
DROP FUNCTION search_refresh(bigint[]);
DROP FUNCTION search_entries(bigint[], search_value[]);
DROP AGGREGATE search_joined(tsvector);
DROP FUNCTION search_beside(tsvector, tsvector);
DROP FUNCTION search_values(bigint[]);
DROP FUNCTION search_last_day(date, date, text);
DROP TYPE search_value;
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0027_search_words"),
        ("sources", "0009_evidence_audited"),
    ]
    operations = [
        migrations.CreateModel(
            name="FacetValue",
            fields=[
                ("number", models.AutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[(kind, kind) for kind in _KINDS], max_length=10)),
                ("key", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="facet_value_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "statement",
                    models.BigIntegerField(
                        db_column="statement_id", primary_key=True, serialize=False
                    ),
                ),
                ("changed", models.BigIntegerField()),
                ("listed", models.BooleanField()),
                ("day", models.DateField(null=True)),
                ("last", models.DateField(null=True)),
                ("facets", ArrayField(base_field=models.IntegerField(), size=None)),
                ("packed", models.BinaryField()),
                ("words", SearchVectorField()),
            ],
            options={
                "verbose_name_plural": "search entries",
                "ordering": [
                    models.OrderBy(models.F("day"), descending=True, nulls_last=True),
                    "-statement",
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="searchentry",
            index=GinIndex(fields=["words", "facets"], name="search_words_and_facets"),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(
                models.OrderBy(models.F("day"), descending=True, nulls_last=True),
                models.OrderBy(models.F("statement"), descending=True),
                condition=models.Q(("listed", True)),
                name="search_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["changed"], name="search_changed"),
        ),
    ]
