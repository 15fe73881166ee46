"""The workstation on a terminal, killed in the middle of a text: what was being filled in still is."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import cast

from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.cli.program import Terminal
from tests.engine.wire import WireCustomer

TEXT = """
shortcut = "kortti"
[text]
fi = '''Kortti tulee {% field "when", choices: "huomenna|tänään" %}.'''
"""
F3, DOWN, ENTER = b"\x1bOR", b"\x1b[B", b"\r"


def seated(home: Path, served: EmbeddedDesk) -> Terminal:
    token = cast("list[dict[str, str]]", served.ready["agents"])[0]["token"]
    return Terminal(home, [], AGENT_TUI_URL=served.url, AGENT_TUI_TOKEN=token)


async def test_a_field_not_filled_in_is_a_field_again_after_a_kill(tmp_path: Path) -> None:
    own = tmp_path / "config/canned"
    own.mkdir(parents=True)
    (own / "kortti.toml").write_text(TEXT, encoding="utf-8")
    served = EmbeddedDesk.of(load("tax"))
    with closing(served.desk):
        async with served:
            liisa = await WireCustomer.arrive(served, "Liisa")
            await liisa.say("Milloin kortti tulee?")
            with seated(tmp_path, served) as terminal:
                terminal.read_until(b"waiting 1")
                terminal.press(F3)
                terminal.read_until(b"To Liisa")
                terminal.press(b"/kor")
                terminal.read_until("Kortti tulee ⟦when⟧.".encode())
                terminal.press(ENTER)
                terminal.read_until(b"Tab")
                drafts = tmp_path / "state/drafts.db"
                terminal.read_while(lambda: b"when" not in whole(drafts))
                terminal.process.kill()
                terminal.process.wait()
            with seated(tmp_path, served) as again:
                again.read_until("⟦when⟧".encode())
                again.press(ENTER)
                again.read_until(b"is not filled in")
                again.press(DOWN + DOWN)
                again.read_until("tänään".encode())


def whole(drafts: Path) -> bytes:
    """All that the disk has of them, what is only in the journal too."""
    return b"".join(path.read_bytes() for path in drafts.parent.glob(f"{drafts.name}*"))
