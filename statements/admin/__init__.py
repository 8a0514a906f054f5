"""The admin site of this room, a module for each kind of rows."""

from statements.admin import desk, exchange, register, search, statements, treaties

__all__ = ["desk", "exchange", "register", "search", "statements", "treaties"]
