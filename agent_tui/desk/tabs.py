"""Open conversations: which are open, which one the agent looks at, and where they go next."""

from __future__ import annotations

from agent_tui.desk import lines
from agent_tui.desk.attention import is_cut_off, seen
from agent_tui.desk.customer_effects import LoadNotes
from agent_tui.desk.doings import MostUrgentRequested, TabClosed, TabSelected, TabStepped
from agent_tui.desk.effects import (
    DeskEffect,
    LoadNewest,
    LoadPrevious,
    Notify,
    ShowTyping,
)
from agent_tui.desk.holding import note_put_aside
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.notice import NoUrgentChat
from agent_tui.desk.promises import open_promise
from agent_tui.desk.standing import is_mine, is_watched, release
from agent_tui.desk.text import NOTHING
from agent_tui.desk.transcript import Older
from agent_tui.desk.waiting import due, promise_of, wait
from api_client.backend import Capability
from api_client.models.identity import ConversationId
from api_client.models.message import MessageKind


def owed_since(state: DeskState, chat: Chat) -> float | None:
    """Since when the customer waits for the signed-in agent; a reply on its way stops the clock."""
    if not is_mine(state, chat) or _reply_on_its_way(chat):
        return None
    return wait(chat)


def _reply_on_its_way(chat: Chat) -> bool:
    transcript = chat.transcript
    on_their_way = transcript.lines[len(transcript.lines) - transcript.sending :]
    return any(line.kind is MessageKind.AGENT for line in on_their_way)


def open_tab(state: DeskState, chat: Chat) -> list[DeskEffect]:
    """Open a tab in the background; the first of all comes to the front when there is nothing to disturb.

    Whom nobody asked for stays in the background, and so does what is there already.
    """
    new = chat.id not in state.tabs
    if new:
        state.tabs.append(chat.id)
    if chat.id == state.beside:
        state.beside = state.beside_of = None
    first = new and len(state.tabs) == 1 and state.active is None
    to_the_front = first and state.peeked is None and chat.id != state.auto.taking
    return load(chat) + (activate(state, chat) if to_the_front else [])


def load(chat: Chat) -> list[DeskEffect]:
    """Fetch what the desk does not hold yet."""
    if chat.transcript.older is not Older.NOT_FETCHED:
        return []
    chat.transcript.older = Older.LOADING
    return [LoadNewest(chat.id)]


def activate(state: DeskState, chat: Chat) -> list[DeskEffect]:
    """Bring an open tab to the front."""
    stop_peeking(state)
    state.active, state.gone, chat.word_waits = chat.id, NOTHING, False
    return load(chat) + previous(state, chat) + notes(state, chat) + seen(state, chat)


def stop_peeking(state: DeskState) -> None:
    """Nothing is read only any more; what was is let go of unless it has a tab."""
    chat = None if state.peeked is None else state.chats.get(state.peeked)
    state.peeked = state.peeked_from = state.peek_wanted = None
    _let_go(state, chat)


def stop_beside(state: DeskState) -> None:
    """Nothing stands beside any more; what did is let go of unless it has a tab."""
    chat = None if state.beside is None else state.chats.get(state.beside)
    state.beside = state.beside_of = None
    _let_go(state, chat)


def _let_go(state: DeskState, chat: Chat | None) -> None:
    if chat is not None and not is_watched(state, chat):
        lines.close(chat.transcript)
        release(state, chat)


def previous(state: DeskState, chat: Chat) -> list[DeskEffect]:
    """Fetch the customer's other conversations, once, where the backend knows them."""
    known = Capability.PREVIOUS_CONVERSATIONS in state.capabilities
    if chat.previous is not None or not known or not chat.card.id or is_cut_off(state):
        return []
    return [LoadPrevious(chat.id, chat.card.id)]


def notes(state: DeskState, chat: Chat) -> list[DeskEffect]:
    """Fetch what colleagues wrote down about the customer, once, where the backend keeps that."""
    kept = Capability.CONTACT_NOTES in state.capabilities
    if chat.notes is not None or not kept or not chat.card.id or is_cut_off(state):
        return []
    return [LoadNotes(chat.id, chat.card.id)]


