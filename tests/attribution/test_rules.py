"""Every rule that can find a statement is explained in words."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

import statements.attribution
from newsroom.stories import stories
from statements.attribution import attribute
from statements.attribution.register import read_register
from statements.attribution.rules import RULES, rule_in_words

PACKAGE = Path(statements.attribution.__file__).parent
# How rules are named: Q a quotation, S the speaker, C the cue, beside marks and plain words.
_NAME = re.compile(r"(?:^|[ ,:…])(?:Q\d?|S C|C S|according to S)(?:$|[ ,:…])")


def _named_in_source() -> Iterator[str]:
    """The rules' names as the modules spell them: given to `rule`, or of the form of a name."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if _gives_a_rule(node):
                yield from _text(node.value)
            elif isinstance(node, ast.Constant) and id(node) not in prose:
                yield from (name for name in _text(node) if _NAME.search(name))


def _gives_a_rule(node: ast.AST) -> TypeGuard[ast.keyword | ast.Assign]:
    """«rule=…» in a call, or «rule = …»."""
    if isinstance(node, ast.Assign):
        return any(isinstance(name, ast.Name) and name.id == "rule" for name in node.targets)
    return isinstance(node, ast.keyword) and node.arg == "rule"


def _text(node: ast.expr) -> Iterator[str]:
    """A constant text; of a text that begins with a language's code, what stands behind it."""
    if isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from _text(part)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value.removeprefix(": ")


# Parts of names, by which the code asks for kinds of rules or makes names, and a turn's label.
_PARTS = {"according", "Q, according", "S C", "Q,", "Q1,", ", Q2", "Q"}


def test_every_rule_that_the_source_names_has_its_sentence() -> None:
    named = set(_named_in_source()) - _PARTS

    assert {"Q, C S", "S C NP", "transcript turn", "S Q C"} <= named
    assert {name for name in named if not rule_in_words(name)} == set()


def test_sentences_are_sentences() -> None:
    assert all(words[0].isupper() or words[0] == "«" for words in RULES.values())
    assert all(words.endswith(".") and len(words) < 160 for words in RULES.values())


def test_every_rule_that_fires_on_the_newsroom_has_its_sentence() -> None:
    register = read_register()
    texts = ["\n".join(story.paragraphs) for story in stories()]
    fired = {found.rule for text in texts for found in attribute(text, register=register)}

    assert len(fired) > 5
    assert {rule for rule in fired if not rule_in_words(rule)} == set()


def test_every_rule_that_fires_on_the_corpora_has_its_sentence_and_no_sentence_is_idle(
    shared: Path,
) -> None:
    register = read_register()
    fired = {
        found.rule for text in _texts(shared) for found in attribute(text, register=register)
    }
    fired |= {
        found.rule
        for story in stories()
        for found in attribute("\n".join(story.paragraphs), register=register)
    }

    assert {rule for rule in fired if not rule_in_words(rule)} == set()
    used = fired | {re.sub("^[a-z]{2,3}: ", "", rule) for rule in fired}
    assert set(RULES) - used - set(_named_in_source()) == set()


def _texts(shared: Path) -> Iterator[str]:
    corpora = shared / "corpora"
    for path in sorted((corpora / "quotes-dev").glob("*-docs.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]
    for path in [
        *sorted((corpora / "whitehouse").glob("2*.md")),
        *(shared / "seeds").glob("*"),
    ]:
        if path.suffix in {".md", ".txt"}:
            yield path.read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", ["", "no rule", "xx: no rule"])
def test_an_unknown_rule_has_no_sentence(rule: str) -> None:
    assert rule_in_words(rule) == ""
