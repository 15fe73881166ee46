"""After a short loss the desk asks what changed, goes on with it, and lists everything behind it."""

from __future__ import annotations

import asyncio

import pytest

from agent_tui.desk import events as d
from agent_tui.desk.absence import LONGEST, MARGIN
from agent_tui.desk.effects import LoadMissed, SendReply
from agent_tui.desk.problems import Trouble
from agent_tui.engine.session import Pace
from api_client import errors
from api_client.backend import Capability
from api_client.models import events as b
from api_client.models.conversation import Status
from api_client.models.identity import EchoId
from tests.engine.stage import MIKKO, ScriptedBackend, Stage, ids

SOON = Pace().check[1] + 0.1


@pytest.fixture
def backend() -> ScriptedBackend:
    """Three who wait, long known."""
    made = ScriptedBackend()
    for number in ("1", "2", "3"):
        made.waits(number)
    made.connect()
    return made


async def ready(stage: Stage) -> None:
    """All is told; what is told and asked from here on comes of what the test does."""
    await stage.first(d.ConnectionOpened)
    stage.told.clear()
    stage.backend.fresh.clear()
    stage.backend.calls.clear()


async def lose(stage: Stage) -> None:
    stage.backend.lose()
    await stage.until(lambda: type(stage.told[-1]) is d.ConnectionDropped)


def listed(stage: Stage) -> list[tuple[set[str], bool]]:
    return [(ids(told.chats), told.whole) for told in stage.all(d.ConversationsListed)]


async def test_what_was_closed_taken_and_new_is_told_in_one_request(backend: ScriptedBackend) -> None:
    one, two, three = backend.chats
    async with Stage(backend) as stage:
        await ready(stage)
        await lose(stage)
        backend.change(one, status=Status.RESOLVED)
        backend.change(two, assignee=MIKKO)
        new = backend.waits("4")
        backend.connect(gap=20.0)
        await stage.first(d.ConnectionOpened, within=0.5)
        assert listed(stage) == [({one, two, new}, False)]
        assert backend.called("changes") == [20.0 + MARGIN]
        assert not backend.called("conversations")
        assert three not in ids(stage.all(d.ConversationsListed)[0].chats)


async def test_behind_it_everything_is_listed_and_shows_what_no_change_told(backend: ScriptedBackend) -> None:
    deleted, *others = backend.chats
    async with Stage(backend) as stage:
        await ready(stage)
        await lose(stage)
        del backend.chats[deleted]
        backend.connect(gap=20.0)
        await stage.until(lambda: len(listed(stage)) == 2, within=SOON)
        assert listed(stage) == [(set(), False), (set(others), True)]


async def test_the_list_behind_is_tried_until_it_comes(backend: ScriptedBackend) -> None:
    async with Stage(backend) as stage:
        await ready(stage)
        backend.fail("conversations", *[errors.BadAnswer("a page of HTML")] * 4)
        await lose(stage)
        backend.connect(gap=20.0)
        await stage.until(lambda: len(listed(stage)) == 2, within=SOON + 5)
        assert listed(stage)[-1] == ({"1", "2", "3"}, True)


@pytest.mark.parametrize("error", [errors.AnswerLost("cut"), errors.BadAnswer("no list")])
async def test_when_the_changes_cannot_be_had_everything_is_listed_first(
    backend: ScriptedBackend, error: errors.ApiError
) -> None:
    async with Stage(backend) as stage:
        await ready(stage)
        backend.fail("changes", error)
        await lose(stage)
        backend.connect(gap=20.0)
        await stage.first(d.ConnectionOpened, within=0.5)
        assert listed(stage) == [({"1", "2", "3"}, True)]
        assert stage.order(d.ConversationsListed, d.ConnectionOpened)[0] is d.ConversationsListed


async def test_a_fault_of_ours_in_telling_the_changes_does_not_leave_the_desk_cut_off(
    backend: ScriptedBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Stage(backend) as stage:
        await ready(stage)
        monkeypatch.setattr("agent_tui.engine.roster.tell_changes", lambda *_: 1 / 0)
        await lose(stage)
        backend.connect(gap=20.0)
        await stage.first(d.ConnectionOpened, within=0.5)
        assert listed(stage) == [({"1", "2", "3"}, True)]


async def test_after_a_long_loss_nobody_asks_for_changes(backend: ScriptedBackend) -> None:
    async with Stage(backend) as stage:
        await ready(stage)
        await lose(stage)
        backend.connect(gap=LONGEST + 1)
        await stage.first(d.ConnectionOpened, within=0.5)
        assert listed(stage) == [({"1", "2", "3"}, True)]
        assert not backend.called("changes")


async def test_a_backend_that_cannot_tell_changes_is_not_asked_for_them(backend: ScriptedBackend) -> None:
    backend.capabilities = frozenset(Capability) - {Capability.RECENT_CHANGES}
    async with Stage(backend) as stage:
        await ready(stage)
        await lose(stage)
        backend.connect(gap=1.0)
        await stage.first(d.ConnectionOpened, within=0.5)
        assert listed(stage) == [({"1", "2", "3"}, True)]
        assert not backend.called("changes")


async def test_a_loss_before_the_changes_came_makes_the_next_question_reach_back_to_the_first(
    backend: ScriptedBackend,
) -> None:
    async with Stage(backend) as stage:
        await ready(stage)
        gate = backend.gates["changes"] = asyncio.Event()
        await lose(stage)
        backend.connect(gap=20.0)
        await stage.turn(7)
        await lose(stage)
        backend.connect(gap=3.0)
        gate.set()
        await stage.first(d.ConnectionOpened, within=0.5)
        assert backend.called("changes") == [20.0 + MARGIN, 20.0 + 7.0 + 3.0 + MARGIN]


async def test_after_a_fault_of_ours_in_the_live_connection_everything_is_listed(
    backend: ScriptedBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Stage(backend) as stage:
        await ready(stage)
        monkeypatch.setattr("agent_tui.engine.intake.line_of", lambda *_: 1 / 0)
        backend.push(b.MessageCreated(backend.says(next(iter(backend.chats)), "hei")))
        await stage.first(d.ConnectionDropped)
        backend.connect(gap=5.0)
        await stage.until(lambda: ({"1", "2", "3"}, True) in listed(stage), within=6)
        assert not backend.called("changes")


async def test_what_was_read_before_a_second_loss_is_not_taken_for_up_to_date(
    backend: ScriptedBackend,
) -> None:
    mine = next(iter(backend.chats))
    first = backend.says(mine, "Hei")
    async with Stage(backend) as stage:
        await ready(stage)
        gate = backend.gates["changes"] = asyncio.Event()
        await lose(stage)
        backend.connect(gap=20.0)
        await stage.do(LoadMissed(mine, first.id))
        await stage.first(d.MissedLoaded)
        await lose(stage)
        backend.connect(gap=3.0)
        backend.answers(mine, "Moi")
        gate.set()
        await stage.first(d.ConnectionOpened)
        await stage.do(SendReply(mine, EchoId("e1"), "Hei Liisa", note=False, after=first.id))
        assert (await stage.first(d.ReplyFailed)).problem.trouble is Trouble.OVERTAKEN
        assert not backend.called("send")
