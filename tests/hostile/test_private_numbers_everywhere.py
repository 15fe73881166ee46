"""Private numbers in every field of a desk: none of them comes out anywhere until it is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.engine.wire import WireCustomer, call
from tests.hostile.person import Person

NUMBERS = ("131052-308T", "FI21 1234 5600 0007 85", "111222333", "811218-9876", "4111 1111 1111 1111")
ALL = " / ".join(NUMBERS)
CTRL_Q, CTRL_S, F3, F11, INSERT = "\x11", "\x13", "\x1bOR", "\x1b[23~", "\x1b[2~"
ON_THE_CARD = "https://a.test/8112"
"""As much of an address with a number in it as has room on one row."""


@pytest.fixture
def desk() -> Iterator[EmbeddedDesk]:
    served = EmbeddedDesk.of(load("tax"))
    with closing(served.desk), served:
        yield served


def connected(desk: EmbeddedDesk) -> dict[str, str]:
    token = cast("list[dict[str, str]]", desk.ready["agents"])[0]["token"]
    return {"AGENT_TUI_URL": desk.url, "AGENT_TUI_TOKEN": token, "AGENT_TUI_UNDO": "0"}


def given_away(out: bytes) -> list[str]:
    """Each that is there, with what stands before it."""
    found = ((number, out.find(number.encode())) for number in NUMBERS)
    return [out[max(0, at - 80) : at].decode(errors="replace") + number for number, at in found if at >= 0]


async def furnish(desk: EmbeddedDesk) -> None:
    inbox = cast("list[dict[str, str]]", desk.ready["inboxes"])[0]["identifier"]
    contacts = f"/public/api/v1/inboxes/{inbox}/contacts"
    about = {"name": f"Olga {NUMBERS[0]}", "custom_attributes": {"code": NUMBERS[0], "account": NUMBERS[1]}}
    contact = await call(desk, "POST", contacts, about)
    place = f"{contacts}/{contact['source_id']}/conversations"
    begun = await call(
        desk, "POST", place, {"custom_attributes": {"referer": f"https://a.test/{NUMBERS[3]}"}}
    )
    customer = WireCustomer(desk, f"{place}/{begun['id']}", str(begun["id"]))
    await customer.say(f"Olen {ALL}")


async def test_no_private_number_comes_out_until_a_key_is_held(desk: EmbeddedDesk, tmp_path: Path) -> None:
    await furnish(desk)
    with Person(tmp_path, [], connected(desk), columns=180) as person:
        await person.sees("Olga", "******-****")
        await person.presses(F3, "To Olga", "******-****", "code")
        await person.presses(CTRL_S, "Search chats")
        await person.presses("olga", "******-****")
        await person.presses(F11, "Files of")
        assert not given_away(person.out)
        await person.presses("\x1b[1;5A", "As it came")
        await person.presses(INSERT, *NUMBERS, ON_THE_CARD)
        await person.presses(f"Maksa tilille {NUMBERS[1]}", NUMBERS[1])
        await person.presses("\r", "This gives away a bank account number.")
        person.types(CTRL_Q)
        assert await person.ends() == 0
    kept = b"".join(path.read_bytes() for path in (tmp_path / "state").rglob("*.log*"))
    assert not given_away(kept)


async def outcome(home: Path, arguments: list[str], env: dict[str, str]) -> bytes:
    with Person(home, arguments, env) as person:
        assert await person.ends() == 0
        return person.out


async def test_no_command_gives_private_numbers_away_unless_asked_by_name(
    desk: EmbeddedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await furnish(desk)
    monkeypatch.chdir(tmp_path)
    lists = (
        ["queues", "--json"],
        ["tags"],
        ["export", "1", "--to", "a"],
        ["export", "1", "--numbers", "--to", "b"],
    )
    told = await asyncio.gather(*(outcome(tmp_path, arguments, connected(desk)) for arguments in lists))
    assert not given_away(b"".join(told))
    (hidden,), (shown,) = (list((tmp_path / name).iterdir()) for name in "ab")
    assert not given_away(hidden.read_bytes())
    assert len(given_away(shown.read_bytes())) == len(NUMBERS)
