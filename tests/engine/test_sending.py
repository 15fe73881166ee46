"""A reply arrives once, in its order, or the desk is told that it did not."""

from __future__ import annotations

import asyncio

import msgspec
import pytest
from msgspec.structs import replace

from agent_tui.desk import events as d
from agent_tui.desk.effects import LookForReply, Resolve, SendReply
from agent_tui.desk.problems import Trouble
from api_client import errors
from api_client.models.conversation import Status
from api_client.models.events import MessageCreated
from api_client.models.identity import ConversationId, EchoId, MessageId
from api_client.models.message import Author, AuthorKind, MessageKind
from tests.engine.stage import ME, ScriptedBackend, Stage

ONE, TWO = ConversationId("1"), ConversationId("2")


def reply(
    text: str, echo: str = "e1", conversation: ConversationId = ONE, *, note: bool = False, after: str = "1"
) -> SendReply:
    return SendReply(conversation, EchoId(echo), text, note, MessageId(after))


@pytest.fixture
def backend() -> ScriptedBackend:
    made = ScriptedBackend()
    for conversation in (ONE, TWO):
        made.waits(conversation)
        made.says(conversation, "Hei")
    made.connect()
    return made


def told(stage: Stage) -> list[tuple[str, str]]:
    """What became of each reply, in the order told."""
    return [
        (event.echo, event.problem.trouble.value if isinstance(event, d.ReplyFailed) else "sent")
        for event in stage.told
        if isinstance(event, d.ReplySent | d.ReplyFailed)
    ]


async def test_a_reply_that_is_sent_comes_back_as_my_line(backend: ScriptedBackend) -> None:
    async with Stage(backend) as stage:
        await stage.do(reply("Moi"))
        sent = await stage.first(d.ReplySent)
        assert sent.line.mine
        assert sent.line.echo == "e1"
        assert backend.texts(ONE) == ["Hei", "Moi"]


async def test_replies_to_one_customer_arrive_in_the_order_typed(backend: ScriptedBackend) -> None:
    backend.fail("send", errors.RateLimited("slow down", retry_after=5.0))
    async with Stage(backend) as stage:
        await stage.do(*[reply(str(number), f"e{number}") for number in range(9)])
        await stage.until(lambda: len(stage.all(d.ReplySent)) == 9)
        assert backend.texts(ONE) == ["Hei", *map(str, range(9))]


async def test_one_customer_does_not_wait_for_another(backend: ScriptedBackend) -> None:
    backend.fail("send", errors.RateLimited("slow down", retry_after=50.0))
    async with Stage(backend) as stage:
        await stage.do(reply("slow"), reply("quick", "e2", TWO))
        await stage.first(d.ReplySent, within=1)
        assert told(stage) == [("e2", "sent")]


async def test_a_reply_whose_answer_got_lost_is_found_and_not_sent_twice(backend: ScriptedBackend) -> None:
    backend.fail("send", errors.AnswerLost("read timeout"), done=True)
    async with Stage(backend) as stage:
        await stage.do(reply("Moi", after="2"))
        await stage.first(d.ReplySent)
        assert backend.texts(ONE) == ["Hei", "Moi"]
        assert told(stage) == [("e1", "sent")]


async def test_a_reply_that_did_not_arrive_is_sent_again_once(backend: ScriptedBackend) -> None:
    backend.fail("send", errors.AnswerLost("reset"))
    async with Stage(backend) as stage:
        await stage.do(reply("Moi"))
        await stage.first(d.ReplySent)
        assert backend.texts(ONE) == ["Hei", "Moi"]


@pytest.mark.parametrize("error", [errors.ServerFault("502"), errors.BadAnswer("a page of HTML")])
async def test_a_server_that_fails_after_the_deed_does_not_get_the_reply_twice(
    backend: ScriptedBackend, error: errors.ApiError
) -> None:
    backend.fail("send", error, done=True)
    async with Stage(backend) as stage:
        await stage.do(reply("Moi"))
        await stage.first(d.ReplySent)
        assert backend.texts(ONE) == ["Hei", "Moi"]


