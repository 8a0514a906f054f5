"""`./run evaluate [quotes|pages|copies|stances|matches]`: score a part on annotated material.

Quotes is the attribution, pages the reading of pages, copies how copies are told from others,
stances how the stance rules agree with a person's codes, matches how reports of one statement are
found.
"""

import sys

from tests.evaluation import copies, matches, pages, quotes, stances


def main(argv: list[str]) -> int:
    parts = {"pages": pages.main, "copies": copies.main}
    with_options = {"stances": stances.main, "matches": matches.main}
    if argv and argv[0] in with_options:
        return with_options[argv[0]](argv[1:])
    if argv and argv[0] in parts:
        return parts[argv[0]]()
    return quotes.main(argv[1:] if argv and argv[0] == "quotes" else argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
