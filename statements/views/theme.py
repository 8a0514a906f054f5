"""Light, dark, or as the reader's system has it: a choice kept in a cookie."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from statements.access import Audience, audience

COOKIE = "theme"
THEMES = ("light", "dark")
_YEAR = 365 * 24 * 3600  # seconds


@audience(Audience.PUBLIC)
@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice and go back; anything but light or dark goes by the system again."""
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    ):
        back = reverse("timeline")
    response = HttpResponseRedirect(back)
    chosen = request.GET.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            COOKIE, chosen, max_age=_YEAR, secure=request.is_secure(), samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def theme_of(request: HttpRequest) -> str:
    """The theme that the reader chose, or the empty string."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else ""
