"""What a team has settled about its desk: which second thoughts a text gets, and which tags a chat needs."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Checks(Struct, frozen=True):
    """What is looked at before a reply leaves."""

    gaps: bool = True
    """Places that are not filled in."""
    language: bool = True
    """Another language than the customer's."""
    repeated: bool = True
    """The same text, sent to this customer before."""
    others: bool = True
    """The name or e-mail of another open customer."""
    links: bool = True
    """Addresses that do not answer, or that customers cannot reach."""


class TagRule(Struct, frozen=True):
    """What a chat of a queue needs before it can be closed."""

    queue: str
    """Its name; ``*`` is every queue without a rule of its own."""
    one_of: tuple[str, ...] = ()
    """One of these; none: any tag will do."""


class Rules(Struct, frozen=True):
    """All that is settled."""

    checks: Checks = Checks()
    tags: tuple[TagRule, ...] = ()


NONE_SETTLED: Final = Rules()
"""Every check, and no tag needed."""