async def test_the_same_text_sent_before_is_not_taken_for_the_lost_one(backend: ScriptedBackend) -> None:
    async with Stage(backend) as stage:
        await stage.do(reply("ok"))
        await stage.first(d.ReplySent)
        backend.fail("send", errors.AnswerLost("reset"))
        await stage.do(reply("ok", "e2"))
        await stage.until(lambda: len(stage.all(d.ReplySent)) == 2)
        assert backend.texts(ONE) == ["Hei", "ok", "ok"]


async def test_a_note_is_not_taken_for_a_lost_reply_of_the_same_words(backend: ScriptedBackend) -> None:
    backend.fail("send", errors.AnswerLost("reset"), done=True)
    backend.fail("send", errors.AnswerLost("reset"))
    async with Stage(backend) as stage:
        await stage.do(reply("ok", note=True), reply("ok", "e2"))
        await stage.until(lambda: len(told(stage)) == 2)
        assert [message.kind.value for message in backend.logs[ONE]] == ["customer", "note", "agent"]


async def test_a_push_that_brings_the_lost_reply_settles_it(backend: ScriptedBackend) -> None:
    backend.fail("send", errors.AnswerLost("timeout"), done=True)
    async with Stage(backend) as stage:
        await stage.do(reply("Moi"))
        backend.fail("messages", *[errors.ServerFault("500")] * 99)
        backend.push(MessageCreated(msgspec.structs.replace(backend.logs[ONE][-1], echo=EchoId("e1"))))
        await stage.first(d.ReplySent, within=30)
        assert backend.texts(ONE) == ["Hei", "Moi"]


async def test_a_lost_answer_that_cannot_be_looked_for_stays_uncertain(backend: ScriptedBackend) -> None:
    backend.fail("send", errors.AnswerLost("timeout"), done=True)
    backend.fail("messages", *[errors.ServerFault("500")] * 99)
    async with Stage(backend) as stage:
        await stage.do(reply("Moi"))
        failed = await stage.first(d.ReplyFailed, within=180)
        assert failed.problem.trouble is Trouble.UNCERTAIN
        assert backend.texts(ONE) == ["Hei", "Moi"]


async def test_retrying_an_uncertain_reply_looks_before_it_sends(backend: ScriptedBackend) -> None:
    backend.fail("send", errors.AnswerLost("timeout"), done=True)
    backend.fail("messages", *[errors.Refused("not now")] * 1)
    async with Stage(backend) as stage:
        await stage.do(reply("Moi"))
        await stage.first(d.ReplyFailed)
        await stage.do(reply("Moi"))
        await stage.first(d.ReplySent)
        assert backend.texts(ONE) == ["Hei", "Moi"]


async def test_a_reply_waits_for_the_connection_and_leaves_when_live_again(
    backend: ScriptedBackend,
) -> None:
    async with Stage(backend) as stage:
        await stage.first(d.ConnectionOpened)
        backend.down = True
        backend.lose()
        await stage.do(reply("Moi"))
        await stage.turn(60)
        assert told(stage) == []
        backend.down = False
        backend.connect(gap=60.0)
        await stage.first(d.ReplySent, within=1)
        assert backend.texts(ONE) == ["Hei", "Moi"]


async def test_after_two_minutes_the_reply_and_those_behind_it_are_told_as_unsent(
    backend: ScriptedBackend,
) -> None:
    async with Stage(backend) as stage:
        await stage.first(d.ConnectionOpened)
        backend.down = True
        backend.lose()
        await stage.do(reply("one"), reply("two", "e2"), Resolve(ONE))
        await stage.until(lambda: bool(stage.all(d.ResolveFailed)), within=130)
        assert told(stage) == [("e1", "unreachable"), ("e2", "unreachable")]
        backend.down = False
        await stage.do(reply("one"), reply("two", "e2"))
        await stage.until(lambda: len(stage.all(d.ReplySent)) == 2)
        assert backend.texts(ONE) == ["Hei", "one", "two"]


