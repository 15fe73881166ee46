"""The agent's own commands: what may go wrong with one."""

from __future__ import annotations

import enum


class ToolTrouble(enum.Enum):
    """Why a command brought no text."""

    NO_CHAT = "no chat"
    """The chat could not be fetched, so nothing was started."""
    NOT_STARTED = "not started"
    """There is no such program, or it may not be run."""
    FAILED = "failed"
    """It ended with an error."""
    TOO_SLOW = "too slow"
    TOO_LONG = "too long"
    """It wrote more than a text for a customer can be."""
    NO_TEXT = "no text"
    """It wrote nothing, or something that is not text."""
