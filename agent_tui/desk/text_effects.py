"""What the desk wants done about canned responses."""

from __future__ import annotations

from agent_tui.desk.effect import Effect
from canned.model import Response
from canned.outcome import Outcome, Use


class SaveText(Effect, frozen=True):
    """Save a canned response of the agent's own. -> TextSaved, TextNotSaved, TextsRead."""

    response: Response


class CountText(Effect, frozen=True):
    """Count how a canned response does. Nothing comes back; the words are compared and not kept."""

    key: str
    what: Use | Outcome
    before: str = ""
    """What was put in, where it was used."""
    after: str = ""
    """What was sent of it."""


class CountSearch(Effect, frozen=True):
    """Count a search for a canned response. Nothing comes back."""

    found: bool


TextEffect = SaveText | CountText | CountSearch
"""Performed on the thread of the canned responses."""
