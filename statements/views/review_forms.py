"""What an editor filters the queue and the log of decisions by."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.choices import CallableChoiceIterator
from django.utils.functional import cached_property

from sources.models import Source
from statements.models import Attestation, Match, Position, Review, Statement, Treaty
from statements.waiting import ORDERS, Queue

_AGES = {
    "day": ("found in the last day", timedelta(days=1)),
    "week": ("found in the last week", timedelta(weeks=1)),
    "older": ("waiting for more than a week", timedelta(weeks=1)),
}
_YES = [("", "all"), ("1", "only these")]


class QueueForm(forms.Form):
    """Which proposed statements wait in this queue, and in which order; asked for what is
    flagged, those of any status."""

    source = forms.ModelChoiceField(
        Source.objects.all(), required=False, to_field_name="slug", empty_label="all"
    )
    language = forms.CharField(
        required=False, max_length=8, widget=forms.TextInput(attrs={"size": 5})
    )
    confidence = forms.ChoiceField(
        required=False, choices=[("", "all"), *Attestation.Confidence.choices]
    )
    age = forms.ChoiceField(
        required=False,
        choices=[("", "all"), *((key, name) for key, (name, _) in _AGES.items())],
    )
    treaty = forms.ModelChoiceField(
        Treaty.objects.all(), required=False, to_field_name="slug", empty_label="all"
    )
    warnings = forms.ChoiceField(label="With warnings", required=False, choices=_YES)
    same = forms.ChoiceField(label="Perhaps the same", required=False, choices=_YES)
    flagged = forms.ChoiceField(required=False, choices=_YES)
    second = forms.ChoiceField(label="To be confirmed", required=False, choices=_YES)
    mine = forms.ChoiceField(label="I worked on", required=False, choices=_YES)
    order = forms.ChoiceField(required=False, choices=list(ORDERS.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = self.fields["source"].widget
        assert isinstance(source, forms.Select)
        # Asked for as they are shown, and then once.
        source.choices = CallableChoiceIterator(lambda: self._sources)

    @cached_property
    def _sources(self) -> list[tuple[str, str]]:
        """The sources of what waits, each with how many statements, and the one chosen."""
        waiting = Statement.objects.filter(status=Statement.Status.PROPOSED).order_by()
        of = "attestations__snapshot__article__source"
        counted = waiting.values_list(f"{of}__slug", f"{of}__name")
        rows = list(counted.annotate(Count("pk", distinct=True)).order_by(f"{of}__name"))
        shown = [(slug, f"{name} ({count})") for slug, name, count in rows if slug]
        chosen = self.cleaned_data.get("source") if self.is_valid() else None
        if chosen and chosen.slug not in dict(shown):
            shown.append((chosen.slug, f"{chosen.name} (0)"))
        return [("", "all"), *shown]

    def queue(self, by: User) -> Queue:
        """What waits, as far as this filter wants it; an unknown value filters nothing."""
        given = self.cleaned_data if self.is_valid() else {}
        if given.get("flagged"):
            rows = Statement.objects.filter(flag__isnull=False)
        else:
            rows = Statement.objects.filter(status=Statement.Status.PROPOSED)
        if source := given.get("source"):
            rows = rows.reported_by([source])
        if language := given.get("language"):
            rows = rows.filter(language=language)
        if confidence := given.get("confidence"):
            sure = Attestation.objects.filter(confidence=confidence)
            rows = rows.filter(pk__in=sure.values("statement"))
        if age := given.get("age"):
            since = timezone.now() - _AGES[age][1]
            limit = "proposed_at__lt" if age == "older" else "proposed_at__gte"
            rows = rows.filter(**{limit: since})
        if treaty := given.get("treaty"):
            about = Position.objects.filter(treaty=treaty)
            rows = rows.filter(pk__in=about.values("statement"))
        if given.get("warnings"):
            warned = Attestation.objects.filter(warnings__len__gt=0)
            rows = rows.filter(pk__in=warned.values("statement"))
        if given.get("same"):
            pairs = Match.objects.open().order_by()
            either = Q(pk__in=pairs.values("statement")) | Q(pk__in=pairs.values("other"))
            rows = rows.filter(either)
        if given.get("second"):
            rows = rows.filter(status=Statement.Status.PROPOSED, published_at__isnull=False)
        if given.get("mine"):
            decided = Review.objects.filter(by=by.pk)
            held = Q(claim__by=by.pk, claim__until__gt=timezone.now())
            rows = rows.filter(Q(pk__in=decided.values("statement")) | held)
        return Queue(rows, given.get("order", ""))

    def query(self) -> str:
        """The filter as a query string, so that the way through the queue keeps it."""
        given = {k: v for k, v in self.data.items() if k in self.fields and v}
        return urlencode(given)


class LogForm(forms.Form):
    """Whose decisions of which kind the log shows."""

    by = forms.ModelChoiceField(
        User.objects.none(), label="Who", required=False, to_field_name="username",
        empty_label="all",
    )  # fmt: skip
    decision = forms.ChoiceField(
        required=False, choices=[("", "all"), *Review.Decision.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(pk__in=Review.objects.order_by().values("by"))
        who = self.fields["by"]
        assert isinstance(who, forms.ModelChoiceField)
        who.queryset = people.order_by("username")

    def reviews(self) -> QuerySet[Review]:
        """The decisions, newest first, with their statements and who decided."""
        rows = Review.objects.select_related("statement", "by")
        given = self.cleaned_data if self.is_valid() else {}
        if person := given.get("by"):
            rows = rows.filter(by=person)
        if decision := given.get("decision"):
            rows = rows.filter(decision=decision)
        return rows
