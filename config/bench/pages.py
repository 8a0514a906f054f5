"""Asking a page of this process, and counting what it asks of the database."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client


def ask(client: Client, path: str) -> tuple[float, int]:
    """How many milliseconds a page took, and how many queries.

    Raises `RuntimeError` when it is not there.
    """
    began = time.perf_counter()
    with counted() as asked:
        answer = client.get(path)
    took = (time.perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return took, len(asked)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The queries of the block."""
    asked: list[str] = []

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        yield asked
