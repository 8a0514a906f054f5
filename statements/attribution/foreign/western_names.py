"""Who a French, Spanish or German phrase names: titles, names, bodies, pronouns."""

from dataclasses import replace

import regex

from statements.attribution.foreign.lands import Found
from statements.attribution.foreign.nouns import Noun, nouns
from statements.attribution.foreign.people import Cast, Mention
from statements.attribution.foreign.western_words import GRAMMARS, PARTICLES
from statements.attribution.gazetteer import fold
from statements.attribution.words import read_table

_TOKEN = regex.compile(
    r"(?:[ldnsqcjmtLDNSQCJMT]|[Qq]u|[Jj]usqu|[Ll]orsqu)['’](?=\w)|(?:MM?|Mmes?|Sra?|Dra?|Dr|\p{Lu})\."
    r"|[\p{L}\p{M}]+(?:[-’'][\p{L}\p{M}]+)*|\ue000+|\d+|[^\s\w]"
)
_FEMALE = regex.compile(
    r"(?:ice|ère|ienne|euse|ée|trice|ora|ista|ministra|presidenta|embajadora|vocera|cheffe|présidente|députée|sénatrice|ambassadrice|chancelière|in|secretaria|generala|ministerin)$"
)

# «Kim Jong Un»: family names that stand in front of two more words.
_FAMILIES = {name for row in read_table("families.csv") for name in row["names"].split(";")}


