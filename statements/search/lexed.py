"""Words as the database has them: lexemes, and what of them a statement must hold."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One place in a text: any of the lexemes fits. None of them is a word that all texts hold,
    such as «the», at which anything may stand. A `prefix` fits every lexeme that begins so, and
    `besides` those that are shorter than what begins so, or changed."""

    lexemes: tuple[str, ...]
    prefix: bool = False
    besides: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple["Step", ...]:
        """Steps of which any fits, each of beginnings alone or of whole lexemes alone."""
        if not self.besides:
            return (self,)
        return Step(self.lexemes, self.prefix), Step(self.besides)


@dataclass(frozen=True)
class Leaf:
    """Steps that follow each other in a `phrase`, and stand anywhere otherwise."""

    steps: tuple[Step, ...]
    phrase: bool = False

    @property
    def is_sequence(self) -> bool:
        """Whether two steps or more have to follow each other, at which not anything may stand."""
        return self.phrase and sum(bool(step.lexemes) for step in self.steps) > 1


@dataclass(frozen=True)
class Group:
    """All of the `wanted` and none of the `unwanted` leaves."""

    wanted: tuple[Leaf, ...]
    unwanted: tuple[Leaf, ...] = ()


@dataclass(frozen=True)
class Lexed:
    """One of the groups must fit. Leaves without steps have been left out of them."""

    groups: tuple[Group, ...]
