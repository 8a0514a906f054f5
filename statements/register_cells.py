"""Several values in one cell of a table. Pure."""

from collections.abc import Iterable


def split_list(cell: str) -> list[str]:
    r"""The items of a cell, which `;` separates; a backslash before a character keeps it.

    >>> split_list(r"Ruritania; the Ruritanian \; state ;;")
    ['Ruritania', 'the Ruritanian ; state']
    """
    items: list[str] = []
    item, kept, escaped = "", 0, False
    for sign in cell or "":
        if escaped:
            item, escaped = item + sign, False
            kept = len(item)
        elif sign == "\\":
            escaped = True
        elif sign == ";":
            items.append(_bare(item, kept))
            item, kept = "", 0
        elif item or not sign.isspace():
            item += sign
    items.append(_bare(item, kept))
    return [item for item in items if item]


def join_list(items: Iterable[str]) -> str:
    r"""The cell from which `split_list` reads these items, in their order; empty ones are none.

    >>> join_list(["a;b", " c"])
    'a\\;b;\\ c'
    """
    return ";".join(_escaped(item) for item in items if item)


def _bare(item: str, kept: int) -> str:
    """The item without spaces at its end that no backslash keeps."""
    return item[:kept] + item[kept:].rstrip()


def _escaped(item: str) -> str:
    text = item.replace("\\", "\\\\").replace(";", "\\;")
    if text[:1].isspace():
        text = "\\" + text
    if len(item) > 1 and text[-1:].isspace():
        text = text[:-1] + "\\" + text[-1:]
    return text
