"""One HTML page of all errors on annotated articles, with filters, for those who write rules.

The page asks for nothing: style and script stand in it and are allowed by their hashes alone.
All of an article is escaped, so nothing of it is markup or runs.
"""

import base64
import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from statements.context_marks import Mark, cut
from tests.evaluation.scorer import Compared, Measured, Piece

Class = Literal["missed", "too long", "too short", "false", "wrong speaker"]
_CLASSES: dict[Class, str] = {
    "missed": "annotated, and nothing of it was found",
    "too long": "found, but too much was taken",
    "too short": "found, but too little was taken",
    "false": "found, and nothing of the kind is annotated",
    "wrong speaker": "found, but somebody else speaks",
}
_AROUND = 300  # characters of context on either side
_MARKS = {
    "gold": "annotated words",
    "found": "words found",
    "gold-speaker": "annotated speaker",
    "found-speaker": "speaker found",
}


@dataclass(frozen=True)
class Error:
    """One thing that is not as annotated: the annotated piece, the one found, or both."""

    of: str
    article: str
    text: str
    kind: Class
    gold: Piece | None
    found: Piece | None


def errors_of(measured: Measured) -> Iterator[Error]:
    """Every error of a set, in reading order. Each piece that was found stands in one at most."""
    for one in measured.compared:
        yield from sorted(_errors(measured.of.name, one), key=_place)


def _errors(name: str, one: Compared) -> Iterator[Error]:
    found_of = {pair.gold: pair for pair in one.pairs}
    explained = {pair.found for pair in one.pairs}
    for number, gold in enumerate(one.gold):
        pair = found_of.get(number)
        if not gold.required:
            continue
        if pair is not None:
            if not pair.right:
                found = one.found[pair.found]
                yield Error(name, one.identity, one.text, "wrong speaker", gold, found)
            continue
        nearest = max(
            (place for place in range(len(one.found)) if place not in explained),
            key=lambda place: _overlap(gold, one.found[place]),
            default=None,
        )
        if nearest is None or not _overlap(gold, one.found[nearest]):
            yield Error(name, one.identity, one.text, "missed", gold, None)
            continue
        explained.add(nearest)
        found = one.found[nearest]
        longer = found.end - found.start > gold.end - gold.start
        kind: Class = "too long" if longer else "too short"
        yield Error(name, one.identity, one.text, kind, gold, found)
    for place, right in one.counted.items():
        if not right and place not in explained:
            yield Error(name, one.identity, one.text, "false", None, one.found[place])


def _overlap(one: Piece, other: Piece) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _place(error: Error) -> int:
    return min(piece.start for piece in (error.gold, error.found) if piece is not None)


def browser(measured: Sequence[Measured], most: int = 0) -> str:
    """The page: of each set and class all errors, or a sample of `most`, the same each time."""
    errors = [error for one in measured for error in errors_of(one)]
    shown = _sample(errors, most) if most else errors
    items = "".join(map(_item, shown))
    counts = Counter(error.kind for error in errors)
    facts = "".join(
        f"<tr><th scope=row>{kind}<td>{words}<td class=n>{counts[kind]}"
        for kind, words in _CLASSES.items()
    )
    filters = "".join(
        _filter(name, label, {_value(error, name) for error in shown})
        for name, label in (
            ("of", "Set"), ("class", "Error"), ("rule", "Rule"), ("kind", "Kind"),
            ("confidence", "Confidence"),
        )
    )  # fmt: skip
    legend = " ".join(f"<span class={key}>{words}</span>" for key, words in _MARKS.items())
    return (
        "<!doctype html><html lang=en><head><meta charset=utf-8>"
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">'
        '<meta name=viewport content="width=device-width">'
        f"<title>Errors of the attribution</title><style>{_STYLE}</style></head><body>"
        f"<h1>Errors of the attribution</h1><table><tbody>{facts}</table>"
        f"<form role=search>{filters}<label>Words <input type=search name=words></label>"
        "<output></output></form>"
        f"<p class=legend>{legend}</p><noscript><p>The filters need JavaScript; all errors stand below."
        f"</noscript><ol>{items}</ol><script>{_SCRIPT}</script></body></html>\n"
    )


def _sample(errors: Iterable[Error], most: int) -> list[Error]:
    groups: dict[tuple[str, str], list[Error]] = {}
    for error in errors:
        groups.setdefault((error.of, error.kind), []).append(error)
    dice = random.Random(7)
    chosen = [
        error
        for group in groups.values()
        for error in (dice.sample(group, most) if len(group) > most else group)
    ]
    return sorted(chosen, key=lambda error: (error.of, error.article, _place(error)))


