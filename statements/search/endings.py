"""What may stand behind the beginning of a word that somebody typed. Pure.

The index holds stems, and a beginning may be longer than the stem of a word that begins so:
«universit» of «university», which is «univers» there. So beside what begins as typed also those
stems are looked for that the beginning would have with one of these endings behind it.

They are what the stemmers take off: of Snowball's the suffixes of its published algorithms
(https://snowballstem.org/algorithms/), without accents as `search_text` takes these away, and of
Ukrainian those of `search_ukrainian`.
"""

from collections.abc import Collection, Mapping
from itertools import chain
from unicodedata import combining, normalize

from statements.search.ukrainian import ENDINGS

_ENGLISH = """
    s es ed ing er y ly ess ies ied edly ingly e ational ation ator alism ality alize ity izer ization
    ance ence able ible ably ibly ability ibility ancy ency ant ent ement ment ic ical ically icate
    icity ion sion tion ism ist ate ative ive ively iveness ivity ize ise isation ous ously
    ousness ful fully fulness ness less lessly logy
"""
_SPANISH = """
    o a os as e es me se sela selo selas selos la le lo las les los nos anza anzas ico ica icos
    icas ismo ismos able ables ible ibles ista istas oso osa osos osas amiento amientos imiento
    imientos adora ador acion adoras adores aciones ante antes ancia ancias logia logias ucion
    uciones encia encias amente mente idad idades iva ivo ivas ivos y ye yan yen yeron yendo yo yas
    yes yais yamos en eis emos arian arias aran aras ariais aria areis ariamos aremos ara are
    erian erias eran eras eriais eria ereis eriamos eremos era ere irian irias iran iras iriais iria
    ireis iriamos iremos ira ire aba ada ida ia iera ad ed id ase iese aste iste an aban ian ieran
    asen iesen aron ieron ado ido ando iendo io ar er ir abas adas idas ias ieras ases ieses is ais
    abais iais arais ierais aseis ieseis asteis isteis ados idos amos abamos iamos imos aramos
    ieramos iesemos asemos
"""
_FRENCH = """
    e es s ance ique isme able iste eux ances iques ismes ables istes atrice ateur ation atrices
    ateurs ations logie logies usion ution usions utions ence ences ement ements ite ites if ive ifs
    ives al ale ales aux eau eaux euse euses issement issements amment emment ment ments imes i ie
    ies ir ira irai iraient irais irait iras irent irez iriez irions irons iront is issaient issais
    issait issant issante issantes issants isse issent isses issez issiez issions issons it ions
    ee ees er era erai eraient erais erait eras erent erez eriez erions erons eront ez iez ames at
    ates a ai aient ais ait ant ante antes ants as asse assent asses assiez assions ion ier iere
"""
_GERMAN = """
    e en er em ern es s st est end ende enden ung ungen ig ige igen igkeit ik isch ische ischen
    lich liche lichen lichkeit heit heiten keit keiten
"""
_RUSSIAN = """
    в вши вшись ив ивши ившись ыв ывши ывшись ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого
    ему ому их ых ую юю ая яя ою ею емый нный вший ющий щий ивший ывший ующий ющийся ся сь ла на ете
    йте ли й л н ло но ет ют ны ть ешь нно ила ыла ена ейте уйте ите или ыли уй ил ыл ен ило ыло
    ено ят ует уют ит ыт ены ить ыть ишь ю а ев ов ье е иями ями ами еи ии и ией иям ям ием ам о у
    ах иях ях ы ь ию ью ия ья я ость ости остью остей ейший ейше
"""
_UKRAINIAN = f"{ENDINGS} ся сь"
# A last vowel of Ukrainian stems changes, which shows only with the letter behind it.
_VOWELS, _CONSONANTS = "іеє", tuple(f"{letter}а" for letter in "бвгґджзклмнпрстфхцчшщ")
# What may stand behind any beginning: nothing, and what changes the letters before it.
_ANYWHERE = {
    "english_stem": " s e ed ing",
    "demarche_es": " o a",
    "demarche_fr": " e ation",
    "demarche_de": " e",
    "russian_stem": " ый",
    "uk": " а",
}

UKRAINIAN = "uk"
_CYRILLIC = ("russian_stem", UKRAINIAN)
# By the dictionary that takes them off, or `UKRAINIAN`.
_TAKEN_OFF = {
    "english_stem": _ENGLISH,
    "demarche_es": _SPANISH,
    "demarche_fr": _FRENCH,
    "demarche_de": _GERMAN,
    "russian_stem": _RUSSIAN,
    UKRAINIAN: _UKRAINIAN,
}


def _parted(endings: str, anywhere: str) -> Mapping[str, Collection[str]]:
    """What may follow what: the later parts of endings by their first parts, as `plain` ones."""
    parted: dict[str, set[str]] = {"": set(anywhere.split(" "))}
    for ending in endings.split():
        for at in range(1, len(ending)):
            parted.setdefault(plain(ending[:at]), set()).add(ending[at:])
    return {first: tuple(sorted(later)) for first, later in parted.items()}


def plain(text: str) -> str:
    """The text in lower case and without marks, be they accents or parts of letters."""
    return "".join(
        letter for letter in normalize("NFKD", text.lower()) if not combining(letter)
    )


_PARTED = {
    dictionary: _parted(endings, _ANYWHERE[dictionary])
    for dictionary, endings in _TAKEN_OFF.items()
}
_LONGEST = max(map(len, chain.from_iterable(_PARTED.values())))


def endings(beginning: str) -> list[tuple[str, str]]:
    """The dictionaries by which a word that begins so may have its stem, each with what may
    stand behind the beginning.

    >>> [rest for dictionary, rest in endings("universit") if dictionary == "english_stem"]
    ['', 'e', 'ed', 'ing', 's', 'ion', 'y']
    """
    text = plain(beginning)
    cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in text)
    found = [
        (dictionary, rest)
        for dictionary, parted in _PARTED.items()
        if (dictionary in _CYRILLIC) == cyrillic
        for at in range(min(len(text), _LONGEST) + 1)
        for rest in parted.get(text[len(text) - at :], ())
    ]
    if cyrillic and text[-1] in _VOWELS:
        found += [(UKRAINIAN, one) for one in _CONSONANTS]
    return list(dict.fromkeys(found))
