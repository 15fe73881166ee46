"""What the agent is to be told of chats on their way out of the desk, and of drafts that come back."""

from __future__ import annotations

from msgspec import Struct

from agent_tui.desk.problems import Problem
from agent_tui.desk.text import Displayable
from agent_tui.desk.tools import ToolTrouble


class Carried(Struct, frozen=True):
    """Base of them."""


class ExportUnderWay(Carried, frozen=True):
    """Conversations are being fetched for a file."""

    chats: int


class ExportSaved(Carried, frozen=True):
    """Conversations are in a file."""

    path: Displayable
    chats: int


class NotExported(Carried, frozen=True):
    """There is no file."""

    problem: Problem


class ToolUnderWay(Carried, frozen=True):
    """A command of the agent's is at work."""

    tool: Displayable


class ToolFinished(Carried, frozen=True):
    """What it wrote stands in the draft."""

    tool: Displayable
    customer: Displayable


class ToolTooLate(Carried, frozen=True):
    """The conversation is no longer the agent's, so what it wrote is dropped."""

    tool: Displayable
    customer: Displayable


class ToolFailed(Carried, frozen=True):
    """It brought no text; the draft is as it was."""

    tool: Displayable
    trouble: ToolTrouble
    detail: Displayable
    problem: Problem | None


CarriedNotice = (
    ExportUnderWay | ExportSaved | NotExported | ToolUnderWay | ToolFinished | ToolTooLate | ToolFailed
)
