"""Who a Russian or Ukrainian phrase names: titles, names in any case, bodies, pronouns."""

from dataclasses import replace

import regex

from statements.attribution.foreign.declension import (
    base,
    bases,
    is_nominative,
    plain,
    to_nominative,
)
from statements.attribution.foreign.nouns import Noun, nouns
from statements.attribution.foreign.people import Cast, Mention, native_people, same_given
from statements.attribution.foreign.slavic_words import GRAMMARS
from statements.attribution.foreign.vocabulary import words
from statements.attribution.register import RegisterActor

_TOKEN = regex.compile(
    r"\p{Lu}\.|(?:г-н|г-жа|[\p{L}\p{M}]+(?:[-’'ʼ][\p{L}\p{M}]+)*)|\ue000+|[^\s\w]|\d+"
)
# Behind these stands the medium to whom something was said, not who said it.
_TOLD = regex.compile(
    r"(?:интервью|інтерв|агентств|агенці|телеканал|канал|газет|издани|видання|журнал|радиостанц|эфир|ефір)"
)
_PATRONYMIC = regex.compile(r"(?:вич|вна|ична|ична|ївна|ович|йович|оглы|кызы)$")
_OBLIQUE = regex.compile(
    r"(?:ым|ого|ому|овой|евой|иной|ской|скую|ову|еву|ину|ами|ями|ами|ою|ові|еві|ської|ському|ським)$"
)
_GENITIVE_PLACE = regex.compile(r"(?:ии|ії|ы|и|і)$")
_ASIAN = words(
    "ким ли пак чхве чве цой юн чон кан хан син им чан но хван о со квон сон ан мун пэ лю кім "
    "лі чо чхо хо мин ю у нам ко ра чжин пэк ро ок рю ши си ван лян чжан чэнь хэ ду"
)  # fmt: skip
_FEMALE = regex.compile(r"(?:ова|ева|єва|їва|ина|ына|іна|їна|ская|цкая|ська|цька|зька)$")
_MALE = regex.compile(r"(?:ов|ев|єв|їв|ин|ын|ін|їн|ский|цкий|ський|цький|зький)$")
_VERB = regex.compile(
    r"(?:ує|ає|яє|ють|ить|ать|ают|яют|ает|яет|ться|тся|вши|ив|ав|ила|ала|или|али)$"
)
_FEMALE_TITLE = regex.compile(r"(?:ница|ниця|ка|иня|госпожа|пані|королева|ця)$")


