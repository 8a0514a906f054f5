"""A speaker that is two people: chosen names, offices and statements are another's."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from history.acting import acting
from statements.models import Office, Party, Speaker, SpeakerName
from statements.register_lookup import office_on
from statements.register_merging import locked, refuse_gone
from statements.register_moving import renew
from statements.review import refuse
from statements.writing import write_alone


def split_speaker(
    speaker: Speaker,
    new: Speaker,
    by: User,
    why: str,
    *,
    names: Collection[SpeakerName] = (),
    offices: Collection[Office] = (),
    parties: Collection[Party] = (),
) -> Speaker:
    """Give chosen names, offices and places in statements to another person and return them.

    `new` is not saved yet and says what the person is called. Places in chosen offices go
    along; `resting_on` tells which others may. Raises `ReviewError`.
    """
    refuse(not why.strip(), "Say why they are two people.")
    refuse(not (names or offices or parties), "Choose what belongs to the other person.")
    with transaction.atomic(), acting(by, why):
        write_alone()
        row = locked(speaker)
        refuse_gone(row)
        whose = {one.speaker_id for some in (names, offices, parties) for one in some}
        refuse(whose != {row.pk}, "Some of it is not this speaker's any more: choose anew.")
        new.save()
        chosen = Q(pk__in=[one.pk for one in parties]) | Q(office__in=offices)
        moved = list(Party.objects.filter(chosen, speaker=row).select_related("statement"))
        SpeakerName.objects.filter(pk__in=[one.pk for one in names]).update(speaker=new)
        Office.objects.filter(pk__in=[one.pk for one in offices]).update(speaker=new)
        going = {one.pk for one in offices}
        for party in moved:
            party.speaker = new
            party.name = new.name if party.name == row.name else party.name
            if party.office_id not in going:
                party.office = office_on(new, party.statement.said_on)
                party.actor = party.office.actor if party.office else party.actor
            party.save(update_fields=["speaker", "name", "office", "actor"])
        renew({party.statement_id for party in moved})
    return new


def resting_on(
    speaker: Speaker, names: Collection[str], offices: Collection[Office]
) -> set[int]:
    """Return the keys of a speaker's places in statements that rest on these names or offices:
    held in one of the offices, or printed under one of the names."""
    rest = Q(office__in=offices)
    for name in filter(None, names):
        rest |= Q(name__iexact=name) | Q(printed__icontains=name)
    return set(Party.objects.filter(rest, speaker=speaker).values_list("pk", flat=True))
