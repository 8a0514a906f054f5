"""Signing in and out."""

from django.contrib.auth.views import LoginView, LogoutView

from statements.access import Audience, audience

login = audience(Audience.PUBLIC)(LoginView.as_view(redirect_authenticated_user=True))
logout = audience(Audience.PUBLIC)(LogoutView.as_view())
