"""The quality of the attribution is a number in the tree: figures and floors on annotated articles."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from statements.attribution import ATTRIBUTED_BY, attribute
from statements.attribution.register import EMPTY, read_register
from statements.evaluation import DATA, Figures, as_markdown, as_yaml, evaluation, with_figures
from tests.evaluation import quotes
from tests.evaluation.error_browser import browser, errors_of
from tests.evaluation.scorer import ROOT, AnnotatedSet, Measured, Scorer, sets_of

# End-to-end F1 over statements, in per cent. Lowering a floor is a commit that says why.
FLOORS = {"wikinews": 82.0, "challenge": 97.0}


@pytest.fixture(scope="module")
def measured(shared: Path) -> dict[str, Figures]:
    """The figures that the scorer gives now, with the day that the data file has."""
    day = {one.figures.name: one.figures.measured_on for one in evaluation()}
    scorer, register = Scorer(shared), read_register()
    sets = [scorer.measure(one, register) for one in sets_of(shared)]
    return {one.of.name: one.figures(day[one.of.name], ATTRIBUTED_BY) for one in sets}


@pytest.mark.parametrize("name", FLOORS)
def test_the_attribution_keeps_its_floor(measured: dict[str, Figures], name: str) -> None:
    figure = measured[name].f1

    assert figure is not None
    assert figure >= FLOORS[name]


@pytest.mark.parametrize("name", FLOORS)
def test_the_figures_shown_are_those_that_are_measured(
    measured: dict[str, Figures], name: str
) -> None:
    """If this fails, `./run evaluate quotes --write` measures and writes them anew."""
    shown = {one.figures.name: one.figures for one in evaluation()}

    assert shown[name] == measured[name]


def test_documents_show_the_figures_of_the_data_file() -> None:
    for path in quotes.DOCUMENTS:
        assert as_markdown(evaluation()) in path.read_text(encoding="utf-8"), path


def test_the_data_file_is_as_it_is_written() -> None:
    assert as_yaml(with_figures(evaluation(), ())) == DATA.read_text(encoding="utf-8")


def test_writing_changes_what_was_measured_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, document = tmp_path / "evaluation.yaml", tmp_path / "README.md"
    document.write_text("Before.\n<!-- figures -->old<!-- end of figures -->\nAfter.\n")
    monkeypatch.setattr(quotes, "DATA", data)
    monkeypatch.setattr(quotes, "DOCUMENTS", [document])
    before = evaluation()
    better = with_f1(before[1].figures, 99.9)

    assert quotes.write([better]) == [data, document]

    told = document.read_text(encoding="utf-8")
    assert told.startswith("Before.\n<!-- figures -->\n")
    assert told.endswith("<!-- end of figures -->\nAfter.\n")
    assert "99.9" in told
    assert data.read_text("utf-8") == as_yaml(with_figures(before, [better]))


def with_f1(figures: Figures, f1: float) -> Figures:
    return Figures(**{**figures.__dict__, "f1": f1})


def test_a_document_without_a_place_for_the_figures_is_refused() -> None:
    with pytest.raises(ValueError, match="no place"):
        quotes.with_table("Nothing of the kind.", evaluation())


# ------------------------------------------------------------------ the page of errors

HOSTILE = "<script>document.title='ran'</script>"
TEXTS = {
    "missed": "Rain fell on the invented town, and Ada Example slept.",
    "too long": "Ada Example said the pact would hold and would be kept by all.",
    "too short": "Ada Example said the pact would hold. Rain fell on the town all day long.",
    "false": f"Bo Sample said that {HOSTILE} rain had fallen on the invented town.",
    "wrong speaker": f"Cy Person spoke. “We {HOSTILE} keep to the text,” said Ada Example.",
}


@pytest.fixture
def judged(shared: Path, tmp_path: Path) -> Measured:
    write_invented(tmp_path / "invented")
    invented = AnnotatedSet("invented", tmp_path / "invented", resolved=True)
    return Scorer(shared).measure(invented, EMPTY)


def write_invented(stem: Path) -> None:
    """Write invented articles, each named for the error that it makes of what is found there."""
    gold = {
        "missed": [statement("missed", "Rain fell on the invented town", "Ada Example")],
        "too long": [statement("too long", "the pact would hold", "Ada Example")],
        "too short": [statement("too short", TEXTS["too short"][17:], "Ada Example")],
        "false": [],
        "wrong speaker": [
            statement("wrong speaker", f"“We {HOSTILE} keep to the text,”", "Cy Person")
        ],
    }
    docs = [json.dumps({"id": name, "text": text}) for name, text in TEXTS.items()]
    rows = [json.dumps({"id": name, "statements": found}) for name, found in gold.items()]
    stem.with_name(f"{stem.name}-docs.jsonl").write_text("\n".join(docs), encoding="utf-8")
    stem.with_name(f"{stem.name}-gold.jsonl").write_text("\n".join(rows), encoding="utf-8")


def statement(article: str, words: str, speaker: str) -> dict[str, object]:
    """An annotated statement of one of the texts."""
    text = TEXTS[article]
    start, at = text.index(words), text.index(speaker)
    return {
        "start": start, "end": start + len(words), "speaker": speaker, "names": [speaker],
        "speaker_start": at, "speaker_end": at + len(speaker), "cue": "said",
    }  # fmt: skip


def test_each_error_has_its_class(judged: Measured) -> None:
    classes = [(error.article, error.kind) for error in errors_of(judged)]

    assert classes == [(name, name) for name in TEXTS]


def test_nothing_of_a_text_is_markup_in_the_page_of_errors(judged: Measured) -> None:
    page = browser([judged])

    assert page.count("<script>") == 1
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_sample_holds_at_most_so_many_of_each_class(judged: Measured) -> None:
    assert browser([judged], most=1).count("<li") == 5
    assert browser([judged, judged], most=1).count("<li") == 5


def test_the_page_of_errors_never_lies_in_the_tree(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        quotes.main(["--errors", "--out", str(ROOT / "docs" / "errors.html")])

    assert "lies within the project" in capsys.readouterr().err


def test_polnear_that_is_not_there_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert quotes.main(["--polnear", str(tmp_path), "--out", str(tmp_path / "x.html")]) == 2
    assert "make_polnear.py" in capsys.readouterr().err


# ------------------------------------------------------------------ transcripts


# A label of the official transcripts, and the Q of somebody who asks.
_LABEL = re.compile(
    r"^(?P<label>[A-Z][A-Z.’'-]+(?:[ \u00a0]+[A-Z][A-Z.’'-]+){0,5})(?: *\([^)\n]*\))?[ \u00a0]*:\s|^(?P<asks>Q)[ \u00a0]+(?=\S)",
    re.MULTILINE,
)
_ASKING = {"Q", "MODERATOR", "OPERATOR", "AUDIENCE", "AUDIENCE MEMBER"}
_WITHOUT_NAME = {
    "THE",
    "VICE",
    "SENIOR",
    "ADMINISTRATION",
    "ADMINISTRIVE",
    "PRESIDENT",
    "OFFICIAL",
    "AIDE",
}
_NO_SPEAKERS = {"SUBJECT"}  # the heading of a memorandum


def test_every_named_turn_of_the_official_transcripts_has_its_speaker(shared: Path) -> None:
    """Turn labels are annotation enough: named ones get a speaker, questions get none."""
    register = read_register()
    turns: Counter[str] = Counter()
    wrong = []
    for path in sorted((shared / "corpora" / "whitehouse").glob("2*.md")):
        text = path.read_text(encoding="utf-8")
        found = attribute(
            text, published_on=date.fromisoformat(path.name[:10]), register=register
        )
        by_start = {statement.start: statement for statement in found}
        for match in _LABEL.finditer(text):
            label = match["label"] or match["asks"]
            begins = _first_word(text, match.end())
            statement = by_start.get(begins)
            if label in _NO_SPEAKERS or (statement is None and text[begins] == "("):
                continue  # «(Laughter.)» and nothing else
            turns[label] += 1
            names = [voice.name for voice in statement.voices] if statement else []
            if statement is None or not _fits(label, names):
                wrong.append((path.name, label, names))
    assert turns.total() > 2500
    assert len(turns) > 30
    assert wrong == []


def _first_word(text: str, position: int) -> int:
    while text[position].isspace():
        position += 1
    return position


def _fits(label: str, names: list[str]) -> bool:
    """Whether the names are those of a label: none who asks, else one with its family name."""
    if label in _ASKING:
        return names == []
    family = label.split()[-1]
    spoken = "".join(names).upper()
    return len(names) == 1 and bool(spoken) and (family in _WITHOUT_NAME or family in spoken)
