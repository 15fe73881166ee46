"""An upload arrives once: repeated when it broke off, looked for when it may be there, stopped when asked."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from agent_tui.desk import events as d
from agent_tui.desk.effects import Resolve, SaveDraft, SendReply, TakeBack
from agent_tui.desk.file_model import Chosen
from agent_tui.desk.model import Draft
from agent_tui.desk.problems import Trouble
from agent_tui.engine.drafts import SqliteDrafts
from agent_tui.engine.local_files import chosen
from agent_tui.engine.outbox import SqliteOutbox
from api_client import errors
from api_client.models.identity import ConversationId, EchoId, MessageId
from tests.engine.stage import ScriptedBackend, Stage

ONE = ConversationId("1")


@pytest.fixture(autouse=True)
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread would be behind the clock that is turned by hand."""

    async def here(work: object, *args: object) -> object:
        assert callable(work)
        return work(*args)

    monkeypatch.setattr(asyncio, "to_thread", here)


@pytest.fixture
def backend() -> ScriptedBackend:
    made = ScriptedBackend()
    made.waits(ONE)
    made.says(ONE, "Hei")
    made.connect()
    return made


@pytest.fixture
def form(tmp_path: Path) -> Chosen:
    (tmp_path / "form.pdf").write_bytes(b"%PDF form")
    return chosen(str(tmp_path / "form.pdf"), 1 << 20)


def upload(form: Chosen, text: str = "", echo: str = "e1") -> SendReply:
    return SendReply(ONE, EchoId(echo), text, note=False, after=MessageId("1"), files=(form,))


def text(words: str, echo: str) -> SendReply:
    return SendReply(ONE, EchoId(echo), words, note=False, after=MessageId("1"))


def forget(form: Chosen) -> None:
    Path(form.path).unlink()


def sent_files(backend: ScriptedBackend) -> list[list[str]]:
    return [[file.name for file in message.attachments] for message in backend.logs[ONE][1:]]


async def test_progress_is_told_on_the_way(backend: ScriptedBackend, form: Chosen) -> None:
    backend.handed = (3, 9)
    async with Stage(backend) as stage:
        await stage.do(upload(form))
        assert (await stage.first(d.UploadProgressed)).percent == 33
        assert (await stage.first(d.ReplySent)).line.files[0].name == "form.pdf"


async def test_an_upload_that_broke_off_is_repeated(backend: ScriptedBackend, form: Chosen) -> None:
    backend.handed = (3, 9)
    backend.fail("send", errors.ConnectFailed("broke off"), errors.ConnectFailed("broke off"))
    async with Stage(backend) as stage:
        await stage.do(upload(form))
        await stage.first(d.ReplySent)
    assert sent_files(backend) == [["form.pdf"]]


async def test_an_upload_whose_answer_got_lost_is_found_and_not_doubled(
    backend: ScriptedBackend, form: Chosen
) -> None:
    backend.fail("send", errors.AnswerLost("lost"), done=True)
    async with Stage(backend) as stage:
        await stage.do(upload(form))
        await stage.first(d.ReplySent)
    assert sent_files(backend) == [["form.pdf"]]


async def test_an_upload_that_is_not_found_waits_for_the_agent(
    backend: ScriptedBackend, form: Chosen
) -> None:
    backend.fail("send", errors.AnswerLost("lost"))
    async with Stage(backend) as stage:
        await stage.do(upload(form))
        failed = await stage.first(d.ReplyFailed)
        assert failed.problem.trouble is Trouble.UNCERTAIN
        assert sent_files(backend) == []
        await stage.do(upload(form))
        await stage.first(d.ReplySent)
    assert sent_files(backend) == [["form.pdf"]]


async def test_another_message_without_the_file_is_not_taken_for_it(
    backend: ScriptedBackend, form: Chosen
) -> None:
    backend.fail("send", errors.AnswerLost("lost"))
    async with Stage(backend) as stage:
        await stage.do(text("", "e0"))
        await stage.first(d.ReplySent)
        backend.fail("send", errors.AnswerLost("lost"))
        await stage.do(upload(form, echo="e1"))
        assert (await stage.first(d.ReplyFailed)).echo == "e1"


@pytest.mark.parametrize(
    ("error", "trouble"),
    [(errors.TooLarge("413"), Trouble.TOO_LARGE), (errors.Refused("422", detail="no"), Trouble.REFUSED)],
)
async def test_a_refused_upload_holds_no_later_text_up(
    backend: ScriptedBackend, form: Chosen, error: errors.ApiError, trouble: Trouble
) -> None:
    backend.fail("send", error)
    async with Stage(backend) as stage:
        await stage.do(upload(form), text("Moi", "e2"))
        assert (await stage.first(d.ReplyFailed)).problem.trouble is trouble
        await stage.first(d.ReplySent)
    assert backend.texts(ONE) == ["Hei", "Moi"]


