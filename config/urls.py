"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from config.health import healthz

admin.site.site_header, admin.site.site_title = "Demarche administration", "Demarche"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("", include("statements.urls")),
]
handler500 = "statements.views.pages.server_error"
