"""Where words come from: who publishes, where to look, pages, their bytes, and the work."""

from sources.models.articles import Article, ArticleAlias, Snapshot, Visit
from sources.models.jobs import Heartbeat, Job
from sources.models.outlets import Credential, Feed, HostState, Source
from sources.models.references import Reference

__all__ = [
    "Article",
    "ArticleAlias",
    "Credential",
    "Feed",
    "Heartbeat",
    "HostState",
    "Job",
    "Reference",
    "Snapshot",
    "Source",
    "Visit",
]
