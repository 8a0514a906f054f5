"""What was said, by whom, about what, and who judged it how."""

from statements.models.curated import CuratedEntry
from statements.models.desk import Claim, Flag
from statements.models.differences import Difference
from statements.models.disputes import Dispute, DisputeSender
from statements.models.imports import RegisterImport
from statements.models.matches import Match
from statements.models.names import SettledName
from statements.models.positions import EventMention, Position, Review
from statements.models.register import (
    Actor,
    ActorName,
    Membership,
    Office,
    Speaker,
    SpeakerName,
)
from statements.models.search import FacetValue, SearchEntry
from statements.models.search_base import SearchBase
from statements.models.statements import Attestation, Party, Statement
from statements.models.treaties import Event, Provision, Treaty, TreatyAction

__all__ = [
    "Actor",
    "ActorName",
    "Attestation",
    "Claim",
    "CuratedEntry",
    "Difference",
    "Dispute",
    "DisputeSender",
    "Event",
    "EventMention",
    "FacetValue",
    "Flag",
    "Match",
    "Membership",
    "Office",
    "Party",
    "Position",
    "Provision",
    "RegisterImport",
    "Review",
    "SearchBase",
    "SearchEntry",
    "SettledName",
    "Speaker",
    "SpeakerName",
    "Statement",
    "Treaty",
    "TreatyAction",
]
