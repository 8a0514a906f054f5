"""What is corrected and judged in one decision, as an editor's form gives it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import regex
from django import forms

from statements.models import (
    Actor,
    Event,
    Office,
    Party,
    Position,
    Provision,
    Speaker,
    Statement,
    Treaty,
)
from statements.models.dates import SaidPrecision
from statements.register_lookup import office_on
from statements.review import Taking
from statements.suggesting import Known, Names, actor_names, speaker_names
from statements.views.matters import named

REASONS = {
    "1": "not a statement",
    "2": "wrong speaker",
    "3": "off topic",
    "4": "duplicate",
    "5": "paraphrase only",
    "6": "bad capture",
    "7": "wrong words",
    "8": "wrong day",
    "9": "other, as the note says",
}

Stance = Position.Stance

# The digits of the desk, in the order of the scale: sign, name, and the codes of the codebook
# that have this value; the first is what the digit means at once.
STANCES: list[tuple[str, str, str, list[Position.Stance]]] = [
    ("1", "▲▲", "supports", [Stance.ENDORSES]),
    ("2", "▲", "leans supportive", [Stance.SUPPORTS, Stance.DEFENDS]),
    ("3", "●", "neutral", [Stance.NEUTRAL, Stance.NO_COMMENT, Stance.REPORTS]),
    ("4", "▼", "concerned", [Stance.CONCERNED, Stance.CRITICISES, Stance.CALLS_FOR_RESTRAINT]),
    ("5", "▼▼", "condemns", [Stance.CONDEMNS, Stance.REJECTS]),
    ("6", "◇", "unclear", [Stance.UNCLEAR, Stance.DENIES, Stance.COMMITS, Stance.WARNS]),
]

_APART = regex.compile(r"[,;\s]+")


class DecisionForm(forms.Form):
    """What an editor may correct and judge before deciding.

    `version` tells a stale page, and each correction carries what stood when the page was made
    (`initial-…`), so that a decision writes only what this editor changed.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    report = forms.IntegerField(required=False, widget=forms.HiddenInput)
    start = forms.IntegerField(
        label="From character", required=False, min_value=0, show_hidden_initial=True
    )
    end = forms.IntegerField(
        label="to character", required=False, min_value=1, show_hidden_initial=True
    )
    text = forms.CharField(
        label="Words",
        show_hidden_initial=True,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    summarised = forms.BooleanField(
        label="An editor's summary",
        required=False,
        show_hidden_initial=True,
        help_text="Take the tick away to show what its report prints.",
    )
    said_on = forms.DateField(
        label="Said on",
        required=False,
        show_hidden_initial=True,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    said_on_to = forms.DateField(
        label="Last of several days",
        required=False,
        show_hidden_initial=True,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    said_on_precision = forms.ChoiceField(
        label="How exactly it is known",
        required=False,
        show_hidden_initial=True,
        choices=SaidPrecision.choices,
    )
    event = forms.CharField(
        required=False,
        show_hidden_initial=True,
        max_length=300,
        widget=forms.TextInput(attrs={"list": "names-event", "autocomplete": "off"}),
        help_text="Its title in the register.",
    )
    place = forms.CharField(required=False, show_hidden_initial=True, max_length=200)
    form = forms.ChoiceField(
        required=False, show_hidden_initial=True, choices=Statement.Form.choices
    )
    language = forms.CharField(
        required=False, show_hidden_initial=True, max_length=8, help_text="Code, such as ko."
    )
    translation = forms.CharField(
        required=False,
        show_hidden_initial=True,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    translation_language = forms.CharField(
        label="Language of the translation",
        required=False,
        show_hidden_initial=True,
        max_length=8,
    )
    proposed = forms.CharField(label="About, as coded before", required=False, max_length=200)
    treaty = forms.ModelChoiceField(
        Treaty.objects.all(),
        required=False,
        empty_label="none",
        label="About",
        show_hidden_initial=True,
    )
    article = forms.CharField(
        label="Articles",
        required=False,
        max_length=60,
        help_text="Numbers, such as 4, 10.",
        show_hidden_initial=True,
    )
    object = forms.ChoiceField(
        label="What is judged",
        required=False,
        choices=Position.Object.choices,
        show_hidden_initial=True,
    )
    stance = forms.ChoiceField(required=False, choices=Position.Stance.choices)
    legal = forms.ChoiceField(
        label="Legal judgement",
        required=False,
        choices=Position.Legal.choices,
        initial=Position.Legal.NONE,
        show_hidden_initial=True,
    )
    into = forms.CharField(label="Its id", required=False, max_length=12)
    flag_note = forms.CharField(
        label="What should others look at?",
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    why = forms.CharField(
        label="Note for the history",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    CORRECTED = (
        "text", "summarised", "language", "translation", "translation_language", "said_on", "said_on_to",
        "said_on_precision", "place", "event", "form",
    )  # fmt: skip

    MATTER = ("treaty", "article", "object", "legal")

    @property
    def begun(self) -> bool:
        """Whether an editor changed, chose or typed anything that a decision would write."""
        typed = ("proposed", "stance", "why", "into", "flag_note")
        kept = {*self.CORRECTED, *self.MATTER, "start", "end"}
        return any(self[name].value() for name in typed) or bool(kept & {*self.changed_data})

    def occasion(self) -> list[forms.BoundField]:
        """The fields of when and where."""
        names = ("said_on", "said_on_precision", "said_on_to", "event", "place", "form")
        return [self[name] for name in names]

    def matter(self) -> list[forms.BoundField]:
        """The fields of what the statement is about."""
        return [self[name] for name in self.MATTER]

    def corrections(self) -> dict[str, Any]:
        """The corrected fields that this editor changed, with their values."""
        given = self.cleaned_data
        return {
            name: given[name]
            for name in self.CORRECTED
            if name in given and name in self.changed_data
        }

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_translation(self) -> str:
        return str(self.cleaned_data["translation"]).replace("\r\n", "\n")

    def clean_event(self) -> Event | None:
        """The event of that title or slug."""
        title = self.cleaned_data["event"].strip()
        if not title:
            return None
        known = Event.objects.filter(title__iexact=title).first()
        known = known or Event.objects.filter(slug=title).first()
        if known is None:
            raise forms.ValidationError("The register has no event of this title.")
        return known

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        start, end = given.get("start"), given.get("end")
        if start is not None and end is not None and start >= end:
            self.add_error("end", "The words end before they begin. Correct one of the places.")
        if given.get("translation") and not given.get("translation_language"):
            self.add_error("translation_language", "Name the language of the translation.")
        self._take_proposed()
        if given.get("stance") and not (given.get("treaty") or given.get("object")):
            self.add_error("treaty", "Choose what the stance is about.")
        numbers = [number for number in _APART.split(given.get("article", "")) if number]
        known = {
            one.number: one
            for one in Provision.objects.filter(treaty=given.get("treaty"), number__in=numbers)
        } if numbers else {}  # fmt: skip
        if unknown := [number for number in numbers if number not in known]:
            self.add_error(
                "article", f"The register has no such article of it: {', '.join(unknown)}."
            )
        given["provisions"] = [known[number] for number in numbers if number in known]
        return given

    def _take_proposed(self) -> None:
        """Let a proposed matter that was chosen stand for the fields, which must be empty."""
        given = self.cleaned_data
        if not given.get("proposed"):
            return
        if any(given.get(name) for name in ("treaty", "article", "object")):
            self.add_error(
                "treaty",
                "You chose what was coded before and something else: empty these fields, or "
                "choose «as said here».",
            )
            return
        try:
            matter = named(given["proposed"])
        except ValueError:
            self.add_error("proposed", "Choose again what it is about.")
            return
        given["treaty"] = Treaty.objects.filter(pk=matter.treaty or 0).first()
        given["object"], given["article"] = matter.object, ",".join(matter.numbers)


class PartyForm(forms.Form):
    """Who takes part in a statement; its row so far is `party`, None where one is added."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    role = forms.ChoiceField(
        choices=Party.Role.choices, initial=Party.Role.SPEAKER, show_hidden_initial=True
    )
    name = forms.CharField(
        label="Who",
        required=False,
        max_length=300,
        show_hidden_initial=True,
        widget=forms.TextInput(attrs={"list": "names-speaker", "autocomplete": "off"}),
    )
    unlisted = forms.BooleanField(label="not in the register", required=False)
    office = forms.ChoiceField(required=False, show_hidden_initial=True)
    actor = forms.CharField(
        label="Speaks for",
        required=False,
        max_length=200,
        show_hidden_initial=True,
        widget=forms.TextInput(attrs={"list": "names-actor", "autocomplete": "off"}),
    )
    gone = forms.BooleanField(label="Remove", required=False)

    def __init__(self, *args: Any, parties: Mapping[int, Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        key = self["key"].value()
        self.party = parties.get(int(key)) if str(key or "").isdecimal() else None
        speaker = self.party.speaker if self.party else None
        held = list(speaker.offices.all()) if speaker else []
        office = self.fields["office"]
        assert isinstance(office, forms.ChoiceField)
        office.choices = [
            ("", "as held on the day"), ("-", "none"), *((str(one.pk), one.title) for one in held)
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("gone") or not self.has_changed():
            return given
        name = given.get("name", "").strip()
        given["meant"] = given["body"] = None
        if not name:
            self.add_error("name", "Say who, or remove this line.")
        elif "name" in self.changed_data and not given.get("unlisted"):
            self._resolve(name)
        if (actor := given.get("actor", "").strip()) and "actor" in self.changed_data:
            given["for"] = self._one(actor_names(), actor, "actor")
        return given

    def taking(self, day: date | None) -> Taking | None:
        """What the editor says of this party, None where nothing was changed.

        A new speaker comes with the office held on `day`, and with the actor of that office.
        """
        given = self.cleaned_data
        if not self.has_changed() or not (given.get("name") or self.party):
            return None
        if given.get("gone"):
            return Taking(self.party, given["role"], given["name"], gone=True)
        new = "name" in self.changed_data or self.party is None
        speaker = given["meant"] if new else (self.party.speaker if self.party else None)
        office = self._office(speaker, day, new)
        actor: Actor | None = given["body"] or (office.actor if office and new else None)
        if "actor" in self.changed_data:
            actor = given.get("for")
        elif not actor and self.party and not new:
            actor = (
                office.actor if "office" in self.changed_data and office else self.party.actor
            )
        elif not actor and speaker:
            actor = speaker.actor
        name = (
            given["body"].name if given["body"] else speaker.name if speaker else given["name"]
        )
        return Taking(self.party, given["role"], name, speaker, office, actor)

    def _office(self, speaker: Speaker | None, day: date | None, new: bool) -> Office | None:
        chosen = self.cleaned_data.get("office", "")
        if "office" not in self.changed_data:
            chosen = ""
            if not new:
                return self.party.office if self.party else None
        if speaker is None or chosen == "-":
            return None
        offices = speaker.offices.select_related("actor")
        if chosen.isdecimal() and (own := offices.filter(pk=chosen).first()):
            return own
        return office_on(speaker, day)

    def _resolve(self, name: str) -> None:
        """Find whom the name means: a speaker, or a body that speaks itself."""
        given = self.cleaned_data
        meant = speaker_names().meant(name)
        bodies = actor_names().meant(name) if not meant else ()
        if len(meant) == 1:
            given["meant"] = Speaker.objects.get(slug=meant[0].id)
        elif len(bodies) == 1:
            given["body"] = Actor.objects.get(code=bodies[0].id)
        else:
            names = speaker_names()
            self.add_error("name", _which(name, meant or names.suggested(name), bool(meant)))

    def _one(self, names: Names, typed: str, field: str) -> Actor | None:
        meant = names.meant(typed)
        if len(meant) == 1:
            return Actor.objects.get(code=meant[0].id)
        self.add_error(field, _which(typed, meant or names.suggested(typed), bool(meant)))
        return None


def _which(typed: str, known: Iterable[Known], several: bool) -> str:
    """What to type instead, as a sentence."""
    names = "; ".join(f"{one.typed}, {one.about}" if one.about else one.typed for one in known)
    if several:
        return f"Several are called «{typed}». Type one of: {names}."
    near = f" Near it: {names}." if names else ""
    return f"The register has nobody called «{typed}».{near} Or mark it as not in the register."


PartyFormSet = forms.formset_factory(PartyForm, extra=1, max_num=60)


def initial_of(parties: Iterable[Party]) -> list[dict[str, Any]]:
    """The values of the parties' forms as they stand."""
    return [
        {
            "key": party.pk,
            "role": party.role,
            "name": party.name,
            "office": str(party.office_id or "-"),
            "actor": party.actor.name if party.actor else "",
        }
        for party in parties
    ]