def close_tab(state: DeskState, chat: Chat, *, go_on: bool = True) -> list[DeskEffect]:
    """Put a tab away; its neighbour comes to the front if it was there. The draft stays with the chat.

    Without ``go_on`` nobody comes to the front: what the agent is about to type is meant for nobody else.
    """
    if chat.id not in state.tabs:
        return []
    position = state.tabs.index(chat.id)
    state.tabs.remove(chat.id)
    lines.close(chat.transcript)
    effects = typing_off(state, chat.id)
    if state.beside_of == chat.id:
        stop_beside(state)
    if state.active == chat.id:
        state.active = None
        effects += _activate_at(state, min(position, len(state.tabs) - 1)) if go_on else []
    release(state, chat)
    return effects


def may_vanish(chat: Chat) -> bool:
    """Whether a tab may close by itself: nothing the agent wrote is only there."""
    transcript = chat.transcript
    return not (not chat.draft.empty or transcript.sending or transcript.undelivered)


def typing_off(state: DeskState, conversation: ConversationId) -> list[DeskEffect]:
    """Take the agent's typing mark away if it is on."""
    mark = state.typing.pop(conversation, None)
    return [] if mark is None else [ShowTyping(conversation, on=False, private=mark.private)]


def selected(state: DeskState, event: TabSelected) -> list[DeskEffect]:
    """Go to a tab; a conversation of the agent's that was put away is opened again."""
    chat = state.chats.get(event.conversation)
    if chat is None:
        return []
    if not (chat.id in state.tabs or is_mine(state, chat) or chat.transcript.undelivered):
        return []
    return open_tab(state, chat) + activate(state, chat)


def stepped(state: DeskState, event: TabStepped) -> list[DeskEffect]:
    """Go some tabs to the right, around the ends; from nowhere, to the first or the last."""
    if not state.tabs:
        return []
    left = state.active or state.peeked_from
    nowhere = -1 if event.step > 0 else 0
    here = state.tabs.index(left) if left in state.tabs else nowhere
    return _activate_at(state, (here + event.step) % len(state.tabs))


def closed(state: DeskState, event: TabClosed, now: float) -> list[DeskEffect]:
    """The agent put a tab out of sight."""
    chat = state.chats.get(event.conversation)
    return [] if chat is None else put_aside(state, chat, now)


def put_aside(state: DeskState, chat: Chat, now: float) -> list[DeskEffect]:
    """Put a tab away at the agent's wish; they may take it back for a while."""
    note_put_aside(state, chat, now)
    return close_tab(state, chat)


def most_urgent_wanted(state: DeskState, _event: MostUrgentRequested) -> list[DeskEffect]:
    """Go to the agent's customer nearest to breaking the promise; from there, to the next nearest.

    Where nobody waits but no chat is on the screen, to the last one in the bar.
    """
    urgent = most_urgent(state)
    if not urgent:
        nowhere = state.active is None and state.peeked is None and bool(state.tabs)
        return _activate_at(state, -1) if nowhere else [Notify(NoUrgentChat())]
    here = urgent[0].id == state.active
    return activate(state, urgent[1]) if here and len(urgent) > 1 else activate(state, urgent[0])


def due_at(state: DeskState, chat: Chat) -> float | None:
    """When the agent owes the customer something: an answer, or what they were promised (server time)."""
    since, given = owed_since(state, chat), open_promise(state, chat)
    moments = [] if since is None else [due(promise_of(state, chat), since)]
    return min(moments + ([] if given is None else [given.until]), default=None)


def most_urgent(state: DeskState) -> list[Chat]:
    """The agent's open conversations in which something is due, the first due first."""
    deadlines = []
    for position, conversation in enumerate(state.tabs):
        chat = state.chats[conversation]
        deadline = due_at(state, chat)
        if deadline is not None:
            deadlines.append((deadline, position, chat))
    return [chat for _, _, chat in sorted(deadlines, key=lambda deadline: deadline[:2])]


def _activate_at(state: DeskState, position: int) -> list[DeskEffect]:
    return activate(state, state.chats[state.tabs[position]]) if state.tabs else []
