"""What `./run bench` measures can be measured with the models as they are."""

import pytest

from config.bench import ledger, ledger_rows
from statements.models import Position, Statement


@pytest.mark.django_db
def test_an_invented_ledger_is_written_and_its_pages_are_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (ledger, ledger_rows):
        monkeypatch.setattr(module, "VERSIONS", 60)
    said: list[str] = []

    ledger.measure(said.append, statements=140, rounds=2)

    assert Statement.objects.count() == 140
    assert Statement.objects.filter(version__gte=60).count() == 1
    assert Position.objects.by_person().exists()
    measured = [line for line in said if line.startswith("/") and " queries" in line]
    assert len(measured) > 15
    assert any(line.startswith("/changes/?kind=merge: ") for line in measured)
