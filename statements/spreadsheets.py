"""Cells that no spreadsheet takes for a formula, and back."""

# A spreadsheet takes a cell that begins with one of these for a formula.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def inactive(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula.

    >>> inactive('=1+1'), inactive('"=1"'), inactive("plain")
    ("'=1+1", '\\'"=1"', 'plain')
    """
    bare = cell.lstrip("\ufeff \"'")
    return f"'{cell}" if bare.startswith(_ACTIVE) or cell.startswith(_ACTIVE) else cell


def as_written(cell: str) -> str:
    """What `inactive` was given.

    >>> as_written(inactive("=1+1")), as_written("'tis plain")
    ('=1+1', "'tis plain")
    """
    return cell[1:] if cell.startswith("'") and inactive(cell[1:]) == cell else cell
