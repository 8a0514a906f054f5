"""Tantivy in this process, over the same lexemes and values, asked for the same."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import tantivy

from config.bench.search.asked import KINDS
from config.bench.search.found import Found, most
from config.bench.search.printed import NOTHING, Printed
from statements.search.asking import SIZE, Query
from statements.search.kinds import Kind
from statements.search.lexed import Group, Leaf, Step

_MEMORY = 256_000_000  # bytes
_THREADS = 2
_Part = tuple[tantivy.Occur, tantivy.Query]
_MUST, _SHOULD, _NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


class Tantivy:
    """An index in a folder. It is sorted by day, so that the newest stand first."""

    def __init__(self, folder: Path, kinds: Mapping[int, Kind]) -> None:
        self._kinds = kinds
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("words", stored=True, tokenizer_name="places")
        for name in ("order", "statement", "day", "last"):
            builder.add_unsigned_field(name, stored=name != "order", indexed=True, fast=True)
        for kind in Kind:
            builder.add_unsigned_field(kind.value, indexed=True, fast=True)
        self._schema = builder.build()
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(
            self._schema, str(folder), sort_by_field="order", sort_order=tantivy.Order.Desc
        )
        places = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
        # Tokens that are left out keep their place.
        silent = tantivy.Filter.custom_stopword([NOTHING])
        self._index.register_tokenizer("places", places.filter(silent).build())

    def build(self, rows: Iterable[Printed]) -> None:
        """Put all statements in. The index must be empty."""
        writer, order = self._index.writer(_MEMORY, _THREADS), 0
        for some in rows:
            for statement, day, last, values, words in zip(
                some.statements, some.days, some.lasts, some.values, some.words, strict=True
            ):
                order += 1
                document = tantivy.Document()
                document.add_text("words", words)
                document.add_unsigned("order", order)
                document.add_unsigned("statement", statement)
                document.add_unsigned("day", day)
                document.add_unsigned("last", last)
                for value in values.tolist():
                    document.add_unsigned(self._kinds[value].value, value)
                writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    @cached_property
    def _searcher(self) -> tantivy.Searcher:
        self._index.reload()
        return self._index.searcher()

    def __len__(self) -> int:
        return self._searcher.num_docs

    def find(self, query: Query) -> Found:
        """Total, the newest, their snippets, six facets and the months."""
        searcher, asked = self._searcher, self._query(query)
        result = searcher.search(asked, SIZE, count=True, order_by_field="order")
        total = int(result.count)  # type: ignore[attr-defined]  # its stub leaves it out
        rows = [searcher.doc(address) for _, address in result.hits]
        if query.words:
            snippets = tantivy.SnippetGenerator.create(searcher, asked, self._schema, "words")
            for row in rows:
                snippets.snippet_from_doc(row).to_html()
        unset = [kind for kind in KINDS if not query.sets(kind)]
        counts = self._count(asked, unset)
        for kind in KINDS:
            if kind not in unset:
                counts |= self._count(self._query(query.without(kind)), [kind])
        return Found(total, [int(row["statement"][0]) for row in rows], counts)

    def _count(self, asked: tantivy.Query, kinds: list[Kind]) -> dict[Kind, dict[int, int]]:
        """The commonest values. As numbers they are counted faster than as text, and months
        faster as values than as a histogram."""
        terms = {
            kind.value: {"terms": {"field": kind.value, "size": most(kind)}} for kind in kinds
        }
        found: dict[str, Any] = self._searcher.aggregate(asked, terms)
        return {
            kind: {int(one["key"]): one["doc_count"] for one in found[kind.value]["buckets"]}
            for kind in kinds
        }

    # ------------------------------------------------------------------ what is asked

    def _query(self, query: Query) -> tantivy.Query:
        parts: list[_Part] = []
        if query.words:
            groups = [(_SHOULD, self._group(group)) for group in query.words.groups]
            parts.append((_MUST, tantivy.Query.boolean_query(groups)))
        parts += [(_MUST, self._values(kind, held)) for kind, held in query.wanted.items()]
        parts += [(_NOT, self._values(kind, held)) for kind, held in query.unwanted.items()]
        if query.first or query.last:
            # Of what has no day both are 0.
            first = query.first.toordinal() if query.first else 1
            parts.append((_MUST, self._range("last", first, None)))
        if query.last:
            parts.append((_MUST, self._range("day", None, query.last.toordinal())))
        if not parts:
            return tantivy.Query.all_query()
        if all(occur == _NOT for occur, _ in parts):
            parts.append((_MUST, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(parts)

    def _values(self, kind: Kind, values: Iterable[int]) -> tantivy.Query:
        return tantivy.Query.term_set_query(self._schema, kind.value, sorted(values))

    def _range(self, field: str, first: int | None, last: int | None) -> tantivy.Query:
        number = tantivy.FieldType.Unsigned
        return tantivy.Query.range_query(self._schema, field, number, first, last)

    def _group(self, group: Group) -> tantivy.Query:
        parts: list[_Part] = [(_MUST, self._leaf(leaf)) for leaf in group.wanted]
        parts += [(_NOT, self._leaf(leaf)) for leaf in group.unwanted]
        if not group.wanted:
            parts.append((_MUST, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(parts)

    def _leaf(self, leaf: Leaf) -> tantivy.Query:
        if not leaf.phrase:
            steps: list[_Part] = [
                (_MUST, _either([query for part in step.parts for query in self._part(part)]))
                for step in leaf.steps
            ]
            return steps[0][1] if len(steps) == 1 else tantivy.Query.boolean_query(steps)
        if any(step.prefix for step in leaf.steps):
            raise ValueError("A phrase of the bench has no beginning of a word in it.")
        places = [(place, step) for place, step in enumerate(leaf.steps) if step.lexemes]
        ways = product(*([(place, one) for one in self._known(step)] for place, step in places))
        phrase = tantivy.Query.phrase_query
        return _either([phrase(self._schema, "words", list(way)) for way in ways])

    def _part(self, step: Step) -> Iterator[tantivy.Query]:
        for lexeme in self._known(step):
            if step.prefix:
                begun = f"{re.escape(lexeme)}.*"
                yield tantivy.Query.regex_query(self._schema, "words", begun)
            else:
                yield tantivy.Query.term_query(self._schema, "words", lexeme)

    def _known(self, step: Step) -> Iterator[str]:
        """The lexemes that stand in the index: the others cost time for nothing."""
        for lexeme in step.lexemes:
            if step.prefix or self._searcher.doc_freq("words", lexeme):
                yield lexeme


def _either(queries: list[tantivy.Query]) -> tantivy.Query:
    """Any of them; none fits when there is none."""
    if not queries:
        return tantivy.Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(_SHOULD, query) for query in queries])
