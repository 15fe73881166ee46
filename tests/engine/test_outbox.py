"""Every text is on disk before it is said to be sent, and stays there until the server has it."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from agent_tui.desk import events as d
from agent_tui.desk.effects import DropText, KeepText, LookForReply, SaveDraft, SendReply
from agent_tui.desk.problems import Trouble
from agent_tui.desk.transcript import Unsent
from agent_tui.engine.drafts import SqliteDrafts
from agent_tui.engine.outbox import MemoryOutbox, OutboxStore, OutboxUnwritable, SqliteOutbox
from agent_tui.engine.session import Pace
from api_client import errors
from api_client.models.identity import ConversationId, EchoId, MessageId
from api_client.models.message import Outgoing
from tests.engine.stage import ScriptedBackend, Stage

ONE, TWO = ConversationId("1"), ConversationId("2")
OWNER = "http://127.0.0.1#7"


class FullDisk(MemoryOutbox):
    """A disk without room, until somebody makes some."""

    full = True

    def put(self, owner: str, texts: Sequence[Unsent]) -> None:
        if self.full:
            raise OutboxUnwritable("database or disk is full")
        super().put(owner, texts)


def connected() -> ScriptedBackend:
    backend = ScriptedBackend()
    backend.waits(ONE)
    backend.says(ONE, "Hei")
    backend.connect()
    return backend


def reply(text: str, echo: str, after: str = "1") -> SendReply:
    return SendReply(ONE, EchoId(echo), text, note=False, after=MessageId(after))


def look(effect: SendReply) -> LookForReply:
    return LookForReply(effect.conversation, effect.echo, effect.text, effect.note, effect.after)


def unsent(effect: SendReply) -> Unsent:
    return Unsent(effect.conversation, effect.echo, effect.text, effect.note, effect.after)


def on_disk(path: Path) -> list[str]:
    with sqlite3.connect(path) as base:
        return [text for (text,) in base.execute("SELECT text FROM outbox ORDER BY position")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.db"


def a_stage(backend: ScriptedBackend, path: Path) -> Stage:
    """An engine that ends as a killed one does: what is under way is not waited for."""
    return Stage(backend, pace=Pace(finish=0.0), open_outbox=lambda: SqliteOutbox(path))


async def test_a_text_is_on_disk_before_it_is_said_to_leave_and_gone_when_it_has_arrived(path: Path) -> None:
    backend = connected()
    async with a_stage(backend, path) as stage:
        seen: list[tuple[type[d.DeskEvent], list[str]]] = []
        extend = stage.told.extend

        def note(events: Sequence[d.DeskEvent]) -> None:
            seen.extend((type(event), on_disk(path)) for event in events)
            extend(events)

        stage.engine._deliver = note
        backend.fail("send", errors.RateLimited("slow down", retry_after=5.0))
        await stage.do(reply("Moi", "e1"))
        assert (d.ReplyLeft, ["Moi"]) in seen
        await stage.first(d.ReplySent)
        assert on_disk(path) == []


def test_every_change_is_synced_to_the_disk(path: Path) -> None:
    store = SqliteOutbox(path)
    (level,) = store._base.execute("PRAGMA synchronous").fetchone()
    (mode,) = store._base.execute("PRAGMA journal_mode").fetchone()
    store.close()
    assert (level, mode) == (2, "wal")


async def test_a_text_that_is_held_back_is_on_disk_until_it_is_taken_back(path: Path) -> None:
    async with a_stage(connected(), path) as stage:
        await stage.do(KeepText(ONE, EchoId("e1"), "Moi", note=False, after=None))
        assert on_disk(path) == ["Moi"]
        await stage.do(DropText(ONE, EchoId("e1")))
        assert on_disk(path) == []


async def test_a_text_left_behind_by_a_killed_run_is_told_and_found_on_the_server(path: Path) -> None:
    backend = connected()
    sent = reply("Moi", "e1")
    backend.fail("send", errors.AnswerLost("timeout"), done=True)
    async with a_stage(backend, path) as stage:
        await stage.do(sent)
    async with a_stage(backend, path) as again:
        assert (await again.first(d.UnsentRestored)).texts == (unsent(sent),)
        await again.do(look(sent))
        assert (await again.first(d.ReplySent)).line.raw == "Moi"
    assert backend.texts(ONE) == ["Hei", "Moi"]
    assert on_disk(path) == []


async def test_a_text_that_never_left_is_said_to_be_unsent_and_sent_once_when_asked(path: Path) -> None:
    backend = connected()
    sent = reply("Moi", "e1")
    backend.fail("send", errors.AnswerLost("reset"))
    async with a_stage(backend, path) as stage:
        await stage.do(sent)
    async with a_stage(backend, path) as again:
        await again.do(look(sent))
        assert (await again.first(d.ReplyFailed)).problem.trouble is Trouble.NOT_SENT
        await again.do(sent)
        await again.first(d.ReplySent)
    assert backend.texts(ONE) == ["Hei", "Moi"]


async def test_sending_a_text_left_behind_looks_first(path: Path) -> None:
    backend = connected()
    sent = reply("Moi", "e1")
    backend.fail("send", errors.AnswerLost("timeout"), done=True)
    async with a_stage(backend, path) as stage:
        await stage.do(sent)
    async with a_stage(backend, path) as again:
        await again.do(sent)
        await again.first(d.ReplySent)
    assert backend.texts(ONE) == ["Hei", "Moi"]


async def test_a_new_text_does_not_overtake_one_left_behind(path: Path) -> None:
    backend = connected()
    first, second, third = reply("one", "e1"), reply("two", "e2"), reply("three", "e3")
    store = SqliteOutbox(path)
    store.put(OWNER, [unsent(first), unsent(second)])
    store.close()
    async with a_stage(backend, path) as stage:
        await stage.do(look(first), look(second), third)
        await stage.until(lambda: len(stage.all(d.ReplyFailed)) == 3)
        await stage.do(first, second, third)
        await stage.until(lambda: len(stage.all(d.ReplySent)) == 3)
    assert backend.texts(ONE) == ["Hei", "one", "two", "three"]


async def test_an_equal_text_sent_before_the_crash_is_not_taken_for_the_one_left_behind(path: Path) -> None:
    backend = connected()
    first, second = reply("ok", "e1"), reply("ok", "e2")
    store = SqliteOutbox(path)
    store.put(OWNER, [unsent(first), unsent(second)])
    sent = await backend.send(ONE, Outgoing("ok", EchoId("e1"), private=False))
    store.take(OWNER, ONE, EchoId("e1"), sent.id)
    store.close()
    async with a_stage(backend, path) as again:
        assert (await again.first(d.UnsentRestored)).texts == (unsent(second),)
        await again.do(second)
        await again.first(d.ReplySent)
    assert backend.texts(ONE) == ["Hei", "ok", "ok"]
    assert on_disk(path) == []


async def test_texts_that_do_not_leave_before_the_agent_does_are_there_next_time(path: Path) -> None:
    backend = connected()
    async with a_stage(backend, path) as stage:
        await stage.first(d.ConnectionOpened)
        backend.down = True
        await stage.do(reply("first", "e1"), reply("second", "e2"))
    backend.down = False
    async with a_stage(backend, path) as again:
        assert [text.text for text in (await again.first(d.UnsentRestored)).texts] == ["first", "second"]


async def test_a_full_disk_is_told_at_once_and_the_text_is_sent_all_the_same() -> None:
    backend, store = connected(), FullDisk()
    async with Stage(backend, open_outbox=lambda: store) as stage:
        await stage.do(reply("one", "e1"))
        await stage.first(d.ReplySent)
        assert stage.order(d.StorageFailed, d.ReplyLeft, d.ReplySent) == [
            d.StorageFailed,
            d.ReplyLeft,
            d.ReplySent,
        ]
        assert backend.texts(ONE) == ["Hei", "one"]


async def test_what_a_full_disk_did_not_take_goes_with_the_next() -> None:
    backend, store = connected(), FullDisk()
    async with Stage(backend, open_outbox=lambda: store) as stage:
        await stage.first(d.ConnectionOpened)
        backend.down = True
        await stage.do(reply("one", "e1"))
        store.full = False
        await stage.do(reply("two", "e2"))
        assert [text.text for text in store.load(OWNER)] == ["one", "two"]


async def test_an_outbox_that_cannot_be_opened_is_told_and_work_goes_on(tmp_path: Path) -> None:
    async with a_stage(connected(), tmp_path / "missing" / "outbox.db") as stage:
        assert (await stage.first(d.StorageFailed)).problem.trouble is Trouble.DISK
        await stage.do(reply("Moi", "e1"))
        await stage.first(d.ReplySent)


async def test_a_crash_between_outbox_and_drafts_leaves_the_text_once(tmp_path: Path) -> None:
    outbox, drafts = SqliteOutbox(tmp_path / "outbox.db"), SqliteDrafts(tmp_path / "drafts.db")
    outbox.put(OWNER, [unsent(reply("Hei vaan", "e1"))])
    outbox.close()
    async with Stage(
        connected(), lambda: drafts, open_outbox=lambda: SqliteOutbox(tmp_path / "outbox.db")
    ) as stage:
        await stage.do(SaveDraft(ONE, "Hei va", note=False))
    async with Stage(
        connected(),
        lambda: SqliteDrafts(tmp_path / "drafts.db"),
        open_outbox=lambda: SqliteOutbox(tmp_path / "outbox.db"),
    ) as again:
        await again.first(d.UnsentRestored)
        assert again.all(d.DraftsRestored) == []


@pytest.mark.parametrize("kind", [MemoryOutbox, "sqlite"])
def test_every_store_keeps_order_and_owners_apart(kind: object, path: Path) -> None:
    store: OutboxStore = SqliteOutbox(path) if kind == "sqlite" else MemoryOutbox()
    one, two = unsent(reply("one", "e1")), unsent(reply("two", "e2"))
    store.put("me", [one, two])
    store.put("me", [one])
    store.put("you", [two])
    assert store.load("me") == (one, two)
    store.take("me", ONE, EchoId("e1"), MessageId("9"))
    assert (store.load("me"), store.load("you")) == ((two,), (two,))
    store.take("me", ONE, EchoId("e2"), None)
    assert (store.load("me"), store.sent("me")) == ((), ())
    store.close()


def test_only_its_owner_may_read_the_file(path: Path) -> None:
    store = SqliteOutbox(path)
    store.put("me", [unsent(reply("Hei", "e1"))])
    modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    store.close()
    assert modes == {0o600}


async def test_a_second_workstation_of_the_same_agent_is_told_who_has_the_texts(path: Path) -> None:
    async with a_stage(connected(), path) as stage:
        await stage.first(d.SignedIn)
        async with a_stage(connected(), path) as other:
            problem = (await other.first(d.StartFailed)).problem
        assert (problem.trouble, problem.detail) == (Trouble.IN_USE, str(os.getpid()))
    async with a_stage(connected(), path) as later:
        await later.first(d.CatalogLoaded)
        assert later.all(d.StartFailed) == []
