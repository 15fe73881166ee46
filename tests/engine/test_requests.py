"""Taking, tagging, closing, loading, marking: each effect's answer and its failure."""

from __future__ import annotations

import asyncio

import pytest

from agent_tui.desk import effects as e
from agent_tui.desk import events as d
from agent_tui.desk.problems import Trouble
from agent_tui.desk.text import clean_line
from api_client import errors
from api_client.models.conversation import Status
from api_client.models.identity import ConversationId, MessageId
from api_client.models.people import AgentRef, Availability
from tests.engine.stage import ME, MIKKO, PAGE, ScriptedBackend, Stage

ONE = ConversationId("1")


@pytest.fixture
def backend() -> ScriptedBackend:
    made = ScriptedBackend()
    made.waits(ONE)
    made.connect()
    return made


async def test_a_taken_conversation_is_mine(backend: ScriptedBackend) -> None:
    async with Stage(backend) as stage:
        await stage.do(e.TakeConversation(ONE))
        taken = await stage.first(d.ConversationTaken)
        assert taken.chat.assignee is not None
        assert taken.chat.assignee.name == "Aino"


async def test_a_colleague_who_was_faster_is_named(backend: ScriptedBackend) -> None:
    backend.change(ONE, assignee=MIKKO)
    async with Stage(backend) as stage:
        await stage.do(e.TakeConversation(ONE))
        assert await stage.first(d.TakeLost) == d.TakeLost(ONE, clean_line("Mikko"))


async def test_taking_whose_answer_got_lost_is_looked_up(backend: ScriptedBackend) -> None:
    backend.fail("take", errors.AnswerLost("timeout"), done=True)
    async with Stage(backend) as stage:
        await stage.do(e.TakeConversation(ONE))
        await stage.first(d.ConversationTaken)


async def test_taking_that_did_not_arrive_has_failed(backend: ScriptedBackend) -> None:
    backend.fail("take", errors.AnswerLost("reset"))
    async with Stage(backend) as stage:
        await stage.do(e.TakeConversation(ONE))
        assert (await stage.first(d.TakeFailed)).problem.trouble is Trouble.UNREACHABLE


async def test_taking_refused_by_role_says_so(backend: ScriptedBackend) -> None:
    backend.fail("take", errors.NotAllowed("not your inbox"))
    async with Stage(backend) as stage:
        await stage.do(e.TakeConversation(ONE))
        assert (await stage.first(d.TakeFailed)).problem.trouble is Trouble.NOT_ALLOWED


async def test_tags_are_told_as_the_server_has_them(backend: ScriptedBackend) -> None:
    backend.change(ONE, tags=("old", "others"))
    async with Stage(backend) as stage:
        await stage.do(e.SetTags(ONE, frozenset({"new"}), frozenset({"old"}), ()))
        assert [tag.value for tag in (await stage.first(d.TagsSaved)).tags] == ["new", "others"]


async def test_tags_that_were_not_saved_go_back_to_what_they_were(backend: ScriptedBackend) -> None:
    backend.fail("set_tags", errors.NotFound("gone"))
    async with Stage(backend) as stage:
        await stage.do(e.SetTags(ONE, frozenset({"new"}), frozenset(), ()))
        failed = await stage.first(d.TagsFailed)
        assert failed.tags == ()
        assert failed.problem.trouble is Trouble.NOT_FOUND


async def test_pages_of_messages_join_without_a_hole(backend: ScriptedBackend) -> None:
    for number in range(8):
        backend.says(ONE, str(number))
    async with Stage(backend) as stage:
        await stage.do(e.LoadNewest(ONE))
        newest = await stage.first(d.NewestLoaded)
        await stage.do(e.LoadOlder(ONE, MessageId(newest.lines[0].key)))
        older = await stage.first(d.OlderLoaded)
        texts = [line.text for line in older.lines + newest.lines]
        assert texts == ["2", "3", "4", "5", "6", "7"]
        assert older.more


async def test_everything_missed_is_fetched_page_by_page(backend: ScriptedBackend) -> None:
    for number in range(8):
        backend.says(ONE, str(number))
    async with Stage(backend) as stage:
        await stage.do(e.LoadMissed(ONE, MessageId("1")))
        missed = await stage.first(d.MissedLoaded)
        assert [line.text for line in missed.lines] == ["1", "2", "3", "4", "5", "6", "7"]


async def test_a_hole_is_filled_even_when_the_server_stumbles(backend: ScriptedBackend) -> None:
    backend.says(ONE, "Hei")
    backend.fail("messages", *[errors.ServerFault("500")] * 5)
    async with Stage(backend) as stage:
        await stage.do(e.LoadMissed(ONE, MessageId("0")))
        assert len((await stage.first(d.MissedLoaded)).lines) == 1


async def test_messages_that_cannot_be_fetched_are_told(backend: ScriptedBackend) -> None:
    backend.fail("messages", errors.NotAllowed("no"))
    async with Stage(backend) as stage:
        await stage.do(e.LoadNewest(ONE))
        assert (await stage.first(d.LoadFailed)).problem.trouble is Trouble.NOT_ALLOWED


