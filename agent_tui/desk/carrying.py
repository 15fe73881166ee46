"""Chats that go out of the desk, to a file or through a command of the agent's, and what comes back."""

from __future__ import annotations

from agent_tui.desk.answered import Exported, ExportFailed, ToolAnswered, ToolGaveUp
from agent_tui.desk.carried import (
    ExportSaved,
    ExportUnderWay,
    NotExported,
    ToolFailed,
    ToolFinished,
    ToolTooLate,
    ToolUnderWay,
)
from agent_tui.desk.doings import ExportRequested, ToolRequested
from agent_tui.desk.effects import DeskEffect, ExportChats, Notify, PutIn, RunTool
from agent_tui.desk.model import DeskState
from agent_tui.desk.standing import is_mine, name_of
from agent_tui.desk.text import clean_line


def export_wanted(_state: DeskState, event: ExportRequested) -> list[DeskEffect]:
    """Fetch and write; it takes a moment."""
    effect = ExportChats(event.conversations, event.form, event.notes)
    return [effect, Notify(ExportUnderWay(len(event.conversations)))]


def exported(_state: DeskState, event: Exported) -> list[DeskEffect]:
    """Where it is."""
    return [Notify(ExportSaved(event.path, event.chats))]


def export_failed(_state: DeskState, event: ExportFailed) -> list[DeskEffect]:
    """There is no file."""
    return [Notify(NotExported(event.problem))]


def tool_wanted(state: DeskState, event: ToolRequested) -> list[DeskEffect]:
    """Run it, unless it is at work on this chat already."""
    chat = state.chats.get(event.conversation)
    work = (event.conversation, event.tool)
    if chat is None or not is_mine(state, chat) or work in state.tools_at_work:
        return []
    state.tools_at_work.add(work)
    return [RunTool(event.conversation, event.tool), Notify(ToolUnderWay(clean_line(event.tool)))]


def tool_answered(state: DeskState, event: ToolAnswered) -> list[DeskEffect]:
    """Its text is for the draft of the chat it was made for, and for no other."""
    state.tools_at_work.discard((event.conversation, event.tool))
    chat, tool = state.chats.get(event.conversation), clean_line(event.tool)
    if chat is None or not is_mine(state, chat):
        return [Notify(ToolTooLate(tool, name_of(state, event.conversation)))]
    return [PutIn(chat.id, event.text), Notify(ToolFinished(tool, chat.card.name))]


def tool_gave_up(state: DeskState, event: ToolGaveUp) -> list[DeskEffect]:
    """The draft stays as it is."""
    state.tools_at_work.discard((event.conversation, event.tool))
    return [Notify(ToolFailed(clean_line(event.tool), event.trouble, event.detail, event.problem))]
