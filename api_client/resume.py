"""What to fetch after the live connection was gone for a while; a push that was missed never comes again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from api_client.models.conversation import Conversation
from api_client.models.identity import ConversationId, MessageId

MARGIN: Final = 30.0
"""Seconds fetched beyond the gap: a push may have been on its way, and clocks are not exact."""
LONGEST_GAP: Final = 3 * 3600.0
"""Seconds; after a longer gap everything may have changed."""


class ReloadAll(Struct, frozen=True):
    """Fetch everything anew, as at the start."""


class CatchUp(Struct, frozen=True):
    """Fetch the conversations that changed in the last so many seconds, then :func:`stale_messages`."""

    updated_within: float


Plan = ReloadAll | CatchUp


class MessagesAfter(Struct, frozen=True):
    """Fetch one conversation's messages after the newest one held, page by page until no more follow."""

    conversation: ConversationId
    after: MessageId


def plan(gap: float | None) -> Plan:
    """What to do when connected after ``gap`` seconds of silence; ``None`` means never connected before."""
    if gap is None or gap > LONGEST_GAP:
        return ReloadAll()
    return CatchUp(gap + MARGIN)


def stale_messages(
    changed: Iterable[Conversation], held: Mapping[ConversationId, MessageId]
) -> tuple[MessagesAfter, ...]:
    """Whose messages to fetch, of the conversations that changed: those whose messages are held at all."""
    return tuple(MessagesAfter(one.id, held[one.id]) for one in changed if one.id in held)
