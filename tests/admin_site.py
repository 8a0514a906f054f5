"""Ways into the admin site for tests."""

from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory


def address(model: type[Model], page: str, *args: object) -> str:
    """The address of a page of a table: changelist, add, change or delete with the row's key."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def member(group: str) -> Client:
    """The browser of somebody in a group who may open the admin site."""
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return _browser_of(user)


def superuser() -> Client:
    """The browser of a superuser called «root-of-tests»."""
    return _browser_of(UserFactory(username="root-of-tests", is_staff=True, is_superuser=True))


def _browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
