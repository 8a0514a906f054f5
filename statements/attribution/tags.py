"""Word classes: what each token of a sentence is, by word lists and by the words beside it.

No statistics: closed classes are listed, verbs come from the lexicon, everything else is a
noun; words that may be both are decided by the class of the word before and the word behind.
"""

from collections.abc import Sequence

from statements.attribution.tokens import Token
from statements.attribution.verbs import (
    BASE,
    ING,
    NOUN,
    PARTICIPLE,
    PAST,
    PRESENT,
    SAME,
    VERB_FORMS,
)
from statements.attribution.words import CUE_FORMS, DETERMINERS, MONTHS, TITLE_HEADS, WEEKDAYS


class Tag:
    """The word classes, one letter each."""

    DETERMINER, PRONOUN, POSSESSIVE, RELATIVE = "D", "P", "S", "W"
    PREPOSITION, SUBORDINATOR, CONJUNCTION, TO, THAT = "I", "U", "C", "T", "Y"
    MODAL, BE, HAVE, DO, ADVERB = "M", "B", "H", "O", "R"
    FINITE, INFINITIVE, GERUND, PARTICIPLE = "V", "F", "G", "E"
    NOUN, PROPER, NUMBER, ADJECTIVE, QUOTE, MARK = "N", "X", "#", "J", "Q", "."


# Classes that make a stretch of words a clause.
FINITE_CLASSES = frozenset({Tag.FINITE, Tag.MODAL, Tag.BE, Tag.HAVE, Tag.DO})
NOMINAL = frozenset({Tag.NOUN, Tag.PROPER, Tag.NUMBER, Tag.ADJECTIVE})


_VERBS = FINITE_CLASSES | {Tag.INFINITIVE, Tag.GERUND, Tag.PARTICIPLE}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PRONOUNS = _words(
    "i you he she it we they me him us them myself yourself himself herself itself ourselves "
    "themselves everyone everybody someone somebody anyone anybody nobody everything something "
    "anything nothing"
)
_POSSESSIVES = _words("'s his their its my our your ’s")
_RELATIVES = _words("who whom whose which what whatever whoever")
_PREPOSITIONS = _words(
    "of in at on for from with by about against among between during over under through into onto "
    "upon within without near across around behind beyond beside besides above below beneath amid "
    "amidst toward towards despite regarding concerning including excluding per via alongside "
    "inside outside along throughout except versus unlike like off out up down back away"
)
_BOTH = _words("after before since until till as than because")
_SUBORDINATORS = _words(
    "although though if unless when whenever where wherever whether while whereas once how why"
)
_CONJUNCTIONS = _words("and or but nor yet plus &")
_MODALS = _words(
    "will would can could may might shall should must 'll 'd ca wo cannot can't won't wouldn't "
    "couldn't shouldn't mustn't shan't"
)
_BE = _words("is are was were be been being am isn't aren't wasn't weren't 're 'm ain't")
_HAVE = _words("has have had having hasn't haven't hadn't 've")
_DO = _words("do does did don't doesn't didn't")
_ADVERBS = _words(
    "not never n't also then later earlier again further still even now just already too only "
    "simply often always sometimes soon thus therefore nevertheless nonetheless moreover "
    "furthermore instead however meanwhile perhaps maybe rather quite very so ever almost nearly "
    "about yesterday today tomorrow tonight once twice else here there afterwards afterward "
    "anyway either neither alike together apart far well much more most less least long first "
    "yet otherwise altogether hence likewise similarly elsewhere abroad recently "
)
# Words on -ly that are no adverbs.
_LY_NOUNS = _words(
    "family ally reply supply assembly july italy rally anomaly monopoly bully daily weekly "
    "monthly friendly likely unlikely early elderly costly deadly only holy ugly lonely lovely "
    "orderly timely fly apply rely imply comply multiply homily butterfly"
)
_DETERMINERS = DETERMINERS | _words(
    "the a an this these those some any no each every both all several few many most such "
    "another other others enough half"
)
_MOSTLY_VERBS = _words(
    "say says tell tells believe believes think thinks argue argues insist insists deny denies get "
    "gets go goes make makes take takes give gives keep keeps want wants know knows become seem "
    "remain include agree disagree suggest allege concede assert contend maintain continue read put "
    "announces vows insists write writes"
)
_PRONOMINAL = _words(
    "others some many most few several both all these those this one two three four five six seven "
    "eight nine ten another neither none"
)
_NAMING = _words("called named titled entitled dubbed nicknamed styled")
_NEVER_VERBS = _words(
    "people officials lawmakers states press state media party house right part least time year "
    "week day million billion percent cent per second while like may us united human rights "
    "evening morning well even close open own better"
)
_ADJECTIVE_ENDINGS = ("ive", "ous", "ful", "less", "able", "ible", "ical", "ary")


