"""Why something did not work, as the desk needs to know it."""

from __future__ import annotations

import enum

from msgspec import Struct

from agent_tui.desk.text import NOTHING, Displayable


class Trouble(enum.Enum):
    """Kinds of trouble that call for different words or different doings."""

    UNREACHABLE = "unreachable"
    UNCERTAIN = "uncertain"
    """Sent, answer lost, and looking for it did not settle it."""
    NOT_SENT = "not sent"
    """It never left this machine, or stood behind one that did not."""
    OVERTAKEN = "overtaken"
    """A colleague answered while the connection was lost; the agent has not read it yet."""
    NOT_SIGNED_IN = "not signed in"
    NOT_ALLOWED = "not allowed"
    NOT_FOUND = "not found"
    REFUSED = "refused"
    TOO_LARGE = "too large"
    """More bytes than the server takes, or than the settings allow."""
    FILE = "file"
    """A file on this machine cannot be read, or is not what was chosen any more."""
    TAKEN_BACK = "taken back"
    """The agent took the text back before which it stood."""
    LIMITED = "limited"
    SERVER_FAULT = "server fault"
    BAD_ANSWER = "bad answer"
    IN_USE = "in use"
    """Another workstation of the same agent runs on this machine."""
    UNSUPPORTED = "unsupported"
    DISK = "disk"


class Problem(Struct, frozen=True):
    """One failure. ``detail`` is the server's or the system's own words, cleaned; may be empty."""

    trouble: Trouble
    detail: Displayable = NOTHING
