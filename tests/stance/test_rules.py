"""Golden sentences: each rule and each guard, with invented speakers and states.

The treaty is that of Ruritania (RR) and Graustark (GK); Ada Example speaks for whom `by` says.
"""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from statements.models.positions import Position
from statements.stance import OTHER, Passage, Proposal, Span, propose
from statements.stance.lexicon import all_rows

NAMES = {
    "RR": frozenset({"Ruritania", "Strelsau", "Руритания", "ルリタニア", "루리타니아"}),
    "GK": frozenset({"Graustark", "Edelweiss"}),
    "FX": frozenset({"Freedonia"}),
}


def said(
    words: str, cue: str = "", *, by: str = "FX", language: str = "en", after: str = ""
) -> tuple[Proposal, str]:
    """What is proposed for words that stand after a cue, or before one (`after`)."""
    lead = f"Ada Example {cue} " if cue else ""
    text = f"{lead}{words}{after}"
    span = None
    if cue:
        span = Span(len(lead) - len(cue) - 1, len(lead) - 1)
    elif after:
        at = text.rindex(after.split()[-1])
        span = Span(at, len(text))
    proposal = propose(
        Passage(
            text, len(lead), len(lead) + len(words), span, language,
            by=frozenset({by}), parties=frozenset({"RR", "GK"}),
            own=NAMES[by] | {"Ada Example"}, party_names=NAMES["RR"] | NAMES["GK"],
        )
    )  # fmt: skip
    for piece in proposal.evidence:
        assert 0 <= piece.start < piece.end <= len(text)
    return proposal, " · ".join(text[s.start : s.end] for s in proposal.evidence)


@pytest.mark.parametrize(
    ("words", "cue", "code", "evidence"),
    [
        ("“We condemn this treaty,”", "", "condemns", "condemn"),
        ("“We can only condemn this treaty,”", "", "condemns", "condemn"),
        ("“We would like to welcome the treaty,”", "", "supports", "welcome"),
        ("the treaty in the strongest terms", "condemned", "condemns", "condemned"),
        ("they “condemn in the strongest terms” the treaty", "said", "condemns", "condemn"),
        ("the pact must be condemned", "said", "condemns", "condemned"),
        ("“We cannot accept the treaty,”", "", "rejects", "cannot accept"),
        ("the treaty is unacceptable", "said", "rejects", "unacceptable"),
        (
            "“We are gravely concerned about the pact,”",
            "",
            "concerned",
            "are gravely concerned",
        ),
        ("deep concern over the treaty", "voiced", "concerned", "voiced deep concern"),
        ("the treaty was irresponsible", "said", "criticises", "irresponsible"),
        ("Strelsau of arming rebels", "accused", "criticises", "accused"),
        ("reports of arms transfers are groundless", "said", "denies", "groundless"),
        ("these accusations about troops", "rejected", "denies", "rejected"),
        ("the plan for a treaty", "rejected", "rejects", "rejected"),
        ("the claim that the treaty is defensive", "rejected", "rejects", "rejected"),
        ("criticism of the treaty", "dismissed", "defends", "dismissed"),
        ("“We welcome the treaty,”", "", "supports", "welcome"),
        ("the pact is not directed against anyone", "said", "defends", "not directed against"),
        ("to deepen coordination with its allies", "vowed", "commits", "vowed"),
        ("“We will strengthen our defence,”", "", "commits", "will strengthen"),
        ("to comment on the treaty", "declined", "no-comment", "declined to comment"),
        ("“I cannot comment on the pact,”", "", "no-comment", "cannot comment"),
        ("the exchange of instruments on Friday", "announced", "reports", "announced"),
        ("the talks lasted two hours", "noted", "neutral", "noted"),
        ("the talks lasted two hours", "said", "unclear", ""),
    ],
)
def test_the_words_of_the_codebook(words: str, cue: str, code: str, evidence: str) -> None:
    proposal, shown = said(words, cue)

    assert (proposal.stance.code, shown) == (code, evidence)


