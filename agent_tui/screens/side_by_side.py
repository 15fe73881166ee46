"""Which conversations stand side by side: some consecutive tabs, the one in hand among them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api_client.models.identity import ConversationId

MOST_PANES: Final = 3
_WIDE_ENOUGH: Final = ((240, 3), (160, 2))
"""Columns of the terminal from which on there is room for so many."""


def room_for(columns: int) -> int:
    """How many conversations a terminal of this width shows side by side."""
    return next((panes for wide, panes in _WIDE_ENOUGH if columns >= wide), 1)


def window(
    tabs: Sequence[ConversationId],
    in_hand: ConversationId | None,
    room: int,
    before: Sequence[ConversationId],
) -> tuple[ConversationId, ...]:
    """At most ``room`` consecutive tabs with the one in hand; ``before`` moves as little as that allows."""
    if not tabs:
        return ()
    kept = [tabs.index(one) for one in before if one in tabs]
    first = min(kept, default=0)
    if in_hand in tabs:
        here = tabs.index(in_hand)
        first = min(max(first, here - room + 1), here)
    first = max(0, min(first, len(tabs) - room))
    return tuple(tabs[first : first + room])


def with_guest(
    shown: Sequence[ConversationId], guest: ConversationId, host: ConversationId | None, room: int
) -> tuple[ConversationId, ...]:
    """``guest``, which has no tab, beside its host: on its right where that is possible."""
    at = shown.index(host) + 1 if host in shown else len(shown)
    if len(shown) < room:
        return (*shown[:at], guest, *shown[at:])
    at = at if at < room else max(0, room - 2)
    return (*shown[:at], guest, *shown[at + 1 :])


def beside(shown: Sequence[ConversationId | None], in_hand: ConversationId | None) -> ConversationId | None:
    """The next one on the right of the one in hand, around the end; ``None`` when it is alone."""
    if in_hand not in shown or len(shown) == 1:
        return None
    return shown[(shown.index(in_hand) + 1) % len(shown)]
