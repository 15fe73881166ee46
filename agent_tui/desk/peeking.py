"""Reading a conversation without taking it: no read mark, no typing mark, no trace."""

from __future__ import annotations

from agent_tui.desk.answered import LookedAt, LookFailed, PreviousFailed, PreviousLoaded
from agent_tui.desk.doings import PeekKept, PeekLeft, PeekRequested, PreviousRequested, TabSelected
from agent_tui.desk.effects import DeskEffect, LookAt, Notify
from agent_tui.desk.failure_notice import LookingFailed, PreviousNotLoaded
from agent_tui.desk.following import observe
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.standing import is_mine
from agent_tui.desk.tabs import (
    activate,
    load,
    notes,
    previous,
    selected,
    stop_beside,
    stop_peeking,
    typing_off,
)


def peek_wanted(state: DeskState, event: PeekRequested) -> list[DeskEffect]:
    """Show it at once when the desk holds it, else as soon as the backend tells of it."""
    chat = state.chats.get(event.conversation)
    if chat is not None:
        return _show(state, chat)
    state.peek_wanted = event.conversation
    return [LookAt(event.conversation)]


def looked_at(state: DeskState, event: LookedAt, now: float) -> list[DeskEffect]:
    """The backend told of it; the agent may want something else by now."""
    effects = observe(state, event.chat, now)
    if state.peek_wanted != event.chat.id:
        return effects
    return effects + _show(state, state.chats[event.chat.id])


def look_failed(state: DeskState, event: LookFailed) -> list[DeskEffect]:
    """Told if it is still wanted."""
    if state.peek_wanted != event.conversation:
        return []
    state.peek_wanted = state.sought = None
    return [Notify(LookingFailed(event.problem))]


def _show(state: DeskState, chat: Chat) -> list[DeskEffect]:
    """One of the agent's own comes to the front as always."""
    if is_mine(state, chat) or chat.id in state.tabs:
        return selected(state, TabSelected(chat.id))
    back = state.active or state.peeked_from
    effects = [] if state.active is None else typing_off(state, state.active)
    stop_peeking(state)
    state.peeked, state.peeked_from, state.active = chat.id, back, None
    stop_beside(state)
    return [*effects, *load(chat), *previous(state, chat), *notes(state, chat)]


def peek_kept(state: DeskState, _event: PeekKept) -> list[DeskEffect]:
    """Back to the chat the agent came from; the one they read stays beside it until that tab goes."""
    kept, host = state.peeked, state.peeked_from
    if kept is None or host not in state.tabs:
        return []
    state.beside, state.beside_of = kept, host
    return activate(state, state.chats[host])


def peek_left(state: DeskState, _event: PeekLeft) -> list[DeskEffect]:
    """Back to the chat the agent came from, or to any other that is open; nothing stands beside."""
    stop_beside(state)
    if state.peeked is None:
        return []
    back = state.peeked_from
    stop_peeking(state)
    if back not in state.tabs:
        back = state.tabs[-1] if state.tabs else None
    return [] if back is None else activate(state, state.chats[back])


def previous_wanted(state: DeskState, event: PreviousRequested) -> list[DeskEffect]:
    """Fetch the customer's other conversations unless they are there."""
    chat = state.chats.get(event.conversation)
    return [] if chat is None else previous(state, chat)


def previous_loaded(state: DeskState, event: PreviousLoaded) -> list[DeskEffect]:
    """The others, without the one on the screen."""
    chat = state.chats.get(event.conversation)
    if chat is not None:
        chat.previous = tuple(hit for hit in event.hits if hit.conversation != chat.id)
    return []


def previous_failed(_state: DeskState, event: PreviousFailed) -> list[DeskEffect]:
    """The list stays empty; the key asks again."""
    return [Notify(PreviousNotLoaded(event.problem))]
