"""The versions of an article, and what changed from one of them to another."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import date as format_date

from sources.models import Article, Snapshot
from statements.views.statement import Change
from statements.word_diff import WordDiff, word_diff

# The list counts words for so many changes, and in texts of so many characters at most.
_COUNTED = 6
_COUNTED_LENGTH = 50_000


@dataclass(frozen=True)
class Version:
    """A version in the list of them, and the one before it with which it is compared.

    `read_anew`: both are the same bytes, which another reader read. `diff` is None where the
    texts are the same, or where nobody counted.
    """

    snapshot: Snapshot
    before: Snapshot | None = None
    read_anew: bool = False
    diff: WordDiff | None = None

    @property
    def differs(self) -> bool:
        """Whether there is something to compare: another text, headline, byline or day."""
        if self.before is None:
            return False
        other_text = self.before.text_sha256 != self.snapshot.text_sha256
        return other_text or bool(_stated_changes(self.before, self.snapshot))


def listed(readable: list[Snapshot]) -> list[Version]:
    """The versions, newest first as they are given, each beside the one before it.

    Bytes that were read anew are compared with what the last reader made of them.
    """
    versions = []
    for index, snapshot in enumerate(readable):
        older = readable[index + 1 :]
        same_bytes = next((one for one in older if _read_anew(one, snapshot)), None)
        before = same_bytes or next(iter(older), None)
        versions.append(Version(snapshot, before, same_bytes is not None))
    return _counted(versions)


def compare_versions(
    request: HttpRequest, row: Article, readable: list[Snapshot]
) -> HttpResponse:
    """What the version `v` has that the version `against` has not, and the other way round."""
    wanted = [request.GET.get(name, "") for name in ("against", "v")]
    known = {str(version.pk): version for version in readable}
    if any(pk not in known for pk in wanted):
        raise Http404("The article has no such version.")
    old, new = (known[pk] for pk in wanted)
    texts = _texts([old.pk, new.pk])
    diff = word_diff(texts[old.pk], texts[new.pk])
    context = {
        "article": row,
        "old": old,
        "new": new,
        "diff": diff,
        "stated": _stated_changes(old, new),
        "read_anew": _read_anew(old, new),
    }
    return render(request, "statements/changes.html", context)


def _read_anew(old: Snapshot, new: Snapshot) -> bool:
    return old.sha256 == new.sha256 and old.reader != new.reader


def _counted(versions: list[Version]) -> list[Version]:
    """The versions with the words counted that came and went, for the newest of them."""
    pairs = {
        version.snapshot.pk: (version.before.pk, version.snapshot.pk)
        for version in versions
        if version.before and version.before.text_sha256 != version.snapshot.text_sha256
    }
    pairs = dict(list(pairs.items())[:_COUNTED])
    if not pairs:
        return versions
    texts = _texts((pk for pair in pairs.values() for pk in pair), _COUNTED_LENGTH)
    diffs = {
        pk: word_diff(texts[old], texts[new])
        for pk, (old, new) in pairs.items()
        if old in texts and new in texts
    }
    return [replace(one, diff=diffs.get(one.snapshot.pk)) for one in versions]


def _texts(snapshots: Iterable[int], longest: int | None = None) -> dict[int, str]:
    found = Snapshot.objects.filter(pk__in=set(snapshots))
    if longest is not None:
        found = found.annotate(length=Length("text")).filter(length__lte=longest)
    return dict(found.values_list("pk", "text"))


def _stated_changes(old: Snapshot, new: Snapshot) -> list[Change]:
    """What the page states about itself and stated otherwise before."""
    stated = [
        ("Headline", old.title, new.title),
        ("Byline", old.byline, new.byline),
        ("Published on", _day(old), _day(new)),
    ]
    return [
        Change(name, before or "–", after or "–")
        for name, before, after in stated
        if before != after
    ]


def _day(snapshot: Snapshot) -> str:
    return format_date(snapshot.published_on, "j F Y") if snapshot.published_on else ""
