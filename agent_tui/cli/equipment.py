"""The engine of a workstation, with all that settings and folders give it. Loaded on the engine's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from agent_tui.cli.connection import Connection
from agent_tui.cli.folders import exports_folder
from agent_tui.cli.surroundings import Surroundings
from agent_tui.engine.bookshelf import TextPlaces
from agent_tui.engine.carrying import CarryingMeans
from agent_tui.engine.drafts import MemoryDrafts, SqliteDrafts
from agent_tui.engine.engine import Engine
from agent_tui.engine.filework import FileRules
from agent_tui.engine.link_uses import LinkUses, MemoryLinkUses, SqliteLinkUses
from agent_tui.engine.linkwork import LinkMeans
from agent_tui.engine.local_files import MEBIBYTE
from agent_tui.engine.outbox import SqliteOutbox
from agent_tui.settings import Settings
from agent_tui.settings_schema import FileSettings
from canned.bookmarks import FILE as BOOKMARKS


def lasting(around: Surroundings, settings: Settings, connection: Connection) -> Engine:
    """An engine that keeps drafts and texts on this machine."""
    places = around.places
    return Engine(
        connection.connect,
        lambda: SqliteDrafts(places.drafts),
        connection.server,
        open_outbox=lambda: SqliteOutbox(places.outbox),
        links=_links(around, settings, open_uses=lambda: SqliteLinkUses(places.link_uses)),
        carrying=_carrying(around, settings),
        texts=TextPlaces(around.team(settings), _own(around, settings), places.canned_quality),
        files=_file_rules(settings.files),
    )


def passing(around: Surroundings, settings: Settings, connection: Connection) -> Engine:
    """An engine for practice: what it knows ends with it, but for the texts written there."""
    return Engine(
        connection.connect,
        MemoryDrafts,
        connection.server,
        links=_links(around, settings),
        carrying=_carrying(around, settings),
        texts=TextPlaces(around.team(settings), around.places.practice_canned),
        files=_file_rules(settings.files),
    )


def _carrying(around: Surroundings, settings: Settings) -> CarryingMeans:
    return CarryingMeans(exports_folder(around, settings), settings.commands)


def _own(around: Surroundings, settings: Settings) -> Path:
    written = settings.canned.personal
    return around.places.folder(written) if written else around.places.canned


def _links(
    around: Surroundings, settings: Settings, *, open_uses: Callable[[], LinkUses] = MemoryLinkUses
) -> LinkMeans:
    """Bookmarks of the agent's own lie over the team's, whose last folder is the nearest."""
    team = [around.places.folder(written) / BOOKMARKS for written in reversed(settings.canned.team)]
    own = around.places.config / BOOKMARKS
    return LinkMeans(browser=settings.links.open_with, bookmarks=(own, *team), open_uses=open_uses)


def _file_rules(given: FileSettings) -> FileRules:
    """Where files are saved, how large they may be, how pictures are shown."""
    largest = given.largest * MEBIBYTE
    if not given.folder:
        return FileRules(largest=largest, images=given.images)
    return FileRules(Path(given.folder).expanduser(), largest, given.images)
