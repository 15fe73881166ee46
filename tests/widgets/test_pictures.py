"""Pictures of the states that a person would call different."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any

from textual.app import App

from agent_tui.desk.text import Displayable
from agent_tui.desk.transcript import Fate, Older, Transcript
from agent_tui.desk.view import Promise, WaitingRow
from agent_tui.theming import Palette
from agent_tui.widgets.composer import Composer
from agent_tui.widgets.composer_buffer import Buffer
from agent_tui.widgets.log import MessageLog
from agent_tui.widgets.log_view import LogView
from agent_tui.widgets.queue import WaitingList
from api_client.models.identity import ConversationId, QueueId
from api_client.models.message import MessageKind
from themes import loader

Make = Callable[..., App[None]]
SIZE = (80, 24)


def all_kinds(line: Any) -> Transcript:
    own = {"kind": MessageKind.AGENT, "author": "Aino", "mine": True}
    lines = [
        line("Thank you for waiting.", kind=MessageKind.AUTOMATIC, author="", minute=-1),
        line("Hei! Mihin haen kotitalousvähennystä?"),
        line("Lasku on remontista 🙂", minute=1),
        line("Olli took the conversation", kind=MessageKind.ACTIVITY, author="", minute=2),
        line("OmaVerossa, kohdassa Vähennykset.", minute=3, fate=Fate.READ, **own),
        line("Check the year", kind=MessageKind.NOTE, author="Olli", minute=4),
        line("Is 2025 right?", kind=MessageKind.AGENT, author="Olli", minute=5),
        line("Entä jos\nlasku on kahdelle?", minute=6, while_away=True),
        line("Molemmat hakevat osuutensa.", minute=7, fate=Fate.SENDING, **own),
        line("Ohje: vero.example", minute=7, fate=Fate.FAILED, problem="no connection.", **own),
    ]
    return Transcript(lines, Older.COMPLETE, 1)


def test_a_log_with_every_kind_of_line(palette: Palette, stage: Make, line: Any, snap_compare: Any) -> None:
    log = MessageLog(palette, zone=UTC, retry_key=Displayable("Ctrl+R"))

    async def show(_: Any) -> None:
        log.show(all_kinds(line), LogView(), typing=Displayable("Liisa Virtanen is typing"))

    assert snap_compare(stage(log), terminal_size=SIZE, run_before=show)


def test_a_log_without_colour(stage: Make, line: Any, snap_compare: Any) -> None:
    log = MessageLog(Palette(loader.load("mono")), zone=UTC, retry_key=Displayable("Ctrl+R"))

    async def show(_: Any) -> None:
        log.show(all_kinds(line), LogView())

    assert snap_compare(stage(log), terminal_size=SIZE, run_before=show)


def test_customers_who_wait_in_the_light_theme(stage: Make, snap_compare: Any) -> None:
    waits = WaitingList(Palette(loader.load("light")))
    people = [("Liisa Virtanen", 95, "fi"), ("Björn Åkerlund", 44, "sv"), ("Ngozi Adeyemi", 6, "en")]
    waiting = [
        WaitingRow(
            conversation=ConversationId(name),
            queue=QueueId("q"),
            queue_name=Displayable("Tax return"),
            customer=Displayable(name),
            first_words=Displayable("Hello, about my tax return"),
            language=language,
            since=1000.0 - since,
            promise=Promise(warning=40, breach=60),
            being_taken=name.startswith("Ngozi"),
        )
        for name, since, language in people
    ]

    async def show(_: Any) -> None:
        waits.show(waiting, 1000.0)
        waits.focus()

    assert snap_compare(stage(waits), terminal_size=SIZE, run_before=show)


def test_a_note_being_written(palette: Palette, stage: Make, snap_compare: Any) -> None:
    composer = Composer(palette)

    async def show(pilot: Any) -> None:
        composer.write_in(Buffer(ConversationId("1")), Displayable("Liisa Virtanen"))
        composer.focus()
        composer.set_note(note=True)
        await pilot.press(*"Ask 2nd line", "ctrl+j", *"about the year")

    assert snap_compare(stage(composer), terminal_size=SIZE, run_before=show)
