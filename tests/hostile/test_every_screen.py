"""Hostile text in every field, through every screen of the real program: what comes out at the terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, cast

import pytest

from practice.scenario.loader import load
from tests.engine.wire import WireCustomer
from tests.hostile.allowed import CALLED, COPIED, WHERE_IS_THE_CURSOR, offences
from tests.hostile.corpus import HOSTILE
from tests.hostile.person import Person
from tests.hostile.server import HostileDesk

F1, F2, F3, F5, F6, F7, F11 = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[23~"
CTRL_D, CTRL_K, CTRL_P, CTRL_Q, CTRL_S, CTRL_T = "\x04", "\x0b", "\x10", "\x11", "\x13", "\x14"
INSERT, ESCAPE, MARK = "\x1b[2~", "\x1b", "\x1b[1;5A"
AT_WORK: Final = "To "
PICTURE: Final = "\u241b"
"""What an escape character leaves behind: proof that hostile text was painted there."""


LISTS: Final = (
    (F5, "Canned responses"),
    (F6, "Links"),
    (F7, "Tags of"),
    (CTRL_D, "Hand over"),
    (CTRL_P, "Earlier chats"),
    (CTRL_S, "Search chats"),
    (F11, "Files of"),
)
BY_NAME: Final = (
    ("library", "Library, as"),
    ("priority", "Priority of"),
    ("links of this", "Links of this chat"),
    ("name, e-mail", "Details of"),
)


@pytest.fixture
def desk() -> Iterator[HostileDesk]:
    served = HostileDesk.of(load("tax"))
    with closing(served.desk), served:
        yield served


def connected(desk: HostileDesk) -> dict[str, str]:
    token = cast("list[dict[str, str]]", desk.ready["agents"])[0]["token"]
    return {"AGENT_TUI_URL": desk.url, "AGENT_TUI_TOKEN": token, "AGENT_TUI_UNDO": "0"}


def quoted(text: str) -> str:
    """As TOML has it."""
    sound = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return '"' + "".join(f"\\U{ord(sign):08x}" for sign in sound) + '"'


def furnish(home: Path) -> None:
    """Files of a team that means harm: canned responses, bookmarks."""
    folder = home / "config" / "canned"
    folder.mkdir(parents=True)
    for number, text in enumerate(HOSTILE.values()):
        (folder / f"a{number}.toml").write_text(
            f'shortcut = "a{number}"\ntitle = {quoted(text)}\ncategory = {quoted(text)}\n'
            f"when = {quoted(text)}\ntags = [{quoted(text)}]\ntext = {quoted(text)}\n"
        )
    rows = [
        f'[[bookmark]]\ntitle = {quoted(text)}\nurl = "https://a.test/{n}"\n'
        for n, text in enumerate(HOSTILE.values())
    ]
    (home / "config" / "bookmarks.toml").write_text("\n".join(rows))


async def arrive(desk: HostileDesk) -> None:
    for name in ("Olga", "Pekka", "Aino"):
        await (await WireCustomer.arrive(desk, name)).say("Moi")


async def test_the_workstation_paints_nothing_that_a_terminal_obeys(
    desk: HostileDesk, tmp_path: Path
) -> None:
    furnish(tmp_path)
    await arrive(desk)
    with Person(tmp_path, [], connected(desk)) as person:
        await person.sees("Waiting customers", "Olga", "live")
        await person.presses(F3, AT_WORK, PICTURE)
        await person.presses("\x1b[5~\x1b[5~", PICTURE)
        await person.presses(MARK, "As it came")
        await person.presses("r", "As it came, ", "\\x1b[02J")
        await person.presses("\x1b[F", "100%")
        person.types("x" + INSERT)
        await person.presses(MARK + "c", "Copied, ")
        for keys, title in LISTS:
            await person.presses(keys, title)
        for words, title in BY_NAME:
            await person.presses(CTRL_K, "Commands")
            await person.presses(words + "\r", title)
        await person.presses(F1, "Help.")
        person.types("x" + CTRL_Q)
        assert await person.ends() == 0
    assert not offences(person.out, COPIED)
    assert len(COPIED.findall(person.out)) == 1


COMMANDS: Final = (
    ("queues",),
    ("queues", "--json"),
    ("tags", "--csv"),
    ("canned", "list"),
    ("canned", "check"),
    ("export", "1", "2", "--to", "out"),
    ("doctor", "--json"),
)


async def outcome(home: Path, arguments: tuple[str, ...], env: dict[str, str]) -> tuple[int, bytes]:
    with Person(home, list(arguments), env) as person:
        return await person.ends(), person.out


async def test_no_command_prints_what_a_terminal_obeys(
    desk: HostileDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(tmp_path)
    monkeypatch.chdir(tmp_path)
    await arrive(desk)
    wrong = {**connected(desk), "AGENT_TUI_TOKEN": "wrong"}
    ended = await asyncio.gather(
        *(outcome(tmp_path, arguments, connected(desk)) for arguments in COMMANDS),
        outcome(tmp_path, ("queues",), wrong),
    )
    assert [code for code, _ in ended] == [0] * len(COMMANDS) + [4]
    assert [offences(out, WHERE_IS_THE_CURSOR) for _, out in ended] == [[]] * len(ended)
    (file,) = (tmp_path / "out").iterdir()
    assert not offences(file.read_bytes())


async def test_the_board_paints_nothing_that_a_terminal_obeys(desk: HostileDesk, tmp_path: Path) -> None:
    await arrive(desk)
    with Person(tmp_path, ["monitor"], connected(desk), columns=200) as person:
        await person.sees("Verokortti", "Rakentamisilmoitus")
        person.types("q")
        assert await person.ends() == 0
    assert not offences(person.out, CALLED)


async def test_nothing_is_said_by_lines_that_a_terminal_obeys(desk: HostileDesk, tmp_path: Path) -> None:
    furnish(tmp_path)
    await arrive(desk)
    with Person(tmp_path, ["--linear"], connected(desk)) as person:
        await person.sees("3 customers wait")
        await person.presses("/waiting\r", "Number: ", PICTURE)
        await person.presses("1", "Automatic", PICTURE)
        await person.presses("/card\r", PICTURE)
        await person.presses("/canned\r", PICTURE)
        person.types("\x03" + CTRL_Q)
        assert await person.ends() == 0
    assert not offences(person.out)


async def test_a_sign_in_that_is_refused_says_nothing_that_a_terminal_obeys(
    desk: HostileDesk, tmp_path: Path
) -> None:
    with Person(tmp_path, ["login", desk.url], {"DBUS_SESSION_BUS_ADDRESS": "disabled:"}) as person:
        await person.sees("E-mail:")
        await person.presses("a@example.test\r", "Password:")
        await person.presses("wrong\r", "do not fit together")
        person.types(CTRL_Q)
        assert await person.ends() != 0
    assert not offences(person.out)
