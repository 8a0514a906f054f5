"""Who speaks in one article: the people it names, the register's people, the last speaker."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

import regex

from statements.attribution.foreign.declension import base, bases, plain
from statements.attribution.foreign.lands import Land, Lands
from statements.attribution.gazetteer import Gazetteer, fold
from statements.attribution.offices import Title
from statements.attribution.register import RegisterActor, RegisterOffice, RegisterSpeaker
from statements.attribution.values import Voice

_SCRIPT = {
    "ru": regex.compile(r"^[\p{Cyrillic}\s’'-]+$"), "uk": regex.compile(r"^[\p{Cyrillic}\s’'-]+$"),
    "ko": regex.compile(r"^[\p{Hangul}\s]+$"),
    "ja": regex.compile(r"^[\p{Han}\p{Katakana}ー・＝=\s]+$"), "zh": regex.compile(r"^[\p{Han}·\s]+$"),
}  # fmt: skip


# Titles that say less than the register's own.
_VAGUE = {
    "minister", "head", "chair", "leader", "secretary", "deputy", "adviser", "military", "lawmaker",
    "vice minister",
}  # fmt: skip
# Different words for one who speaks for another.
_SPOKEN_FOR = {
    "spokesperson",
    "press secretary",
    "spokesperson (organisation)",
    "military spokesperson",
}


@dataclass(frozen=True)
class Mention:
    """Whom a phrase names, as a language's grammar reads it.

    `kind` is name, title, pronoun, body, unnamed or medium. `name` is the printed name without
    title and in the nominative, or the whole phrase where no person is named. `office` is the
    title as printed, `title` its English form; `start` and `end` are offsets into the text.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    office: str = ""
    title: str = ""
    land: Land | None = None
    female: bool | None = None
    actor: RegisterActor | None = None
    # whether a title stands alone or with its land, so that it may mean somebody named before
    bare: bool = True


@dataclass
class Person:
    """One person of the article, as far as it has been read."""

    name: str
    office: str = ""
    title: str = ""
    land: Land | None = None
    female: bool | None = None
    speaker: RegisterSpeaker | None = None
    titles: set[str] = field(default_factory=set)
    # whether the name is a guess from another case
    guessed: bool = False
    # when the person was last met as a speaker; 0 before that
    met: int = 0


@dataclass(frozen=True)
class Heard:
    """A resolved speaker with what the register says against it."""

    voice: Voice
    warnings: tuple[str, ...] = ()
    sure: bool = True


