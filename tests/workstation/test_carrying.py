"""Chats to files and through commands: by keys, on real sockets."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from agent_tui.engine.carrying import CarryingMeans
from api_client.models.conversation import Status
from api_client.testing.bench import reply
from tests.workstation.colleague import colleague, customer, quiet_desk, take
from tests.workstation.seat import Seat, seat

SHOUTING = """
import sys
text = sys.stdin.read()
said = next(row for row in text.splitlines() if "card" in row).strip()
print("A NOTE" if "a note" in text else said.upper())
"""
SHOUT = (sys.executable, "-c", SHOUTING)
FAIL = (sys.executable, "-c", "raise SystemExit('no such model')")


def written(folder: Path, ending: str) -> str:
    """What stands in the one file whose name ends so."""
    (path,) = folder.glob(f"*{ending}")
    return path.read_text()


async def command(at: Seat, name: str) -> None:
    await at.press("ctrl+k")
    await at.type(name)
    await at.press("enter")


async def test_the_whole_chat_is_written_without_notes_and_the_place_is_said(tmp_path: Path) -> None:
    async with quiet_desk() as desk, seat(desk, size=(200, 50), carrying=CarryingMeans(tmp_path)) as at:
        olga = await customer(desk, "Olga", "First of many")
        for number in range(42):
            await olga.say(f"row {number}")
        await take(at, olga.conversation)
        await at.press("f9")
        await at.type("A note")
        await at.press("enter")
        await at.until(lambda: not at.chat.transcript.sending)
        assert len(at.chat.transcript.lines) < 42
        await command(at, "to a file")
        await at.until_shown("Write 1 chat to a file as …")
        await at.press("1")
        await at.until_shown("1 chat is in ")
        assert f"1 chat is in {tmp_path}" in at.screen
        text = written(tmp_path, ".md")
        assert "First of many" in text
        assert "row 41" in text
        assert "A note" not in text
        await command(at, "to a file")
        await at.press("6")
        await at.until_shown(".json")
        assert "A note" in written(tmp_path, ".json")


async def test_open_and_found_chats_go_into_one_file(tmp_path: Path) -> None:
    async with (
        quiet_desk() as desk,
        colleague(desk) as other,
        seat(desk, carrying=CarryingMeans(tmp_path)) as at,
    ):
        olga = await customer(desk, "Olga", "purple one")
        await other.set_status(olga.conversation, Status.RESOLVED)
        kaj = await customer(desk, "Kaj", "green")
        await take(at, kaj.conversation)
        await at.press("ctrl+s")
        await at.type("purple")
        await at.until_shown("message   Olga")
        await at.press("escape")
        await command(at, "chats to a file")
        await at.until_shown("[x] Kaj")
        await at.press("down", "space", "enter", "3")
        await at.until_shown("2 chats are in ")
        told = json.loads(written(tmp_path, "-chats-2.json"))
        assert [chat["customer"] for chat in told["conversations"]] == ["Kaj", "Olga"]


async def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    async with quiet_desk() as desk, seat(desk, carrying=CarryingMeans(tmp_path / "file")) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await command(at, "to a file")
        await at.press("1")
        await at.until_shown("No file was written")


async def test_a_command_makes_a_draft_in_the_chat_it_was_given_and_in_no_other() -> None:
    tools = CarryingMeans(tools={"shout": SHOUT})
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk, carrying=tools) as at:
        olga = await customer(desk, "Olga", "my card")
        await take(at, olga.conversation)
        await at.type("Hi")
        await other.send(olga.conversation, reply("a note", private=True))
        await at.until_shown("a note")
        kaj = await customer(desk, "Kaj", "green")
        await take(at, kaj.conversation)
        await at.press("ctrl+pageup")
        await command(at, "draft by command")
        await at.press("1", "ctrl+pagedown")
        await at.until(lambda: "CARD" in at.state.chats[olga.conversation].draft.text, "the draft")
        assert at.chat.draft.text == ""
        await at.press("ctrl+pageup")
        assert at.chat.draft.text == "Hi\nMY CARD"
        await at.type("!")
        assert at.chat.draft.text == "Hi!\nMY CARD"


async def test_a_command_that_fails_leaves_the_draft_and_says_why() -> None:
    async with quiet_desk() as desk, seat(desk, carrying=CarryingMeans(tools={"model": FAIL})) as at:
        olga = await customer(desk, "Olga", "my card")
        await take(at, olga.conversation)
        await at.type("Hi")
        await command(at, "draft by command")
        await at.press("1")
        await at.until_shown("model brought no text: it ended with an error (no such model).")
        assert at.chat.draft.text == "Hi"


async def test_without_commands_the_settings_are_named() -> None:
    async with quiet_desk() as desk, seat(desk) as at:
        olga = await customer(desk, "Olga")
        await take(at, olga.conversation)
        await command(at, "draft by command")
        await at.until_shown("You have no commands yet; [commands] in the settings file names them.")
