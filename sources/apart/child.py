"""The process that takes hostile bytes apart. It can compute, answer and nothing else.

`python -m sources.apart.child LIMITS`: orders come on standard input and answers go to
standard output, one after the other, until the input ends. Imports no Django.
"""

import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from typing import BinaryIO

from sources.apart import answers
from sources.apart.frames import Frame, receive
from sources.apart.limits import Limits, Memory, grant, shut_in
from sources.apart.warming import warm_up
from sources.feeds import FeedError, parse_feed
from sources.rules import RulesError, leave_for
from sources.text import READER, PageError, read_page

_PARENT_SECONDS = 1.0  # between looks whether the parent is still there


def main() -> None:
    """Serve the parent until it goes, or until the answer that says it was the last."""
    limits = Limits(**json.loads(sys.argv[1]))
    orders, replies = _pipes()
    _end_with_parent()
    warm_up()
    # What is here now stays; looking through it for garbage again and again is of no use.
    gc.collect()
    gc.freeze()
    memory = Memory()
    # Errors up to here are for the log; what a page makes a library say is not.
    _silence()
    shut_in(limits)
    _send(replies, Frame({"reader": READER}))
    for count, order in enumerate(_received(orders), 1):
        grant(limits.computing)
        answer = _answer(order)
        exhausted = memory.most_addressed() > limits.memory * 7 // 8
        if exhausted:
            # A library may have made do without what it could not have; so nobody knows
            # what is missing from the answer.
            answer = answers.of_excess(f"{limits.memory >> 20} MiB of memory")
        last = exhausted or count >= limits.tasks
        last = last or memory.resident() > limits.resident
        _send(replies, Frame({**answer.header, "last": last}, answer.payload))
        if last:
            return


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The way in and the way out; what a library prints goes neither way."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, replies


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _end_with_parent() -> None:
    """End within a second of the parent, even in the midst of a task."""
    parent = os.getppid()

    def look(*_: object) -> None:
        if os.getppid() != parent:
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _PARENT_SECONDS, _PARENT_SECONDS)


def _received(orders: BinaryIO) -> Iterator[Frame]:
    """The orders until the parent closes its end."""

    def take(size: int) -> bytes:
        taken = orders.read(size)
        if len(taken) < size:
            raise EOFError
        return taken

    while True:
        try:
            yield receive(take)
        except EOFError:
            return


def _send(replies: BinaryIO, frame: Frame) -> None:
    replies.writelines(frame.pieces())
    replies.flush()


def _answer(order: Frame) -> Frame:
    """Do one task; whatever it raises is an answer too."""
    try:
        return _done(order)
    except (PageError, FeedError, RulesError) as error:
        return answers.of_refusal(error)
    except MemoryError:
        return answers.of_excess("memory")
    except Exception as error:  # noqa: BLE001 - a fault of ours or a library's; it is logged
        return answers.of_fault(error, traceback.format_exc(limit=-20))


def _done(order: Frame) -> Frame:
    header = dict(order.header)
    match header.pop("task"):
        case "page":
            return answers.of_page(read_page(order.payload, **header))
        case "feed":
            return answers.of_feed(parse_feed(order.payload, **header))
        case "rules":
            return answers.of_leave(leave_for(order.payload.decode(), **header))
        case task:
            raise ValueError(f"no such task: {task}")


if __name__ == "__main__":
    main()
