"""`./run evaluate [quotes|pages|copies]`: score a part on annotated material, print the tables.

Quotes is the attribution, pages the reading of pages, copies how copies are told from others.
"""

import sys

from tests.evaluation import copies, pages, quotes


def main(argv: list[str]) -> int:
    parts = {"pages": pages.main, "copies": copies.main}
    if argv and argv[0] in parts:
        return parts[argv[0]]()
    return quotes.main(argv[1:] if argv and argv[0] == "quotes" else argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
