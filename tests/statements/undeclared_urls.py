"""An address whose view forgot to say for whom it is."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


urlpatterns = [path("undeclared/", undeclared), path("", include("config.urls"))]