async def test_a_conversation_asked_for_is_told(backend: ScriptedBackend) -> None:
    async with Stage(backend) as stage:
        await stage.do(e.FetchConversation(ONE))
        assert (await stage.first(d.ConversationChanged)).chat.id == ONE


async def test_read_marks_go_out_at_most_once_a_second(backend: ScriptedBackend) -> None:
    async with Stage(backend) as stage:
        for _ in range(30):
            await stage.do(e.MarkSeen(ONE))
            await stage.turn(0.1)
        assert 3 <= len(backend.called("mark_seen")) <= 4


async def test_the_last_typing_mark_wins(backend: ScriptedBackend) -> None:
    gate = backend.gates["set_typing"] = asyncio.Event()
    async with Stage(backend) as stage:
        for on in (True, False, True, False):
            await stage.do(e.ShowTyping(ONE, on, private=False))
        gate.set()
        await stage.turn(1)
        assert backend.called("set_typing") == [(ONE, True, False), (ONE, False, False)]


async def test_a_typing_mark_that_fails_is_nobodys_business(backend: ScriptedBackend) -> None:
    backend.fail("set_typing", errors.ServerFault("500"))
    async with Stage(backend) as stage:
        await stage.first(d.ConnectionOpened)
        before = len(stage.told)
        await stage.do(e.ShowTyping(ONE, on=True, private=False))
        assert len(stage.told) == before


async def test_only_the_newest_link_search_is_answered(backend: ScriptedBackend) -> None:
    gate = backend.gates["search_articles"] = asyncio.Event()
    async with Stage(backend) as stage:
        await stage.do(e.SearchLinks("ve", None))
        await stage.do(e.SearchLinks("vero", None))
        gate.set()
        await stage.first(d.LinksFound)
        assert [found.query for found in stage.all(d.LinksFound)] == ["vero"]


async def test_a_link_search_that_fails_is_told(backend: ScriptedBackend) -> None:
    backend.fail("search_articles", errors.Unsupported("no help centre"))
    async with Stage(backend) as stage:
        await stage.do(e.SearchLinks("vero", None))
        assert (await stage.first(d.LinksFailed)).problem.trouble is Trouble.UNSUPPORTED


async def test_availability_that_was_not_taken_goes_back(backend: ScriptedBackend) -> None:
    backend.fail("set_availability", errors.Refused("no"))
    async with Stage(backend) as stage:
        await stage.do(e.SetAvailability(Availability.BUSY, Availability.ONLINE))
        assert (await stage.first(d.AvailabilityFailed)).was is Availability.ONLINE


async def test_a_token_refused_in_the_middle_is_told_once(backend: ScriptedBackend) -> None:
    backend.fail("messages", *[errors.NotSignedIn("expired")] * 2)
    async with Stage(backend) as stage:
        await stage.do(e.LoadOlder(ONE, MessageId("1")), e.LoadOlder(ONE, MessageId("1")))
        await stage.until(lambda: len(stage.all(d.LoadFailed)) == 2)
        assert len(stage.all(d.AccessRefused)) == 1


async def test_the_sleeping_are_listed_to_the_last_page(backend: ScriptedBackend) -> None:
    for number in range(2, 3 * PAGE):
        backend.waits(str(number), AgentRef(ME, "Aino"))
        backend.change(ConversationId(str(number)), status=Status.SNOOZED)
    async with Stage(backend) as stage:
        await stage.do(e.ListSleeping())
        hits = (await stage.first(d.SleepingListed)).hits
        assert [hit.conversation for hit in hits] == [str(number) for number in range(2, 3 * PAGE)]


async def test_a_search_waits_for_typing_to_rest_and_only_the_last_is_made(backend: ScriptedBackend) -> None:
    async with Stage(backend) as stage:
        await stage.do(e.SearchEverywhere("ze"), e.SearchEverywhere("zeb"))
        await stage.turn(0.1)
        await stage.do(e.SearchEverywhere("zebra"))
        await stage.first(d.SearchAnswered)
        assert stage.all(d.SearchAnswered) == [d.SearchAnswered("zebra", ())]
        assert backend.called("search") == ["zebra"]


async def test_a_search_that_fails_says_so(backend: ScriptedBackend) -> None:
    backend.fail("search", errors.NotAllowed("not your account"))
    async with Stage(backend) as stage:
        await stage.do(e.SearchEverywhere("zebra"))
        failed = await stage.first(d.SearchFailed)
        assert (failed.query, failed.problem.trouble) == ("zebra", Trouble.NOT_ALLOWED)


async def test_a_chat_that_a_colleague_has_by_now_is_not_closed(backend: ScriptedBackend) -> None:
    backend.change(ONE, assignee=MIKKO)
    async with Stage(backend) as stage:
        await stage.do(e.Resolve(ONE))
        assert (await stage.first(d.Resolved)).chat.assignee is not None
        assert backend.called("set_status") == []
