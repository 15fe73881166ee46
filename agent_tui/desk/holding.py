"""The list of steps that can still be taken back: what is on it, what goes on and off."""

from __future__ import annotations

from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.passages import Marks
from agent_tui.desk.steps import HeldParting, HeldText, Parting, PutAside, Retagged, Step
from api_client.models.identity import ConversationId, EchoId


def newest_step(state: DeskState, now: float) -> Step | None:
    """What taking back means now."""
    return next((step for step in reversed(state.steps) if now < step.until_local), None)


def hold_parting(state: DeskState, doing: Parting, now: float) -> None:
    """Ask the backend later."""
    tab = state.tabs.index(doing.conversation) if doing.conversation in state.tabs else None
    state.steps.append(HeldParting(doing, now + state.holds.doings, tab))


def hold_text(state: DeskState, chat: Chat, echo: EchoId, marks: Marks, now: float) -> None:
    """Send it later."""
    state.steps.append(HeldText(chat.id, echo, now + state.holds.texts, marks))


def note_put_aside(state: DeskState, chat: Chat, now: float) -> None:
    """The tab is about to go."""
    if state.holds.doings and chat.id in state.tabs:
        until = now + state.holds.doings
        state.steps.append(PutAside(chat.id, until, state.tabs.index(chat.id)))


def note_retagged(
    state: DeskState, chat: Chat, added: frozenset[str], removed: frozenset[str], now: float
) -> None:
    """The backend is about to be asked."""
    if state.holds.doings:
        state.steps.append(Retagged(chat.id, now + state.holds.doings, added, removed))


def held_parting(state: DeskState, conversation: ConversationId) -> HeldParting | None:
    """What is about to take this conversation from the agent."""
    held = (step for step in state.steps if isinstance(step, HeldParting))
    return next((step for step in held if step.conversation == conversation), None)


def drop_parting(state: DeskState, conversation: ConversationId) -> HeldParting | None:
    """It will not be asked for; returns what would have been."""
    held = held_parting(state, conversation)
    if held is not None:
        state.steps.remove(held)
    return held


def drop_retagged(state: DeskState, conversation: ConversationId) -> None:
    """The tags are what they were: there is nothing to put back."""
    state.steps[:] = [
        step for step in state.steps if not (isinstance(step, Retagged) and step.conversation == conversation)
    ]


def take_texts(state: DeskState, conversation: ConversationId) -> list[HeldText]:
    """The texts of a conversation that were held back, in order; they no longer are."""
    texts = [step for step in state.steps if isinstance(step, HeldText) and step.conversation == conversation]
    for text in texts:
        state.steps.remove(text)
    return texts
