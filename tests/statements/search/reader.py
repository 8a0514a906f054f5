"""Another process that searches: reads words, a line each, and prints which statements it found.

Before them stands by what: `index` or `sql`.
"""

import sys

import django


def main() -> None:
    """Answer until the input ends."""
    django.setup()
    from statements.search import finding
    from statements.search.asking import Part, Query
    from statements.search.lexing import understand
    from statements.search.limits import limited
    from statements.search.side.holding import HOLDER

    print(HOLDER.warm(), flush=True)
    for line in sys.stdin:
        query = Query(understand(line.strip()).words)
        answer = finding.find(query, Part(), [])
        assert answer.statements == finding.all_statements(query)
        with limited(), HOLDER.at_hand(fresh=True) as held:
            engine = "index" if held else "sql"
        print(engine, *answer.statements, flush=True)


if __name__ == "__main__":
    main()
