"""Why an article is here or not, for whoever asks by its address."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sources.reasons import REASONS
from sources.urls import LONGEST
from sources.whereabouts import Finding, Kind, whereabouts
from statements.access import Audience, audience
from statements.views.status import may_touch


@dataclass(frozen=True)
class Answer:
    """A finding, and whether the reader may have its work tried again."""

    finding: Finding
    retryable: bool


@audience(Audience.ANALYST)
@require_safe
def why(request: HttpRequest) -> HttpResponse:
    """What is known about the address in `url`, in sentences. Asks no network."""
    url = request.GET.get("url", "").strip()[: LONGEST + 1]
    found = whereabouts(url) if url else []
    context = {
        "url": url,
        "answers": [Answer(finding, _retryable(request, finding)) for finding in found],
    }
    return render(request, "statements/why.html", context)


def _retryable(request: HttpRequest, finding: Finding) -> bool:
    if finding.kind != Kind.ENDED_BADLY or finding.job is None:
        return False
    reason = REASONS.get(finding.job.reason_code)
    return reason is not None and reason.retryable and may_touch(request, finding.article)
