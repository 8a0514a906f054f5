"""Accounts: nobody raises themselves, and one admin always stays."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def account(group: str, **values: object) -> User:
    user: User = UserFactory(is_staff=True, **values)
    user.groups.add(Group.objects.get(name=group))
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form_of(user: User, **values: object) -> dict[str, object]:
    """What the admin site's form sends for an account."""
    return {
        "username": user.username,
        "is_active": "on",
        "is_staff": "on",
        "date_joined_0": "2025-01-01",
        "date_joined_1": "00:00:00",
        "groups": [group.pk for group in user.groups.all()],
        **values,
    }


def test_editors_do_not_look_after_accounts() -> None:
    assert signed_in(account("editor")).get("/admin/auth/user/").status_code == 403


def test_an_admin_does_not_become_a_superuser() -> None:
    admin = account("admin")
    address = f"/admin/auth/user/{admin.pk}/change/"

    response = signed_in(admin).post(address, form_of(admin, is_superuser="on"))

    assert response.status_code == 302
    admin.refresh_from_db()
    assert not admin.is_superuser


def test_an_admin_gives_another_account_its_groups() -> None:
    admin, other = account("admin"), account("viewer")
    editor = Group.objects.get(name="editor")

    signed_in(admin).post(
        f"/admin/auth/user/{other.pk}/change/", form_of(other, groups=[editor.pk])
    )

    assert list(other.groups.all()) == [editor]


def test_the_account_of_a_superuser_is_out_of_reach_of_an_admin() -> None:
    admin, superuser = account("admin"), UserFactory(is_superuser=True)
    client = signed_in(admin)

    changed = client.post(f"/admin/auth/user/{superuser.pk}/password/", {})
    deleted = client.post(f"/admin/auth/user/{superuser.pk}/delete/", {"post": "yes"})

    assert (changed.status_code, deleted.status_code) == (403, 403)


def test_the_last_admin_stays() -> None:
    superuser = UserFactory(is_superuser=True, is_staff=True)
    client = signed_in(superuser)

    client.post(
        f"/admin/auth/user/{superuser.pk}/change/", form_of(superuser, is_active="", groups=[])
    )
    client.post(f"/admin/auth/user/{superuser.pk}/delete/", {"post": "yes"})

    superuser.refresh_from_db()
    assert superuser.is_active
    assert superuser.is_superuser


def test_nobody_changes_the_log_of_reviews_in_the_admin_site() -> None:
    for deed in ("add", "change", "delete"):
        assert not account("admin").has_perm(f"statements.{deed}_review") or deed == "add"
