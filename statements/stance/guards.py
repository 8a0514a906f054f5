"""What words alone cannot tell: each guard says whether a word does not count where it stands.

A guard is a named function; its name, as words, is the rule of a stance that stays unclear
because of it. Rows of `lexicon.csv` name in their kind which guards they must pass.
"""

from collections.abc import Callable

import regex

from statements.stance.lexicon import Hit
from statements.stance.reading import Sentence, after, before
from statements.stance.values import Passage

Guard = Callable[[Passage, Sentence, Hit], bool]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TOKEN = regex.compile(r"[\p{L}\p{N}'’.&-]+|[,;:()–—\"“”«»]")
_SKIPPED = _words(
    "also again once jointly together further still now today therefore thus only all both have "
    "has had do does did wish want like strongly most very"
)
_BE = _words("is are was were be been being am get gets got 're ’re")
_MODAL = _words("would could might may should can shall ready able")
_HELPING = _words("will would can must to not")
_FIRST = _words("i we us our my i'm we're i’m we’re i've we've i’ve we’ve i'd we'd")
_POSSESSIVE = r"(?:our|their|my|his|her|its|both|all|two|three|four)"
_BODY = r"(?:governments?|countries|country|states|sides|nations|capitals|ministers|leaders|officials|parties|ministry|statement|council)"
_OWN_BODY = regex.compile(
    rf"\b(?:{_POSSESSIVE}\s+(?:\w+\s+)?{_BODY}|the (?:joint )?(?:statement|communiqu[ée]))$",
    regex.IGNORECASE,
)
_NOUN = _words(
    "a an the this that these those his her their our my your its of for in with warm no any "
    "some such military financial public more without through"
)
_ASKING = regex.compile(
    r"\b(?:call|urg|ask|demand|expect|press|pressur|invit|encourag|want|tell|told|persuad|forc)\w*\b"
)
_NEGATED = regex.compile(
    r"(?:\b(?:not|never|no|nothing|nobody|without|neither|nor|hardly|cannot|rather than|instead of"
    r"|stop(?:ped|s)? short of|refus\w+ to|declin\w+ to|fail\w+ to|far from)|n['’]t)"
    r"(?!\s+(?:only|just|merely|doubt))(?:\s+[\w'’-]+){0,3}\s+[\"“«‘']?$",
    regex.IGNORECASE,
)
_NEGATED_BEFORE = {
    "ru": regex.compile(r"(?i)\bне\s+(?:\w+\s+)?$"),
    "uk": regex.compile(r"(?i)\bне\s+(?:\w+\s+)?$"),
}
_NEGATED_AFTER = {
    "ko": regex.compile(r"\S{0,4}(?:지\s*(?:는\s*)?(?:않|못|아니)|\s*아니|\s*없)"),
    "ja": regex.compile(r"\p{Hiragana}{0,5}(?:ない|なかった|ません|ず(?:に|、)|ではなく)"),
}
_SAYS = (
    r"(?:say|says|said|claim|claims|claimed|think|thinks|thought|believe|believes|believed|alleges?|"
    r"alleged|insists?|insisted|argues?|argued|suggests?|suggested|states?|stated|warns?|warned|"
    r"complains?|complained|feels?|felt|maintains?|maintained|asserts?|asserted|called|describes?|"
    r"described|reported|wrote|writes)"
)
_OTHERS_SAY = regex.compile(
    rf"(?P<who>\b\p{{Lu}}[\p{{L}}.’'-]*|\b(?:he|she|it|they|who|critics|others|some|many|one|people|analysts|"
    rf"reports?|minister|president|spokes\w+|officials?|government|ministry))\s+"
    rf"(?:\w+ly\s+|also\s+|have\s+|has\s+|had\s+|would\s+|once\s+){{0,2}}{_SAYS}\b(?!\s*[,.])"
)
_WHETHER = regex.compile(r"\b(?:whether|how far|how much)\b[^,;:.]*$", regex.IGNORECASE)
_GREETING = regex.compile(r"welcome (?:back|home|to|every|all\b)", regex.IGNORECASE)
_THINKABLE = regex.compile(
    r"\b(?:would|could|may|might|if|possib\w+|risk|lead to)\b[^,;]{0,30}$", regex.IGNORECASE
)
# Characters in which a claim goes with what is claimed.
_NEAR = 100
_CLAIM = regex.compile(
    r"\b(?:claims?|charges?|accusations?|allegations?|notion|idea|suggestions?)\s+(?:that|of)\b"
)