@pytest.mark.parametrize(
    ("words", "cue", "rule"),
    [
        ("“We did not condemn the treaty,”", "", "negated"),
        ("there was nothing legitimate in it", "said", "negated"),
        ("“We have no grave concern,”", "", "negated"),
        ("“We would condemn a treaty if there were one,”", "", "only thinkable"),
        ("it would undermine the peace", "said", "not asserted"),
        ("“Do you condemn the treaty?”", "", "asked"),
        ("Ben Sample said the treaty was outrageous", "recalled", "said of another"),
        ("one would think that they are deeply concerned", "said", "said of another"),
        ("others condemn the treaty", "noted that", "done by another"),
        ("Graustark condemned the treaty", "said", "done by another"),
        ("the treaty was widely condemned", "said", "passive"),
        ("the treaty got a warm welcome", "said", "no verb"),
        ("they had addressed the serious concerns of Strelsau", "said", "concern of others"),
        ("it opens a new era", "said", "not by a party"),
        ("Ruritania and Graustark will strengthen cooperation", "said", "done by another"),
        ("it was open whether they condemn the treaty", "said", "left open"),
        ("the claim that the pact is reckless", "discussed", "within a claim"),
        ("the treaty with Graustark", "slammed", "an outlet's verb decides nothing (rule d)"),
        ("it is both legitimate and irresponsible", "said", "speaks for and against"),
    ],
)
def test_words_that_do_not_count_where_they_stand(words: str, cue: str, rule: str) -> None:
    proposal, shown = said(words, cue)

    assert (proposal.stance.code, proposal.stance.rule) == ("unclear", rule)
    assert shown


def test_the_highest_register_wins_in_a_sentence() -> None:
    proposal, _ = said("“We are concerned about the pact and condemn it,”")

    assert proposal.stance.code == "condemns"


def test_the_same_words_are_a_commitment_of_a_party_only() -> None:
    words = "Ruritania and Graustark will strengthen their military cooperation"

    assert said(words, "said", by="RR")[0].stance.code == "commits"
    assert said(words, "said", by="FX")[0].stance.code == "unclear"


def test_praise_counts_where_a_party_speaks() -> None:
    assert said("the treaty opens a new era", "said", by="RR")[0].stance.code == "endorses"


@pytest.mark.parametrize(
    ("words", "cue", "code", "about"),
    [
        ("the treaty", "condemned", "condemns", "treaty"),
        ("the sanctions on Graustark", "condemned", "condemns", "sanctions"),
        ("the joint drills of Freedonia", "condemned", "condemns", OTHER),
        ("the war of aggression of others", "condemned", "condemns", OTHER),
        ("the embassy's new building", "praised", "supports", OTHER),
        ("Strelsau's reaction to the treaty", "condemned", "condemns", OTHER),
        ("the move", "condemned", "condemns", ""),
        ("“We cannot accept such a statement,”", "", "rejects", OTHER),
        ("there was nothing illegal in it", "said", "defends", ""),
        ("“We welcome the visit,”", "", "supports", "summit"),
        ("“We support Ukraine,”", "", "supports", "ukraine-arms"),
        ("Ruritania to cease arms transfers", "urged", "calls-for-restraint", "arms-transfers"),
        ("Freedonia to end its drills", "urged", "calls-for-restraint", OTHER),
        ("Freedonia to stop", "urged", "calls-for-restraint", OTHER),
    ],
)
def test_what_is_judged_is_named(words: str, cue: str, code: str, about: str) -> None:
    proposal, _ = said(words, cue)

    assert (proposal.stance.code, proposal.about) == (code, about)


def test_what_is_called_for_is_not_said_of_its_own() -> None:
    proposal, shown = said("Strelsau to abandon reckless acts", "called on")

    assert proposal.stance.code == "calls-for-restraint"
    assert shown == "called on · abandon"


def test_a_call_for_anything_else_is_no_call_for_restraint() -> None:
    assert said("Freedonia to send a choir", "called on")[0].stance.code == "unclear"


def test_a_wrapped_line_is_no_end_of_a_sentence() -> None:
    words = "if the troops\njoin the fight, they will become legitimate\nmilitary targets"

    assert said(words, "said")[0].stance.code == "warns"


def test_a_consequence_under_a_condition_is_a_warning() -> None:
    proposal, shown = said("if Graustark sends troops, Freedonia will respond", "said")

    assert (proposal.stance.code, shown) == ("warns", "if · respond")
    assert said("it would be a grave mistake", "said")[0].stance.code == "warns"