class SlavicNames:
    """Reads the noun phrases of one article."""

    def __init__(self, language: str, cast: Cast) -> None:
        self.language = language
        self.cast = cast
        self.grammar = GRAMMARS[language]
        self._nouns = nouns(language)
        self._by_first: dict[str, list[tuple[list[str], Noun]]] = {}
        for noun in self._nouns.values():
            words = plain(noun.form).split()
            self._by_first.setdefault(words[0], []).append((words, noun))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._by_base: dict[str, list[tuple[list[str], Noun]]] = {}
        for noun in self._nouns.values():
            words = plain(noun.form).split()
            self._by_base.setdefault(base(words[0]), []).append((words[1:], noun))
        self._land_names = {plain(name) for name in cast.lands.nominatives}
        self._body_bases = {
            tuple(base(word) for word in name.split()): actor
            for name, actor in cast.lands.bodies.items()
        }
        self._bodies = {plain(name): actor for name, actor in cast.lands.bodies.items()}
        self._people = native_people(cast.places, language)

    def introduce(self, view: str, offset: int) -> None:
        """Note the people whom titles name in any case: «с премьер-министром Ады Примеровой»."""
        words = list(_TOKEN.finditer(view))
        index = 0
        while index < len(words):
            word = words[index].group()
            if not word[0].isalpha() or self._noun_stem(word) is None:
                index += 1
                continue
            noun = self._noun_stem(word, [w.group() for w in words[index : index + 6]])
            length = len(noun.form.split()) if noun else 1
            end = index + length
            while (
                end < len(words)
                and end < index + length + 8
                and words[end].group()[0].isalpha()
            ):
                low = plain(words[end].group())
                if (low in self.grammar.prepositions and low not in self.grammar.titled_by) or (
                    words[end].group().islower() and words[end - 1].group()[0].isupper()
                    and low not in self.grammar.particles
                ):  # fmt: skip
                    break
                end += 1
            caps = (
                self._name_words(words[index + length : end])
                if noun and noun.kind == "office"
                else []
            )
            if noun and len(caps) > 1 and caps[-1] is words[end - 1]:
                name = [w.group() for w in caps]
                plain_form = plain(word) == plain(noun.form.split()[0])
                known = self._known(name) or " ".join(
                    name if plain_form else to_nominative(name)
                )
                land = self.cast.lands.first(view[words[index].start() : caps[0].start()])
                title = "" if noun.title == "person" else noun.title
                office = "" if noun.title == "person" else noun.form
                self.cast.introduce(
                    Mention("name", offset, offset, known, office, title, land, _gender(known)),
                    bases(name[-1]),
                    guessed=not plain_form,
                )
            index += length

    # ------------------------------------------------------------------ phrases

    def subject(self, view: str, start: int, end: int, offset: int) -> Mention | None:
        """The first phrase in the nominative between two offsets of a view."""
        words = list(_TOKEN.finditer(view, start, end))
        governed = 0
        told = 0
        for index, match in enumerate(words):
            word = match.group()
            low = plain(word)
            told -= 1
            if _TOLD.match(low) and not self._head(words, index):
                told = 4
            if low in self.grammar.prepositions and not (
                index + 1 < len(words) and self._head(words, index)
            ):
                governed = 2
                continue
            governed -= 1
            if not word[0].isalpha():
                governed = told = 0
                continue
            found = self._at(words, index, view, offset, governed > 0)
            if found is not None:
                # «в посольстве Граустарка»: a lone capital behind what a preposition governs
                lone = found.kind == "name" and not found.office and " " not in found.name
                if (
                    told > 0 and found.kind in {"medium", "name", "body"} and word[0].isupper()
                ) or (
                    lone
                    and governed == 0
                    and words[index - 1].group()[0].islower()
                    and self._known([word]) is None
                ):
                    continue
                return found
        return None

    def oblique(self, view: str, start: int, end: int, offset: int) -> Mention | None:
        """The phrase that begins at an offset, in the genitive or the instrumental."""
        words = list(_TOKEN.finditer(view, start, end))
        run: list[regex.Match[str]] = []
        stop = len(words)
        for index, match in enumerate(words):
            if not match.group()[0].isalpha():
                stop = index
                break
        words = words[:stop]
        if not words:
            return None
        first = plain(words[0].group())
        for index, match in enumerate(words):
            word = match.group()
            if (
                plain(word) in self.grammar.prepositions
                and plain(word) not in self.grammar.titled_by
                and index
            ) and (self._noun_stem(words[0].group()) is None or run):
                words = words[:index]
                break
        caps = self._name_words(words)
        text_start, text_end = offset + words[0].start(), offset + words[-1].end()
        phrase = view[words[0].start() : words[-1].end()]
        noun = None
        for index in range(min(3, len(words))):
            # «главы российского внешнеполитического ведомства»: without the land
            title = [
                w.group()
                for k, w in enumerate(words[index:])
                if k == 0 or w.group()[0].isupper() or not self.cast.lands.within(w.group())
            ]
            noun = self._noun_stem(words[index].group(), title)
            if noun is not None or not self._adjective(words[index].group()):
                break
        land = self.cast.lands.first(phrase)
        if caps:
            name = [w.group().rstrip(".") if len(w.group()) > 2 else w.group() for w in caps]
            nominative = self._known(name)
            if nominative is None:
                nominative = " ".join(to_nominative(name))
            before = (
                view[words[0].start() : caps[0].start()].strip()
                if caps[0] is not words[0]
                else ""
            )
            return Mention(
                "name", offset + caps[0].start() if not before else text_start, offset + caps[-1].end(), nominative,
                office=noun.form if noun and before else "", title=noun.title if noun and before else "",
                land=land if before else None, female=_gender(nominative),
            )  # fmt: skip
        if noun is not None and noun.kind == "office":
            bare = len(words) == len(noun.form.split()) or (
                land is not None and len(words) <= len(noun.form.split()) + 2
            )
            return Mention(
                "title", text_start, text_end, phrase, noun.form, noun.title, land, bare=bare
            )
        body = self._body(phrase)
        if body is not None:
            return Mention("body", text_start, text_end, phrase, land=land, actor=body)
        found = self.cast.lands.within(phrase)
        if found and found[0].start == 0 and found[0].end == len(phrase):
            return Mention(
                "body", text_start, text_end, found[0].land.name, office="Government", land=land
            )
        if noun is not None:
            kind = {"agency": "medium"}.get(noun.kind, noun.kind)
            name_printed = self._upright(phrase, self._noun_stem(words[0].group()))
            return Mention(
                kind, text_start, text_end, name_printed, title=noun.title, land=land
            )
        if first in self.grammar.pronouns:
            return Mention("pronoun", text_start, text_end, phrase)
        if words[0].group()[0].isupper() and len(words) <= 4:
            return Mention("body", text_start, text_end, phrase, land=land)
        return None

    def located(self, view: str, start: int, end: int, offset: int) -> Mention | None:
        """«в МИД Руритании» beside a verb in the plural: the body within which it was said."""
        match = regex.search(
            rf"\b{self.grammar.within}\s+(?P<np>[^,;:—–\ue000.!?]+)$",
            view[start:end],
            regex.IGNORECASE,
        )
        if match is None:
            match = regex.search(
                rf"^\s*(?:\w+\s+)?{self.grammar.within}\s+(?P<np>[^,;:—–\ue000.!?]+)",
                view[start:end],
                regex.IGNORECASE,
            )
        if match is None:
            return None
        first, last = start + match.start("np"), start + match.end("np")
        tokens = list(_TOKEN.finditer(view, first, last))
        for index, token in enumerate(tokens):
            if index and plain(token.group()) in self.grammar.prepositions:
                last = tokens[index - 1].end()
                break
        phrase = view[first:last].strip()
        if not phrase or phrase[0].isdigit():
            return None
        body = self._body(phrase)
        noun = self._noun_stem(phrase.split()[0])
        lands = self.cast.lands.within(phrase)
        whole = bool(lands) and lands[0].start == 0 and lands[0].end == len(phrase)
        acronym = regex.match(r"\p{Lu}{2,}\b|\p{Lu}\p{Ll}+(?:\p{Lu}\p{Ll}*)+\b", phrase)
        if (
            body is None
            and not whole
            and not acronym
            and (noun is None or noun.kind not in {"body", "medium", "agency"})
        ):
            return None
        land = lands[0].land if lands else None
        name = land.name if whole and land else self._upright(phrase, noun)
        office = "Government" if whole else ""
        return Mention(
            "body",
            offset + first,
            offset + first + len(phrase),
            name,
            office=office,
            land=land,
            actor=body,
        )

    @staticmethod
    def _upright(phrase: str, noun: Noun | None) -> str:
        """A phrase with its first word in the nominative: «посольство Граустарка»."""
        if noun is None or " " in noun.form or phrase.split()[0].isupper():
            return phrase
        form = noun.form[0].upper() + noun.form[1:] if phrase[0].isupper() else noun.form
        return " ".join([form, *phrase.split()[1:]])

    def medium(self, phrase: str) -> bool:
        """Whether a phrase names an agency, a paper or a channel."""
        words = phrase.split()
        if not words:
            return False
        noun = self._nouns.get(phrase) or self._nouns.get(words[0]) or self._noun_stem(words[0])
        if noun is not None and noun.kind in {"medium", "agency"}:
            return True
        if any(name.kind == "agency" and regex.search(rf"(?<!\w){regex.escape(name.form)}(?!\w)", phrase)
               for name in self._nouns.values()):  # fmt: skip
            return True
        body = self._body(phrase)
        return body is not None and body.kind == "media"

    # ------------------------------------------------------------------ one place

    def _at(
        self,
        words: list["regex.Match[str]"],
        index: int,
        view: str,
        offset: int,
        governed: bool,
    ) -> Mention | None:
        match = words[index]
        word, low = match.group(), plain(match.group())
        if low in self.grammar.pronouns and (word.islower() or match.start() == 0):
            after = words[index + 1].group() if index + 1 < len(words) else ""
            if low in {"тот", "та", "той"} and after[:1].isalpha():
                return None
            return Mention(
                "pronoun",
                offset + match.start(),
                offset + match.end(),
                word,
                female=self.grammar.pronouns[low],
            )
        if not governed and (headed := self._head(words, index)):
            return self._titled(words, index, headed[0], headed[1], view, offset)
        if not word[0].isupper():
            return None
        if (
            index
            and words[index - 1].group()[0].isupper()
            and plain(words[index - 1].group()) not in self.grammar.openers
            # «на виступі в Раді Венедіктова»: the preposition took the capital before
            and not (index > 1 and plain(words[index - 2].group()) in self.grammar.prepositions)
        ):
            return None
        if low in self.grammar.openers or (word.isupper() and len(word) > 5):
            return None
        run = self._run(words, index)
        if (taken := self._agency_at(run)) and not governed:
            phrase = view[run[0].start() : run[taken - 1].end()]
            return Mention("medium", offset + run[0].start(), offset + run[taken - 1].end(), phrase,
                           actor=self.cast.lands.body(phrase))  # fmt: skip
        body = self._body_at(run)
        if (
            body is not None
            and not governed
            and self._body(view[run[0].start() : run[-1].end()])
        ):
            taken, actor = body
            land = self.cast.lands.first(view[run[0].start() : run[taken - 1].end()])
            return Mention("body", offset + run[0].start(), offset + run[taken - 1].end(),
                           view[run[0].start() : run[taken - 1].end()], land=land, actor=actor)  # fmt: skip
        phrase = view[run[0].start() : run[-1].end()]
        lands = self.cast.lands.within(phrase)
        if lands and lands[0].start == 0:
            land_words = phrase[: lands[0].end]
            if lands[0].end == len(phrase):
                if governed or not self._land_nominative(land_words):
                    return None
                return Mention("body", offset + run[0].start(), offset + run[0].start() + len(land_words),
                               lands[0].land.name, office="Government", land=lands[0].land)  # fmt: skip
        caps = self._name_words(run)
        if not caps:
            noun = self._nouns.get(word)
            if noun is not None and not governed:
                kind = {"agency": "medium", "office": "title"}.get(noun.kind, noun.kind)
                return Mention(kind, offset + match.start(), offset + match.end(), word)
            return None
        name = [w.group() for w in caps]
        nominative = self._known(name)
        if nominative is not None:
            if not is_nominative(name[-1], nominative.split()[-1]):
                return None
        elif (governed and _OBLIQUE.search(plain(name[-1]))) or (
            _OBLIQUE.search(plain(name[-1]))
            and regex.search(r"(?:ом|ем|ой|у|ю|ы|и)$", plain(name[0]))
        ):
            return None
        elif len(name) == 1:
            single = plain(name[0])
            if (
                governed
                or len(single) < 3
                or not (
                    _MALE.search(single)
                    or _FEMALE.search(single)
                    or index == 0
                    or index == len(words) - 1
                )
            ):
                return None
            if regex.search(r"(?:ии|ії|ы|ого|ому|ым|ими|ых)$", single):
                return None
            if _VERB.search(single) and not _MALE.search(single):
                return None  # «Зауважує, що …» at the beginning of a sentence
            noun = self._noun_stem(name[0])
            if noun is not None and noun.kind in {"unnamed", "medium"}:
                return None
        elif governed and _GENITIVE_PLACE.search(plain(name[0])):
            return None
        mention = Mention(
            "name", offset + caps[0].start(), offset + caps[-1].end(),
            nominative if nominative and len(nominative.split()) >= len(name) else " ".join(name),
            female=_gender(name[-1]),
        )  # fmt: skip
        return self._apposed(mention, words, index + len(run), view)

    def _apposed(
        self, mention: Mention, words: list["regex.Match[str]"], after: int, view: str
    ) -> Mention:
        """«Ада Примерова, министр …»: with the title behind the name."""
        if (
            after + 1 < len(words)
            and words[after].group() == ","
            and (headed := self._head(words, after + 1))
        ):
            noun, _ = headed
            end = next(
                (k for k in range(after + 1, len(words)) if not words[k].group()[0].isalpha()),
                len(words),
            )
            phrase = view[words[after + 1].start() : words[end - 1].end()]
            return replace(
                mention, office=noun.form, title=noun.title, land=self.cast.lands.first(phrase)
            )
        return mention

    def _head(self, words: list["regex.Match[str]"], index: int) -> tuple[Noun, int] | None:
        """The noun for a speaker that begins at a word in its nominative form, and its length."""
        entries = self._by_first.get(plain(words[index].group()).rstrip("."), ())
        for form, noun in entries:
            if noun.kind == "agency":
                continue
            following = [plain(w.group()) for w in words[index : index + len(form)]]
            if following == form or (len(form) == 1 and following[0].rstrip(".") == form[0]):
                if (
                    words[index].group()[0].isupper()
                    and index
                    and noun.kind != "office"
                    and not words[index].group().isupper()
                ):
                    continue
                return noun, len(form)
        return None

    def _titled(
        self,
        words: list["regex.Match[str]"],
        index: int,
        noun: Noun,
        length: int,
        view: str,
        offset: int,
    ) -> Mention:
        end = index + length
        if noun.kind == "office":
            # «заместитель министра иностранных дел»: the longest title from here on.
            while (
                end < len(words)
                and (nested := self._head(words, end))
                and nested[0].kind == "office"
            ):
                noun, end = (
                    nested[0] if nested[1] > 1 or noun.title == "person" else noun,
                    end + nested[1],
                )
        while end < len(words):
            word = words[end].group()
            low = plain(word)
            if not word[0].isalpha():
                break
            if low in self.grammar.prepositions:
                allowed = (
                    self.grammar.titled_by
                    if noun.kind == "office"
                    else self.grammar.titled_by | {"в", "во", "у", "из", "із"}
                )
                follows = words[end + 1].group() if end + 1 < len(words) else ""
                in_body = (
                    low in {"в", "во", "при", "у"} and follows.isupper() and len(follows) > 1
                )
                if not (low in allowed or in_body) or not follows[:1].isalpha():
                    break
            elif low in self.grammar.pronouns or self._verbish(low):
                break
            elif (
                word[0].isupper()
                and end > index + length
                and self._complete(words[index + length : end + 1])
            ):
                end += 1
                break
            end += 1
        tail = words[index + length : end]
        caps = self._name_words(tail) if noun.kind == "office" else []
        phrase = view[words[index].start() : words[end - 1].end()]
        start = offset + words[index].start()
        female = True if _FEMALE_TITLE.search(noun.form.split()[0]) else None
        # «министр обороны Руритании»: the land stands between the title and the name
        before = view[words[index].start() : caps[0].start()] if caps else phrase
        land = self.cast.lands.first(before)
        if land is None and index and self._adjective(words[index - 1].group()):
            land = self.cast.lands.first(words[index - 1].group())  # «японский министр»
        if caps:
            name = [w.group() for w in caps]
            nominative = self._known(name)
            full = (
                nominative
                if nominative and len(nominative.split()) >= len(name)
                else " ".join(name)
            )
            if noun.title == "person" and noun.form in {"господин", "г-н", "пан"}:
                female = False
            return Mention(
                "name", start, offset + caps[-1].end(), full,
                office="" if noun.title == "person" and noun.form in {"господин", "госпожа", "г-н", "г-жа", "пан", "пані"} else noun.form,
                title="" if noun.title == "person" else self._english(noun), land=land,
                female=female if female is not None else _gender(name[-1]),
            )  # fmt: skip
        kind = {"office": "title", "agency": "medium"}.get(noun.kind, noun.kind)
        body = self._body(phrase)
        rest = view[words[index + length - 1].end() : words[end - 1].end()]
        named = self.cast.lands.within(rest)
        bare = len(rest.split()) <= sum(len(rest[f.start : f.end].split()) for f in named)
        return Mention(kind, start, offset + words[end - 1].end(), phrase, noun.form if kind == "title" else "",
                       self._english(noun) if kind == "title" else noun.title, land, female, body, bare)  # fmt: skip

    @staticmethod
    def _english(noun: Noun) -> str:
        return "" if noun.title == "person" else noun.title

    @staticmethod
    def _adjective(word: str) -> bool:
        return bool(
            regex.search(r"(?:ий|ый|ая|ій|а|ое|е|ого|его|ой|ей|ої|ых|их)$", plain(word))
        )

    def _complete(self, words: list["regex.Match[str]"]) -> bool:
        """Whether the words end in a name of two words that is known, so that the next is another."""
        if len(words) < 2:
            return False
        pair = [w.group() for w in words[-2:]]
        return all(word[0].isupper() for word in pair) and self._known(pair) is not None

    @staticmethod
    def _verbish(low: str) -> bool:
        return bool(regex.search(r"(?:ся|вшись|ающий|вший)$", low)) and low not in {
            "вся",
            "вышинский",
        }

    # ------------------------------------------------------------------ names

    def _run(self, words: list["regex.Match[str]"], index: int) -> list["regex.Match[str]"]:
        """The capitalised words from here on, with particles between them."""
        run = [words[index]]
        for match in words[index + 1 : index + 7]:
            word = match.group()
            if word[0].isalpha() and (
                word[0].isupper() or plain(word) in self.grammar.particles
            ):
                run.append(match)
            else:
                break
        while (
            plain(run[-1].group()) in self.grammar.particles
            and not run[-1].group()[0].isupper()
        ):
            run.pop()
        return run

    def _name_words(self, words: list["regex.Match[str]"]) -> list["regex.Match[str]"]:
        """The words of the last run of capitals that are a person's name: no lands, no acronyms."""
        runs: list[list[regex.Match[str]]] = [[]]
        for match in words:
            word = match.group()
            if (
                word[0].isalpha()
                and word[0].isupper()
                and not (len(word) > 1 and word.isupper() and "." not in word)
            ):
                if plain(word) in self.grammar.openers and len(word) > 1 and not runs[-1]:
                    continue
                runs[-1].append(match)
            elif plain(word) in self.grammar.particles and runs[-1]:
                runs[-1].append(match)
            elif runs[-1]:
                runs.append([])
        run: list[regex.Match[str]] = next((r for r in reversed(runs) if r), [])
        while run and plain(run[-1].group()) in self.grammar.particles:
            run = run[:-1]
        if not run:
            return []
        text = " ".join(m.group() for m in run)
        lands = self.cast.lands.within(text)
        for found in lands:
            if found.start == 0 and self._known([m.group() for m in run]) is None:
                taken = len(text[: found.end].split())
                run = run[taken:]
                break
        if not run:
            return []
        names = [m.group() for m in run]
        if len(run) >= 3 and not any(_PATRONYMIC.search(plain(name)) for name in names):
            first = plain(names[-3])
            asian = first in _ASIAN or all(len(name) <= 5 for name in names[-3:])
            particle = any(plain(name) in self.grammar.particles for name in names)
            if not particle:
                run = run[-3:] if asian else run[-2:]
        elif len(run) > 3:
            run = run[-3:]
        if len(run) == 1:
            single = plain(run[0].group())
            known = self._known([single])
            if (
                known is None
                and regex.search(r"[аяуюиыіе]$", single)
                and not (_FEMALE.search(single) or _MALE.search(single))
            ):
                return []  # «посол Граустарка»: the state, not a name
            if known is None and self.cast.lands.within(run[0].group()):
                return []
        return run

    def _known(self, name: list[str]) -> str | None:
        """The nominative of a name that the article or the register knows, in any case."""
        person = self.cast.of_article(Mention("name", 0, 0, " ".join(name)))
        if person is not None and person.speaker is None and not person.guessed:
            return person.name
        for stem in bases(name[-1]):
            for speaker in self._people.get(stem, ()):
                for native in speaker.names:
                    parts = native.split()
                    if base(parts[-1]) != stem or not regex.search(r"\p{Cyrillic}", native):
                        continue
                    if len(name) == 1 or same_given(name, parts):
                        return native if len(name) > 1 else parts[-1]
        return person.name if person is not None and not person.guessed else None

    def _land_nominative(self, phrase: str) -> bool:
        return plain(phrase) in self._land_names

    def _agency_at(self, run: list["regex.Match[str]"]) -> int:
        """How many words at the beginning of a run are the name of a medium."""
        for taken in range(min(len(run), 4), 0, -1):
            noun = self._nouns.get(" ".join(match.group() for match in run[:taken]))
            if noun is not None and noun.kind == "agency":
                return taken
        return 0

    def _body_at(self, run: list["regex.Match[str]"]) -> tuple[int, RegisterActor] | None:
        """The longest body of the register at the beginning of a run, and its words."""
        words = [plain(match.group()) for match in run]
        for taken in range(len(words), 0, -1):
            if actor := self._bodies.get(" ".join(words[:taken])):
                return taken, actor
        return None

    def _body(self, phrase: str) -> RegisterActor | None:
        """The body of the register that the phrase begins with, in any case."""
        words = phrase.split()
        for taken in range(min(len(words), 6), 0, -1):
            key = tuple(base(word) for word in words[:taken])
            for first in dict.fromkeys([key[0], *bases(words[0])]):
                actor = self._body_bases.get((first, *key[1:]))
                if actor is not None:
                    rest = " ".join(words[taken:])
                    other = self.cast.lands.first(rest)
                    # «МИД» is Russia's, «МИД Руритании» is not.
                    if other is not None and other.code == self.cast.lands.of(actor).code:
                        return actor
                    return None if other or regex.search(r"\p{Lu}", rest) else actor
        return None

    def _noun_stem(self, word: str, phrase: list[str] | None = None) -> Noun | None:
        """The noun for a speaker whose first word this is in any case; the longest that fits."""
        found: Noun | None = None
        following = [plain(other) for other in (phrase or [word])[1:]]
        for stem in bases(word):
            for rest, noun in self._by_base.get(stem, ()):
                if following[: len(rest)] == rest and (
                    found is None or len(noun.form) > len(found.form)
                ):
                    found = noun
            if found is not None:
                return found
        return None


def _gender(surname: str) -> bool | None:
    low = plain(surname.split()[-1])
    if _FEMALE.search(low):
        return True
    return False if _MALE.search(low) else None
