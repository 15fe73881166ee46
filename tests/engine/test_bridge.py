"""The state has one owner: the loop that paints. The engine's thread only leaves events at its door."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextvars import ContextVar

import pytest

from agent_tui import bridge as bridge_module
from agent_tui.bridge import Bridge
from agent_tui.desk import events as d
from agent_tui.desk.effects import DeskEffect, EngineEffect, MarkSeen, Ring, ScreenEffect
from agent_tui.desk.model import DeskState
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.engine.drafts import MemoryDrafts
from agent_tui.engine.engine import Engine
from agent_tui.engine.thread import EngineThread
from api_client.models.identity import ConversationId
from tests.engine.stage import ScriptedBackend

ONE = ConversationId("1")


class Desk:
    """A bridge whose desk is a list of the events applied, with the thread each was applied on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, effects: Sequence[DeskEffect] = ()) -> None:
        self.applied: list[d.DeskEvent] = []
        self.threads: set[int] = set()
        self.performed: list[EngineEffect] = []
        self.shown: list[ScreenEffect] = []
        self.changes = 0
        self.failed: list[Problem] = []
        self._effects = effects
        self._changed = asyncio.Event()
        monkeypatch.setattr(bridge_module, "update", self._update)
        self.bridge = Bridge(
            DeskState(),
            perform=self.performed.extend,
            show=self.shown.append,
            changed=self._count,
            start_failed=self.failed.append,
        )

    def _update(self, _: DeskState, event: d.DeskEvent, __: float) -> Sequence[DeskEffect]:
        self.threads.add(threading.get_ident())
        self.applied.append(event)
        if isinstance(event, d.TabStepped) and event.step == 0:
            raise ZeroDivisionError
        return self._effects

    def _count(self) -> None:
        self.changes += 1
        self._changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                self._changed.clear()
                await self._changed.wait()


def steps(count: int) -> list[d.DeskEvent]:
    return [d.TabStepped(number) for number in range(1, count + 1)]


async def test_a_batch_from_another_thread_is_applied_here_in_its_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(monkeypatch)
    desk.bridge.open()
    await asyncio.to_thread(desk.bridge.deliver, steps(50))
    await desk.until(lambda: len(desk.applied) == 50)
    assert desk.applied == steps(50)
    assert desk.threads == {threading.get_ident()}


async def test_what_another_thread_brings_is_taken_in_the_context_of_whoever_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(monkeypatch)
    opener = ContextVar("opener", default="nobody")
    seen: list[str] = []

    def look(_: DeskState, __: d.DeskEvent, ___: float) -> Sequence[DeskEffect]:
        seen.append(opener.get())
        return ()

    monkeypatch.setattr(bridge_module, "update", look)
    opener.set("the app")
    desk.bridge.open()
    for _ in range(3):  # once at once, then after others that came close before
        before = len(seen)
        bare = threading.Thread(target=desk.bridge.deliver, args=(steps(2),))
        bare.start()
        bare.join()
        await desk.until(lambda: len(seen) == before + 2)  # noqa: B023  waited for before it changes
    assert {*seen} == {"the app"}


async def test_what_came_before_the_screen_was_there_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch)
    desk.bridge.deliver(steps(3))
    desk.bridge.open()
    await desk.until(lambda: len(desk.applied) == 3)


async def test_the_agents_doing_is_applied_before_a_burst_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch)
    desk.bridge.open()
    desk.bridge.deliver(steps(10))
    key = d.LongestWaitingRequested()
    desk.bridge.dispatch(key)
    assert desk.applied == [key]
    await desk.until(lambda: len(desk.applied) == 11)


async def test_a_burst_is_applied_in_slices_so_that_a_key_gets_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(monkeypatch)
    monkeypatch.setattr(bridge_module, "SLICE", 0.0)  # every event is a slice of its own
    desk.bridge.open()
    desk.bridge.deliver(steps(5))
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(desk.bridge.dispatch, d.LongestWaitingRequested())
    await desk.until(lambda: len(desk.applied) == 6)
    assert desk.applied.index(d.LongestWaitingRequested()) in range(1, 4)


async def test_effects_go_to_the_engine_and_to_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, effects=(MarkSeen(ONE), Ring()))
    desk.bridge.open()
    desk.bridge.deliver(steps(2))
    await desk.until(lambda: desk.changes > 0)
    await asyncio.sleep(0)
    assert desk.performed == [MarkSeen(ONE)] * 2
    assert desk.shown == [Ring()] * 2
    assert desk.changes == 1


async def test_the_engine_gets_its_part_behind_the_answer_to_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, effects=(MarkSeen(ONE),))
    desk.bridge.open()
    for step in steps(2):
        desk.bridge.dispatch(step)
        assert desk.performed == []
    await asyncio.sleep(0)
    assert desk.performed == [MarkSeen(ONE)] * 2


async def test_what_the_engine_has_not_got_yet_it_gets_when_the_bridge_closes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(monkeypatch, effects=(MarkSeen(ONE),))
    desk.bridge.open()
    desk.bridge.dispatch(d.TabStepped(1))
    desk.bridge.close()
    assert desk.performed == [MarkSeen(ONE)]
    desk.bridge.dispatch(d.TabStepped(1))
    assert desk.performed == [MarkSeen(ONE)] * 2


async def test_a_fault_in_one_event_does_not_cost_the_next(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(monkeypatch)
    desk.bridge.open()
    desk.bridge.deliver([d.TabStepped(0), *steps(1)])
    await desk.until(lambda: len(desk.applied) == 2)
    assert "TabStepped was not applied" in caplog.text


async def test_a_start_that_failed_is_handed_to_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch)
    desk.bridge.open()
    desk.bridge.deliver([d.StartFailed(Problem(Trouble.NOT_SIGNED_IN))])
    await desk.until(lambda: bool(desk.failed))


async def test_a_closed_bridge_takes_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch)
    desk.bridge.open()
    desk.bridge.close()
    desk.bridge.deliver(steps(3))
    await asyncio.sleep(0)
    assert desk.applied == []


async def test_desk_engine_and_backend_work_together_across_two_threads() -> None:
    backend = ScriptedBackend()
    backend.waits(ONE)
    backend.connect()
    changed = asyncio.Event()
    engine = Engine(lambda: backend, MemoryDrafts, "server")
    bridge = Bridge(
        DeskState(),
        perform=engine.submit,
        show=lambda _: None,
        changed=changed.set,
        start_failed=lambda _: None,
    )
    bridge.open()
    thread = EngineThread(lambda: engine)
    thread.start(bridge.deliver)

    async def until(condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                await changed.wait()
                changed.clear()

    await until(lambda: ONE in bridge.state.chats and bool(bridge.state.queues))
    bridge.dispatch(d.LongestWaitingRequested())
    await until(lambda: ONE in bridge.state.tabs)
    assert await asyncio.to_thread(thread.stop)
    bridge.close()
    assert backend.closed
