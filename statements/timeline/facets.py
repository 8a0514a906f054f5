"""The facets of the timeline, in the order in which they are shown."""

from dataclasses import dataclass

from statements.search.kinds import Kind


@dataclass(frozen=True)
class Facet:
    """One way to narrow the timeline. `folded` ones are opened by a click.

    `note` says what readers should know of its values; those of a `scale` are shown in the
    order of the codebook, all others the most first.
    """

    kind: Kind
    label: str
    folded: bool = False
    scale: bool = False
    note: str = ""

    @property
    def key(self) -> str:
        """The key in addresses."""
        return self.kind.value


FACETS = (
    Facet(Kind.STANCE, "Stance", scale=True),
    Facet(Kind.ACTOR, "Country or body",
          note="A group counts with those who were its members on the day said."),
    Facet(Kind.SPEAKER, "Speaker"),
    Facet(Kind.PROVISION, "Article"),
    Facet(Kind.SOURCE, "Source"),
    Facet(Kind.LANGUAGE, "Language"),
    Facet(Kind.REVIEW, "Checked", scale=True),
    Facet(Kind.OFFICE, "Office", folded=True),
    Facet(Kind.TREATY, "Treaty", folded=True),
    Facet(Kind.LEGAL, "Legal judgement", folded=True, scale=True),
    Facet(Kind.EVENT, "Event", folded=True),
    Facet(Kind.FORM, "Form", folded=True),
    Facet(Kind.OWNER, "Owner of the source", folded=True),
    Facet(Kind.DIFFERS, "What reports differ in", folded=True, scale=True),
)  # fmt: skip

# Shown as a histogram beside the days.
MONTHS = Facet(
    Kind.MONTH,
    "Month",
    note="A statement of which only the year is known counts in each month of it.",
)

BY_KEY = {facet.key: facet for facet in (*FACETS, MONTHS)}