def _value(error: Error, name: str) -> str:
    """What an error is filtered by; a dash where nothing was found."""
    piece = error.found or error.gold
    assert piece is not None
    return {
        "of": error.of,
        "class": error.kind,
        "rule": error.found.of["rule"] if error.found else "–",
        "kind": (error.gold or piece).kind,
        "confidence": error.found.of["confidence"] if error.found else "–",
    }[name]


def _filter(name: str, label: str, values: set[str]) -> str:
    options = "".join(f"<option>{escape(value)}" for value in sorted(values))
    return f"<label>{label} <select name={name}><option value=''>all{options}</select></label>"


def _item(error: Error) -> str:
    data = "".join(
        f' data-{name}="{escape(_value(error, name))}"'
        for name in ("of", "class", "rule", "kind", "confidence")
    )
    facts = [error.of, error.article, error.kind, _value(error, "kind")]
    lines = []
    if error.gold is not None:
        lines.append(_speaker("annotated", error.gold.of))
    if error.found is not None:
        facts += [error.found.of["rule"], error.found.of["confidence"]]
        lines.append(_speaker("found", error.found.of))
        lines += [f"warning: {escape(warning)}" for warning in error.found.of["warnings"]]
    head = " · ".join(map(escape, facts))
    return f"<li{data}><p class=head>{head}<p>{_context(error)}<p>{'<br>'.join(lines)}"


def _speaker(label: str, of: dict[str, Any]) -> str:
    names = of.get("names") or [of.get("speaker") or "nobody named"]
    why = "; ".join(one["reason"] for one in of.get("speakers", ()) if one["reason"])
    more = "".join(f", {word} «{escape(of[word])}»" for word in ("cue", "via") if of.get(word))
    return f"{label}: {escape(' / '.join(names))}{f' ({escape(why)})' if why else ''}{more}"


def _context(error: Error) -> str:
    """The text around, every mark in its place."""
    marks = []
    for name, piece in (("gold", error.gold), ("found", error.found)):
        if piece is None:
            continue
        marks.append(Mark(piece.start, piece.end, name))
        start, end = piece.of.get("speaker_start"), piece.of.get("speaker_end")
        if start is not None and end is not None:
            marks.append(Mark(start, end, f"{name}-speaker"))
    words = [mark for mark in marks if not mark.key.endswith("speaker")]
    first = max(min(mark.start for mark in words) - _AROUND, 0)
    last = min(max(mark.end for mark in words) + _AROUND, len(error.text))
    pieces = [
        f'<span class="{" ".join(piece.keys)}">{escape(piece.text)}</span>'
        if piece.keys
        else escape(piece.text)
        for piece in cut(error.text, marks, first, last)
    ]
    return f"{'…' if first else ''}{''.join(pieces)}{'…' if last < len(error.text) else ''}"


_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
form { position: sticky; top: 0; background: Canvas; padding: .5rem 0; display: flex; flex-wrap: wrap; gap: .5rem 1rem; border-bottom: 1px solid; }
select, input { max-width: 14rem; font: inherit; }
th { text-align: start; font-weight: 600; padding-inline-end: 1rem; }
.n { text-align: end; padding-inline-start: 1rem; white-space: nowrap; }
ol { padding: 0; list-style: none; }
li { border-bottom: 1px solid GrayText; padding: .75rem 0; }
li p { margin: .25rem 0; white-space: pre-line; }
.legend span { margin-inline-end: .75rem; }
.head { font-size: .875rem; opacity: .8; }
.found { background: light-dark(#fff0a3, #5c4d00); }
.gold { border-bottom: 3px solid light-dark(#0b57a4, #7db8ff); }
.found-speaker { outline: 2px dashed light-dark(#8a5a00, #e0a84a); }
.gold-speaker { outline: 2px solid light-dark(#1b6e3c, #6fcf97); }
"""
_SCRIPT = """
const form = document.querySelector("form"), items = [...document.querySelectorAll("li")];
function show() {
  const wanted = new FormData(form), words = wanted.get("words").toLowerCase();
  wanted.delete("words");
  let count = 0;
  for (const item of items) {
    const fits = [...wanted].every(([name, value]) => !value || item.dataset[name] === value);
    item.hidden = !fits || !item.textContent.toLowerCase().includes(words);
    count += !item.hidden;
  }
  form.querySelector("output").textContent = `${count} of ${items.length}`;
}
form.addEventListener("input", show);
form.addEventListener("submit", event => event.preventDefault());
show();
"""


def _policy() -> str:
    """What the page may do: nothing but its own style and script."""
    style, script = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (_STYLE, _SCRIPT)
    )
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "base-uri 'none'; form-action 'none'"
    )
