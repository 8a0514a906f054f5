"""The timeline's newest statements as an Atom feed."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from statements.access import Audience, audience
from statements.models import Party, Statement
from statements.search.asking import Part
from statements.search.finding import find
from statements.search.limits import TooBroad, together
from statements.streaming import not_made, too_broad
from statements.templatetags.days import day_of_saying
from statements.timeline.about import TERMS, about, page_address
from statements.timeline.chips import title_of
from statements.timeline.form import TimelineForm
from statements.timeline.paging import in_order
from statements.views.latest import with_rows

NEWEST = 50


@audience(Audience.PUBLIC)
@require_safe
@together()
def timeline_atom(request: HttpRequest) -> HttpResponse:
    """The fifty newest statements that fit. An entry's id is permanent; `updated` follows its
    revisions. A misspelt name leads to the feed of what is meant."""
    form = TimelineForm(request.GET)
    if (otherwise := not_made(request, form)) is not None:
        return otherwise
    try:
        newest = find(form.query, Part(NEWEST), ())
    except TooBroad as error:
        return too_broad(error)
    query = form.canonical()
    version = about(form)["dataset_version"]
    feed = Atom1Feed(
        title=f"Demarche: {title_of(form)}",
        link=page_address(form),
        description="Who said what about the pact, newest first",
        feed_url=f"{settings.SITE_URL}{request.path}" + (f"?{query}" if query else ""),
        language="en",
        feed_copyright=f"{TERMS} Version {version}." if version else TERMS,
    )
    for statement in in_order(newest.statements, with_rows):
        _add(feed, statement)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")


def _add(feed: Atom1Feed, statement: Statement) -> None:
    voices = [party for party in statement.parties.all() if party.role in Party.VOICES]
    names = ", ".join(party.name for party in voices) or "Unnamed speaker"
    day = day_of_saying(statement) or "day not known"
    checked = statement.get_status_display()
    feed.add_item(
        title=f"{names}, {day}",
        link=f"{settings.SITE_URL}{statement.get_absolute_url()}",
        description=f"{_words(statement)} ({checked})",
        unique_id=f"{settings.SITE_URL}{statement.get_absolute_url()}",
        author_name=names,
        pubdate=datetime.combine(statement.said_on, time(), UTC) if statement.said_on else None,
        updateddate=statement.changed_at,
    )


def _words(statement: Statement) -> str:
    """The words; where there is but an editor's summary, that, called so, and what is printed."""
    if not statement.summarised:
        return statement.text
    printed = ", ".join(f"“{fragment.words}”" for fragment in statement.fragments)
    return f"Summary by an editor: {statement.text}" + (
        f" Printed: {printed}" if printed else ""
    )
