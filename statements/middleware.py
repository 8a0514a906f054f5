"""Refuses whoever is not in a view's audience, and says what caches may keep."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers, patch_cache_control

from statements.access import Audience, audience_of, reader_of

log = logging.getLogger(__name__)


class AudienceMiddleware:
    """Lets a request through to its view only when its reader is in the view's audience.

    A view without a declared audience is refused to everybody. The admin site has its own
    checks and is left to them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            add_never_cache_headers(response)
        elif response.status_code == HTTPStatus.MOVED_PERMANENTLY:
            # Browsers keep such an answer for ever, and a merge can be undone.
            patch_cache_control(response, no_cache=True)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Answer instead of the view when the reader may not see it."""
        match = request.resolver_match
        if match is not None and "admin" in match.app_names:
            return None
        wanted = audience_of(view)
        if wanted is None:
            log.error("the view of %s declares no audience", request.path)
            raise PermissionDenied
        if wanted is Audience.PUBLIC or reader_of(request).standing >= wanted:
            return None
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())
