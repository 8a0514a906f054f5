"""By what the statements can be narrowed and counted."""

from enum import StrEnum


class Kind(StrEnum):
    """One facet: what of a statement it tells. The value is the key in addresses, too."""

    ACTOR = "actor"
    SPEAKER = "speaker"
    OFFICE = "office"
    STANCE = "stance"
    LEGAL = "legal"
    TREATY = "treaty"
    PROVISION = "article"
    SOURCE = "source"
    OWNER = "owner"
    LANGUAGE = "lang"
    FORM = "form"
    EVENT = "event"
    REVIEW = "review"
    DIFFERS = "differs"
    MONTH = "month"
