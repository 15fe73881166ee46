"""Customers taken without a key: when, whom, and how the agent learns of it.

The front never changes by it, and the agent's text stays where it is: a customer so taken comes to a tab in
the background. One is asked for at a time, and after each, and more so after one in vain, is a pause.
"""

from __future__ import annotations

import zlib
from typing import Final

from agent_tui.desk.attention import ring
from agent_tui.desk.capacity_notice import AutoTakeSet, NotTookForYou, TookForYou
from agent_tui.desk.doings import AutoTakeSwitched
from agent_tui.desk.effects import DeskEffect, Notify, TakeConversation
from agent_tui.desk.loads import own_load
from agent_tui.desk.model import Chat, DeskState, Link
from agent_tui.desk.selectors import server_now
from agent_tui.desk.standing import served_queues
from agent_tui.desk.tabs import open_tab
from agent_tui.desk.text import Displayable
from agent_tui.desk.waiting_index import Entry
from api_client.models.identity import AgentId, ConversationId
from api_client.models.people import Availability

REST: Final = 10.0
"""Seconds after one that was taken: time to greet them."""
FIRST_REST: Final = 2.0
"""Seconds after one in vain; twice as many after each further one."""
LONGEST_REST: Final = 30.0
TURNS: Final = 3
"""Two desks that reach for the same customer in the same moment both believe for a moment to have them."""
TYPING: Final = 5.0
"""Seconds after a key in which the agent is in the middle of typing."""
FIRST_WORDS: Final = 20.0
"""Seconds after which a draft is no longer just begun."""


def is_on(state: DeskState) -> bool:
    """Whether customers are taken without a key: as switched, else as the settings say."""
    return state.rules.capacity.auto_take if state.auto.on is None else state.auto.on


def switched(state: DeskState, _event: AutoTakeSwitched) -> list[DeskEffect]:
    """On or off for now."""
    state.auto.on = not is_on(state)
    return [Notify(AutoTakeSet(state.auto.on))]


def note_typing(state: DeskState, before: str, after: str, now: float) -> None:
    """A draft has changed."""
    state.auto.typed_at = now
    if after.strip() and not before.strip():
        state.auto.begun_at = now


def second_passed(state: DeskState, now: float) -> list[DeskEffect]:
    """Take the customer who has waited longest, if there is room and nothing speaks against it."""
    if not is_on(state) or not _at_ease(state, now):
        return []
    server = server_now(state, now)
    load = None if server is None else own_load(state, server)
    entry = _longest(state)
    if load is None or not load.free or entry is None or now < _due(state, entry[1], now):
        return []
    state.auto.since, state.auto.taking = entry
    state.taking.add(entry[1])
    return [TakeConversation(entry[1])]


def turn(agent: AgentId, conversation: ConversationId) -> int:
    """Seconds that a desk lets pass before it takes a customer: not the same at every desk, nor each time."""
    return zlib.crc32(f"{agent}:{conversation}".encode()) % TURNS


def _due(state: DeskState, conversation: ConversationId, now: float) -> float:
    auto = state.auto
    if auto.next != conversation and state.me is not None:
        auto.next, auto.due = conversation, now + turn(state.me.id, conversation)
    return auto.due


def _at_ease(state: DeskState, now: float) -> bool:
    """The agent takes chats and is not at their first words; the desk is live, and nothing is under way."""
    auto = state.auto
    if state.taking or now < auto.rest_until or (now < auto.typed_at + TYPING and _just_begun(state, now)):
        return False
    live = state.connection.link is Link.LIVE and state.listed
    return live and state.availability is Availability.ONLINE and not _catches_up(state)


def _just_begun(state: DeskState, now: float) -> bool:
    return now < state.auto.begun_at + FIRST_WORDS


def _catches_up(state: DeskState) -> bool:
    return any(state.chats[tab].transcript.gap for tab in state.tabs)


def _longest(state: DeskState) -> Entry | None:
    """Whoever is only read now is the agent's own to take or to leave."""
    waiting = state.waiting.merged(served_queues(state))
    return next((entry for entry in waiting if entry[1] != state.peeked), None)


def wanted(state: DeskState) -> bool:
    """The agent pressed the key for what is under way already: it is theirs, and comes to the front."""
    asked = state.auto.taking is not None
    state.auto.taking = None
    return asked


def arrived(state: DeskState, chat: Chat, now: float) -> list[DeskEffect]:
    """It is the agent's: told, with a bell, and left in the background."""
    opened = open_tab(state, chat)
    state.auto.taking, state.auto.in_vain = None, 0
    state.auto.rest_until = now + REST
    state.wrote_meanwhile.discard(chat.id)
    waited = max(0.0, (server_now(state, now) or 0.0) - state.auto.since)
    told = TookForYou(chat.card.name, waited, state.tabs.index(chat.id) + 1)
    return [*opened, Notify(told), *ring(state, now)]


def in_vain(state: DeskState, now: float) -> None:
    """It is not: the next one is tried after a pause."""
    auto = state.auto
    auto.taking, auto.in_vain = None, auto.in_vain + 1
    auto.rest_until = now + min(LONGEST_REST, FIRST_REST * 2 ** (auto.in_vain - 1))


def lost(state: DeskState, customer: Displayable, by: Displayable, now: float) -> list[DeskEffect]:
    """A colleague was faster."""
    in_vain(state, now)
    return [Notify(NotTookForYou(customer, by))]


def is_taking(state: DeskState, conversation: ConversationId) -> bool:
    """Whether this one is being taken without a key."""
    return state.auto.taking == conversation
