"""What an editor filters the queue by, and what is corrected and judged in one decision."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet

from sources.models import Source
from statements.models import Attestation, Position, Provision, Speaker, Statement, Treaty
from statements.models.dates import Precision

REASONS = {
    "not a statement": "not a statement",
    "wrong speaker": "wrong speaker",
    "off topic": "off topic",
    "paraphrase only": "paraphrase only",
    "bad capture": "bad capture",
    "other": "other, as the note says",
}


class QueueForm(forms.Form):
    """Which proposed statements wait in this queue."""

    source = forms.ModelChoiceField(
        Source.objects.all(), required=False, to_field_name="slug", empty_label="all"
    )
    language = forms.CharField(required=False, max_length=8)
    confidence = forms.ChoiceField(
        required=False, choices=[("", "all"), *Attestation.Confidence.choices]
    )

    def statements(self) -> QuerySet[Statement]:
        """Proposed statements, those found first at the head."""
        rows = Statement.objects.filter(status=Statement.Status.PROPOSED)
        given = self.cleaned_data if self.is_valid() else {}
        if given.get("source"):
            rows = rows.reported_by([given["source"]])
        if given.get("language"):
            rows = rows.filter(language=given["language"])
        if given.get("confidence"):
            sure = Attestation.objects.filter(confidence=given["confidence"])
            rows = rows.filter(pk__in=sure.values("statement"))
        return rows.order_by("proposed_at", "pk")

    def query(self) -> str:
        """The filter as a query string, so that the way through the queue keeps it."""
        given = {k: v for k, v in self.data.items() if k in self.fields and v}
        return urlencode(given)


class DecisionForm(forms.Form):
    """What an editor may correct and judge before deciding. `version` tells a stale page."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Words", widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )
    language = forms.CharField(required=False, max_length=8, help_text="Code, such as ko.")
    translation = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    translation_language = forms.CharField(
        label="Language of the translation", required=False, max_length=8
    )
    speaker = forms.ModelChoiceField(
        Speaker.objects.standing(), required=False, empty_label="as found"
    )
    said_on = forms.DateField(
        label="Said on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    said_on_precision = forms.ChoiceField(
        label="How exactly the day is known", required=False, choices=Precision.choices
    )
    place = forms.CharField(required=False, max_length=200)
    form = forms.ChoiceField(required=False, choices=Statement.Form.choices)
    treaty = forms.ModelChoiceField(
        Treaty.objects.all(), required=False, empty_label="none", label="About"
    )
    article = forms.CharField(required=False, max_length=20, help_text="Its number, such as 4.")
    stance = forms.ChoiceField(
        required=False, choices=[("", "not coded now"), *Position.Stance.choices]
    )
    legal = forms.ChoiceField(
        label="Legal judgement",
        required=False,
        choices=Position.Legal.choices,
        initial=Position.Legal.NONE,
    )
    reason = forms.ChoiceField(
        label="Reason of a rejection",
        required=False,
        choices=[("", "choose"), *REASONS.items()],
    )
    why = forms.CharField(
        label="Note for the history",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def judgement(self) -> list[forms.BoundField]:
        """The fields in which an editor judges how the statement stands."""
        return [self[name] for name in ("treaty", "article", "stance", "legal")]

    def corrections(self) -> list[forms.BoundField]:
        """The fields in which an editor corrects what was found."""
        names = ["speaker", "said_on", "said_on_precision", "place", "form", "text"]
        names += ["language", "translation", "translation_language"]
        return [self[name] for name in names]

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_translation(self) -> str:
        return str(self.cleaned_data["translation"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("translation") and not given.get("translation_language"):
            self.add_error("translation_language", "Name the language of the translation.")
        if given.get("stance") and not given.get("treaty"):
            self.add_error("treaty", "Choose what the stance is about.")
        if number := given.get("article"):
            known = Provision.objects.filter(treaty=given.get("treaty"), number=number)
            given["provision"] = known.first()
            if given["provision"] is None:
                self.add_error("article", "This treaty has no such article in the register.")
        return given
