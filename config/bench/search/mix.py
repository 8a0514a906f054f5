"""Forty queries of thirteen classes, by which the search may be tuned."""

from config.bench.search.asked import Asked, asked
from config.bench.search.vocabulary import tongue
from statements.models import Speaker


def mix() -> list[Asked]:
    """The queries; shares of the statements that hold a term stand in `vocabulary.TERMS`."""
    rare = str(tongue("en").words[30_000])
    state, bloc, pact, courier = "X-STATE-", "X-BLOC-", "bench-pact-", "bench-courier-"
    return [
        asked("unfiltered"),
        asked("filters", actor=f"{state}0"),
        asked("filters", stance="condemns"),
        asked("filters", treaty=f"{pact}1", stance="supports"),
        asked("filters", source=f"{courier}3", lang="ko"),
        asked("filters", actor=f"{bloc}11", from_="2024-03-01", to="2024-08-31"),
        asked("rare", "extradition"),
        asked("rare", "plenipotentiary"),
        asked("rare", rare),
        asked("middling", "troops"),
        asked("middling", "missile"),
        asked("middling", "restraint"),
        asked("middling", "ratification"),
        asked("common", "sanctions"),
        asked("common", "security"),
        asked("common", "summit"),
        asked("very common", "russia"),
        asked("very common", "cooperation"),
        asked("very common", "treaty"),
        asked("and", "russia sanctions"),
        asked("and", "treaty ratification"),
        asked("and", "security cooperation"),
        asked("and", "sanctions troops summit"),
        asked("phrase", '"without delay"'),
        asked("phrase", '"mutual defence"'),
        asked("phrase", '"security council resolution"'),
        asked("phrase", '"act of aggression"'),
        asked("not, or", "russia -sanctions"),
        asked("not, or", "troops OR missile"),
        asked("not, or", "treaty -summit -dialogue"),
        asked("word and filter", "sanctions", actor=f"{state}1"),
        asked("word and filter", "russia", actor=f"{state}2", stance="rejects"),
        asked("word and filter", "treaty", source=f"{courier}0"),
        asked("word and filter", "summit", from_="2024-06-01", to="2024-06-30"),
        asked("other scripts", "制裁"),
        asked("other scripts", "首脳会談"),
        asked("other scripts", "договора"),
        asked("name", _misspelt()),
        asked("beginning", "denuc*"),
        asked("beginning", "coop*"),
    ]


def _misspelt() -> str:
    """The name of a speaker with two letters changed about."""
    given, family = Speaker.objects.order_by("pk")[421].name.split()
    return f"{given} {family[:4]}{family[5]}{family[4]}{family[6:]}"
