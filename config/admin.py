"""Accounts in the admin site: nobody raises themselves, and one admin always stays."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest

from statements.access import Audience

if TYPE_CHECKING:
    _UserAdmin = UserAdmin[User]
else:
    _UserAdmin = UserAdmin

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(_UserAdmin):
    """Django's own, but only a superuser makes superusers or grants single permissions.

    Nobody else changes their own groups, and the last account that may look after accounts is
    neither deleted nor switched off nor taken out of its group.
    """

    def get_readonly_fields(
        self, request: HttpRequest, obj: User | None = None
    ) -> tuple[str, ...]:
        fixed = {"last_login", "date_joined"}
        if not _is_superuser(request):
            fixed |= {"is_superuser", "user_permissions"}
            if obj is not None and obj.pk == request.user.pk:
                fixed |= {"is_staff", "is_active", "groups"}
        if obj is not None and _is_last_admin(obj):
            fixed |= {"is_superuser", "is_staff", "is_active", "groups"}
        return tuple(sorted(fixed))

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser's account, its password too, is changed by superusers only."""
        allowed = super().has_change_permission(request, obj)
        return allowed and not _is_above(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj is not None and (obj.pk == request.user.pk or _is_last_admin(obj)):
            return False
        allowed = super().has_delete_permission(request, obj)
        return allowed and not _is_above(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Accounts are deleted one by one, where the checks above are made."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


def _is_superuser(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_superuser


def _is_above(request: HttpRequest, account: User | None) -> bool:
    return account is not None and account.is_superuser and not _is_superuser(request)


def _is_last_admin(account: User) -> bool:
    """Whether no other active account may look after accounts."""
    admins = User.objects.filter(
        Q(is_superuser=True) | Q(groups__name=Audience.ADMIN.group), is_active=True
    )
    return admins.filter(pk=account.pk).exists() and not admins.exclude(pk=account.pk).exists()
