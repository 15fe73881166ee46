"""Going to a message that was found: its chat comes to the screen, and older pages until it is there."""

from __future__ import annotations

from agent_tui.desk.doings import HitChosen, HitShown, OlderRequested, PeekRequested
from agent_tui.desk.effects import DeskEffect, Notify
from agent_tui.desk.found import Sought
from agent_tui.desk.model import DeskState
from agent_tui.desk.notice import HitGone, LookingForHit
from agent_tui.desk.peeking import peek_wanted
from agent_tui.desk.searching import lines_with, words_of
from agent_tui.desk.standing import name_of
from agent_tui.desk.talking import older_wanted
from agent_tui.desk.told import LoadFailed
from agent_tui.desk.transcript import Older, Transcript
from api_client.models.identity import EchoId, MessageId


def hit_chosen(state: DeskState, event: HitChosen) -> list[DeskEffect]:
    """Show the chat, as it is the agent's or only read, and go to the message."""
    shown = event.conversation in {state.active, state.peeked}
    effects = [] if shown else peek_wanted(state, PeekRequested(event.conversation))
    state.sought = Sought(event.conversation, event.message, event.at, event.words)
    return [*effects, *go_on(state)]


def hit_shown(state: DeskState, _event: HitShown) -> list[DeskEffect]:
    """The message is before the agent's eyes."""
    state.sought = None
    return []


def load_failed(state: DeskState, event: LoadFailed) -> list[DeskEffect]:
    """The way there is cut off; the agent is told by whoever loads."""
    if state.sought is not None and state.sought.conversation == event.conversation:
        state.sought = None
    return []


def go_on(state: DeskState) -> list[DeskEffect]:
    """Something was loaded: the message is there, or lies further back, or is gone."""
    sought = state.sought
    if sought is None or sought.line is not None:
        return []
    chat = state.chats.get(sought.conversation)
    if sought.conversation not in {state.active, state.peeked}:
        # Its chat is being fetched, or the agent went elsewhere.
        if state.peek_wanted != sought.conversation:
            state.sought = None
        return []
    if chat is None or not chat.transcript.fetched:
        return []
    sought.line = _line(chat.transcript, sought)
    if sought.line is not None or chat.transcript.older is Older.LOADING:
        return []
    if chat.transcript.older is Older.MORE and not _passed(chat.transcript, sought):
        told, sought.far_back = sought.far_back, True
        notice: list[DeskEffect] = [] if told else [Notify(LookingForHit())]
        return [*older_wanted(state, OlderRequested(chat.id)), *notice]
    state.sought = None
    return [Notify(HitGone(name_of(state, chat.id)))]


def _line(transcript: Transcript, sought: Sought) -> MessageId | EchoId | None:
    if sought.message is not None:
        return sought.message if sought.message in transcript.orders else None
    named = lines_with(reversed(transcript.lines), words_of(sought.words))
    return next((line.key for line in named if line.at <= sought.at or not sought.at), None)


def _passed(transcript: Transcript, sought: Sought) -> bool:
    """What is held goes further back than the message."""
    first = next((line for line in transcript.lines if not line.local), None)
    return first is not None and sought.at > 0 and first.at < sought.at - 1
