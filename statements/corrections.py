"""The corrections log: what was changed in statements that a person stands behind, and in the
register where it touches them. What the machine proposes and what is rejected is not in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse

from history.models import Change
from statements.models import Actor, Office, Party, Speaker, Statement
from statements.version_words import Difference, Names, differences, names_in, row_differences
from statements.versions import STATEMENT, Row, State, around

# What readers see of the register beside a statement.
_SHOWN = [
    "name", "official_name", "code", "title", "actor_id", "speaker_id", "start",
    "start_precision", "end", "end_precision", "acting", "merged_into_id",
]  # fmt: skip
# The conditions of the indexes, word for word.
_ROWS = """h.operation = 'update' AND (h."table" = 'statements_statement' AND
  h.before ->> 'published_at' IS NOT NULL OR h."table" IN ('statements_actor',
  'statements_speaker', 'statements_office'))"""
_OF_STATEMENTS = """h.operation = 'update' AND h."table" = 'statements_statement' AND
  h.before ->> 'published_at' IS NOT NULL"""
_OF_THE_REGISTER = f"""{_ROWS} AND h."table" IN ('statements_actor', 'statements_speaker',
  'statements_office')"""
_OTHER_STANDING = f"""{_OF_STATEMENTS} AND (h.before ->> 'status' <> h.after ->> 'status' OR
  h.before -> 'merged_into_id' <> h.after -> 'merged_into_id')"""
_KEPT = "ARRAY['version', 'changed_at', 'fingerprint']"
_VERSION_ALONE = f"{_OF_STATEMENTS} AND h.before - {_KEPT} = h.after - {_KEPT}"
# The versions that decisions to merge or to split left.
_DECIDED = """SELECT d.id FROM statements_review r JOIN history_change d
  ON d."table" = 'statements_statement' AND d.key = r.statement_id::text
  AND d.after -> 'version' = r.after -> 'version' WHERE r.decision = '{}'"""
# Where a kind is looked for: among rows that an index knows, which are few. What they are is
# decided below, for them alone.
_AMONG = {
    "": _ROWS,
    "edit": _OF_STATEMENTS,
    "position": _VERSION_ALONE,
    "withdraw": _OTHER_STANDING,
    "publish": _OTHER_STANDING,
    "merge": f"{_ROWS} AND h.id IN (SELECT h.id FROM history_change h WHERE {_OTHER_STANDING}"
    f" UNION {_DECIDED.format('merge')})",
    "split": f"{_ROWS} AND h.id IN ({_DECIDED.format('split')})",
    "register": _OF_THE_REGISTER,
    "register-merged": f"{_OF_THE_REGISTER}"
    " AND h.before -> 'merged_into_id' <> h.after -> 'merged_into_id'",
}
# No EXISTS and no join: each is asked row by row, and the reading ends with the page.
_SQL = """
SELECT h.*, c.kind FROM history_change h CROSS JOIN LATERAL (
  SELECT CASE
    WHEN h."table" <> 'statements_statement' THEN CASE
      WHEN h.before -> 'merged_into_id' = 'null' AND h.after -> 'merged_into_id' <> 'null'
        THEN 'register-merged'
      WHEN NOT (SELECT bool_or(h.before -> shown IS DISTINCT FROM h.after -> shown)
                  FROM unnest(%(shown)s::text[]) AS shown)
        THEN ''
      ELSE CASE h."table"
        WHEN 'statements_actor' THEN (
          SELECT 'register' FROM statements_party p
            JOIN statements_statement s ON s.id = p.statement_id
           WHERE p.actor_id = h.key::bigint AND s.status = 'published' LIMIT 1)
        WHEN 'statements_speaker' THEN (
          SELECT 'register' FROM statements_party p
            JOIN statements_statement s ON s.id = p.statement_id
           WHERE p.speaker_id = h.key::bigint AND s.status = 'published' LIMIT 1)
        WHEN 'statements_office' THEN (
          SELECT 'register' FROM statements_party p
            JOIN statements_statement s ON s.id = p.statement_id
           WHERE p.office_id = h.key::bigint AND s.status = 'published' LIMIT 1) END END
    WHEN coalesce((SELECT s.status FROM statements_statement s WHERE s.id = h.key::bigint),
                  'rejected') = 'rejected'
      THEN ''
    WHEN h.before -> 'merged_into_id' = 'null' AND h.after -> 'merged_into_id' <> 'null'
      THEN 'merge'
    WHEN h.before ->> 'status' <> 'withdrawn' AND h.after ->> 'status' = 'withdrawn'
      THEN 'withdraw'
    WHEN h.before ->> 'status' <> 'published' AND h.after ->> 'status' = 'published'
      THEN 'publish'
    ELSE coalesce(
      (SELECT r.decision FROM statements_review r
        WHERE r.statement_id = h.key::bigint AND r.decision IN ('merge', 'split')
          AND r.after -> 'version' = h.after -> 'version' LIMIT 1),
      CASE WHEN h.before - {kept} IS DISTINCT FROM h.after - {kept} THEN 'edit' END,
      (SELECT CASE bool_or(coalesce(p.after, p.before) -> 'coder_id' <> 'null')
                WHEN true THEN 'position' WHEN false THEN '' END
         FROM history_change p
        WHERE p.transaction = h.transaction AND p.owner_table = h."table"
          AND p.owner_key = h.key AND p."table" = 'statements_position'),
      'edit') END AS kind
  OFFSET 0
) c
WHERE {among}
  AND (%(first)s::timestamptz IS NULL OR h.at >= %(first)s AND h.at < %(last)s)
  AND (%(before)s::bigint IS NULL OR h.id < %(before)s)
  AND (%(actor)s::bigint IS NULL OR CASE h."table"
    WHEN 'statements_actor' THEN h.key::bigint = %(actor)s
    WHEN 'statements_office' THEN h.after ->> 'actor_id' = %(actor)s::text
    WHEN 'statements_speaker' THEN h.key IN (SELECT p.speaker_id::text
      FROM statements_party p WHERE p.actor_id = %(actor)s AND p.speaker_id IS NOT NULL)
    ELSE h.key IN (SELECT p.statement_id::text
      FROM statements_party p WHERE p.actor_id = %(actor)s) END)
  AND c.kind <> '' AND (%(kind)s = '' OR c.kind = %(kind)s)
