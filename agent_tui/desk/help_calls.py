"""Notes between leads and agents as they come: calls for help, their answers, a word to an agent."""

from __future__ import annotations

from agent_tui.desk.effects import DeskEffect, Notify
from agent_tui.desk.lead_model import HelpCall
from agent_tui.desk.lead_notes import is_whisper, reason_of
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.notice import LeadWrote
from agent_tui.desk.standing import is_mine
from agent_tui.desk.transcript import Line
from api_client.models.conversation import Status


def overheard(state: DeskState, chat: Chat, line: Line) -> list[DeskEffect]:
    """A note that is new: it may call the leads, be a lead's answer to that, or be for this agent."""
    reason = reason_of(line)
    if reason is not None and not line.mine:
        state.lead.calls[chat.id] = HelpCall(chat.id, line.author, reason, line.at)
    if is_whisper(line):
        state.lead.calls.pop(chat.id, None)
        if not line.mine and is_mine(state, chat):
            chat.word_waits = chat.id != state.active
            return [Notify(LeadWrote(chat.card.name, line.author))]
    return []


def open_calls(state: DeskState) -> list[HelpCall]:
    """Calls that still stand: a conversation that is closed, or the lead's own, needs nobody any more."""
    return [
        call
        for call in state.lead.calls.values()
        if (chat := state.chats.get(call.conversation)) is not None
        and chat.status is Status.OPEN
        and not is_mine(state, chat)
    ]
