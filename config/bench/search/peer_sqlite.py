"""SQLite's FTS5 in this process, with the values of its rows in arrays beside it."""

import sqlite3
from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt

from config.bench.search.asked import KINDS
from config.bench.search.found import Found, most
from config.bench.search.printed import NOTHING, Numbers, Printed
from statements.search.asking import SIZE, Query
from statements.search.kinds import Kind
from statements.search.lexed import Group, Leaf, Lexed, Step

_ARRAYS = ("statements", "days", "lasts", "lengths", "values")
_Mask = npt.NDArray[np.bool_]


class Fts5:
    """A database in a folder. A row's number is its place, the oldest statement's being 0."""

    def __init__(self, folder: Path, kinds: Mapping[int, Kind]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._arrays = folder / "arrays.npz"
        self._kinds = kinds
        self._database = sqlite3.connect(folder / "words.sqlite")
        self._statements = np.zeros(0, np.int64)
        if self._arrays.exists():
            self._load()

    def build(self, rows: Iterable[Printed]) -> None:
        """Put all statements in. The database must be empty."""
        self._database.execute(
            "CREATE VIRTUAL TABLE entry USING fts5(words, tokenize ="
            """ "unicode61 remove_diacritics 0 categories 'L* M* N* Co'")"""
        )
        parts: dict[str, list[Numbers]] = {name: [] for name in _ARRAYS}
        for some in rows:
            first = sum(map(len, parts["statements"]))
            self._database.executemany(
                "INSERT INTO entry (rowid, words) VALUES (?, ?)", enumerate(some.words, first)
            )
            for name in ("statements", "days", "lasts"):
                parts[name].append(np.array(getattr(some, name), np.int64))
            parts["lengths"].append(np.array([len(one) for one in some.values], np.int64))
            parts["values"] += some.values
        self._database.execute("INSERT INTO entry (entry) VALUES ('optimize')")
        self._database.commit()
        empty = np.zeros(0, np.int64)
        arrays = {name: np.concatenate([empty, *some]) for name, some in parts.items()}
        np.savez(self._arrays, **arrays)  # type: ignore[arg-type]  # its stub lacks the names
        self._load()

    def __len__(self) -> int:
        return len(self._statements)

    def _load(self) -> None:
        with np.load(self._arrays) as arrays:
            self._statements = arrays["statements"]
            self._days, self._lasts = arrays["days"], arrays["lasts"]
            row = np.repeat(np.arange(len(self._statements)), arrays["lengths"])
            values = arrays["values"]
        order = np.argsort(values, kind="stable")
        self._by_value = row[order]
        highest = max(self._kinds, default=0)
        self._begins = np.searchsorted(values[order], np.arange(highest + 2))
        self._columns = {kind: self._column(kind, row, values) for kind in KINDS}

    def _column(
        self, kind: Kind, row: Numbers, values: Numbers
    ) -> tuple[Numbers, Numbers, Numbers]:
        """One value of each row, 0 where it has none; and the others, by row."""
        numbers = [number for number, one in self._kinds.items() if one == kind]
        of_kind = np.isin(values, numbers)
        row, values = row[of_kind], values[of_kind]
        first = np.ones(len(row), bool)
        first[1:] = row[1:] != row[:-1]
        column = np.zeros(len(self._statements), np.int64)
        column[row[first]] = values[first]
        return column, row[~first], values[~first]

    def find(self, query: Query) -> Found:
        """Total, the newest, their snippets, six facets and the months."""
        matched = self._matched(query.words) if query.words else None
        fit = self._narrowed(matched, query)
        rows = np.flatnonzero(fit)
        newest = rows[-SIZE:][::-1]
        if query.words:
            self._snippets(query.words, newest)
        counts = {}
        for kind in KINDS:
            if query.sets(kind):
                own = self._narrowed(matched, query.without(kind))
                counts[kind] = self._count(kind, np.flatnonzero(own), own)
            else:
                counts[kind] = self._count(kind, rows, fit)
        return Found(len(rows), self._statements[newest].tolist(), counts)

    # ------------------------------------------------------------------ which rows

    def _matched(self, words: Lexed) -> _Mask:
        fit = np.zeros(len(self._statements), bool)
        if all(group.wanted for group in words.groups):
            fit[self._rows(_match(words))] = True
            return fit
        for group in words.groups:
            if group.wanted:
                fit[self._rows(_match(Lexed((group,))))] = True
            else:
                own = ~np.zeros(len(fit), bool)
                own[self._rows(" OR ".join(map(_leaf, group.unwanted)))] = False
                fit |= own
        return fit

    def _rows(self, match: str) -> Numbers:
        """Joined to one text they come three times as fast as one by one."""
        asked = "SELECT group_concat(rowid) FROM entry WHERE entry MATCH ?"
        (joined,) = self._database.execute(asked, [match]).fetchone()
        return np.fromstring(joined or "", dtype=np.int64, sep=",")

    def _narrowed(self, matched: _Mask | None, query: Query) -> _Mask:
        fit = np.ones(len(self._statements), bool) if matched is None else matched.copy()
        for values in query.wanted.values():
            fit &= self._having(values)
        for values in query.unwanted.values():
            fit &= ~self._having(values)
        if query.first or query.last:
            # Of what has no day both are 0.
            fit &= self._lasts >= (query.first.toordinal() if query.first else 1)
        if query.last:
            fit &= self._days <= query.last.toordinal()
        return fit

    def _having(self, values: Iterable[int]) -> _Mask:
        found = np.zeros(len(self._statements), bool)
        for value in values:
            found[self._by_value[self._begins[value] : self._begins[value + 1]]] = True
        return found

    # ------------------------------------------------------------------ what is told of them

    def _count(self, kind: Kind, rows: Numbers, fit: _Mask) -> dict[int, int]:
        column, others, values = self._columns[kind]
        counts = np.bincount(column[rows], minlength=len(self._begins))
        counts += np.bincount(values[fit[others]], minlength=len(self._begins))
        counts[0] = 0
        best = np.argsort(-counts, kind="stable")[: most(kind)]
        return {int(value): int(counts[value]) for value in best if counts[value]}

    def _snippets(self, words: Lexed, rows: Numbers) -> None:
        groups = tuple(group for group in words.groups if group.wanted)
        if groups and len(rows):
            self._database.execute(
                "SELECT snippet(entry, 0, '<b>', '</b>', '…', 25) FROM entry WHERE entry MATCH ?"
                f" AND rowid IN ({','.join(map(str, rows.tolist()))})",
                [_match(Lexed(groups))],
            ).fetchall()


def _match(words: Lexed) -> str:
    return " OR ".join(f"({_group(group)})" for group in words.groups)


def _group(group: Group) -> str:
    wanted = " AND ".join(map(_leaf, group.wanted))
    if not group.unwanted:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(map(_leaf, group.unwanted))})"


def _leaf(leaf: Leaf) -> str:
    """A place of a phrase at which anything may stand is one that holds no lexeme here."""
    if leaf.phrase:
        ways = product(*(step.lexemes or (NOTHING,) for step in leaf.steps))
        return f"({' OR '.join(_quoted(' '.join(way)) for way in ways)})"
    return f"({' AND '.join(map(_step, leaf.steps))})"


def _step(step: Step) -> str:
    quoted = (
        _quoted(lexeme) + (" *" if part.prefix else "")
        for part in step.parts
        for lexeme in part.lexemes
    )
    return f"({' OR '.join(quoted)})"


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
