"""What the agent is told of chats on their way out of the desk, and of drafts that come back."""

from __future__ import annotations

from typing import assert_never

from agent_tui.desk.carried import (
    CarriedNotice,
    ExportSaved,
    ExportUnderWay,
    NotExported,
    ToolFailed,
    ToolFinished,
    ToolTooLate,
    ToolUnderWay,
)
from agent_tui.desk.text import Displayable
from agent_tui.desk.tools import ToolTrouble
from agent_tui.telling import Told, Weight, reason
from agent_tui.wording import count, say


def carried(notice: CarriedNotice) -> Told:
    """The words for ``notice``."""
    match notice:
        case ExportUnderWay(chats):
            words = count("Fetching {n} chat whole …", "Fetching {n} chats whole …", chats)
            return Told(words, Weight.FACT)
        case ExportSaved(path, chats):
            words = count("{n} chat is in {path}", "{n} chats are in {path}", chats, path=path)
            return Told(words, Weight.FACT)
        case NotExported(problem):
            return Told(say("No file was written: {why}.", why=reason(problem)), Weight.ERROR)
        case ToolUnderWay(tool):
            return Told(say("{tool} is at work; go on meanwhile.", tool=tool), Weight.FACT)
        case ToolFinished(tool, customer):
            words = say("What {tool} wrote stands in your draft to {customer}.", tool=tool, customer=customer)
            return Told(words, Weight.FACT)
        case ToolTooLate(tool, customer):
            words = say(
                "{tool} is done, but {customer} is no longer with you; its text is dropped.",
                tool=tool, customer=customer,
            )  # fmt: skip
            return Told(words, Weight.WARNING)
        case ToolFailed(tool, trouble, detail, problem):
            why = _tool_trouble(trouble) if problem is None else reason(problem)
            why = say("{why} ({detail})", why=why, detail=detail) if detail else why
            words = say("{tool} brought no text: {why}. Your draft is as it was.", tool=tool, why=why)
            return Told(words, Weight.ERROR)
        case _:
            assert_never(notice)


def _tool_trouble(trouble: ToolTrouble) -> Displayable:
    match trouble:
        case ToolTrouble.NO_CHAT:
            return say("the chat could not be fetched")
        case ToolTrouble.NOT_STARTED:
            return say("the program cannot be started")
        case ToolTrouble.FAILED:
            return say("it ended with an error")
        case ToolTrouble.TOO_SLOW:
            return say("it took too long and was ended")
        case ToolTrouble.TOO_LONG:
            return say("it wrote more than a message can be")
        case ToolTrouble.NO_TEXT:
            return say("it wrote nothing that can be read")
        case _:
            assert_never(trouble)