def tagged(tokens: Sequence[Token]) -> list[Token]:
    """Return the same tokens, each with its word class in `tag`."""
    headline = _headline(tokens)
    title = tokens[-1].kind == "word" and len(tokens) < 24 if tokens else False
    classes: list[str] = []
    for index in range(len(tokens)):
        tag = _class(tokens, index, classes, headline)
        if title and tag == Tag.NOUN and _verb_of_title(tokens, index, classes):
            tag = Tag.FINITE
        classes.append(tag)
    # Made anew rather than by `_replace`, which takes three times as long.
    return [
        Token(t.start, t.end, t.text, t.low, t.kind, t.capital, t.quote, tag, t.shortened)
        for t, tag in zip(tokens, classes, strict=True)
    ]


def _verb_of_title(tokens: Sequence[Token], index: int, before: list[str]) -> bool:
    """«Ruritania announces talks»: the first verb of saying in a line without a stop."""
    cue = CUE_FORMS.get(tokens[index].low)
    if cue is None or cue.form not in {"s", "base"} or index + 1 >= len(tokens) or not before:
        return False
    if any(tag in FINITE_CLASSES for tag in before) or before[-1] not in NOMINAL:
        return False
    plural = tokens[index - 1].low.endswith("s")
    return plural if cue.form == "base" else not plural or tokens[index - 1].capital


def _headline(tokens: Sequence[Token]) -> bool:
    """Whether capitals say nothing: nearly every longer word begins with one."""
    capitals = [t.capital for t in tokens if t.kind == "word" and len(t.low) > 3]
    return len(capitals) >= 4 and sum(capitals) >= 0.85 * len(capitals)


def _class(tokens: Sequence[Token], index: int, before: list[str], headline: bool) -> str:
    token = tokens[index]
    low, capital = token.low, token.capital
    if token.kind != "word":
        return _UNSPELLED.get(token.kind) or (Tag.CONJUNCTION if low == "&" else Tag.MARK)
    if capital and token.text in {"US", "UN", "EU"}:
        return Tag.PROPER
    closed = _closed(tokens, index, before) if low in _BY_NEIGHBOURS else _CLOSED.get(low)
    if closed is not None and (not capital or _closed_here(tokens, index, closed, headline)):
        return closed
    if low in _DAYS_AND_MONTHS:
        return Tag.PROPER
    if capital and not headline:
        return _capital(tokens, index, before)
    if low.endswith("ly") and len(low) > 4 and low not in _LY_NOUNS:
        return Tag.ADVERB
    return _open(tokens, index, before, headline)


def _closed_here(tokens: Sequence[Token], index: int, closed: str, headline: bool) -> bool:
    """A listed word inside of a sentence is a name when it has a capital: «May», «Will»."""
    if index == 0 or headline:
        return True
    opens = tokens[index - 1].kind in {"mark", "quote"} and tokens[index - 1].text != ","
    return opens or closed in {Tag.ADVERB, Tag.PRONOUN}


def _closed(tokens: Sequence[Token], index: int, before: list[str]) -> str | None:
    """The class of a listed word that the words beside it decide."""
    low = tokens[index].low
    if low == "'s":
        return _apostrophe_s(tokens, index, before)
    if low == "there" and any(
        t.low in _BE or t.low in _MODALS or t.low in _HAVE or t.low == "'s"
        for t in tokens[index + 1 : index + 3]
    ):
        return Tag.PRONOUN
    if low == "her":
        return Tag.POSSESSIVE if _noun_follows(tokens, index) else Tag.PRONOUN
    tag = _CLOSED.get(low)
    if (
        low in {"might", "will", "can"}
        and before
        and before[-1] in {Tag.DETERMINER, Tag.POSSESSIVE}
    ):
        return Tag.NOUN  # «the might of the army»
    return tag


