"""What speaks against a text is told once; whoever sends it again means it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from agent_tui.desk.guarding import doubt
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.notice import HeldBack, Notice
from agent_tui.desk.preflight import concerns
from api_client.models.identity import ConversationId

SECOND_THOUGHT: Final = 6.0
"""Seconds in which doing it again confirms."""


class SecondThoughts:
    """Remembers for so many ``seconds`` what the agent has been told about the text they want to send."""

    def __init__(self, seconds: float = SECOND_THOUGHT) -> None:
        self._seconds = seconds
        self._held: tuple[ConversationId, str] | None = None
        """The text that was held back last, and whose it is."""
        self._known: set[Notice] = set()
        """Why: what the agent has been told and may send all the same."""
        self._known_until = 0.0

    def against(self, state: DeskState, chat: Chat, text: str, *, note: bool, now: float) -> Notice | None:
        """What to tell the agent instead of sending at local time ``now``; ``None`` when it may leave."""
        if self._held != (chat.id, text) or now >= self._known_until:
            self._held, self._known = (chat.id, text), set()
        against = [one for one in _against(state, chat, text, note=note) if one not in self._known]
        if not against:
            self._held = None
            return None
        self._known.add(against[0])
        self._known_until = now + self._seconds
        return against[0]


def _against(state: DeskState, chat: Chat, text: str, *, note: bool) -> Iterator[Notice]:
    """Where it goes comes first, then what it says."""
    astray = doubt(state, chat, text, note=note)
    if astray is not None:
        yield astray
    found = concerns(state, chat, text, note=note)
    if found:
        yield HeldBack(found)
