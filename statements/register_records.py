"""What a file of the register says of one row, as a checked record. Pure.

A record is a dict of plain values, as it is kept in `Registered.registered`: scalars, links
as the register id of another record, and sorted lists for names and many-to-many links. The
same words are read from the project's own files and from files that are uploaded in the admin.
A column that a file need not say, and does not, is missing in the record.
"""

from statements.register_matters import MatterRecords
from statements.register_voices import VoiceRecords


class Records(VoiceRecords, MatterRecords):
    """Makes records of the rows of every file, and gathers everything that is wrong with them."""
