"""The desk by lines, in a real terminal on a practice desk: customers served from first to last."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.cli.program import Terminal, run
from tests.engine.wire import WireCustomer

CTRL_Q, F4, F5, ESCAPE = b"\x11", b"\x1bOS", b"\x1b[15~", b"\x1b"
SEQUENCE = re.compile(rb"\x1b\[\??[0-9;]*[A-Za-z]")
WIPED = b"\r\x1b[J"
"""The line one types on makes way for what is said."""
PASTES = {b"\x1b[?2004h", b"\x1b[?2004l"}


@pytest.fixture
def served() -> Iterator[EmbeddedDesk]:
    served = EmbeddedDesk.of(load("tax"))
    with closing(served.desk), served:
        yield served


class Ear:
    """An agent who types and hears."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.heard = b""
        """All of it."""

    async def hears(self, *wanted: str) -> None:
        """Wait for words, each after the one before."""
        for words in wanted:
            await asyncio.to_thread(self._terminal.read_until, words.encode())
            before, found, self._terminal.shown = self._terminal.shown.partition(words.encode())
            self.heard += before + found

    async def types(self, keys: str | bytes, *wanted: str) -> None:
        """Type, and wait for what is said then."""
        self._terminal.press(keys.encode() if isinstance(keys, str) else keys)
        await self.hears(*wanted)

    async def leaves(self) -> int:
        """Leave the desk; the exit code."""
        self._terminal.press(CTRL_Q)
        code = await asyncio.to_thread(self._terminal.end)
        self.heard += self._terminal.shown
        return code


def seated(home: Path, served: EmbeddedDesk) -> Terminal:
    token = cast("list[dict[str, str]]", served.ready["agents"])[0]["token"]
    return Terminal(
        home,
        ["--linear"],
        HOME=str(home),
        AGENT_TUI_URL=served.url,
        AGENT_TUI_TOKEN=token,
        AGENT_TUI_UNDO="0",
    )


async def waiting(served: EmbeddedDesk, name: str, words: str) -> WireCustomer:
    customer = await WireCustomer.arrive(served, name)
    await customer.say(words)
    return customer


async def test_a_customer_is_served_from_first_to_last(served: EmbeddedDesk, tmp_path: Path) -> None:
    customer = await waiting(served, "Aino", "Missä veroilmoitukseni viipyy?")
    with seated(tmp_path, served) as terminal:
        agent = Ear(terminal)
        await agent.hears("1 customer waits, for ")
        await agent.types("/waiting\r", "1: Aino, waits ", "Number: ")
        await agent.types("1", "Chat 1 of 1: Aino.", "Missä veroilmoitukseni viipyy?", "To Aino: ")
        await agent.types("Hei Aino, tarkistan asian.\r", "Sent.")
        await customer.say("Kiitos")
        await agent.hears("Aino: Kiitos")
        await agent.types("/note\r", "You write a note; the customer does not see it.", "Note about Aino: ")
        await agent.types("Kysyi ilmoituksesta.\r", "Sent.")
        await agent.types("/tags\r", "Numbers mark. Enter is done", "Number: ")
        await agent.types("1", ", marked")
        await agent.types("\r", "Tags: ")
        await agent.types("/read 2\r", "Aino, ", "Your note, ")
        await agent.types("/undelivered\r", "Every text has left.")
        await agent.types("/resolve\r", "No chat is open.")
        assert await agent.leaves() == 0
    assert "Hei Aino, tarkistan asian." in await customer.hears()
    assert "Kysyi ilmoituksesta." not in await customer.hears()
    assert set(SEQUENCE.findall(agent.heard.replace(WIPED, b""))) <= PASTES
    assert (tmp_path / "state/agent-tui.log").read_text() == ""
    shift = run(tmp_path, "shift", "--json", AGENT_TUI_URL=served.url)
    assert (json.loads(shift.out)["handled"], json.loads(shift.out)["replies"]) == (1, 1)