class WesternNames:
    """Reads the noun phrases of one article."""

    def __init__(self, language: str, cast: Cast) -> None:
        self.language = language
        self.cast = cast
        self.grammar = GRAMMARS[language]
        self._by_first: dict[str, list[tuple[list[str], Noun]]] = {}
        for noun in nouns(language).values():
            words = [m.group() for m in _TOKEN.finditer(noun.form)]
            self._by_first.setdefault(words[0].lower(), []).append((words, noun))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._seats = set(cast.lands.nominatives)

    def subject(self, view: str, start: int, end: int, offset: int) -> Mention | None:
        """The first phrase between two offsets of a view that no preposition governs."""
        words = list(_TOKEN.finditer(view, start, end))
        index = 0
        while index < len(words):
            word = words[index].group()
            low = word.lower()
            if low in self.grammar.prepositions and not (
                low in self.grammar.articles and index == 0
            ):
                index = self._past_governed(words, index + 1)
                continue
            if word[0].isalpha():
                found = self.at(words, index, view, offset)
                if found is not None:
                    return found
                if word[0].isupper():
                    index = max(index + 1, self._run_end(words, index))
                    continue
            index += 1
        return None

    def at(
        self, words: list["regex.Match[str]"], index: int, view: str, offset: int
    ) -> Mention | None:
        """Whom the phrase names that begins at a word, article included."""
        first = index
        article = ""
        if words[index].group().lower() in self.grammar.articles and index + 1 < len(words):
            article = words[index].group().lower()
            follows = words[index + 1].group()
            if not follows[0].isalpha():
                return self._pronoun(words, index, offset)
            index += 1
            # «la nouvelle ministre», «der russische Präsident»
            for skip in range(2):
                if self._noun(words, index + skip) or (
                    words[index + skip : index + skip + 1]
                    and words[index + skip].group()[0].isupper()
                ):
                    index += skip
                    break
                if (
                    index + skip + 1 >= len(words)
                    or not words[index + skip].group()[0].islower()
                ):
                    break
        if not article and (pronoun := self._pronoun(words, index, offset)):
            return pronoun
        noun = self._noun(words, index)
        if noun is not None and noun[0].kind == "agency":
            start = words[index].start()
            end = words[index + noun[1] - 1].end()
            return Mention("medium", offset + start, offset + end, view[start:end])
        if noun is not None:
            return self._titled(words, first, index, noun[0], noun[1], article, view, offset)
        if words[index].group()[0].isupper():
            return self._capitals(words, first, index, view, offset)
        return None

    # ------------------------------------------------------------------ phrases with a noun

    def _titled(
        self, words: list["regex.Match[str]"], first: int, index: int, noun: Noun, length: int,
        article: str, view: str, offset: int,
    ) -> Mention | None:  # fmt: skip
        if (
            not article
            and words[index].group() not in self.grammar.honorifics
            and words[index].group()[0].islower()
            and noun.kind not in {"unnamed", "office"}
        ):
            return None
        end = index + length
        while (
            (nested := self._noun(words, end))
            and nested[0].kind == "office"
            and noun.kind == "office"
        ):
            end += nested[1]
        title_end = end
        name: list[regex.Match[str]] = []
        while end < len(words):
            word = words[end].group()
            low = word.lower()
            if not word[0].isalpha():
                break
            if word[0].isupper() or (False):
                stop = self._run_end(words, end)
                governed = (
                    words[end - 1].group().lower()
                    in self.grammar.of | self.grammar.prepositions
                    and end > index
                )
                run = self._person_words(words[end:stop], view, governed=governed)
                end = stop
                if run and noun.kind == "office":
                    name = run
                    break
                continue
            if low in self.grammar.of or low in self.grammar.articles:
                follows = words[end + 1].group() if end + 1 < len(words) else ""
                if not follows or not follows[0].isalpha():
                    break
                if (
                    low in {"à", "au", "aux", "in", "im", "bei", "beim", "al", "para"}
                    and not follows[0].isupper()
                    and follows.lower() not in self.grammar.articles
                ):
                    break
                if self._is_day(follows):
                    break
                end += 1
                continue
            if low in self.grammar.prepositions or self._is_day(word) or end - index > 14:
                break
            previous = words[end - 1].group().lower()
            if (
                previous in self.grammar.of
                or previous in self.grammar.articles
                or self.cast.lands.within(word)
                or self._adjective(low)
            ):
                end += 1
                continue
            break
        while end > title_end and (
            words[end - 1].group().lower() in self.grammar.of | self.grammar.articles
        ):
            end -= 1
        start = words[first].start()
        phrase = view[words[index].start() : words[end - 1].end()]
        whole = view[start : words[end - 1].end()]
        before = view[start : name[0].start()] if name else whole
        land = self.cast.lands.first(before)
        honorific = self.grammar.honorifics.get(words[index].group())
        female = (
            honorific
            if honorific is not None
            else (
                True
                if (_FEMALE.search(words[index].group().lower()) and self.language != "es")
                or (
                    words[index]
                    .group()
                    .lower()
                    .endswith(("ra", "ta", "ministra", "secretaria"))
                    and self.language == "es"
                )
                or article in {"la", "une", "una", "die"}
                else (False if article in {"le", "un", "el", "der"} else None)
            )
        )
        title = "" if noun.title == "person" else noun.title
        office = "" if words[index].group() in self.grammar.honorifics else noun.form
        if (
            not name
            and end < len(words)
            and words[end].group() == ","
            and noun.kind == "office"
        ):
            # «le ministre des Affaires étrangères, Ada Example, a déclaré»
            stop = self._run_end(words, end + 1)
            run = self._person_words(words[end + 1 : stop], view, governed=False)
            if (
                run
                and len(run) >= 2
                and (stop >= len(words) or words[stop].group() in {",", ".", "("})
            ):
                name, end = run, stop
        if name:
            printed = " ".join(m.group() for m in name)
            return Mention(
                "name",
                offset + start,
                offset + name[-1].end(),
                printed,
                office,
                title,
                land,
                female,
            )
        if words[index].group() in self.grammar.honorifics:
            return None
        kind = {"office": "title"}.get(noun.kind, noun.kind)
        rest = view[words[index + length - 1].end() : words[end - 1].end()]
        bare = article not in self.grammar.indefinite and (
            not rest.strip() or (bool(self.cast.lands.within(rest)) and len(rest.split()) <= 4)
        )
        if (
            kind == "title"
            and noun.title == "person"
            and noun.form.lower() in {"homme", "femme"}
        ):
            return None
        if kind == "body" and (state := self._seat(words, index, view)):
            return Mention(
                "body",
                offset + start,
                offset + words[end - 1].end(),
                state.land.name,
                office="Government",
                land=state.land,
            )
        return Mention(
            kind,
            offset + start,
            offset + words[end - 1].end(),
            phrase,
            noun.form if kind == "title" else "",
            title,
            land,
            female,
            bare=bare,
        )

    def _seat(self, words: list["regex.Match[str]"], index: int, view: str) -> Found | None:
        """The seat of government that stands at a word: «le Kremlin»."""
        phrase = view[words[index].start() : words[min(index + 2, len(words)) - 1].end()]
        found = self.cast.lands.within(phrase)
        return found[0] if found and found[0].start == 0 and found[0].capital else None

    # ------------------------------------------------------------------ phrases of capitals

    def _capitals(
        self, words: list["regex.Match[str]"], first: int, index: int, view: str, offset: int
    ) -> Mention | None:
        word = words[index].group()
        if word.lower() in self.grammar.openers and not (word.isupper() and len(word) > 1):
            return None
        stop = self._run_end(words, index)
        run = words[index:stop]
        phrase = view[run[0].start() : run[-1].end()]
        found = self.cast.lands.within(phrase)
        if found and found[0].start == 0 and found[0].end == len(phrase):
            land = found[0].land
            return Mention(
                "body",
                offset + words[first].start(),
                offset + run[-1].end(),
                land.name,
                office="Government",
                land=land,
            )
        person = self._person_words(run, view, governed=False)
        if self.language == "de" and len(run) == 1 and not self._known(word):
            return None  # Every noun is capitalised in German.
        if not person:
            if word.isupper() and 2 <= len(word) <= 6:
                return Mention(
                    "body", offset + words[first].start(), offset + run[0].end(), word
                )
            return None
        name = " ".join(m.group() for m in person)
        if len(person) == 1 and not self._known(name):
            # A lone capital: only beside the verb, and no article before it.
            if first != index or not (
                index == len(words) - 1 or index == 0 or stop == len(words)
            ):
                return None
            if len(name) < 3:
                return None
        office = ""
        if self.language == "de" and len(run) > len(person):
            office = view[run[0].start() : person[0].start()].strip()
        mention = Mention("name", offset + person[0].start(), offset + person[-1].end(), name, office=office,
                          land=self.cast.lands.first(view[run[0].start() : person[0].start()]))  # fmt: skip
        return self._apposed(mention, words, stop, view)

    def _apposed(
        self, mention: Mention, words: list["regex.Match[str]"], after: int, view: str
    ) -> Mention:
        """«Ada Example, ministre des …,»: with the title behind the name."""
        if after + 1 >= len(words) or words[after].group() != ",":
            return mention
        index = after + 1
        while index < len(words) and words[index].group().lower() in self.grammar.articles:
            index += 1
        noun = self._noun(words, index)
        if noun is None or noun[0].kind != "office":
            return mention
        end = next(
            (k for k in range(index, len(words)) if words[k].group() in {",", ".", "(", ";"}),
            len(words),
        )
        phrase = view[words[index].start() : words[end - 1].end()]
        title = "" if noun[0].title == "person" else noun[0].title
        return replace(
            mention, office=noun[0].form, title=title, land=self.cast.lands.first(phrase)
        )

    # ------------------------------------------------------------------ words

    def _pronoun(
        self, words: list["regex.Match[str]"], index: int, offset: int
    ) -> Mention | None:
        low = words[index].group().lower()
        if (
            low == "il"
            and index + 1 < len(words)
            and words[index + 1].group() in {"y", "y’", "faut"}
        ):
            return None
        if low in self.grammar.pronouns and (
            low not in self.grammar.articles or len(words) == index + 1
        ):
            return Mention("pronoun", offset + words[index].start(), offset + words[index].end(),
                           words[index].group(), female=self.grammar.pronouns[low])  # fmt: skip
        return None

    def _noun(self, words: list["regex.Match[str]"], index: int) -> tuple[Noun, int] | None:
        """The noun for a speaker that begins at a word, and its length in words."""
        if not 0 <= index < len(words):
            return None
        for form, noun in self._by_first.get(words[index].group().lower(), ()):
            following = [w.group() for w in words[index : index + len(form)]]
            if [f.replace("’", "'") for f in following[1:]] != [
                f.replace("’", "'") for f in form[1:]
            ]:
                continue
            if noun.kind in {"agency"} and following[0] != form[0]:
                continue
            if self.language == "de" and following[0][0].islower() and form[0][0].isupper():
                continue
            return noun, len(form)
        return None

    def _run_end(self, words: list["regex.Match[str]"], index: int) -> int:
        """Where a run of capitalised words with particles between them ends."""
        end = index
        while end < len(words) and end - index < 8:
            word = words[end].group()
            if (word[0].isupper() and word[0].isalpha()) or (
                word.lower() in PARTICLES
                and end > index
                and self._capital_follows(words, end)
                and word.lower()
                not in (
                    {"de", "du", "des", "la", "le", "les"}
                    if self.language == "fr" and not self._known_given(words, index)
                    else set()
                )
                and (word.lower() not in {"y", "e"} or self.language == "es")
                and not (self.language == "de" and word.lower() in {"der", "den", "zu", "zum"})
            ):
                end += 1
            else:
                break
        return end

    def _capital_follows(self, words: list["regex.Match[str]"], index: int) -> bool:
        for match in words[index + 1 : index + 3]:
            if match.group()[0].isupper():
                return True
            if match.group().lower() not in PARTICLES:
                return False
        return False

    def _known_given(self, words: list["regex.Match[str]"], index: int) -> bool:
        return (
            index + 1 < len(words)
            and words[index + 1].group().lower() in {"de", "du"}
            and len(words[index].group()) > 2
            and words[index].group() not in self._seats
            and not self._noun(words, index)
        )

    def _person_words(
        self, run: list["regex.Match[str]"], view: str, *, governed: bool
    ) -> list["regex.Match[str]"]:
        """The words of a run that are a person's name: no lands, acronyms, or titles."""
        run = [
            m
            for k, m in enumerate(run)
            if not (k == 0 and m.group().lower() in self.grammar.openers)
        ]
        while run and (len(run[0].group()) > 1 and run[0].group().isupper()):
            run = run[1:]
        if (
            run
            and (found := self.cast.lands.within(view[run[0].start() : run[-1].end()]))
            and found[0].start == 0
        ):
            length = found[0].end
            run = [m for m in run if m.start() - run[0].start() >= length]
            governed = False
        while run and (noun := self._noun(run, 0)) is not None:
            run = run[noun[1] :]
            governed = False
        if governed:
            # «de Ruritanie Ada Example»: what the preposition governs goes first
            run = run[1:] if len(run) >= 3 else []
        if (
            self.language == "de"
            and len(run) >= 3
            and run[-3].group() not in _FAMILIES
            and not any(m.group().lower() in PARTICLES for m in run)
        ):
            run = run[-2:]
        if len(run) > 5:
            return []
        return run

    def _known(self, name: str) -> bool:
        if self.cast.of_article(Mention("name", 0, 0, name)) is not None:
            return True
        return (
            bool(self.cast.places.families(name))
            and self.cast.places.recognise(name, (), self.cast.published_on) is not None
        )

    def _past_governed(self, words: list["regex.Match[str]"], index: int) -> int:
        """Past the phrase that a preposition governs."""
        while index < len(words) and words[index].group().lower() in self.grammar.articles:
            index += 1
        if index >= len(words):
            return index
        if words[index].group()[0].isupper():
            return max(self._run_end(words, index), index + 1)
        return index + 1

    @staticmethod
    def _adjective(low: str) -> bool:
        return bool(
            regex.search(
                r"(?:al|ale|aux|ais|aise|ien|ienne|ain|aine|ique|ois|oise|if|ive|eur|el|elle|ano|ana|eño|eña|és|esa|ico|ica|ivo|iva|ense|ar|ario|aria|unto|unta|ional|ral|adjoint|adjointe|ische|ischer|ischen|ère|eure)s?$",
                low,
            )
        )

    def _is_day(self, word: str) -> bool:
        return word.lower() in self.grammar.openers and bool(
            regex.match(
                r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|hoy|ayer|hier|heute|gestern)$",
                word.lower(),
            )
        )

    def agency(self, phrase: str) -> str:
        """The medium's own name in a phrase: «Tass» of «l’agence Tass», else without its article."""
        words = list(_TOKEN.finditer(phrase))
        for index in range(len(words)):
            noun = self._noun(words, index)
            if noun is not None and noun[0].kind == "agency":
                return phrase[words[index].start() : words[index + noun[1] - 1].end()]
        if len(words) > 1 and words[0].group().lower() in self.grammar.articles:
            return phrase[words[1].start() :]
        return phrase

    def introduce(self, view: str, offset: int) -> None:
        """Note the people whom titles name, whatever governs them."""
        words = list(_TOKEN.finditer(view))
        for index, match in enumerate(words):
            if not match.group()[0].isalpha() or self._noun(words, index) is None:
                continue
            noun = self._noun(words, index)
            assert noun is not None
            if noun[0].kind != "office":
                continue
            mention = self._titled(words, index, index, noun[0], noun[1], "", view, offset)
            if (
                mention is not None
                and mention.kind == "name"
                and len(mention.name.split()) > 1
                and fold(mention.name)
            ):
                self.cast.introduce(mention, [])
        if self.language != "de":
            self._introduce_names(words, view, offset)

    def _introduce_names(self, words: list["regex.Match[str]"], view: str, offset: int) -> None:
        """Note the names of two words and more, so that a later «Mme Example» finds hers."""
        index = 0
        while index < len(words):
            if not (words[index].group()[0].isalpha() and words[index].group()[0].isupper()):
                index += 1
                continue
            stop = max(self._run_end(words, index), index + 1)
            before = words[index - 1].group().lower() if index else ""
            governed = before in self.grammar.of
            run = (
                []
                if self._noun(words, index)
                else self._person_words(words[index:stop], view, governed=governed)
            )
            if 2 <= len(run) <= 4 and not self.cast.lands.within(
                " ".join(m.group() for m in run)
            ):
                name = " ".join(m.group() for m in run)
                mention = Mention("name", offset + run[0].start(), offset + run[-1].end(), name)
                self.cast.introduce(self._apposed(mention, words, stop, view), [])
            index = stop
