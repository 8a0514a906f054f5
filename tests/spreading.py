"""How tests are spread over the processes of one run; loaded before pytest-xdist asks for it."""

from itertools import groupby

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.scheduler.protocol import Scheduling


class InOrder(LoadScopeScheduling):
    """Hands out the tests file by file, in the order in which one process would run them.

    That order is pytest-django's: first what is rolled back, then what commits and empties all
    tables behind it, also of what migrations put there, and last what has no database. A process
    that is handed nothing from further up never meets tables that another test has emptied.
    """

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False
        self._unit: dict[str, str] = {}

    def _split_scope(self, nodeid: str) -> str:
        """The unit of this test: those of its file that follow each other."""
        if not self._unit:
            files = groupby(self.collection or (), key=lambda one: one.split("::", 1)[0])
            for number, (file, tests) in enumerate(files):
                self._unit |= dict.fromkeys(tests, f"{number} {file}")
        return self._unit[nodeid]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """However many processes run, this is how they are given their tests."""
    return InOrder(config, log)
