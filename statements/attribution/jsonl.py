"""The exchange format of scorers and scripts: one JSON document a line in, one out."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, TextIO

from statements.attribution.engine import attribute
from statements.attribution.register import Register
from statements.attribution.values import Attribution


def as_json(attribution: Attribution) -> dict[str, Any]:
    """An attribution as plain values, as the format has it."""
    first = attribution.voices[0] if attribution.voices else None
    return {
        "start": attribution.start,
        "end": attribution.end,
        "kind": attribution.kind,
        "spans": [list(span) for span in attribution.spans],
        "speaker_start": first.start if first else None,
        "speaker_end": first.end if first else None,
        "speaker": "; ".join(voice.name for voice in attribution.voices),
        "speakers": [
            {
                "name": voice.name,
                "office": voice.office,
                "office_printed": voice.office_printed,
                "tense": voice.office_tense,
                "country": voice.country,
                "id": voice.speaker_id,
                "reason": voice.reason,
            }
            for voice in attribution.voices
        ],
        "cue": attribution.cue,
        "office": first.office if first else "",
        "country": first.country if first else "",
        "said_on": attribution.said_on.isoformat() if attribution.said_on else None,
        "precision": attribution.precision,
        "said_on_basis": attribution.said_on_basis,
        "form": attribution.occasion.form if attribution.occasion else "",
        "place": attribution.occasion.place if attribution.occasion else "",
        "confidence": attribution.confidence,
        "rule": attribution.rule,
        "modality": attribution.modality,
        "via": attribution.via,
        "warnings": list(attribution.warnings),
    }


def attribute_lines(lines: Iterable[str], output: TextIO, register: Register) -> None:
    """Attribute each document `{id, text, [title, date, source]}` and write its statements."""
    for line in lines:
        if not line.strip():
            continue
        document = json.loads(line)
        found = attribute(
            document["text"],
            published_on=_day(document.get("date")),
            register=register,
            source=document.get("source"),
        )
        answer = {"id": document["id"], "statements": [as_json(item) for item in found]}
        output.write(json.dumps(answer, ensure_ascii=False) + "\n")


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
