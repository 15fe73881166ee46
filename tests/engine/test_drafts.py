"""What the agent typed and did not send is there again after a crash of the program."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from agent_tui.desk import events as d
from agent_tui.desk.effects import SaveDraft
from agent_tui.desk.model import Draft
from agent_tui.desk.passages import Field, Marks, Passage
from agent_tui.desk.problems import Trouble
from agent_tui.engine.drafts import DraftsUnwritable, MemoryDrafts, SqliteDrafts
from api_client.models.identity import ConversationId
from canned.model import After
from tests.engine.stage import ScriptedBackend, Stage

ONE, TWO = ConversationId("1"), ConversationId("2")


class FullDisk(MemoryDrafts):
    """A disk without room, until somebody makes some."""

    full = True

    def save(self, owner: str, drafts: Mapping[ConversationId, Draft]) -> None:
        if self.full:
            raise DraftsUnwritable("database or disk is full")
        super().save(owner, drafts)


def connected() -> ScriptedBackend:
    backend = ScriptedBackend()
    backend.waits(ONE)
    backend.connect()
    return backend


def kept(path: Path) -> dict[str, str]:
    with sqlite3.connect(path) as base:
        return dict(base.execute("SELECT conversation, text FROM drafts"))


async def test_a_draft_is_on_disk_a_moment_after_the_last_key(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    async with Stage(connected(), lambda: SqliteDrafts(path)) as stage:
        for length in range(1, 6):
            await stage.do(SaveDraft(ONE, "Hello"[:length], note=False))
        await stage.turn(0.16)
        assert kept(path) == {"1": "Hello"}


async def test_the_last_keys_before_leaving_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    async with Stage(connected(), lambda: SqliteDrafts(path)) as stage:
        await stage.do(SaveDraft(ONE, "Hei", note=True))
    async with Stage(connected(), lambda: SqliteDrafts(path)) as stage:
        assert (await stage.first(d.DraftsRestored)).drafts == {ONE: Draft("Hei", note=True)}


async def test_an_emptied_draft_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    async with Stage(connected(), lambda: SqliteDrafts(path)) as stage:
        await stage.do(SaveDraft(ONE, "Hei", note=False))
        await stage.turn(1)
        await stage.do(SaveDraft(ONE, "", note=False))
    assert kept(path) == {}


async def test_another_agents_drafts_are_not_mine(tmp_path: Path) -> None:
    store = SqliteDrafts(tmp_path / "drafts.db")
    store.save("somebody else", {ONE: Draft("secret")})
    store.close()
    async with Stage(connected(), lambda: SqliteDrafts(tmp_path / "drafts.db")) as stage:
        await stage.first(d.ConnectionOpened)
        assert not stage.all(d.DraftsRestored)


async def test_a_full_disk_is_told_once_and_what_it_did_not_take_goes_with_the_next() -> None:
    store = FullDisk()
    async with Stage(connected(), lambda: store) as stage:
        await stage.do(SaveDraft(ONE, "one", note=False))
        await stage.turn(1)
        await stage.do(SaveDraft(TWO, "two", note=False))
        await stage.turn(1)
        assert [event.problem.trouble for event in stage.all(d.StorageFailed)] == [Trouble.DISK]
        store.full = False
        await stage.do(SaveDraft(TWO, "two and", note=False))
        await stage.turn(1)
        owner = "http://127.0.0.1#7"
        assert store.load(owner) == {ONE: Draft("one"), TWO: Draft("two and")}


async def test_a_store_that_cannot_be_opened_is_told_and_work_goes_on(tmp_path: Path) -> None:
    async with Stage(connected(), lambda: SqliteDrafts(tmp_path / "missing" / "drafts.db")) as stage:
        assert (await stage.first(d.StorageFailed)).problem.trouble is Trouble.DISK
        await stage.first(d.ConnectionOpened)


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    store = SqliteDrafts(path)
    store.save("me", {ONE: Draft("Hei")})
    modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    store.close()
    assert modes == {0o600}


def test_a_file_that_is_no_database_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    path.write_bytes(b"not a database at all, " * 100)
    store = SqliteDrafts(path)
    assert store.load("me") == {}
    store.close()
    assert len(list(tmp_path.glob("drafts.db.broken-*"))) == 1


@pytest.mark.parametrize("text", ["half \ud83d an emoji", "a\x00b", "vero 🧾"])
def test_any_text_can_be_kept(tmp_path: Path, text: str) -> None:
    store = SqliteDrafts(tmp_path / "drafts.db")
    store.save("me", {ONE: Draft(text)})
    assert store.load("me")[ONE].text.startswith(text[0])
    store.close()


def test_a_draft_comes_back_with_its_fields_and_responses(tmp_path: Path) -> None:
    passage = Passage(0, 7, "team/k", "k", after=After(tags=("refund",)))
    draft = Draft("Hei ⟦a⟧", marks=Marks((Field(4, 7, "a", ("x", "y"), "why"),), (passage,)))
    store = SqliteDrafts(tmp_path / "drafts.db")
    store.save("me", {ONE: draft})
    store.close()
    again = SqliteDrafts(tmp_path / "drafts.db")
    assert again.load("me") == {ONE: draft}
    again.close()