def asked(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """It stands in a question."""
    return sentence.asks


def left_open(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """«Whether it violates», «how far we condemn»: said of nobody."""
    return bool(_WHETHER.search(passage.text[max(sentence.start, hit.start - 60) : hit.start]))


def negated(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """«Nothing legitimate», «no concern»; «우려하지 않는다»."""
    clause = regex.split(r"[,;:.!?]", before(passage, sentence, hit))[-1]
    language = hit.row.language
    if language in _NEGATED_AFTER:
        return bool(_NEGATED_AFTER[language].match(after(passage, sentence, hit)))
    return bool(_NEGATED_BEFORE.get(language, _NEGATED).search(clause))


def said_of_another(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """«He said Seoul condemned it», «one would think they are concerned»: others' judgements."""
    for match in _OTHERS_SAY.finditer(
        passage.text, max(sentence.start, passage.start), hit.start
    ):
        cue = passage.cue
        if cue is not None and match.start() < cue.end and cue.start < match.end():
            continue  # the report's own cue, within a split quotation
        if match["who"] not in passage.own and match["who"].casefold() not in _FIRST:
            return True
    return False


def within_a_claim(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """«The charge that it is reckless»: what is claimed by somebody, unless it is denied."""
    return hit.row.code not in {"denies", "rejects"} and bool(
        _CLAIM.search(before(passage, sentence, hit)[-_NEAR:])
    )


def not_asserted(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """«Would undermine», «a risk of destabilising»: blame that nobody has earned yet."""
    return hit.row.code == "criticises" and bool(
        _THINKABLE.search(before(passage, sentence, hit))
    )


def only_thinkable(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """«Would condemn», «may reject», «if we condemn»."""
    tokens = _tokens(passage, sentence, hit)
    if tokens and tokens[-1].casefold() == "only":
        return False  # «we can only condemn»
    while tokens and _skipped(tokens[-1]):
        tokens.pop()
    return bool(tokens) and tokens[-1].casefold() in _MODAL


def passive(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """«Was widely condemned»: somebody else does it; «you are welcome»."""
    if passage.text[hit.start : hit.end].casefold().endswith("ing"):
        return False
    tokens = _tokens(passage, sentence, hit)
    while tokens and (_skipped(tokens[-1]) or tokens[-1].casefold() == "not"):
        tokens.pop()
    if not tokens or tokens[-1].casefold() not in _BE:
        return False
    return not _owed(tokens)


def no_verb(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """«A warm welcome», «the support of»: a noun."""
    if _GREETING.match(passage.text, hit.start):
        return True
    tokens = _tokens(passage, sentence, hit)
    return bool(tokens) and tokens[-1].casefold() in _NOUN


def done_by_another(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """«Seoul condemned», «those who welcome»: the verb's subject is not the speaker."""
    tokens = _tokens(passage, sentence, hit)
    while tokens and _skipped(tokens[-1]):
        tokens.pop()
    if _owed(tokens):
        return False
    while len(tokens) > 1 and tokens[-2].casefold() in {"on", "in", "at"}:
        del tokens[-2:]  # «people in Strelsau on Monday condemned»
    while tokens and tokens[-1].casefold() in {*_BE, *_HELPING}:
        if tokens[-1].casefold() == "to" and _ASKING.search(" ".join(tokens[-8:])):
            return True
        tokens.pop()
        while tokens and _skipped(tokens[-1]):
            tokens.pop()
    if not tokens:
        return False
    if not tokens[-1][0].isalnum() or tokens[-1].casefold() in {"and", "but", "or"}:
        return _after_a_break(passage, tokens, hit)
    subject = " ".join(tokens[-3:])
    low = tokens[-1].casefold()
    if low in _FIRST or _OWN_BODY.search(subject) or _is_own(passage, tokens):
        return False
    if low in {"they", "he", "she", "it", "that"}:
        # In indirect speech the pronoun that opens the words is the speaker.
        quoted = passage.text[passage.start] in "\"“«‘'„"
        return quoted or hit.start - passage.start > 40 or len(tokens) > 2
    return True


def concern_of_others(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """«Addressed the concerns of», «Moscow's security concerns», «the states concerned»."""
    if hit.row.code != "concerned" or hit.row.language != "en":
        return False
    if regex.match(r"\s+of\b", after(passage, sentence, hit)):
        return True
    text = before(passage, sentence, hit) + passage.text[hit.start : hit.end]
    noun = regex.search(
        r"(?:(?P<owner>[\w’'.-]+)['’]s|(?P<whose>\b(?:their|your|his|her|its))|\b(?:security|privacy|legitimate))"
        r"\s+(?:\w+\s+){0,2}concerns?\b[^.]{0,12}$",
        text,
        regex.IGNORECASE,
    )
    if noun and not (
        noun["owner"] in passage.own or hit.start < passage.start + 30 > noun.start()
    ):
        return True
    return bool(
        regex.search(
            r"\b(?:address|allay|eas|dismiss|respond|understand|acknowledg|hear|heard|alleviat)\w*\s+(?:\w+\s+){0,4}concerns?\b",
            text,
            regex.IGNORECASE,
        )
    )


def not_by_a_party(passage: Passage, sentence: Sentence, hit: Hit) -> bool:
    """«New era», «alliance»: praise only where one that takes part in it speaks."""
    return not passage.by_a_party


_ALWAYS: tuple[Guard, ...] = (asked, left_open, said_of_another, within_a_claim)
GUARDS: dict[str, tuple[Guard, ...]] = {
    "phrase": _ALWAYS,
    "word": (*_ALWAYS, negated, not_asserted, concern_of_others),
    "part": (*_ALWAYS, not_by_a_party, negated),
    "verb": (*_ALWAYS, negated, only_thinkable, passive, no_verb, done_by_another),
    "call": (*_ALWAYS, negated, only_thinkable, passive, no_verb, done_by_another),
    "condition": _ALWAYS,
}
GUARDS |= {"own": GUARDS["verb"], "soft": GUARDS["word"]}


def objection(passage: Passage, sentence: Sentence, hit: Hit) -> str:
    """The name of the first guard that the word does not pass, as words; empty when it counts."""
    english = hit.row.language == "en"
    for guard in GUARDS[hit.row.kind]:
        if not english and guard not in (asked, negated, not_by_a_party):
            continue
        if guard(passage, sentence, hit):
            return guard.__name__.replace("_", " ")
    return ""


def _tokens(passage: Passage, sentence: Sentence, hit: Hit) -> list[str]:
    start = max(sentence.start, min(passage.start, hit.start))
    found: list[str] = _TOKEN.findall(passage.text[start : hit.start])
    while found and found[-1] in {'"', "“", "«", "”", "'", "‘"}:
        found.pop()
    return found


def _skipped(token: str) -> bool:
    low = token.casefold()
    return low in _SKIPPED or (low.endswith("ly") and len(low) > 4)


def _is_own(passage: Passage, tokens: list[str]) -> bool:
    """Whether a name of the speaker is the subject, or one of several: «Ruritania and we»."""
    names: list[str] = []
    for token in reversed(tokens[-12:]):
        if not (token[0].isupper() or token.casefold() in {"and", ",", "the", "of"}):
            break
        names.insert(0, token)
    subject = f" {' '.join(names)} "
    return any(f" {name} " in subject for name in passage.own)


def _owed(tokens: list[str]) -> bool:
    """«Is to be condemned», «must be condemned»: the speaker's own judgement."""
    if len(tokens) < 2 or tokens[-1].casefold() != "be":
        return False
    return tokens[-2].casefold() in {"must", "to", "should"}


def _after_a_break(passage: Passage, tokens: list[str], hit: Hit) -> bool:
    """«Critics, among them Strelsau, blame», «he had signed and condemned»: who is further back."""
    tail = passage.text[hit.start : hit.end].casefold().endswith("ing")
    while tokens and not tokens[0][0].isalnum():
        tokens = tokens[1:]
    if tail or not tokens:
        return False
    quoted = passage.text[passage.start] in "\"“«‘'„"
    opening = tokens[0].casefold() in {"they", "he", "she", "it"} and not quoted
    own = any(token.casefold() in _FIRST for token in tokens)
    text = f" {' '.join(tokens)} "
    return not (opening or own or any(f" {name} " in text for name in passage.own))
