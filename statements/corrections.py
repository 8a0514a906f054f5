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
# The first condition is that of the index, word for word; the rest is asked of its rows alone.
_SQL = """
SELECT * FROM (
  SELECT h.*, CASE
    WHEN h."table" <> 'statements_statement' THEN CASE
      WHEN h.before -> 'merged_into_id' = 'null' AND h.after -> 'merged_into_id' <> 'null'
        THEN 'register-merged'
      WHEN NOT (SELECT bool_or(h.before -> shown IS DISTINCT FROM h.after -> shown)
                  FROM unnest(%(shown)s::text[]) AS shown)
        THEN ''
      WHEN h."table" = 'statements_actor' AND EXISTS (
        SELECT FROM statements_party p JOIN statements_statement s ON s.id = p.statement_id
         WHERE p.actor_id = h.key::bigint AND s.status = 'published')
        THEN 'register'
      WHEN h."table" = 'statements_speaker' AND EXISTS (
        SELECT FROM statements_party p JOIN statements_statement s ON s.id = p.statement_id
         WHERE p.speaker_id = h.key::bigint AND s.status = 'published')
        THEN 'register'
      WHEN h."table" = 'statements_office' AND EXISTS (
        SELECT FROM statements_party p JOIN statements_statement s ON s.id = p.statement_id
         WHERE p.office_id = h.key::bigint AND s.status = 'published')
        THEN 'register'
      ELSE '' END
    WHEN NOT EXISTS (SELECT FROM statements_statement s
                      WHERE s.id = h.key::bigint AND s.status <> 'rejected')
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
      CASE WHEN h.before - %(kept)s::text[] IS DISTINCT FROM h.after - %(kept)s::text[]
        THEN 'edit' END,
      (SELECT CASE bool_or(coalesce(p.after, p.before) -> 'coder_id' <> 'null')
                WHEN true THEN 'position' WHEN false THEN '' END
         FROM history_change p
        WHERE p.transaction = h.transaction AND p.owner_table = h."table"
          AND p.owner_key = h.key AND p."table" = 'statements_position'),
      'edit') END AS kind
  FROM history_change h
  WHERE h.operation = 'update' AND (h."table" = 'statements_statement' AND
    h.before ->> 'published_at' IS NOT NULL OR h."table" IN ('statements_actor',
    'statements_speaker', 'statements_office'))
) c
WHERE c.kind <> '' AND (%(kind)s = '' OR c.kind = %(kind)s)
  AND (%(first)s::timestamptz IS NULL OR c.at >= %(first)s AND c.at < %(last)s)
  AND (%(before)s::bigint IS NULL OR c.id < %(before)s)
  AND (%(actor)s::bigint IS NULL OR CASE c."table"
    WHEN 'statements_actor' THEN c.key::bigint = %(actor)s
    WHEN 'statements_office' THEN c.after ->> 'actor_id' = %(actor)s::text
    WHEN 'statements_speaker' THEN EXISTS (SELECT FROM statements_party p
      WHERE p.speaker_id = c.key::bigint AND p.actor_id = %(actor)s)
    ELSE EXISTS (SELECT FROM statements_party p
      WHERE p.statement_id = c.key::bigint AND p.actor_id = %(actor)s) END)
ORDER BY c.id DESC LIMIT %(most)s
"""
_LAST_KEY = 2**63 - 1  # of PostgreSQL's bigint
_KEPT = ["version", "changed_at", "fingerprint"]
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
        values = {
            "shown": _SHOWN,
            "kept": _KEPT,
            "kind": said.get("kind") or "",
            "first": first,
            "last": last,
            "before": said.get("before"),
            "actor": actor.pk if actor else None,
            "most": most,
        }
        return list(_told(list(Change.objects.raw(_SQL, values))))


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