class Cast:
    """The people of one article in one language, in reading order."""

    def __init__(
        self,
        text: str,
        language: str,
        places: Gazetteer,
        lands: Lands,
        published_on: date | None,
    ) -> None:
        self.text = text
        self.language = language
        self.places = places
        self.lands = lands
        self.published_on = published_on
        self.persons: list[Person] = []
        self._by_family: dict[str, list[Person]] = defaultdict(list)
        self._last: tuple[Heard, Person | None] | None = None
        self._last_person: Person | None = None
        self._met = 0
        self.last_paragraph = -10

    # ------------------------------------------------------------------ resolving

    def resolve(self, mention: Mention, paragraph: int) -> Heard:
        """The speaker whom a mention means; it speaks last from now on."""
        heard, person = self._resolved(mention, paragraph)
        self._last = (heard, person)
        self._last_person = person or self._last_person
        self.last_paragraph = paragraph
        return heard

    def last(self, mention: Mention | None, paragraph: int, reach: int = 3) -> Heard | None:
        """Who spoke last, carried by a pronoun or by nothing; None when that is too far back."""
        heard, person = self._last or (None, None)
        if heard is not None and paragraph - self.last_paragraph > reach:
            heard = person = None
        if mention is not None and mention.female is not None:
            fits = [
                p
                for p in [person, self._last_person, *self._latest]
                if p is not None and p.female in {None, mention.female}
            ]
            if heard is None:
                fits = [p for p in fits if p.female == mention.female]
            if fits and fits[0] is not person:
                person = fits[0]
                heard = self._heard(person, mention, "pronoun")
            elif person is None and not fits:
                return None
            if person is not None and person.female is None:
                person.female = mention.female
        if heard is None:
            return None
        self._last = (heard, person)
        self._last_person = person or self._last_person
        self.last_paragraph = paragraph
        return replace(heard, voice=self._carried(heard.voice, mention), sure=False)

    def _carried(self, voice: Voice, mention: Mention | None) -> Voice:
        """A voice by what carries it here: a pronoun, or nothing that is printed."""
        if mention is None:
            return replace(
                voice, printed="", start=None, end=None, reason="speaker of the text before"
            )
        printed = self.text[mention.start : mention.end]
        return replace(
            voice, printed=printed, start=mention.start, end=mention.end, reason="pronoun"
        )

    def _resolved(self, mention: Mention, paragraph: int) -> tuple[Heard, Person | None]:
        if mention.kind == "pronoun":
            heard = self.last(mention, paragraph)
            if heard is not None and self._last is not None:
                return heard, self._last[1]
            return self._described(mention), None
        if mention.kind == "title":
            person = self._in_office(mention)
            if person is None:
                return self._described(mention), None
            self._enrich(person, mention)
            return self._heard(person, mention, "title of a person named before"), person
        if mention.kind == "name":
            person = self.person(mention)
            return self._heard(
                person, mention, "native name in the register" if person.speaker else "name"
            ), person
        return self._described(mention), None

    def person(self, mention: Mention) -> Person:
        """The person of this name: of the article, else of the register, else a new one."""
        person = self.of_article(mention)
        if person is None:
            speaker = self._of_register(mention)
            if speaker is not None:
                person = next((p for p in self.persons if p.speaker is speaker), None)
            if person is None:
                person = Person(mention.name, speaker=speaker)
                if speaker is not None and speaker.gender in {"m", "f"}:
                    person.female = speaker.gender == "f"
                self.persons.append(person)
            for key in self._keys(mention.name):
                if person not in self._by_family[key]:
                    self._by_family[key].append(person)
        elif len(mention.name.split()) > len(person.name.split()) or (
            person.guessed and len(mention.name.split()) == len(person.name.split())
        ):
            person.name, person.guessed = mention.name, False
        self._met += 1
        person.met = self._met
        self._enrich(person, mention)
        return person

    @property
    def _latest(self) -> list[Person]:
        """The people of the article, whoever was met last first."""
        return sorted(self.persons, key=lambda person: -person.met)

    def introduce(self, mention: Mention, keys: list[str], *, guessed: bool = False) -> None:
        """Note a person whose name is printed in another case, to be found by these keys."""
        person = self.of_article(mention)
        if person is None:
            person = self.person(mention)
            person.met = 0
            person.guessed = guessed and person.speaker is None
        else:
            self._enrich(person, mention)
        for key in keys:
            if person not in self._by_family[key]:
                self._by_family[key].append(person)

    def _enrich(self, person: Person, mention: Mention) -> None:
        if mention.office:
            person.titles.add(mention.office)
            person.office = person.office or mention.office
            person.title = person.title or mention.title
        person.land = person.land or mention.land
        if person.female is None:
            person.female = mention.female

    def _keys(self, name: str) -> list[str]:
        """What a later, shorter mention of a name may be looked up by."""
        if self.language in {"ru", "uk"}:
            return [base(name.split()[-1])]
        if self.language in {"ko", "ja", "zh"}:
            words = regex.split(r"[\s・·＝=]+", name)
            keys = [name.replace(" ", ""), words[-1]]
            if (len(words) == 1 and self.language != "ja" and 2 < len(name) < 5) or (
                len(words) == 1 and len(name) == 2
            ):
                keys.append(name[0])
            if self.language == "ja" and len(words) == 1:
                keys += [name[:1], name[:2], name[:3]]
            return list(dict.fromkeys(keys))
        return [fold(name.split()[-1])]

    def of_article(self, mention: Mention) -> Person | None:
        """The person of the article whom a name means, in any case."""
        name = mention.name
        if self.language in {"ru", "uk"}:
            words = name.split()
            for stem in bases(words[-1]):
                fits = self._by_family.get(stem, [])
                fits = [p for p in fits if len(words) == 1 or same_given(words, p.name.split())]
                if found := _fitting(fits, mention):
                    return found
            return None
        key = (
            fold(name.split()[-1])
            if self.language in {"fr", "es", "de"}
            else name.replace(" ", "")
        )
        fits = self._by_family.get(key, [])
        if self.language in {"fr", "es", "de"}:
            words = fold(name).split()
            fits = [
                p
                for p in fits
                if len(words) == 1
                or len(p.name.split()) == 1
                or same_given(words, fold(p.name).split())
            ]
        return _fitting(fits, mention)

    def _of_register(self, mention: Mention) -> RegisterSpeaker | None:
        name = mention.name
        if self.language in {"fr", "es", "de"}:
            states = [mention.land.actor] if mention.land and mention.land.actor else []
            exact = self.places.recognise(name, states, self.published_on)
            words = name.split()
            if exact is None and len(words) > 1:
                # «Vladimir Poutine»: another spelling of the family name
                family = self.places.recognise(words[-1], states, self.published_on)
                if family is not None and fold(family.name)[:3] == fold(words[0])[:3]:
                    return family
            return exact
        index = native_people(self.places, self.language)
        if self.language in {"ru", "uk"}:
            return self._declined(name, mention, index)
        compact = regex.sub(r"[\s・·＝=]", "", name)
        if named := index.get(compact):
            return self._held(named, mention)
        if mention.office and len(compact) <= 3:
            # «林官房長官»: a family name with the office that the register knows.
            begins = [
                s for full, people in index.items() if full.startswith(compact) for s in people
            ]
            return self._held(begins, mention, by_title=True)
        return None

    def _declined(
        self, name: str, mention: Mention, index: dict[str, list[RegisterSpeaker]]
    ) -> RegisterSpeaker | None:
        words = name.split()
        for stem in bases(words[-1]):
            fits = [
                speaker
                for speaker in index.get(stem, [])
                if len(words) == 1
                or any(
                    same_given(words, n.split())
                    for n in speaker.names
                    if base(n.split()[-1]) == stem
                )
            ]
            if found := self._held(fits, mention):
                return found
        return None

    def _held(
        self, speakers: list[RegisterSpeaker], mention: Mention, *, by_title: bool = False
    ) -> RegisterSpeaker | None:
        """The one of several people of a name who fits the land, the title and the day."""
        fits = list(dict.fromkeys(speakers, None))
        if by_title:
            fits = [s for s in fits if any(self._titled(o, mention) for o in s.offices)]
        if len(fits) > 1 or by_title:
            held = [s for s in fits if any(o.held_on(self.published_on) for o in s.offices)]
            fits = held or ([] if by_title else fits)
        if len(fits) > 1 and mention.land is not None:
            codes = [s for s in fits if self._code(s) == mention.land.code]
            fits = codes or fits
        if len(fits) > 1 and mention.title:
            fits = [s for s in fits if any(self._titled(o, mention) for o in s.offices)] or fits
        return fits[0] if len(fits) == 1 else None

    def _titled(self, office: RegisterOffice, mention: Mention) -> bool:
        title, kind = mention.title.lower(), office.kind.replace("-", " ")
        if not title or not office.held_on(self.published_on):
            return False
        return title == kind or title in office.title.lower() or kind.endswith(title)

    def _code(self, speaker: RegisterSpeaker) -> str:
        for office in speaker.offices:
            actor = self.places.actors.get(office.actor)
            if actor is not None:
                return self.places.state_of(actor).code
        return ""

    def _in_office(self, mention: Mention) -> Person | None:
        """The person of the article who has this title: who spoke last, else who was named last."""
        if not mention.bare:
            return None
        spoke = self._last_person
        for person in [*([spoke] if spoke else []), *self._latest]:
            if mention.land and person.land and mention.land.code != person.land.code:
                continue
            if mention.female is not None and person.female not in {None, mention.female}:
                continue
            if self._entitled(person, mention):
                return person
        return None

    def _entitled(self, person: Person, mention: Mention) -> bool:
        """Whether a person has a title, in these words or by its English form."""
        if any(
            title.endswith(mention.office) or mention.office in title for title in person.titles
        ):
            return True
        english = mention.title.split(" (")[0].lower()
        if not english:
            return False
        held = {person.title.split(" (")[0].lower()}
        if person.speaker is not None:
            held |= {
                o.kind.replace("-", " ")
                for o in person.speaker.offices
                if o.held_on(self.published_on)
            }
        if english in _SPOKEN_FOR and held & _SPOKEN_FOR:
            return True
        return any(own and (own == english or own.endswith(" " + english)) for own in held)

    # ------------------------------------------------------------------ voices

    def _heard(self, person: Person, mention: Mention, reason: str) -> Heard:
        printed = self.text[mention.start : mention.end]
        speaker = person.speaker
        if speaker is None:
            land = person.land
            return Heard(
                Voice(
                    name=person.name, printed=printed, start=mention.start, end=mention.end,
                    office=_normal(person.title) or person.title or person.office,
                    office_printed=mention.office, country=land.code if land else "",
                    actor_id=land.actor.id if land and land.actor else None, reason=reason,
                    state_printed=land.code if land and mention.office else "",
                ),
                sure=len(person.name.split()) > 1 or bool(person.office) or self.language in {"ko", "ja", "zh"},
            )  # fmt: skip
        held = [o for o in speaker.offices if o.held_on(self.published_on)]
        titled = [o for o in held if self._titled(o, mention)] if mention.title else []
        office = max(titled or held, key=lambda o: o.start or date.min, default=None)
        known = office or (speaker.offices[0] if speaker.offices else None)
        actor = self.places.actors.get(known.actor) if known else None
        state = self.places.state_of(actor) if actor else None
        warnings: list[str] = []
        if office is None and speaker.offices:
            warnings.append(f"the register has no office of {speaker.name} on this day")
        land = mention.land
        # An ambassador to the United Nations is that of a state.
        posted = land is not None and land.actor is not None and land.actor.kind != "state"
        if state and land and mention.office and land.code != state.code and not posted:
            warnings.append(
                f"printed as {mention.office} of {land.name}; "
                f"the register has {speaker.name} for {state.name}"
            )
        return Heard(
            Voice(
                name=speaker.name, printed=printed, start=mention.start, end=mention.end,
                speaker_id=speaker.id, office=self._known_office(mention, person, office),
                office_printed=mention.office,
                office_id=office.id if office else None, country=state.code if state else "",
                actor_id=state.id if state else None, reason=reason,
                state_printed=land.code if land and mention.office else "",
                posts=tuple(dict.fromkeys(o.kind for o in held if o.kind)),
            ),
            tuple(warnings),
        )  # fmt: skip

    def _known_office(
        self, mention: Mention, person: Person, office: RegisterOffice | None
    ) -> str:
        """The title that is printed in its normal form, else the register's."""
        printed = mention.title or person.title
        if printed and printed not in _VAGUE and (normal := _normal(printed)):
            return normal
        return office.title if office else printed

    def _described(self, mention: Mention) -> Heard:
        """A body, a medium, an unnamed official or a title of whom nobody was named."""
        land = mention.land
        actor_id = land.actor.id if land and land.actor else None
        if mention.actor is not None:
            land = self.lands.of(mention.actor)
            actor_id = mention.actor.id
        printed = self.text[mention.start : mention.end]
        return Heard(
            Voice(
                name=mention.name or printed, printed=printed, start=mention.start, end=mention.end,
                office=_normal(mention.title) or mention.title or mention.office,
                office_printed=mention.office if mention.kind == "title" else "", country=land.code if land else "",
                actor_id=actor_id, is_body=True, reason="named here" if mention.kind != "pronoun" else "unresolved",
            ),
            sure=mention.kind in {"body", "medium"},
        )  # fmt: skip