async def test_a_text_the_server_declines_holds_nobody_up_but_the_closing(backend: ScriptedBackend) -> None:
    backend.fail("send", errors.Refused("no", detail="is too long"))
    async with Stage(backend) as stage:
        await stage.do(reply("long"), reply("short", "e2"), Resolve(ONE))
        await stage.first(d.ResolveFailed)
        await stage.first(d.ReplySent)
        assert told(stage) == [("e1", "refused"), ("e2", "sent")]
        assert stage.all(d.ReplyFailed)[0].problem.detail == "is too long"
        assert backend.chats[ONE].status is Status.OPEN


async def test_a_conversation_is_closed_after_the_last_reply_has_left(backend: ScriptedBackend) -> None:
    backend.gates["send"] = asyncio.Event()
    async with Stage(backend) as stage:
        await stage.do(reply("Kiitos"), Resolve(ONE))
        assert backend.chats[ONE].status is Status.OPEN
        backend.gates["send"].set()
        await stage.first(d.Resolved)
        assert stage.order(d.ReplySent, d.Resolved) == [d.ReplySent, d.Resolved]


async def test_a_fault_of_our_own_fails_the_reply_and_nothing_else(
    backend: ScriptedBackend, caplog: pytest.LogCaptureFixture
) -> None:
    backend.fail("send", ZeroDivisionError("bug"))  # type: ignore[arg-type]
    async with Stage(backend) as stage:
        await stage.do(reply("one"), reply("two", "e2", TWO))
        await stage.until(lambda: len(told(stage)) == 2)
        assert ("e2", "sent") in told(stage)
    assert "SendReply failed unexpectedly" in caplog.text


async def after_a_loss(stage: Stage, backend: ScriptedBackend) -> None:
    await stage.first(d.ConnectionOpened)
    backend.lose()
    await stage.first(d.ConnectionDropped)


async def test_while_the_live_connection_is_lost_what_was_said_is_read_before_a_reply_leaves(
    backend: ScriptedBackend,
) -> None:
    async with Stage(backend) as stage:
        await after_a_loss(stage, backend)
        backend.says(ONE, "still there?")
        await stage.do(reply("Moi"))
        await stage.first(d.ReplySent)
        kinds = (d.MissedLoaded, d.ReplyLeft, d.ReplySent)
        assert [type(event) for event in stage.told if isinstance(event, kinds)] == list(kinds)
        assert [line.text for line in (await stage.first(d.MissedLoaded)).lines] == ["still there?"]


async def test_a_reply_does_not_follow_a_colleagues_answer_that_the_agent_has_not_read(
    backend: ScriptedBackend,
) -> None:
    async with Stage(backend) as stage:
        await after_a_loss(stage, backend)
        backend.answers(ONE, "I have this")
        await stage.do(reply("Moi"), reply("and", "e2"), reply("for us", "e3", note=True))
        await stage.until(lambda: len(told(stage)) == 3)
        assert told(stage) == [("e1", "overtaken"), ("e2", "overtaken"), ("e3", "overtaken")]
        await stage.do(reply("for us", "e3", note=True), reply("Moi"))
        await stage.until(lambda: len(stage.all(d.ReplySent)) == 2)
        assert backend.texts(ONE) == ["Hei", "I have this", "for us", "Moi"]


async def test_a_reply_that_waited_for_the_server_is_held_back_when_a_colleague_was_faster(
    backend: ScriptedBackend,
) -> None:
    async with Stage(backend) as stage:
        await stage.first(d.ConnectionOpened)
        backend.down = True
        await stage.do(reply("Moi"))
        await stage.turn(20)
        backend.lose()
        await stage.first(d.ConnectionDropped)
        backend.answers(ONE, "I have this")
        backend.down = False
        backend.connect(gap=20.0)
        await stage.until(lambda: told(stage) == [("e1", "overtaken")])
        assert backend.texts(ONE) == ["Hei", "I have this"]


