"""What a person says of chosen words: who speaks, when, where, and how the report prints it."""

from typing import Any

from django import forms
from django.utils import timezone

from statements.additions import NewOffice
from statements.by_hand import Entry, Voice
from statements.models import Actor, Attestation, Speaker, Statement
from statements.models.dates import Precision
from statements.register_lookup import actor_called, office_on, speaker_called, speakers_like

_DAY_WRONG = {"invalid": "Write the day as year-month-day, such as 2024-06-19."}
AS_PRINTED = "as-printed"
NEW = "new"


class WordsForm(forms.Form):
    """Words as they are printed, to be found in the text."""

    words = forms.CharField(
        label="Words as printed",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="Paste or type them. White space and the form of quotation marks do not matter.",
    )


class EntryForm(forms.Form):
    """Who said the chosen words, when, where. `grows` lets the register grow on the way."""

    field_order = (
        "start", "end", "who", "unknown", "printed", "others", "mode", "said_on", "precision",
        "place", "form", "why",
    )  # fmt: skip

    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    who = forms.CharField(
        label="Who speaks",
        max_length=200,
        help_text="A name in any spelling, or the code of an actor such as KOR.",
        widget=forms.TextInput(attrs={"list": "known-speakers", "dir": "auto"}),
    )
    printed = forms.CharField(
        label="Name and title as printed",
        required=False,
        max_length=500,
        help_text="As this text prints them; kept beside what the register knows.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    unknown = forms.ChoiceField(
        label="This name is not in the register", required=False, widget=forms.RadioSelect
    )
    office_title = forms.CharField(
        label="Office, if the register lacks it",
        required=False,
        max_length=200,
        help_text="For a new speaker, or a post that the register does not know yet.",
    )
    office_actor = forms.CharField(
        label="Held for", required=False, max_length=100, help_text="An actor's code or name."
    )
    office_start = forms.DateField(
        label="Held since",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=_DAY_WRONG,
    )
    others = forms.CharField(
        label="Said together with",
        required=False,
        max_length=2000,
        help_text="Others who issue it, one in a line: names, or codes of actors.",
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    mode = forms.ChoiceField(
        label="How it is printed",
        choices=[c for c in Attestation.Mode.choices if c[0] != Attestation.Mode.SUMMARY],
    )
    said_on = forms.DateField(
        label="Said on",
        required=False,
        help_text="Left empty, the day stays unknown; it is not guessed.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=_DAY_WRONG,
    )
    precision = forms.ChoiceField(
        label="How exactly the day is known",
        required=False,
        choices=[c for c in Precision.choices if c[0] != Precision.UNKNOWN],
    )
    place = forms.CharField(required=False, max_length=200)
    form = forms.ChoiceField(required=False, choices=Statement.Form.choices)
    why = forms.CharField(
        label="Note for the history",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, grows: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._grows = grows
        self.speaker: Speaker | None = None
        self.actor: Actor | None = None
        self.chosen: Speaker | None = None
        if not grows:
            for name in ("office_title", "office_actor", "office_start"):
                del self.fields[name]
        typed = str(self.data.get("who", "")).replace("\x00", "").strip()
        if typed:
            self._look_up(typed)
        if not typed or self.speaker or self.actor:
            del self.fields["unknown"]

    def _look_up(self, typed: str) -> None:
        self.speaker = speaker_called(typed)
        self.actor = None if self.speaker else actor_called(typed)
        self._like = [] if self.speaker or self.actor else speakers_like([typed])[typed]
        choices = [(AS_PRINTED, "Keep the name as it is; an editor will look it up")]
        if self._grows:
            choices = [
                *[
                    (
                        f"same-{one.speaker.pk}",
                        f"The same person as {one.speaker} («{one.name}»)",
                    )
                    for one in self._like
                ],
                (NEW, "A new speaker for the register"),
                *choices,
            ]
        field = self.fields["unknown"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def is_new(self) -> bool:
        """Whether the speaker is to be made."""
        return self.cleaned_data.get("unknown") == NEW

    def clean_said_on(self) -> Any:
        day = self.cleaned_data["said_on"]
        if day and (day.year < 1990 or day > timezone.localdate()):
            raise forms.ValidationError(
                "The day lies before 1990 or in the future. Check the year."
            )
        return day

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        unknown = given.get("unknown", "")
        if "unknown" in self.fields and not unknown and "unknown" not in self.errors:
            self.add_error("unknown", "Say what this name is: nothing is guessed.")
        if unknown.startswith("same-"):
            self.chosen = next(
                one.speaker for one in self._like if f"same-{one.speaker.pk}" == unknown
            )
        title, holder = given.get("office_title"), given.get("office_actor")
        if title or holder:
            given["holder"] = actor_called(holder) if holder else None
            if given["holder"] is None:
                self.add_error(
                    "office_actor", "The register has no such actor. Use its code, such as KOR."
                )
            if not title:
                self.add_error("office_title", "Name the office that is held.")
            if self.actor or unknown == AS_PRINTED:
                self.add_error("office_title", "Only a person of the register holds an office.")
        return given

    def new_office(self) -> NewOffice | None:
        """The office to be made, if one is given."""
        given = self.cleaned_data
        if not given.get("office_title"):
            return None
        return NewOffice(given["office_title"], given["holder"], given.get("office_start"))

    def entry(self, speaker: Speaker | None) -> Entry:
        """The entry, said by `speaker` where the register has or has got one."""
        given = self.cleaned_data
        day = given["said_on"]
        name = given["who"].strip()
        first = _voice(name, speaker, self.actor, given)
        others = [line.strip() for line in given["others"].splitlines() if line.strip()]
        return Entry(
            start=given["start"],
            end=given["end"],
            mode=given["mode"],
            voices=(first, *(_other(other, given) for other in others)),
            said_on=day,
            precision=given["precision"] or Precision.DAY,
            place=given["place"],
            form=given["form"],
            why=given["why"],
        )


def _voice(
    name: str, speaker: Speaker | None, actor: Actor | None, given: dict[str, Any]
) -> Voice:
    office = office_on(speaker, given["said_on"]) if speaker else None
    held_for = office.actor if office else speaker.actor if speaker else None
    return Voice(
        name=speaker.name if speaker else actor.name if actor else name,
        speaker=speaker,
        office=office,
        actor=held_for or actor,
        printed=given["printed"],
    )


def _other(name: str, given: dict[str, Any]) -> Voice:
    speaker = speaker_called(name)
    actor = None if speaker else actor_called(name)
    return _voice(name, speaker, actor, {**given, "printed": ""})