# Words of two classes, and tokens that are no words.
_BY_NEIGHBOURS = frozenset({"'s", "there", "her", "might", "will", "can"})
_UNSPELLED = {"quote": Tag.QUOTE, "number": Tag.NUMBER}
_DAYS_AND_MONTHS = WEEKDAYS | MONTHS
# Every word of a closed class; where a word is in two, the first counts.
_CLOSED: dict[str, str] = {"to": Tag.TO, "that": Tag.THAT}
for _tag, _class_words in (
    (Tag.PRONOUN, _PRONOUNS),
    (Tag.POSSESSIVE, _POSSESSIVES),
    (Tag.RELATIVE, _RELATIVES),
    (Tag.MODAL, _MODALS),
    (Tag.BE, _BE),
    (Tag.HAVE, _HAVE),
    (Tag.DO, _DO),
    (Tag.CONJUNCTION, _CONJUNCTIONS),
    (Tag.SUBORDINATOR, _BOTH | _SUBORDINATORS),
    (Tag.DETERMINER, _DETERMINERS),
    (Tag.ADVERB, _words("out up down back away off")),
    (Tag.PREPOSITION, _PREPOSITIONS),
    (Tag.ADVERB, _ADVERBS),
):
    for _word in _class_words:
        _CLOSED.setdefault(_word, _tag)


def _apostrophe_s(tokens: Sequence[Token], index: int, before: list[str]) -> str:
    """«Japan's plan» but «he's ready», «that's», «Example's going»."""
    if not before or before[-1] in {Tag.PRONOUN, Tag.RELATIVE, Tag.THAT, Tag.ADVERB}:
        after = next((t for t in tokens[index + 1 :] if t.low not in _ADVERBS), None)
        said = after is not None and after.low in {
            "said",
            "told",
            "called",
            "been",
            "had",
            "made",
            "argued",
            "promised",
            "vowed",
        }
        return Tag.HAVE if said else Tag.BE
    if index + 1 < len(tokens):
        after = tokens[index + 1]
        form = VERB_FORMS.get(after.low, 0)
        if after.low in {"not", "been", "a", "an", "the", "going", "trying"}:
            return Tag.BE
        if (
            form & ING
            and not form & NOUN
            and index + 2 < len(tokens)
            and tokens[index + 2].low in _DETERMINERS
        ):
            return Tag.BE
    return Tag.POSSESSIVE


def _noun_follows(tokens: Sequence[Token], index: int) -> bool:
    """Whether a noun phrase goes on behind «her»."""
    if index + 1 >= len(tokens):
        return False
    after = tokens[index + 1]
    return after.kind in {"word", "number", "quote"} and not (
        after.low in _PREPOSITIONS
        or after.low in _DETERMINERS - {"own"}
        or after.low
        in {"that", "to", "and", "or", "but", "as", "if", "how", "why", "when", "not"}
        or after.low in _PRONOUNS
        or after.low in _MODALS
    )


def _capital(tokens: Sequence[Token], index: int, before: list[str]) -> str:
    """A word with a capital is a name, but for verbs at the beginning of a sentence."""
    low = tokens[index].low
    opens = index == 0 or (before[-1] in {Tag.MARK} and all(tag == Tag.MARK for tag in before))
    if opens:
        form = VERB_FORMS.get(low, 0)
        follows = tokens[index + 1] if index + 1 < len(tokens) else None
        if form & ING:
            return Tag.GERUND
        if form & (PAST | PARTICIPLE) and follows is not None and not follows.capital:
            return Tag.PARTICIPLE
        if low.endswith("ly") and low not in _LY_NOUNS and len(low) > 4:
            return Tag.ADVERB
        return Tag.PROPER if follows is None or follows.capital else Tag.NOUN
    return Tag.PROPER


# Classes before a word that may be a verb, and what they make of it.
_BEFORE_VERBS = NOMINAL | {Tag.QUOTE, Tag.MARK}
_BEFORE_NOUNS = frozenset(
    {Tag.DETERMINER, Tag.POSSESSIVE, Tag.ADJECTIVE, Tag.NUMBER, Tag.PREPOSITION, Tag.GERUND,
     Tag.INFINITIVE, Tag.FINITE}
)  # fmt: skip
_BEFORE_GERUNDS = frozenset(
    {Tag.BE, Tag.QUOTE, Tag.THAT, Tag.PREPOSITION, Tag.SUBORDINATOR, Tag.MARK, Tag.CONJUNCTION,
     Tag.TO, Tag.FINITE, Tag.RELATIVE, Tag.GERUND, Tag.INFINITIVE}
)  # fmt: skip
_IN_PHRASE = frozenset({Tag.DETERMINER, Tag.POSSESSIVE, Tag.NUMBER, Tag.ADJECTIVE})
_AHEAD_OF_FINITE = frozenset(
    {Tag.NOUN, Tag.PROPER, Tag.QUOTE, Tag.MARK, Tag.CONJUNCTION, Tag.THAT}
)


