"""What a team has settled about its desk: second thoughts, the tags a chat needs, how many chats at once."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta, Struct

from agent_tui.desk.wait_rules import Waits


class Checks(Struct, frozen=True):
    """What is looked at before a reply leaves. What it finds is told once; Enter again sends all the same."""

    gaps: Annotated[bool, Meta(description="Places not filled in, such as `[name]` or `{{…}}`.")] = True
    numbers: Annotated[
        bool, Meta(description="Identity codes, bank accounts and card numbers, told by their check digits.")
    ] = True
    language: Annotated[
        bool, Meta(description="Another language than the customer's, where there is no doubt.")
    ] = True
    repeated: Annotated[bool, Meta(description="The same text, sent to this customer before.")] = True
    others: Annotated[bool, Meta(description="The name or e-mail of another open customer.")] = True
    links: Annotated[
        bool,
        Meta(
            description="Addresses that are not there, or that customers cannot reach. Each is asked once, "
            "without any token; addresses with a query, and those inside of the house, are never asked."
        ),
    ] = True


class TagSettings(Struct, frozen=True):
    """Tags, see `tags.md`."""

    required: Annotated[
        tuple[Annotated[str, Meta(pattern=r"^[^=]*[^=\s][^=]*(=.*\S.*)?$")], ...],
        Meta(
            description="Queues whose chats need a tag before they are closed, by name; `*` is every other. "
            'After `=` stand the tags of which one is needed: `["Sales", "Tax card = renewal, lost"]`.'
        ),
    ] = ()


class CapacitySettings(Struct, frozen=True):
    """How many chats at once, see `capacity.md`. Limits that the team has set count more."""

    normal: Annotated[int, Meta(ge=1, le=50, description="Chats at once in quiet times.")] = 2
    rush: Annotated[
        int,
        Meta(
            ge=1,
            le=50,
            description="Chats at once while a customer in your queues waits past the warning; never less "
            "than `normal`.",
        ),
    ] = 6
    silent: Annotated[
        int,
        Meta(
            ge=0,
            le=3600,
            description="Seconds of the customer's silence after your answer from which on a chat counts "
            "half; after 2.5 times as long a quarter, after 15 times nothing. `0`: always whole.",
        ),
    ] = 120
    auto_take: Annotated[
        bool,
        Meta(description="Take the customer who has waited longest by itself while there is room."),
    ] = False


class TagRule(Struct, frozen=True):
    """What a chat of a queue needs before it can be closed."""

    queue: str
    """Its name; ``*`` is every queue without a rule of its own."""
    one_of: tuple[str, ...] = ()
    """One of these; none: any tag will do."""


def tag_rule(written: str) -> TagRule:
    """``Tax card = renewal, lost``: the queue, and the tags of which one is needed."""
    queue, _, tags = written.partition("=")
    return TagRule(queue.strip(), tuple(filter(None, (tag.strip() for tag in tags.split(",")))))


class Rules(Struct, frozen=True):
    """All that is settled."""

    checks: Checks = Checks()
    tags: tuple[TagRule, ...] = ()
    waits: Waits = Waits()
    capacity: CapacitySettings = CapacitySettings()


NONE_SETTLED: Final = Rules()
"""Every check, no tag needed, and the usual limits."""
