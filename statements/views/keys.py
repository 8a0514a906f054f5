"""Whether single keys decide at the desk: a choice kept in a cookie."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from statements.access import Audience, audience

COOKIE = "keys"
_OFF = "off"
_YEAR = 365 * 24 * 3600  # seconds


@audience(Audience.PUBLIC)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Keep the choice and go back; anything but off switches them on."""
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    ):
        back = reverse("help")
    response = HttpResponseRedirect(back)
    if request.GET.get("keys") == _OFF:
        response.set_cookie(
            COOKIE, _OFF, max_age=_YEAR, secure=request.is_secure(), samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def keys_are_on(request: HttpRequest) -> bool:
    """Whether this reader has left them on."""
    return request.COOKIES.get(COOKIE) != _OFF