def _open(tokens: Sequence[Token], index: int, before: list[str], headline: bool) -> str:
    """Nouns, verbs and participles told apart."""
    low = tokens[index].low
    form = VERB_FORMS.get(low, 0)
    if low in CUE_FORMS and not form:
        kind = CUE_FORMS[low].form
        form = {"base": BASE, "s": PRESENT, "past": PAST | PARTICIPLE, "ing": ING}[kind]
    if not form and "-" in low:
        form = VERB_FORMS.get(low.rsplit("-", 1)[1], 0) & (PAST | PARTICIPLE | ING)
        if form:
            follows = tokens[index + 1] if index + 1 < len(tokens) else None
            noun = follows is not None and (
                follows.kind == "word" and follows.low not in _PREPOSITIONS
            )
            if noun and (
                before
                and before[-1]
                in {
                    Tag.DETERMINER,
                    Tag.POSSESSIVE,
                    Tag.ADJECTIVE,
                    Tag.NOUN,
                    Tag.PROPER,
                    Tag.PREPOSITION,
                }
            ):
                return Tag.ADJECTIVE
    if before and before[-1] == Tag.TO and form & BASE and low not in TITLE_HEADS:
        return Tag.INFINITIVE
    if not form or low in _NEVER_VERBS or low in TITLE_HEADS:
        return Tag.ADJECTIVE if low.endswith(_ADJECTIVE_ENDINGS) and len(low) > 5 else Tag.NOUN
    direct = before[-1] if before else Tag.MARK
    previous = direct
    if direct == Tag.ADVERB:
        previous = next((tag for tag in reversed(before) if tag != Tag.ADVERB), Tag.MARK)
    if form & ING:
        return _ing(tokens, index, previous, direct)
    if form & (PAST | PARTICIPLE) and not form & (BASE | PRESENT):
        return _past(tokens, index, form, previous, direct)
    if previous == Tag.TO and form & (BASE | PARTICIPLE) and direct in {Tag.TO, Tag.ADVERB}:
        return Tag.INFINITIVE if form & BASE else Tag.NOUN
    if previous in {Tag.MODAL, Tag.DO} and form & BASE:
        return Tag.INFINITIVE
    if previous in {Tag.BE, Tag.HAVE} and form & PARTICIPLE:
        return Tag.PARTICIPLE
    if low in _MOSTLY_VERBS and previous in _BEFORE_VERBS:
        return Tag.FINITE
    if headline and low in CUE_FORMS and form & PRESENT and previous in {Tag.NOUN, Tag.PROPER}:
        return Tag.FINITE
    pronominal = direct == Tag.DETERMINER and tokens[index - 1].low in _PRONOMINAL
    if pronominal and (low in _MOSTLY_VERBS or _object_follows(tokens, index)):
        return Tag.FINITE
    if direct in _BEFORE_NOUNS:
        return Tag.NOUN if form & NOUN or direct != Tag.PREPOSITION else Tag.FINITE
    if previous in {Tag.PRONOUN, Tag.RELATIVE} and form & (BASE | PRESENT | PAST):
        return Tag.FINITE
    if previous == Tag.BE:
        return Tag.NOUN if form & NOUN else Tag.PARTICIPLE
    if form & PRESENT:
        return _present(tokens, index, form, previous)
    # «markets fell» beside «to fell a tree»; «talks put it» but «the deal put to them»
    plain = form & PAST and (not form & SAME or _object_follows(tokens, index))
    if plain and previous in {Tag.NOUN, Tag.PROPER, Tag.QUOTE}:
        return Tag.FINITE
    return _base(tokens, index, form, previous, before)


def _ing(tokens: Sequence[Token], index: int, previous: str, direct: str) -> str:
    if direct in _IN_PHRASE:
        follows = tokens[index + 1] if index + 1 < len(tokens) else None
        noun = follows is not None and follows.kind == "word" and _open_word(follows.low)
        return Tag.ADJECTIVE if noun else Tag.NOUN
    if previous in _BEFORE_GERUNDS:
        return Tag.GERUND
    return (
        Tag.GERUND
        if _object_follows(tokens, index) or previous in {Tag.PRONOUN, Tag.PROPER}
        else (
            Tag.GERUND
            if index + 1 < len(tokens) and tokens[index + 1].low in _PREPOSITIONS | {"to"}
            else Tag.NOUN
        )
    )