async def test_once_caught_up_replies_leave_at_once(backend: ScriptedBackend) -> None:
    async with Stage(backend) as stage:
        await after_a_loss(stage, backend)
        backend.connect(gap=1.0)
        await stage.until(lambda: len(stage.all(d.ConnectionOpened)) == 2)
        await stage.do(reply("one"))
        await stage.first(d.ReplySent)
        looked = len(backend.called("messages"))
        await stage.do(reply("two", "e2"))
        await stage.until(lambda: len(stage.all(d.ReplySent)) == 2)
        assert len(backend.called("messages")) == looked


async def test_texts_that_did_not_leave_are_told_in_their_order(backend: ScriptedBackend) -> None:
    async with Stage(backend) as stage:
        looks = [LookForReply(ONE, EchoId(f"e{n}"), str(n), note=False, after=MessageId("1")) for n in (1, 2)]
        await stage.do(*looks, reply("3", "e3"))
        await stage.until(lambda: len(told(stage)) == 3)
        assert [echo for echo, _ in told(stage)] == ["e1", "e2", "e3"]
        assert backend.texts(ONE) == ["Hei"]


async def test_a_text_written_before_the_agent_hears_that_the_last_one_failed_does_not_overtake_it(
    backend: ScriptedBackend,
) -> None:
    async with Stage(backend) as stage:
        await stage.first(d.ConnectionOpened)
        backend.fail("send", errors.NotAllowed("not now"))
        await stage.do(reply("one"))
        await stage.until(lambda: len(told(stage)) == 1)
        second = replace(reply("two", "e2"), behind=EchoId("e1"))
        await stage.do(second, replace(reply("three", "e3"), behind=EchoId("e2")))
        await stage.until(lambda: len(told(stage)) == 3)
        assert {echo for echo, fate in told(stage) if fate != "sent"} == {"e1", "e2", "e3"}
        await stage.do(reply("one"), second, replace(reply("three", "e3"), behind=EchoId("e2")))
        await stage.until(lambda: len(stage.all(d.ReplySent)) == 3)
        assert backend.texts(ONE) == ["Hei", "one", "two", "three"]


def written_elsewhere(backend: ScriptedBackend, text: str, *, note: bool = False) -> None:
    """The agent writes in another program."""
    kind = MessageKind.NOTE if note else MessageKind.AGENT
    backend._written(ONE, kind, text, Author(ME, "Aino", AuthorKind.AGENT))


async def test_a_server_that_is_slow_to_finish_does_not_get_the_reply_twice(
    backend: ScriptedBackend,
) -> None:
    backend.fail("send", errors.AnswerLost("timeout"))
    async with Stage(backend) as stage:
        looked = len(backend.called("messages"))
        await stage.do(reply("Moi"))
        await stage.until(lambda: len(backend.called("messages")) == looked + 1, within=10)
        written_elsewhere(backend, "Moi")
        await stage.first(d.ReplySent, within=30)
        assert backend.texts(ONE) == ["Hei", "Moi"]


async def test_a_note_of_the_same_words_is_not_the_lost_reply(backend: ScriptedBackend) -> None:
    backend.fail("send", errors.AnswerLost("reset"))
    written_elsewhere(backend, "ok", note=True)
    async with Stage(backend) as stage:
        await stage.do(reply("ok"))
        await stage.first(d.ReplySent, within=30)
        assert [message.kind.value for message in backend.logs[ONE]] == ["customer", "note", "agent"]


async def test_a_colleagues_text_of_the_same_words_is_not_the_lost_reply(backend: ScriptedBackend) -> None:
    backend.fail("send", errors.AnswerLost("reset"))
    backend.answers(ONE, "Moi")
    async with Stage(backend) as stage:
        await stage.do(reply("Moi"))
        await stage.first(d.ReplySent, within=30)
        assert backend.texts(ONE) == ["Hei", "Moi", "Moi"]