def _normal(title: str) -> str:
    """The normal form of an English title; empty for one that `offices.csv` has not."""
    row = Title("", title.split(" (")[0], "").row if title else None
    return row.name if row else ""


def _fitting(fits: list[Person], mention: Mention) -> Person | None:
    """One of several people of a family name: by title or gender, else the last one named."""
    if len(fits) > 1 and mention.office:
        titled = [
            p for p in fits if any(mention.office in t or t in mention.office for t in p.titles)
        ]
        fits = titled or fits
    if len(fits) > 1 and mention.female is not None:
        fits = [p for p in fits if p.female in {None, mention.female}] or fits
    return max(fits, key=lambda person: person.met, default=None)


def same_given(words: list[str], others: list[str]) -> bool:
    """Whether two full names may be of one person: their first words begin alike."""
    if len(others) == 1:
        return True
    first, other = plain(words[0]).rstrip("."), plain(others[0]).rstrip(".")
    # «Ади» is «Ада» in another case: the last letter of a short name tells nothing.
    length = max(1, min(len(first) - 1, len(other) - 1, 3))
    return first[:length] == other[:length]


@lru_cache(maxsize=32)
def native_people(places: Gazetteer, language: str) -> dict[str, list[RegisterSpeaker]]:
    """The register's people by the name that a language's script writes.

    In Russian and Ukrainian by the base of the family name, elsewhere by the name without spaces,
    in Korean also by the last word of a name with spaces.
    """
    found: dict[str, list[RegisterSpeaker]] = defaultdict(list)
    for speaker in places.speakers.values():
        for name in speaker.names:
            if not _SCRIPT[language].match(name) or name.isascii():
                continue
            key = (
                base(name.split()[-1])
                if language in {"ru", "uk"}
                else regex.sub(r"[\s・·＝=]", "", name)
            )
            # «푸틴» for «블라디미르 푸틴»
            last = name.split()[-1] if language == "ko" and " " in name else key
            for name_key in {key, last}:
                if speaker not in found[name_key]:
                    found[name_key].append(speaker)
    return found
