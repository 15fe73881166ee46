"""From signing in to the first lists."""

from __future__ import annotations

import asyncio

import pytest

from agent_tui.desk import events as d
from agent_tui.desk.effects import LoadNewest, ReloadCatalog
from agent_tui.desk.problems import Trouble
from api_client import errors
from api_client.models.events import CatalogChanged, ConversationChanged, ServerTime
from api_client.models.identity import ConversationId
from tests.engine.stage import ScriptedBackend, Stage, ids


async def test_the_start_tells_who_i_am_what_there_is_and_who_waits() -> None:
    backend = ScriptedBackend()
    backend.waits("1")
    backend.connect()
    async with Stage(backend) as stage:
        assert (await stage.first(d.SignedIn)).me.name == "Aino"
        assert (await stage.first(d.CatalogLoaded)).tag_descriptions == {"verokortti": "Tax card"}
        assert ids((await stage.first(d.ConversationsListed)).chats) == {"1"}
        assert stage.order(d.SignedIn, d.ConversationsListed, d.ConnectionOpened) == [
            d.SignedIn,
            d.ConversationsListed,
            d.ConnectionOpened,
        ]


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (errors.NotSignedIn("token"), Trouble.NOT_SIGNED_IN),
        (errors.CertificateRefused("cert"), Trouble.UNREACHABLE),
        (errors.BadAnswer("html"), Trouble.BAD_ANSWER),
    ],
)
async def test_a_sign_in_that_cannot_work_ends_the_engine_and_says_why(
    error: errors.ApiError, trouble: Trouble
) -> None:
    backend = ScriptedBackend()
    backend.fail("sign_in", error)
    async with Stage(backend) as stage:
        assert (await stage.first(d.StartFailed)).problem.trouble is trouble
    assert backend.closed


async def test_a_server_that_stays_away_ends_the_start_within_seconds() -> None:
    backend = ScriptedBackend()
    backend.down = True
    async with Stage(backend) as stage:
        failed = await stage.first(d.StartFailed, within=10)
        assert failed.problem.trouble is Trouble.UNREACHABLE


async def test_a_blink_while_signing_in_is_nobodys_business() -> None:
    backend = ScriptedBackend()
    backend.fail("sign_in", errors.ConnectFailed("blink"))
    async with Stage(backend) as stage:
        await stage.first(d.SignedIn)
        assert not stage.all(d.StartFailed)


async def test_effects_handed_in_before_the_sign_in_are_done_after_it() -> None:
    backend = ScriptedBackend()
    backend.waits("1")
    backend.gates["sign_in"] = asyncio.Event()
    async with Stage(backend) as stage:
        await stage.do(LoadNewest(ConversationId("1")))
        assert not stage.told
        backend.gates["sign_in"].set()
        await stage.first(d.NewestLoaded)


async def test_an_engine_stopped_before_it_began_ends_at_once() -> None:
    stage = Stage(ScriptedBackend())
    stage.engine.stop()
    async with stage:
        await stage.close()
    assert stage.backend.closed


async def test_a_live_connection_that_does_not_open_keeps_nobody_from_sight() -> None:
    backend = ScriptedBackend()
    backend.waits("1")
    async with Stage(backend) as stage:
        assert ids((await stage.first(d.ConversationsListed, within=3)).chats) == {"1"}
        assert not stage.all(d.ConnectionOpened)


async def test_all_pages_are_read_and_told_as_one_list() -> None:
    backend = ScriptedBackend()
    for number in range(8):
        backend.waits(str(number))
    backend.connect()
    async with Stage(backend) as stage:
        listed = await stage.first(d.ConversationsListed)
        assert ids(listed.chats) == {str(number) for number in range(8)}
        assert listed.whole


async def test_lists_an_agent_may_not_read_are_empty_and_the_rest_arrives() -> None:
    backend = ScriptedBackend()
    backend.fail("tags", errors.NotAllowed("agents may not"))
    backend.connect()
    async with Stage(backend) as stage:
        loaded = await stage.first(d.CatalogLoaded)
        assert loaded.tags == ()
        assert len(loaded.queues) == 1


async def test_a_changed_catalog_is_fetched_again_once_for_many_changes() -> None:
    backend = ScriptedBackend()
    backend.connect()
    async with Stage(backend) as stage:
        await stage.first(d.CatalogLoaded)
        before = len(backend.called("queues"))
        backend.push(*[CatalogChanged() for _ in range(20)])
        await stage.do(ReloadCatalog())
        await stage.turn(10)
        assert len(backend.called("queues")) - before == 1


async def test_whoever_slips_between_two_pages_is_looked_for() -> None:
    backend = ScriptedBackend()
    backend.connect()
    waiting = [backend.waits(str(number)) for number in range(5)]
    async with Stage(backend) as stage:
        await stage.first(d.ConversationsListed)
        backend.unlisted.add(waiting[3])
        backend.connect()
        await stage.until(lambda: len(stage.all(d.ConversationsListed)) == 2)
        listed = stage.all(d.ConversationsListed)[-1]
        assert listed.whole
        assert ids(listed.chats) == set(waiting)


async def test_whoever_came_while_the_list_was_read_stays_on_it() -> None:
    backend = ScriptedBackend()
    backend.connect()
    async with Stage(backend) as stage:
        await stage.first(d.ConversationsListed)
        gate = backend.gates["conversations"] = asyncio.Event()
        await stage.turn(130)  # the safety look has begun
        late = backend.waits("9")
        backend.unlisted.add(late)
        backend.push(ConversationChanged(backend.chats[late]))
        await stage.first(d.ConversationChanged)
        gate.set()
        await stage.until(lambda: len(stage.all(d.ConversationsListed)) == 2)
        assert ids(stage.all(d.ConversationsListed)[-1].chats) == {late}


async def test_a_conversation_that_is_gone_is_on_no_list() -> None:
    backend = ScriptedBackend()
    backend.connect()
    gone = backend.waits("1")
    async with Stage(backend) as stage:
        await stage.first(d.ConversationsListed)
        del backend.chats[gone]
        backend.connect()
        await stage.until(lambda: len(stage.all(d.ConversationsListed)) == 2)
        assert stage.all(d.ConversationsListed)[-1] == d.ConversationsListed((), whole=True)


async def test_a_slow_look_finds_what_no_push_has_told() -> None:
    backend = ScriptedBackend()
    backend.connect()
    async with Stage(backend) as stage:
        await stage.first(d.ConnectionOpened)
        backend.waits("4")
        await stage.until(lambda: ids(stage.all(d.ConversationsListed)[-1].chats) == {"4"}, within=121)


async def test_the_servers_clock_is_told_when_it_moves_and_once_a_second() -> None:
    backend = ScriptedBackend()
    backend.connect()
    async with Stage(backend) as stage:
        await stage.first(d.ConnectionOpened)
        for tenth in range(21):
            backend.push(ServerTime(5000.0 + tenth / 10, tenth / 10, 0.01))
        await stage.turn(0.1)
        assert [event.offset for event in stage.all(d.ServerHeard)] == pytest.approx([5000.0] * 3)
