"""Random addresses of the timeline, over the statements of `random_statements`."""

from random import Random

from tests.statements.random_statements import FIELDS, STANCES, STATES, WORDS

_VALUES = {
    "actor": [*STATES, *(f"{code}-MFA" for code in STATES), "X-GROUP"],
    "speaker": ["ada-0", "ada-1", "ada-2"],
    "office": ["president", "envoy"],
    "stance": list(STANCES),
    "legal": ["compatible"],
    "treaty": ["ru-kp-2024", "other-pact"],
    "article": ["3", "4", "other-pact.1"],
    "source": [f"courier-{n}" for n in range(4)],
    "owner": ["Invented Group"],
    "lang": ["en", "ko", "zh"],
    "form": ["speech", "interview"],
    "event": ["invented-summit"],
    "review": ["verified", "machine", "second"],
    "differs": list(FIELDS),
    "month": ["2024-01", "2024-06", "2025-02"],
}
_ENDS = ["2023", "2024", "2024-06", "2024-06-30", "2025-01", "2024-02-29"]


def random_params(random: Random) -> dict[str, list[str]]:
    """The parameters of an address that all are known."""
    params: dict[str, list[str]] = {}
    for key in random.sample(list(_VALUES), random.choice([0, 0, 1, 1, 2, 3])):
        values = random.sample(_VALUES[key], random.randint(1, min(2, len(_VALUES[key]))))
        params[random.choice([key, key, f"not_{key}"])] = values
    if "month" not in params and random.random() < 0.1:
        params[random.choice(["month", "not_month"])] = ["undated"]
    if random.random() < 0.3:
        first, last = sorted(random.sample(_ENDS, 2))
        ends = {"from": [first], "to": [last]}
        params |= random.choice([ends, {"from": [first]}, {"to": [last]}])
    if random.random() < 0.5:
        params["q"] = [_line(random)]
    return params


def _line(random: Random) -> str:
    one, two = random.sample(WORDS, 2)
    return random.choice([one, f"{one} {two}", f"{one} OR {two}", f"{one} -{two}", f"-{one}"])
