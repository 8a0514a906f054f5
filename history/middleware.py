"""What a signed-in person changes by a request is recorded as theirs."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase

from history.acting import acting

_READING = {"GET", "HEAD", "OPTIONS", "TRACE"}


class ActingMiddleware:
    """Makes every change of one request one deed of the person who sent it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in _READING or not isinstance(request.user, User):
            return self.get_response(request)
        with acting(request.user):
            return self.get_response(request)