async def test_chats_are_gone_between_filled_from_the_library_and_handed_over(
    served: EmbeddedDesk, tmp_path: Path
) -> None:
    aino = await waiting(served, "Aino", "Hei, kysyisin kotitalousvähennyksestä")
    with seated(tmp_path, served) as terminal:
        agent = Ear(terminal)
        await agent.hears("1 customer waits, for ")
        await agent.types("/take\r", "Chat 1 of 1: Aino.")
        await waiting(served, "Pekka", "Päivää")
        await agent.hears("New customer waiting: Pekka.")
        await agent.types("/take\r", "Chat 2 of 2: Pekka.", "To Pekka: ")
        await aino.say("Oletko vielä siellä?")
        await agent.hears("Message in chat 1 from Aino: Oletko vielä siellä?")
        await agent.types("/chats\r", "1: Aino, waits ", "2: Pekka", "Number: ")
        await agent.types("1", "Chat 1 of 2: Aino.", "To Aino: ")
        await agent.types("/link kotitalous\r", "Help articles, ", "Number: ")
        await agent.types("1", "It stands in your text. Enter sends.", "To Aino: http")
        await agent.types("\r", "Sent.")
        await agent.types(F5, "Canned responses, ", "Number: ")
        await agent.types("hetki\r", "1: hetki", "Number: ")
        await agent.types("1", "It stands in your text. Enter sends.")
        await agent.types("\r", "Sent.")
        await agent.types("/transfer\r", "1: Back to the queue", "Number: ")
        await agent.types("2", "Comment: ")
        await agent.types("Odottaa laskelmaa.\r", "Handing over to ", "Chat 1 of 1: Pekka.")
        assert await agent.leaves() == 0
    heard = await aino.hears()
    assert any("/articles/" in text for text in heard)
    assert any(text.startswith("Hetki pieni") for text in heard)


async def test_a_chat_is_looked_up_given_a_file_called_urgent_and_put_to_sleep(
    served: EmbeddedDesk, tmp_path: Path
) -> None:
    old = await waiting(served, "Aino", "Vanha asia")
    (tmp_path / "ohje.txt").write_text("Näin se käy.", encoding="utf-8")
    with seated(tmp_path, served) as terminal:
        agent = Ear(terminal)
        await agent.hears("1 customer waits, for ")
        await agent.types("/take\r", "Chat 1 of 1: Aino.", "To Aino: ")
        await agent.types("/resolve\r", "No chat is open.")
        await old.once_more("Uusi asia")
        await agent.hears("New customer waiting: Aino.")
        await agent.types("/take\r", "Chat 1 of 1: Aino.", "To Aino: ")
        await agent.types("/details\r", "queue: Verokortti.", "To Aino: ")
        await agent.types("/earlier\r", "Earlier chats of Aino, 1 entry.", "Number: ")
        await agent.types("1", "Aino, only to hear.", "Vanha asia", "To Aino: ")
        await agent.types("/search vanha\r", "Found, ", "message, Aino", "Number: ")
        await agent.types(ESCAPE, "Left.")
        await agent.types("/urgency\r", "1: urgent", "Number: ")
        await agent.types("2", "Priority: high.", "To Aino: ")
        await agent.types(f"/attach {tmp_path}/\r", "ohje.txt", "Number: ")
        number = re.findall(rb"(\d): ohje.txt", agent.heard)[-1]
        await agent.types(number, "ohje.txt goes with your text. Enter sends.")
        await agent.types("\r", "Sent.")
        await agent.types("/files\r", "1: ohje.txt, file, 14 bytes", "Number: ")
        await agent.types("1", "ohje.txt", "Downloads", "To Aino: ")
        await agent.types("/snooze 45\r", "Aino falls asleep.", "Command: ")
        await agent.types("/asleep\r", "1: Aino", "Number: ")
        await agent.types("1", "Chat 1 of 1: Aino.")
        assert await agent.leaves() == 0


async def test_a_lost_connection_is_said_and_a_list_is_left_by_escape(
    served: EmbeddedDesk, tmp_path: Path
) -> None:
    await waiting(served, "Aino", "Hei")
    with seated(tmp_path, served) as terminal:
        agent = Ear(terminal)
        await agent.hears("1 customer waits, for ")
        await agent.types("/waiting\r", "Number: ")
        await agent.types(ESCAPE, "Left.", "Command: ")
        await agent.types("/ta 9\r", "There is nobody with the number 9.")
        await agent.types("/foo\r", "There is no command /foo.")
        await agent.types("/help\r", "/take, F3: Take the customer", "Escape leaves a list")
        await asyncio.to_thread(served.stop_now)
        await agent.hears("The connection is lost.")
        assert await agent.leaves() == 0


def test_a_program_told_to_stop_gives_the_terminal_back(served: EmbeddedDesk, tmp_path: Path) -> None:
    with seated(tmp_path, served) as terminal:
        terminal.read_until(b"Nobody is waiting.")
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
        assert terminal.shown.endswith(b"\x1b[?2004l")
