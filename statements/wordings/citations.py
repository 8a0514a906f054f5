"""Articles and resolutions that a text cites by their number, in the languages read here. Pure."""

import regex

# «Article 4», «Arts. 4 and 8», «статья 4», «4-я статья», «제4조», «第4条».
ARTICLE = regex.compile(
    r"\b(?:[Aa]rticles?|[Aa]rts?\.)\s*(?P<n>\d{1,2})(?:\s*(?:,|and|or|&|–|-)\s*(?P<n>\d{1,2}))*\b"
    r"|\b[Сс]тат(?:ь[яеиёю]й?|ей|ьям?и?|ьях)\s*(?P<n>\d{1,2})(?:\s*(?:,|и|или)\s*(?P<n>\d{1,2}))*\b"
    r"|\b(?P<n>\d{1,2})-(?:я|й|ю|ей|ой)\s+стать(?:я|и|ю|ёй|ей|е)\b"
    r"|\b[Сс]т\.\s*(?P<n>\d{1,2})\b|제\s*(?P<n>\d{1,2})\s*조|第\s*(?P<n>\d{1,2})\s*条"
)
# «resolution 1718», «UNSCRs 1718 and 1874», «резолюция № 1718», «결의 1718호», «決議第1718号».
RESOLUTION = regex.compile(
    r"(?:\b(?:[Rr]esolutions?|UNSCRs?|[Рр]езолюци\p{L}{1,3})|결의안?|決議)\s*(?:(?:№|No\.|nos?\.|第|제)\s*)?"
    r"(?P<n>\d{3,4})\b(?:\s*\(\d{4}\))?(?:,?\s*(?:,|and|и|및|と|、)\s*(?P<n>\d{3,4})\b(?:\s*\(\d{4}\))?)*"
)
# What an article is one of, right behind its number: «Article 5 of the NATO treaty».
_OF_OTHER = regex.compile(r"\s+of\s+(?:the\s+|its\s+)?(?P<what>[^.;,]{3,60})")
_OTHER = regex.compile(r"\b(?:Charter|NATO|Constitution|Statute|North Atlantic|Convention)\b")


def articles(text: str) -> dict[str, str]:
    """Return the numbers of articles cited, with the words that cite them.

    Those of the Charter or of an organisation's treaty are left out.

    >>> articles("Article 4, not Article 51 of the UN Charter")
    {'4': 'Article 4'}
    """
    return {
        number: match.group()
        for match in ARTICLE.finditer(text)
        if not _of_charter(text, match.end())
        for number in match.captures("n")
    }


def provisions(text: str) -> frozenset[str]:
    """Return what a text cites by number, as readers read it.

    >>> sorted(provisions("Article 4 breaks resolutions 1718 and 1874"))
    ['Article 4', 'resolution 1718', 'resolution 1874']
    """
    resolutions = (n for match in RESOLUTION.finditer(text) for n in match.captures("n"))
    return frozenset(
        [*(f"Article {n}" for n in articles(text)), *(f"resolution {n}" for n in resolutions)]
    )


def without_citations(text: str) -> str:
    """Return the text with its citations of articles and resolutions blanked."""
    return str(RESOLUTION.sub(" ; ", ARTICLE.sub(" ; ", text)))


def _of_charter(text: str, end: int) -> bool:
    """Whether the article is one of the Charter or of an organisation's treaty."""
    found = _OF_OTHER.match(text, end)
    return found is not None and bool(_OTHER.search(found["what"]))
