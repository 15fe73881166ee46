"""A lead closes a queue on the board: its customers read so, and everything comes back when it opens."""

from __future__ import annotations

from pathlib import Path

from textual import events

from agent_tui.cli.monitor import Monitor
from agent_tui.desk.model import Link
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.engine.wire import WireCustomer
from tests.workstation.test_monitor import lookout_of, monitor, screen_of, until, until_shown


def press(app: Monitor, *keys: str) -> None:
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def on_the_page(desk: EmbeddedDesk, app: Monitor) -> None:
    """Of the queue in which somebody waits, which stands first."""
    await until(lambda: lookout_of(app).state.connection.link is Link.LIVE)
    await (await WireCustomer.arrive(desk, "Kaj")).say("Hei")
    await until_shown(app, "○    0:0")
    press(app, "home", "i")
    await until_shown(app, "Out of hours")


async def hears(desk: EmbeddedDesk, name: str) -> list[str]:
    customer = await WireCustomer.arrive(desk, name)
    await customer.say("Hei")
    text = "SELECT content FROM messages WHERE message_type = 3 AND conversation_id = ?"
    return [
        str(row) for row in await desk.call(lambda: desk.desk.db.column(text, (int(customer.conversation),)))
    ]


async def test_a_lead_closes_a_queue_and_its_customers_read_so(tmp_path: Path) -> None:
    async with EmbeddedDesk.of(load("tax")) as desk, monitor(desk, tmp_path, (100, 36)) as app:
        await on_the_page(desk, app)
        press(app, "down", "down", "down", "down", "down", "down", "enter")
        await until_shown(app, "In English The chat")
        press(app, "ctrl+u")
        for letter in "Back at nine":
            app.post_message(events.Key("space" if letter == " " else letter, letter))
        press(app, "enter")
        await until_shown(app, "Back at nine")
        press(app, "home", "enter")
        await until_shown(app, "Who writes then reads: Back at nine")
        press(app, "enter")
        await until_shown(app, "Open now")
        assert "Back at nine" in await hears(desk, "Liisa")
        assert (tmp_path / "queues.json").stat().st_mode & 0o077 == 0
        press(app, "enter", "enter")
        await until_shown(app, "Close now")
        assert "Back at nine" not in await hears(desk, "Pekka")
        press(app, "escape")
        await until_shown(app, "Agents")
        assert " open " in screen_of(app)
