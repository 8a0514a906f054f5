"""Who may see which view. Deny by default: a view says for whom it is, or nobody sees it.

Groups are made by the migrations of `config`. They grow: an analyst may all that a viewer may,
an editor all that an analyst may, an admin all of it. A superuser counts as admin.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

View = TypeVar("View", bound=Callable[..., Any])


class Audience(IntEnum):
    """Who may see a view; each includes those above it."""

    PUBLIC = 0
    VIEWER = 1
    ANALYST = 2
    EDITOR = 3
    ADMIN = 4

    @property
    def group(self) -> str:
        """The name of the group in the database."""
        return self.name.lower()


def audience(wanted: Audience) -> Callable[[View], View]:
    """Declare for whom a view is. `AudienceMiddleware` refuses everybody else."""

    def declare(view: View) -> View:
        view.audience = wanted  # type: ignore[attr-defined]
        return view

    return declare


def audience_of(view: Callable[..., Any]) -> Audience | None:
    """The declared audience of a view, None when it declares none."""
    declared = getattr(view, "audience", None)
    return declared if isinstance(declared, Audience) else None


def standing_of(user: AbstractBaseUser | AnonymousUser) -> Audience:
    """The highest audience that a user belongs to; one query for somebody signed in."""
    if not isinstance(user, User) or not user.is_active:
        return Audience.PUBLIC
    if user.is_superuser:
        return Audience.ADMIN
    groups = set(user.groups.values_list("name", flat=True))
    return max((a for a in Audience if a.group in groups), default=Audience.PUBLIC)


@dataclass(frozen=True)
class Reader:
    """What the reader of a page may do, for templates and views."""

    standing: Audience

    @property
    def sees_drafts(self) -> bool:
        """Rejected statements, and why the machine took the words for a statement."""
        return self.standing >= Audience.VIEWER

    @property
    def adds(self) -> bool:
        """Add articles; open stored bytes."""
        return self.standing >= Audience.ANALYST

    @property
    def publishes(self) -> bool:
        """Publish, reject, merge and withdraw; retry and cancel work."""
        return self.standing >= Audience.EDITOR


def reader_of(request: HttpRequest) -> Reader:
    """The reader of this request, asked of the database once."""
    known = getattr(request, "_reader", None)
    if isinstance(known, Reader):
        return known
    reader = Reader(standing_of(request.user))
    request._reader = reader  # type: ignore[attr-defined]
    return reader


def reader(request: HttpRequest) -> dict[str, object]:
    """Context processor: `reader` in every template. A page that does not ask stays cacheable."""
    return {"reader": SimpleLazyObject(lambda: reader_of(request))}
