"""The workstation, on the saved connection or on a practice desk of its own."""

from __future__ import annotations

from collections.abc import Callable

from agent_tui.cli.connection import opener, saved_connection
from agent_tui.cli.parser import Given, practice_arguments
from agent_tui.cli.surroundings import Surroundings
from agent_tui.demo import PracticeDesk, PracticeFailed, PracticeReady
from agent_tui.engine.drafts import DraftStore, MemoryDrafts, SqliteDrafts
from agent_tui.engine.link_uses import LinkUses, MemoryLinkUses, SqliteLinkUses
from agent_tui.engine.linkwork import LinkMeans
from agent_tui.engine.outbox import MemoryOutbox, SqliteOutbox
from agent_tui.launch import Refusal, WorkstationOptions, check_terminal
from agent_tui.settings import ConnectionSettings, Settings
from canned.bookmarks import FILE as BOOKMARKS


def work(around: Surroundings, given: Given) -> int:
    """The workstation on the saved connection; returns the exit code."""
    settings = around.settings(given)
    keys = around.keys(settings)
    connection = saved_connection(around, settings)
    check_terminal(around.environ)

    def open_drafts() -> DraftStore:
        return SqliteDrafts(around.places.drafts)

    options = WorkstationOptions(
        connect=connection.connect,
        open_drafts=open_drafts,
        open_outbox=lambda: SqliteOutbox(around.places.outbox),
        server=connection.server,
        where=settings.connection.url,
        settings=settings,
        keys=keys,
        report=around.report,
        links=_links(around, settings, open_uses=lambda: SqliteLinkUses(around.places.link_uses)),
    )
    from agent_tui.app import run_workstation  # noqa: PLC0415  the screen's toolkit costs 150 ms

    with around.logging():
        return run_workstation(options)


def _links(
    around: Surroundings, settings: Settings, *, open_uses: Callable[[], LinkUses] = MemoryLinkUses
) -> LinkMeans:
    """Bookmarks of the agent's own lie over the team's, whose last folder is the nearest."""
    team = [around.places.folder(written) / BOOKMARKS for written in reversed(settings.canned.team)]
    own = around.places.config / BOOKMARKS
    return LinkMeans(browser=settings.links.open_with, bookmarks=(own, *team), open_uses=open_uses)


def demo(around: Surroundings, given: Given) -> int:
    """The workstation on a practice desk that ends with it; returns the exit code."""
    settings = around.settings(given)
    keys = around.keys(settings)
    check_terminal(around.environ)
    with (
        around.logging(),
        PracticeDesk(practice_arguments(given), around.places.practice_log, around.environ) as desk,
    ):
        from agent_tui.app import run_workstation  # noqa: PLC0415  loads while the practice desk starts

        ready = _ready(desk)
        around.scrub.know(ready.token.reveal())
        practised = ConnectionSettings(url=ready.url, account=str(ready.account_id))
        options = WorkstationOptions(
            connect=opener(practised, ready.token),
            open_drafts=MemoryDrafts,
            open_outbox=MemoryOutbox,
            server=ready.url,
            where=ready.url,
            settings=settings,
            keys=keys,
            report=around.report,
            links=_links(around, settings),
            practice=True,
        )
        return run_workstation(options)


def _ready(desk: PracticeDesk) -> PracticeReady:
    try:
        return desk.ready()
    except PracticeFailed as error:
        raise Refusal(str(error), error.code) from error