def _past(tokens: Sequence[Token], index: int, form: int, previous: str, direct: str) -> str:
    low = tokens[index].low
    follows = tokens[index + 1] if index + 1 < len(tokens) else None
    if previous in {Tag.HAVE, Tag.BE}:
        return Tag.PARTICIPLE
    if direct in _IN_PHRASE or direct == Tag.PREPOSITION:
        return _past_in_phrase(tokens, index, form, direct)
    if not form & PAST:
        return Tag.PARTICIPLE
    named = follows is not None and (follows.capital or follows.kind == "quote")
    if low in _NAMING and previous == Tag.NOUN and named:
        return Tag.PARTICIPLE  # «a firm called Example»
    if previous in {Tag.PRONOUN, Tag.RELATIVE, Tag.THAT}:
        return Tag.FINITE
    if form & PARTICIPLE and follows is not None and follows.low == "by":
        saying = index + 2 < len(tokens) and VERB_FORMS.get(tokens[index + 2].low, 0) & ING
        return Tag.FINITE if saying else Tag.PARTICIPLE
    if previous in {Tag.MARK, Tag.CONJUNCTION, Tag.SUBORDINATOR}:
        return Tag.PARTICIPLE if previous == Tag.SUBORDINATOR or index == 0 else Tag.FINITE
    return Tag.FINITE


def _past_in_phrase(tokens: Sequence[Token], index: int, form: int, direct: str) -> str:
    """«the stated aim», «some said», «a representative said»."""
    follows = tokens[index + 1] if index + 1 < len(tokens) else None
    noun = follows is not None and follows.kind in {"word", "quote"} and _open_word(follows.low)
    if form & PAST and direct in {Tag.ADJECTIVE, Tag.NUMBER}:
        return Tag.ADJECTIVE if noun and direct == Tag.ADJECTIVE else Tag.FINITE
    if (
        form & PAST
        and direct == Tag.DETERMINER
        and (not noun or tokens[index - 1].low in _PRONOMINAL)
    ):
        return Tag.FINITE
    return (
        Tag.ADJECTIVE if noun or direct in {Tag.DETERMINER, Tag.POSSESSIVE} else Tag.PARTICIPLE
    )


def _present(tokens: Sequence[Token], index: int, form: int, previous: str) -> str:
    if previous in _AHEAD_OF_FINITE:
        if not form & NOUN:
            return Tag.FINITE
        if previous != Tag.QUOTE and _object_follows(tokens, index):
            return Tag.FINITE
        return Tag.NOUN
    return Tag.NOUN if form & NOUN else Tag.FINITE


def _base(
    tokens: Sequence[Token], index: int, form: int, previous: str, before: list[str]
) -> str:
    """A form without ending: finite after a plural, else a noun if it can be one."""
    if previous == Tag.CONJUNCTION:
        verb = next((tag for tag in reversed(before) if tag in _VERBS), "")
        if verb == Tag.INFINITIVE and (not form & NOUN or _object_follows(tokens, index)):
            return Tag.INFINITIVE  # «to stay and pledge»
    if previous in {Tag.NOUN, Tag.PROPER, Tag.CONJUNCTION, Tag.DETERMINER} and index:
        left = tokens[index - 1].low
        plural = left.endswith("s") or left in {
            "people",
            "men",
            "women",
            "and",
            "police",
            "many",
            "some",
            "most",
            "others",
        }
        if plural and (not form & NOUN or _object_follows(tokens, index)):
            return Tag.FINITE
        if not form & NOUN and previous in {Tag.NOUN, Tag.PROPER}:
            return Tag.FINITE
    return Tag.NOUN if form & NOUN else Tag.INFINITIVE


def _object_follows(tokens: Sequence[Token], index: int) -> bool:
    """Whether what stands behind looks like an object or a clause rather than more of a phrase."""
    if index + 1 >= len(tokens):
        return False
    after = tokens[index + 1]
    return (
        after.kind == "quote"
        or after.text == ":"
        or after.low in _DETERMINERS
        or after.low in _PRONOUNS
        or after.low in _POSSESSIVES - {"'s"}
        or after.low in {"that", "her", "whether", "how", "why", "what", "if", "to"}
        or (after.capital and not tokens[index].capital)
    )


def _open_word(low: str) -> bool:
    return not (
        low in _PREPOSITIONS
        or low in _PRONOUNS
        or low in _MODALS
        or low in _BE
        or low in _HAVE
        or low in _DO
        or low in _CONJUNCTIONS
        or low in _RELATIVES
        or low in {"that", "to", "her"}
        or low in _BOTH
        or low in _SUBORDINATORS
        or low in _DETERMINERS
    )
