"""Web archive files, WARC 1.1: what is kept written as one, and one read into what is kept."""

from sources.warc.exporting import Exported, export
from sources.warc.importing import Imported, import_warc

__all__ = ["Exported", "Imported", "export", "import_warc"]
