"""Direct and plain reported speech in Russian, Ukrainian, Korean, Japanese, Chinese, French,
Spanish and German."""

from statements.attribution.foreign.article import attribute_foreign
from statements.attribution.foreign.detect import by_language

__all__ = ["attribute_foreign", "by_language"]
