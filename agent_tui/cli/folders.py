"""Folders that settings name."""

from __future__ import annotations

from pathlib import Path

from agent_tui.cli.surroundings import Surroundings
from agent_tui.settings import Settings


def exports_folder(around: Surroundings, settings: Settings) -> Path:
    """Where chats are written to files."""
    chosen = settings.export.folder
    return around.places.folder(chosen) if chosen else around.places.exports