async def test_a_file_that_is_gone_is_told_and_nothing_leaves(backend: ScriptedBackend, form: Chosen) -> None:
    forget(form)
    async with Stage(backend) as stage:
        await stage.do(upload(form, "Here"))
        failed = await stage.first(d.ReplyFailed)
    assert failed.problem.trouble is Trouble.FILE
    assert "form.pdf" in failed.problem.detail
    assert backend.called("send") == []


async def test_an_upload_under_way_can_be_stopped(backend: ScriptedBackend, form: Chosen) -> None:
    backend.handed = (3, 9)
    backend.gates["send"] = asyncio.Event()
    async with Stage(backend) as stage:
        await stage.do(upload(form), text("Moi", "e2"), Resolve(ONE))
        await stage.first(d.UploadProgressed)
        await stage.do(TakeBack(ONE, EchoId("e1")))
        await stage.first(d.ReplyTakenBack)
        backend.gates["send"].set()
        await stage.first(d.ReplySent)
        assert (await stage.first(d.ResolveFailed)).problem.trouble is Trouble.TAKEN_BACK
    assert backend.texts(ONE) == ["Hei", "Moi"]


async def test_an_upload_that_is_handed_over_cannot_be_stopped(
    backend: ScriptedBackend, form: Chosen
) -> None:
    backend.handed = (9, 9)
    backend.gates["send"] = asyncio.Event()
    async with Stage(backend) as stage:
        await stage.do(upload(form))
        await stage.do(TakeBack(ONE, EchoId("e1")))
        await stage.first(d.TakingBackFailed)
        backend.gates["send"].set()
        await stage.first(d.ReplySent)
        assert not stage.all(d.ReplyTakenBack)


async def test_a_text_behind_another_can_be_taken_back(backend: ScriptedBackend) -> None:
    backend.gates["send"] = asyncio.Event()
    async with Stage(backend) as stage:
        await stage.do(text("one", "e1"), text("two", "e2"), TakeBack(ONE, EchoId("e2")))
        await stage.first(d.ReplyTakenBack)
        backend.gates["send"].set()
        await stage.first(d.ReplySent)
    assert backend.texts(ONE) == ["Hei", "one"]


def test_files_are_kept_with_the_draft_and_with_the_text(tmp_path: Path, form: Chosen) -> None:
    drafts = SqliteDrafts(tmp_path / "drafts.db")
    drafts.save("me", {ONE: Draft("", files=(form,))})
    assert drafts.load("me") == {ONE: Draft("", files=(form,))}
    drafts.save("me", {ONE: Draft("")})
    assert drafts.load("me") == {}
    drafts.close()


async def test_an_upload_left_behind_by_a_crash_comes_back_with_its_files(
    tmp_path: Path, backend: ScriptedBackend, form: Chosen
) -> None:
    def open_outbox() -> SqliteOutbox:
        return SqliteOutbox(tmp_path / "outbox.db")

    backend.gates["send"] = asyncio.Event()
    async with Stage(backend, open_outbox=open_outbox) as stage:
        await stage.do(upload(form, "Here"))
    async with Stage(backend, open_outbox=open_outbox) as stage:
        left = (await stage.first(d.UnsentRestored)).texts
    assert [(one.text, one.files) for one in left] == [("Here", (form,))]


def test_files_of_an_earlier_version_gain_the_new_column(tmp_path: Path) -> None:
    import sqlite3

    old = sqlite3.connect(tmp_path / "drafts.db")
    old.execute(
        "CREATE TABLE drafts (owner TEXT NOT NULL, conversation TEXT NOT NULL, text TEXT NOT NULL,"
        " note INTEGER NOT NULL, changed REAL NOT NULL, PRIMARY KEY (owner, conversation)) WITHOUT ROWID"
    )
    old.execute("INSERT INTO drafts VALUES ('me', '1', 'Hei', 0, 9e12)")
    old.commit()
    old.close()
    drafts = SqliteDrafts(tmp_path / "drafts.db")
    assert drafts.load("me") == {ONE: Draft("Hei")}
    drafts.close()


async def test_a_chosen_file_alone_is_a_draft(tmp_path: Path, backend: ScriptedBackend, form: Chosen) -> None:
    def open_drafts() -> SqliteDrafts:
        return SqliteDrafts(tmp_path / "drafts.db")

    async with Stage(backend, open_drafts) as stage:
        await stage.do(SaveDraft(ONE, "", note=False, files=(form,)))
    async with Stage(backend, open_drafts) as stage:
        assert (await stage.first(d.DraftsRestored)).drafts == {ONE: Draft("", files=(form,))}
