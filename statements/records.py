"""One statement as plain values, for JSON and for exports."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from statements.last_seen import Page
from statements.models import Attestation, EventMention, Party, Position, Statement
from statements.printings import independence_of
from statements.tellings import fields_at_hand


def statement_record(statement: Statement, pages: Mapping[int, Page]) -> dict[str, Any]:
    """Return everything about a statement that readers see. Days are ISO, offsets characters.

    The statement is one of `views.latest.with_record`. `merged_from` are the ids of those that
    became this one. `pages` holds the last page seen of each reporting article, by its primary key.
    """
    return {
        "id": statement.public_id,
        "url": f"{settings.SITE_URL}{statement.get_absolute_url()}",
        "version": statement.version,
        "status": statement.status,
        "merged_from": sorted(one.public_id for one in statement.merged.all()),
        "text": statement.text,
        "summarised": statement.summarised,
        "fragments": [fragment.words for fragment in statement.fragments],
        "language": statement.language,
        "translation": statement.translation or None,
        "translation_language": statement.translation_language or None,
        "said_on": statement.said_on.isoformat() if statement.said_on else None,
        "said_on_to": statement.said_on_to.isoformat() if statement.said_on_to else None,
        "said_on_precision": statement.said_on_precision,
        "said_on_basis": statement.said_on_basis,
        "place": statement.place or None,
        "form": statement.form or None,
        "event": statement.event.slug if statement.event else None,
        "event_reason": statement.event_reason or None,
        "parties": [_party(party) for party in statement.parties.all()],
        "positions": [_position(position) for position in statement.positions.all()],
        "events_mentioned": [_mention(one) for one in statement.event_mentions.all()],
        "differs": fields_at_hand(statement),
        "independence": _independence(list(statement.attestations.all())),
        "reports": [_report(report, pages) for report in statement.attestations.all()],
    }


def _independence(reports: list[Attestation]) -> dict[str, Any] | None:
    """Who printed it first, what ties the outlets, and the lines of reporting that are left."""
    found = independence_of(reports)
    if found is None:
        return None
    return {
        "first_seen": found.first.slug,
        "first_seen_on": found.first.day.isoformat() if found.first.day else None,
        "articles": found.articles,
        "ties": [tie.why for tie in found.ties],
        "lines": [list(line) for line in found.lines],
    }


def _party(party: Party) -> dict[str, Any]:
    return {
        "role": party.role,
        "name": party.name,
        "printed": party.printed or None,
        "speaker": party.speaker.slug if party.speaker else None,
        "office": party.office.title if party.office else None,
        "printed_office": party.printed_office or None,
        "actor": party.actor.code if party.actor else None,
    }


def _position(position: Position) -> dict[str, Any]:
    return {
        "treaty": position.treaty.slug if position.treaty else None,
        "article": position.provision.number if position.provision else None,
        "stance": position.stance,
        "value": position.value,
        "legal": position.legal,
        "object": position.object or None,
        "modality": position.modality or None,
        "coded_by": "editor" if position.coder_id else "machine",
        "where": position.where or None,
        "named": position.named or None,
        "rule": position.rule or None,
        "evidence": position.evidence or None,
        "version": position.version or None,
        "codebook": position.codebook or None,
    }


def _mention(mention: EventMention) -> dict[str, Any]:
    return {
        "event": mention.event.slug,
        "where": mention.where,
        "printed": mention.printed,
        "version": mention.version,
    }


def _report(report: Attestation, pages: Mapping[int, Page]) -> dict[str, Any]:
    snapshot = report.snapshot
    page = pages.get(snapshot.article_id)
    return {
        "id": report.pk,
        "source": snapshot.article.source.slug,
        "article": snapshot.article_id,
        "article_state": snapshot.article.state,
        "seen_at": page.seen_at.isoformat() if page else None,
        "address": snapshot.address or None,
        "origin": snapshot.origin,
        "title": snapshot.title,
        "published_on": snapshot.published_on.isoformat() if snapshot.published_on else None,
        "captured_at": snapshot.fetched_at.isoformat(),
        "sha256": snapshot.sha256,
        "start": report.start,
        "end": report.end,
        "words": None if report.is_summary else report.words,
        "summary": report.summary or None,
        "fragments": [fragment.words for fragment in report.fragments],
        "mode": report.mode,
        "cue": report.cue or None,
        "translated": report.translated,
        "translated_by": report.translated_by or None,
        "directness": report.directness or None,
        "form": report.form or None,
        "place": report.place or None,
        "occasion_start": report.occasion_start,
        "occasion_end": report.occasion_end,
        "day_start": report.day_start,
        "day_end": report.day_end,
        "said_on": report.said_on.isoformat() if report.said_on else None,
        "said_on_precision": report.said_on_precision,
        "said_on_basis": report.said_on_basis,
        "via": report.via or None,
        "confidence": report.confidence or None,
        "rule": report.rule or None,
        "attributed_by": report.attributed_by,
        "warnings": report.warnings,
    }
