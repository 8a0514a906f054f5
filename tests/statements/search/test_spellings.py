"""A misspelt name is known for the name it is, and a word is left alone."""

from collections import Counter
from collections.abc import Hashable
from functools import cache

import pytest

from statements.register_files import read_files
from statements.search.sounding import bare, sounded
from statements.search.spellings import Spellings
from tests.statements.search.misspelt import misspellings

_SHORTEST = 4


@cache
def of_the_register() -> Spellings:
    """The words of all names in the checked-in register."""
    files = read_files()
    names: list[tuple[Hashable, str, bool]] = []
    for key, speaker in files.speakers.items():
        texts = [speaker["name"], speaker["family_name"], *(row[2] for row in speaker["names"])]
        names += [(key, text, True) for text in texts]
    for office in files.offices.values():
        names.append((office["speaker"], office["title"], False))
    for key, actor in files.actors.items():
        proper = actor["kind"] in ("state", "observer", "historical")
        names += [
            (key, text, proper) for text in (actor["name"], *(row[2] for row in actor["names"]))
        ]
        names.append((key, actor["official_name"], False))
    return Spellings(names)


def invented(*names: str) -> Spellings:
    """The words of some people's names."""
    return Spellings((name, name, True) for name in names)


def nearest(spellings: Spellings, word: str, *others: str) -> str | None:
    """The first that is near."""
    near = spellings.near(word, others)
    return near[0].word if near else None


def test_misspelt_surnames_of_the_register_are_known() -> None:
    spellings = of_the_register()
    surnames = {
        bare(speaker["family_name"])
        for speaker in read_files().speakers.values()
        if speaker["family_name"].isascii() and speaker["family_name"].isalpha()
    }
    tried: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for surname in sorted(surnames):
        if len(surname) < _SHORTEST:
            continue
        for slip, typed in misspellings(surname):
            if len(typed) < _SHORTEST or typed in spellings:
                continue
            tried[slip] += 1
            first = nearest(spellings, typed)
            right[slip] += first is not None and bare(first) == surname

    shares = {slip: round(right[slip] / tried[slip], 3) for slip in tried}
    assert tried.total() > 4000
    assert right.total() >= 0.95 * tried.total(), shares
    assert min(shares.values()) >= 0.85, shares


@pytest.mark.parametrize(
    "typed", ["lvarov", "lavrv", "lavrrov", "lavrpv", "lawrow", "lavroff", "Lávrov", "LAVROF"]
)
def test_any_one_slip_is_seen(typed: str) -> None:
    assert nearest(invented("Sergei Lavrov", "Petra Ivanova"), typed) == "Lavrov"


def test_a_name_in_another_script_is_known_by_its_sound() -> None:
    names = invented("Oleh Sydorenko", "김가나", "Вера Ильина")

    assert nearest(names, "Сидоренко") == "Sydorenko"
    assert nearest(names, "김가너") == "김가나"
    assert nearest(names, "ilyina") == "Ильина"
    assert len({sounded(bare(one)) for one in ("Zakharova", "Zaharowa", "Захарова")}) == 1


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Sachrowa", "Zakhrova"),  # German
        ("Besuschkin", "Bezushkin"),
        ("Tschebuschin", "Chebushin"),
        ("Selnizkij", "Zelnitskiy"),
        ("Michouguine", "Mishugin"),  # French
        ("Nargechkine", "Nargeshkin"),
        ("Miszugin", "Mishugin"),  # Polish
        ("Czebuszyn", "Chebushin"),
        ("Zajrova", "Zakhrova"),  # Spanish
    ],
)
def test_a_russian_name_is_known_in_the_spelling_of_other_languages(
    typed: str, name: str
) -> None:
    names = ("Zakhrova", "Bezushkin", "Chebushin", "Mishugin", "Nargeshkin", "Zelnitskiy")

    assert nearest(invented(*names), typed) == name


@pytest.mark.parametrize("typed", ["Lavrov", "lavrov", "ЛАВРОВ"])
def test_a_name_that_is_right_is_left_alone(typed: str) -> None:
    assert typed in invented("Sergei Lavrov", "Сергей Лавров")


@pytest.mark.parametrize(
    "typed", ["ab", "li", "war", "1961", "会談", "金正恩", "treaty", "", "…"]
)
def test_what_is_short_or_far_is_left_alone(typed: str) -> None:
    assert (
        nearest(invented("Ada Lu", "Sergei Lavrov", "Ва Ра", "金正日", "1960"), typed) is None
    )


def test_other_words_of_the_name_help_a_short_one() -> None:
    names = invented("Kim Ba Na", "Kam Oh", "Kir Uh")

    assert nearest(names, "kmi") is None
    assert nearest(names, "kmi", "ba") == "Kim"


def test_words_of_titles_are_changed_for_little_only() -> None:
    names = Spellings([(1, "Minister of Operations", False), (2, "Minna Fenston", True)])

    assert nearest(names, "operaitons") == "Operations"
    assert nearest(names, "operating") is None
    assert nearest(names, "kinister") is None
    assert nearest(names, "fonston") == "Fenston"
