"""The addresses of the reading pages."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