@pytest.mark.parametrize(
    ("words", "cue", "legal", "stance"),
    [
        (
            "the pact violates Security Council resolutions",
            "said",
            "violates-unscr",
            "criticises",
        ),
        ("the pact would violate UN resolutions", "said", "would-violate-unscr", "concerned"),
        ("a possible violation of UN sanctions", "saw", "would-violate-unscr", "concerned"),
        ("the pact does not violate UN sanctions", "said", "denies-violation", "defends"),
        ("accusations of breaking UN sanctions", "dismissed", "denies-violation", "denies"),
        (
            "all must comply with UN sanctions",
            "said",
            "must-comply-unscr",
            "calls-for-restraint",
        ),
        (
            "it must not violate UN resolutions",
            "said",
            "must-comply-unscr",
            "calls-for-restraint",
        ),
        ("the pact breaches the UN Charter", "said", "violates-charter", "criticises"),
        ("the deal is clearly illegal", "said", "violates-charter", "criticises"),
        ("there is nothing illegal about the pact", "said", "compatible", "defends"),
        (
            "the pact accords with the right of self-defence",
            "said",
            "invokes-article-51",
            "unclear",
        ),
        ("Article 9 of the mutual treaty", "invoked", "invokes-article-51", "unclear"),
        ("they would see whether it violates UN resolutions", "said", "none", "unclear"),
        ("arms deals are banned by UN resolutions", "said", "violates-unscr", "criticises"),
        ("“Does it violate UN resolutions?”", "", "none", "unclear"),
        ("the sanctions were discussed", "said", "none", "unclear"),
    ],
)
def test_the_legal_axis(words: str, cue: str, legal: str, stance: str) -> None:
    proposal, _ = said(words, cue)

    assert (proposal.legal.code, proposal.stance.code) == (legal, stance)


def test_an_accusation_of_breach_beside_worry_leaves_it_worry() -> None:
    proposal, _ = said("“We are concerned that the pact violates UN resolutions,”")

    assert (proposal.stance.code, proposal.legal.code) == ("concerned", "violates-unscr")


@pytest.mark.parametrize(
    ("language", "words", "stance", "legal"),
    [
        ("ru", "мы решительно осуждаем этот договор", "condemns", "none"),
        ("ru", "мы не осуждаем этот договор", "unclear", "none"),
        (
            "ru",
            "договор нарушает резолюции Совета Безопасности",
            "criticises",
            "violates-unscr",
        ),
        ("ru", "договор носит законный характер", "defends", "compatible"),
        ("ko", "조약을 깊이 우려한다", "concerned", "none"),
        ("ko", "조약을 우려하지 않는다", "unclear", "none"),
        ("ko", "조약은 안보리 결의를 위반한다", "criticises", "violates-unscr"),
        ("ko", "조약은 안보리 결의 위반이 아니다", "defends", "denies-violation"),
        ("ja", "条約を強く非難する", "condemns", "none"),
        ("ja", "条約は決議に違反する", "criticises", "violates-unscr"),
        ("ja", "条約は決議に違反する可能性がある", "concerned", "would-violate-unscr"),
        ("uk", "ми засуджуємо цей договір", "condemns", "none"),
    ],
)
def test_other_languages(language: str, words: str, stance: str, legal: str) -> None:
    proposal, _ = said(words, language=language)

    assert (proposal.stance.code, proposal.legal.code) == (stance, legal)


def test_who_asks_in_a_transcript_does_not_speak() -> None:
    turn = (
        "No, it lasted two hours.\n\n     Q    But do you condemn the treaty, which is reckless"
    )

    assert said(turn)[0].stance.code == "unclear"


def test_an_unknown_language_yields_nothing() -> None:
    assert said("nous condamnons le traité", language="fr")[0].stance.code == "unclear"


def test_every_code_of_the_lexicon_is_one_of_the_model() -> None:
    stances = {row.code for row in all_rows() if row.axis == "stance"} - {""}
    objects = {row.code for row in all_rows() if row.axis == "object"} - {OTHER}

    assert stances <= set(Position.Stance.values)
    assert objects <= set(Position.Object.values)
    assert {row.source for row in all_rows()} == {"codebook", "own"}


@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 400))
def test_any_text_has_a_proposal_whose_evidence_stands_in_it(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    proposal = propose(Passage(text, start, end))

    assert all(0 <= s.start < s.end <= len(text) for s in proposal.evidence)