ORDER BY h.id DESC LIMIT %(most)s
"""
_LAST_KEY = 2**63 - 1  # of PostgreSQL's bigint
_REGISTER: dict[str, type[models.Model]] = {
    model._meta.db_table: model for model in (Actor, Speaker, Office)
}


class Kind(models.TextChoices):
    """What a correction did."""

    EDIT = "edit", "edited"
    POSITION = "position", "position coded anew"
    WITHDRAW = "withdraw", "withdrawn"
    PUBLISH = "publish", "published again"
    MERGE = "merge", "merged"
    SPLIT = "split", "split"
    REGISTER = "register", "register corrected"
    REGISTER_MERGE = "register-merged", "speaker or actor merged"


@dataclass(frozen=True)
class Correction:
    """One correction, and what it changed in words. `subject` names what was corrected, `url`
    leads there and `diff_url` to the comparison, '' where there is none.

    `differences` are empty where the statement is withdrawn now: readers see the reason only.
    """

    change: Change
    kind: Kind
    subject: str
    url: str
    diff_url: str
    differences: list[Difference]

    @property
    def why(self) -> str:
        """The reason as it was given; a withdrawal says it on the statement as well."""
        said = (self.change.after or {}).get("status_reason", "")
        return self.change.why or (
            str(said) if self.kind in {Kind.WITHDRAW, Kind.MERGE} else ""
        )


class CorrectionsForm(forms.Form):
    """What narrows the log: a kind, an actor by its code, a month, and where to read on."""

    kind = forms.ChoiceField(
        required=False,
        choices=[("", "All kinds"), *Kind.choices],
        error_messages={"invalid_choice": "There is no such kind of correction."},
    )
    actor = forms.ModelChoiceField(
        Actor.objects.none(),
        required=False,
        to_field_name="code",
        empty_label="All countries and bodies",
        error_messages={"invalid_choice": "No statement was said for this country or body."},
    )
    month = forms.DateField(
        required=False,
        validators=[MaxValueValidator(date(9998, 12, 31), "Choose an earlier month.")],
        input_formats=["%Y-%m"],
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-11"}),
        error_messages={"invalid": "Write the month as year and month: 2026-11."},
    )
    before = forms.IntegerField(
        required=False, min_value=1, max_value=_LAST_KEY, widget=forms.HiddenInput
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        voices = Party.objects.filter(role__in=Party.VOICES, actor__isnull=False)
        field = self.fields["actor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Actor.objects.filter(pk__in=voices.values("actor")).order_by("name")

    def found(self, most: int) -> list[Correction]:
        """The newest corrections that fit; what is not understood does not narrow."""
        self.is_valid()
        said = self.cleaned_data
        first = last = None
        if month := said.get("month"):
            first = datetime(month.year, month.month, 1, tzinfo=UTC)
            last = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=UTC)
        actor = said.get("actor")
        kind = said.get("kind") or ""
        values = {
            "shown": _SHOWN,
            "kind": kind,
            "first": first,
            "last": last,
            "before": said.get("before"),
            "actor": actor.pk if actor else None,
            "most": most,
        }
        sql = _SQL.format(among=_AMONG[kind], kept=_KEPT)
        return list(_told(list(Change.objects.raw(sql, values))))


def _told(changes: list[Change]) -> Iterable[Correction]:
    of_statements = [one for one in changes if one.table == STATEMENT]
    rows = Statement.objects.select_related("merged_into").only(
        "public_id", "status", "merged_into__public_id", "merged_into__status"
    )
    statements = rows.in_bulk([int(one.key) for one in of_statements])
    pairs = around(of_statements) if of_statements else {}
    names = names_in(
        (state for pair in pairs.values() for state in pair),
        (row for one in changes for row in (one.before, one.after) if row),
    )
    for one in changes:
        if one.table == STATEMENT:
            yield _of_statement(one, statements[int(one.key)], pairs[one.pk], names)
        else:
            yield _of_register(one, names)


def _of_statement(
    change: Change, statement: Statement, pair: tuple[State, State], names: Names
) -> Correction:
    before, after = (state.row.get("version") for state in pair)
    gone = statement.is_gone
    history = reverse("statement-history", args=[statement.public_id])
    return Correction(
        change,
        Kind(change.kind),  # type: ignore[attr-defined]
        statement.public_id,
        statement.get_absolute_url(),
        "" if gone or before == after else f"{history}?from={before}&to={after}",
        [] if gone else differences(*pair, names),
    )


def _of_register(change: Change, names: Names) -> Correction:
    before, after = change.before or {}, change.after or {}
    model = _REGISTER[change.table]
    return Correction(
        change,
        Kind(change.kind),  # type: ignore[attr-defined]
        _called(model, before, names),
        _address(model, after, names),
        "",
        row_differences(model, before, after, names, _SHOWN),
    )


def _called(model: type[models.Model], row: Row, names: Names) -> str:
    if model is Office:
        holder = names.get(("speaker", row["speaker_id"]), "somebody")
        return f"{row['title']}, an office of {holder}"
    return str(row["name"])


def _address(model: type[models.Model], row: Row, names: Names) -> str:
    if model is Actor:
        return reverse("actor", args=[row["code"]])
    slug = names.get(("slug", row["speaker_id"])) if model is Office else row["slug"]
    return reverse("speaker", args=[slug]) if slug else ""
