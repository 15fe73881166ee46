"""Which of the agent's chats break their limit before the agent can reach them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.selectors import server_now
from agent_tui.desk.tabs import due_at, most_urgent
from agent_tui.desk.view import Forecast

READING: Final = 6.0
"""Seconds to go to a chat and read what is asked."""
GOING_ON: Final = 2.0
"""Seconds to go on with a text that is begun."""
HORIZON: Final = 180.0
"""Seconds that are looked ahead."""
MARGIN: Final = 3.0
"""Seconds by which a chat must be late to be told of, or in time to be so no more."""


def second_passed(state: DeskState, now: float) -> None:
    """Look ahead once more."""
    server = server_now(state, now)
    known = () if state.forecast is None else state.forecast.conversations
    state.forecast = (
        None if server is None or not state.rules.waits.forecast else _ahead(state, server, known)
    )


def _ahead(state: DeskState, server: float, known: tuple[str, ...]) -> Forecast | None:
    """``known``: those told of already, which stay until they are clearly in time."""
    late: list[tuple[float, Chat]] = []
    done = server
    for chat in _in_order(state):
        done += needed(state, chat)
        due = due_at(state, chat)
        slack = -MARGIN if chat.id in known else MARGIN
        if due is not None and server < due <= server + HORIZON and done > due + slack:
            late.append((due, chat))
    if not late:
        return None
    late.sort(key=lambda one: one[0])
    return Forecast(tuple(chat.id for _, chat in late), late[0][0])


def _in_order(state: DeskState) -> Iterator[Chat]:
    """What is being written is finished first, then they come as F4 goes to them."""
    active = None if state.active is None else state.chats[state.active]
    begun = active is not None and _typed(active) > 0
    if active is not None and begun:
        yield active
    yield from (chat for chat in most_urgent(state) if not (begun and chat is active))


def needed(state: DeskState, chat: Chat) -> float:
    """Seconds until the answer to a chat has left once the agent turns to it."""
    typed = _typed(chat)
    rest = max(0.0, state.speed.answer - typed)
    return (GOING_ON if typed else READING) + rest / state.speed.per_second


def _typed(chat: Chat) -> int:
    return 0 if chat.draft.note else len(chat.draft.text.strip())


def to_hold(state: DeskState) -> Chat | None:
    """The chat that a holding line helps first: to break its limit, and nothing written in it yet."""
    foreseen = () if state.forecast is None else state.forecast.conversations
    chats = [state.chats[one] for one in foreseen if one in state.chats and one in state.tabs]
    return next((chat for chat in chats if chat.draft.empty), None)
