"""Texts that an earlier run did not send for certain: back in their conversations, and looked for."""

from __future__ import annotations

from msgspec.structs import replace

from agent_tui.desk import lines
from agent_tui.desk.attention import ask_for
from agent_tui.desk.effects import DeskEffect, LookForReply
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.tabs import open_tab
from agent_tui.desk.told import UnsentRestored
from agent_tui.desk.writing import line_of_ours
from api_client.models.identity import ConversationId


def unsent_restored(state: DeskState, event: UnsentRestored, now: float) -> list[DeskEffect]:
    """Put each where it belongs; conversations that are not known yet are asked for."""
    for text in event.texts:
        state.pending_unsent.setdefault(text.conversation, []).append(text)
    effects: list[DeskEffect] = []
    for conversation in dict.fromkeys(text.conversation for text in event.texts):
        effects += _back(state, conversation, now)
    return effects


def _back(state: DeskState, conversation: ConversationId, now: float) -> list[DeskEffect]:
    chat = state.chats.get(conversation)
    return ask_for(state, conversation, now) if chat is None else bring_back(state, chat, now)


def bring_back(state: DeskState, chat: Chat, now: float) -> list[DeskEffect]:
    """Show what was left behind in this conversation and look whether the server has it all the same."""
    texts = state.pending_unsent.pop(chat.id, [])
    looks: list[DeskEffect] = []
    for text in texts:
        if text.echo not in chat.transcript.orders:
            line = line_of_ours(state, chat, text.text, text.echo, now, note=text.note, files=text.files)
            lines.begin_sending(chat.transcript, replace(line, sent_after=text.after))
            looks.append(LookForReply(chat.id, text.echo, text.text, text.note, text.after, text.files))
    return [*open_tab(state, chat), *looks] if looks else []
