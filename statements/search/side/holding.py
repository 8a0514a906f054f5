"""The index of this process: loaded beside its work, kept at the database's moment."""

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import Lock, Thread
from time import monotonic

from django.db import DatabaseError, connection, transaction

from statements.models import SearchBase
from statements.search.limits import limited
from statements.search.side.asking_back import AskingBack, Moved, Pieces
from statements.search.side.catching_up import (
    Now,
    changes_since,
    look,
    printed_now,
    take_in,
)
from statements.search.side.index import Index
from statements.search.side.moments import Moment
from statements.search.side.storing import Unreadable, give_up, read, usable

log = logging.getLogger(__name__)

# A search waits for so many changes to be taken in; more of them are left to another thread.
AT_ONCE = 2_000
# For so many a new base is waited for.
MOST = 50_000
# Who else searches in this process is waited for so long; then the database answers, which of a
# million statements takes as long as fifty answers of the index.
PATIENCE = 0.5  # seconds
# After a base could not be loaded, the next is tried for not sooner.
PAUSE = 10.0  # seconds


_loads = count()


class Held:
    """An index and the moment that it is at."""

    def __init__(self, base: SearchBase, index: Index) -> None:
        self.generation = base.generation
        self.moment = base.moment
        self.index = index
        self._base_moment = base.moment
        self._pieces = Pieces(base.generation, base.moment)
        self._now: Now | None = None
        self._file: int | None = None
        self._number = next(_loads)
        self._taken_in = 0

    @property
    def version(self) -> tuple[int, int]:
        """Another as soon as any entry is another, and never that of another index."""
        return self._number, self._taken_in

    @property
    def database(self) -> AskingBack:
        """What the index asks for while it answers as of its moment."""
        return AskingBack(self._pieces, self.moment)

    def catch_up(self, most: int) -> Now | None:
        """Take in what has changed; None when that is more than so much, or there is no room.

        The transaction must see all that the index knows.
        """
        now, changes = changes_since(Moment.parse(self.moment), most)
        self._file = self._file or now.file
        if len(changes) > most or not self.index.room(len(changes)):
            return None
        if self.is_seen_by(now) and not now.writing:
            take_in(self.index, changes)
            self._taken_in += len(changes)
            self.moment, self._now = now.printed, now
        return now

    def known(self) -> Now:
        """What is known already of the moment of this transaction. Raises `Moved` when that is
        another than the index is at."""
        if self._now is None or self._now.printed != printed_now():
            raise Moved
        return self._now

    def is_seen_by(self, now: Now) -> bool:
        """Whether that moment sees all that the index knows."""
        return self.moment == now.printed or now.moment.sees(Moment.parse(self.moment))

    def is_kept_by(self, now: Now) -> bool:
        """Whether the base that it was loaded from is there then, and the entries are its own."""
        return now.file == self._file and now.bases.get(self.generation) == self._base_moment


class Holder:
    """The one index of a process. Threads take turns at it."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._starting = Lock()
        self._held: Held | None = None
        self._loading: Thread | None = None
        self._loads = False
        self._behind = False
        self._not_before = 0.0
        self._useless: int | None = None

    @contextmanager
    def at_once(self) -> Iterator[Held | None]:
        """Have the index to oneself, if it is at the moment of the call; None when there is none.

        Only to know the moment is asked of the database, which nobody can delay. What is asked
        within the block is of one transaction that is `limited`. It may see a later moment than
        the index: `Moved` is raised then, as it is when the index has to catch up first.
        """
        with self._at_turn() as held:
            if held is None or not self._see(held, held.known(), fresh=True):
                yield None
                return
            with limited():
                yield held

    @contextmanager
    def at_hand(self, *, fresh: bool) -> Iterator[Held | None]:
        """Have the index to oneself, at the moment of this transaction; None when there is none
        of that.

        `fresh` says that the transaction has seen nothing yet.
        """
        with self._at_turn() as held:
            usable = held is not None and self._see(held, held.catch_up(AT_ONCE), fresh)
            yield held if usable else None

    def without(self) -> str:
        """The moment of a transaction that has no index, which is what one is missing for."""
        now = look()
        self._wish(now)
        return now.printed

    @contextmanager
    def _at_turn(self) -> Iterator[Held | None]:
        if not self._held or self._behind or not self._turn.acquire(timeout=PATIENCE):
            yield None
            return
        try:
            # Who had the turn before may have let go of it.
            yield self._held
        finally:
            self._turn.release()

    def _see(self, held: Held, now: Now | None, fresh: bool) -> bool:
        """Whether the index is at that moment; None is one that is too far from its own."""
        if now is None:
            self._behind = True
            self.begin()
            return False
        if not held.is_kept_by(now) or (fresh and not held.is_seen_by(now)):
            # Its pieces are gone, or the database has gone back to an earlier moment.
            self._held = None
            self._wish(now)
            return False
        self._wish(now)
        return held.is_seen_by(now) and not now.writing

    def _wish(self, now: Now) -> None:
        """Load the newest base beside, if this process loads any and has another, unless that was
        in vain."""
        held = self._held.generation if self._held is not None else None
        useless = now.newest in {None, self._useless, held}
        if self._loads and not useless and monotonic() >= self._not_before:
            self.begin()

    def begin(self) -> None:
        """Load the newest base beside, or catch up; at once if that is not being done.

        From now on each newer base is, too. A process that never calls this, or `warm`, searches
        by SQL: a worker or a shell has no use for hundreds of megabytes.
        """
        self._loads = True
        with self._starting:
            if self._loading is None:
                self._loading = Thread(target=self._beside, name="search-base", daemon=True)
                self._loading.start()

    def _beside(self) -> None:
        try:
            if self._behind:
                self._catch_up()
            else:
                self._load()
                _leave_to_stay()
        except DatabaseError as error:
            log.warning("the search's base could not be loaded: %s", error)
        finally:
            connection.close()
            self._behind = False
            with self._starting:
                self._not_before = monotonic() + PAUSE
                self._loading = None

    def warm(self) -> bool:
        """Load the newest base, or wait until that is done; whether there is an index now."""
        self._loads = True
        with self._starting:
            loading = self._loading
        if loading is not None:
            loading.join()
        newest, held = SearchBase.objects.first(), self._held
        if newest is not None and (held is None or held.generation != newest.generation):
            self._load()
        return self._held is not None

    def _load(self) -> None:
        try:
            with _one_moment():
                if (base := usable()) is None:
                    newest = SearchBase.objects.first()
                    self._useless = newest.generation if newest else None
                    return
                held = Held(base, read(base))
                caught_up = held.catch_up(MOST)
        except Unreadable as error:
            log.warning("the search's base cannot be read, and a new one is due: %s", error)
            self._useless = error.generation
            give_up(error.generation)
            return
        with self._turn:
            self._keep(held, caught_up)

    def _catch_up(self) -> None:
        with self._turn, _one_moment():
            if (held := self._held) is not None:
                self._keep(held, held.catch_up(MOST))

    def _keep(self, held: Held, caught_up: Now | None) -> None:
        if caught_up is None:
            self._held, self._useless = None, held.generation
        else:
            self._held = held

    def forget(self) -> None:
        """Let go of the index, and load none."""
        with self._turn:
            self._held, self._useless, self._not_before = None, None, 0.0
            self._loads = False


def _leave_to_stay() -> None:
    """Spare what is there now the looks of the garbage collector.

    The program and its index are some 200,000 objects that stay, and each full collection looked
    at all of them: 90 ms and more within somebody's search. What has become garbage since the
    last time is collected first, with the index that was replaced.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@contextmanager
def _one_moment() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


HOLDER = Holder()
