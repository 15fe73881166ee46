"""The team lead's board says what the practice desk's own database says, and leaves no trace."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from textual import events

from agent_tui.bridge import Bridge
from agent_tui.cli.monitor import Monitor
from agent_tui.desk import selectors
from agent_tui.desk.events import DeskEvent
from agent_tui.desk.metrics.board import Board
from agent_tui.desk.metrics.facts import Kind
from agent_tui.desk.model import DeskState, Link
from agent_tui.engine.facts_kept import FactsKept
from agent_tui.engine.overview import Overview
from agent_tui.keys_in_force import keymap
from agent_tui.lookout import Lookout, LookoutMeans
from agent_tui.screens.lead.page import LeadPage
from api_client.open import open_backend
from api_client.secret import Secret
from practice.clock import SteppedClock
from practice.customers.simulation import Simulation
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from practice.scenario.model import Scenario
from tests.engine.wire import WireCustomer, WireDesk
from tests.engine.wire_agent import WireAgent
from tests.workstation.colleague import colleague, customer, quiet_desk
from tests.workstation.seat import PATIENCE, PLAIN, seat

START = 1_790_000_000.0
WAITING = """
    SELECT coalesce('team:' || team_id, 'inbox:' || inbox_id) AS queue FROM conversations
    WHERE status = 'open' AND waiting_since IS NOT NULL
"""
LONGEST = """
    SELECT CAST(min(waiting_since) AS INTEGER) FROM conversations
    WHERE status = 'open' AND waiting_since IS NOT NULL
"""
"""The wire has whole seconds."""
HELD = """
    SELECT assignee_id || ' ' || count(*) FROM conversations
    WHERE status = 'open' AND assignee_id IS NOT NULL GROUP BY assignee_id
"""
OVER = "SELECT count(*) FROM messages WHERE message_type = 2 AND content LIKE '%was marked resolved%'"
ARRIVED = "SELECT count(*) FROM conversations"
WRITTEN = """
    SELECT message_type || ' ' || count(*) FROM messages
    WHERE message_type IN (0, 1) AND private = 0 AND coalesce(sender_type, '') != '' GROUP BY message_type
"""


def lead_token(desk: EmbeddedDesk) -> Secret:
    agents = desk.ready["agents"]
    assert isinstance(agents, list)
    return Secret(str(next(each["token"] for each in agents if each["role"] == "administrator")))


@asynccontextmanager
async def monitor(
    desk: EmbeddedDesk, folder: Path, size: tuple[int, int] = (80, 24), *, team: tuple[Path, ...] = ()
) -> AsyncIterator[Monitor]:
    token = lead_token(desk)
    means = LookoutMeans(
        lambda: open_backend("chatwoot", desk.url, token),
        desk.url,
        folder / "facts.db",
        team=team,
        plans=folder / "queues.json",
    )
    crashes: list[BaseException] = []

    def report(error: BaseException) -> str:
        crashes.append(error)
        return ""

    app = Monitor(means, keymap({}), PLAIN, report)
    async with app.run_test(size=size):
        yield app
    app.boarding.close()
    assert not crashes


def lookout_of(app: Monitor) -> Lookout:
    assert app.boarding.lookout is not None
    return app.boarding.lookout


def screen_of(app: Monitor) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def names_of(app: Monitor) -> list[str]:
    """The first words of the rows under the heading of the queues."""
    rows = screen_of(app).splitlines()
    start = next(index for index, row in enumerate(rows) if "longest" in row) + 1
    return [row.strip(" ▸").split()[0] for row in rows[start : start + 4]]


def sorted_by(app: Monitor) -> list[str]:
    """The headings that say by which column a table is sorted; the clock changes the rows below."""
    return [row for row in screen_of(app).splitlines() if "▾" in row]


async def until(fact: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


async def until_shown(app: Monitor, words: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while words not in screen_of(app):
            assert isinstance(app.screen, LeadPage)
            app.screen.tick()
            await asyncio.sleep(0.01)


async def test_the_board_shows_a_customer_who_comes_on_a_small_terminal_and_leaves_no_trace(
    tmp_path: Path,
) -> None:
    async with EmbeddedDesk.of(load("tax")) as desk, monitor(desk, tmp_path) as app:
        await until_shown(app, "Agents")
        await until(lambda: lookout_of(app).state.connection.link is Link.LIVE)
        await (await WireCustomer.arrive(desk, "Liisa")).say("Hei")
        await until_shown(app, "waiting 1 for a first answer")
        await until_shown(app, "○    0:0")
        await until(lambda: lookout_of(app).board.desk(START).messages_in)
        assert names_of(app) != sorted(names_of(app))
        while "Queues  ▾" not in screen_of(app):
            before = sorted_by(app)
            app.post_message(events.Key("s", "s"))
            await until(lambda: sorted_by(app) != before)  # noqa: B023  waited for before it changes
        assert names_of(app) == sorted(names_of(app), key=str.casefold)
        app.post_message(events.Key("tab", "\t"))
        await until(lambda: "▸" in screen_of(app).partition("Agents")[2])
        assert all(len(row) <= 80 for row in screen_of(app).splitlines())
        seen = "SELECT count(agent_last_seen_at) + count(assignee_id) FROM conversations"
        assert await desk.call(lambda: desk.desk.db.column(seen)) == [0]
    with closing(FactsKept(tmp_path / "facts.db", desk.url)) as kept:
        assert {fact.kind for fact in kept.load(0)} >= {Kind.ARRIVED, Kind.WAITS, Kind.WROTE}
    assert b"Liisa" not in (tmp_path / "facts.db").read_bytes()


class Onlooker:
    """A board without a screen."""

    def __init__(self, desk: EmbeddedDesk) -> None:
        token = lead_token(desk)
        self.desk = desk
        self.state, self.board = DeskState(), Board()
        self.overview = Overview(lambda: open_backend("chatwoot", desk.url, token))
        self.bridge = Bridge(
            self.state,
            perform=self.overview.submit,
            show=lambda _: None,
            changed=lambda: None,
            start_failed=lambda _: None,
            witness=self._witness,
        )

    @property
    def _now(self) -> float:
        return selectors.server_now(self.state, time.monotonic()) or self.board.newest

    def _witness(self, event: DeskEvent) -> None:
        self.board.take(self.state, event, self._now)

    def shown(self) -> list[object]:
        queues, agents = self.board.queues(self.state, self._now), self.board.agents(self.state, self._now)
        desk = self.board.desk(self._now)
        return [
            {f"{row.queue} {row.figures.waiting}" for row in queues if row.figures.waiting},
            {f"{row.agent} {row.figures.holds}" for row in agents if row.figures.holds},
            desk.longest_since,
            desk.handled + desk.abandoned,
            self.board.ledger.desk.total.arrivals,
            {f"{kind} {n}" for kind, n in ((0, desk.messages_in), (1, desk.messages_out)) if n},
        ]

    def stored(self) -> list[object]:
        db = self.desk.desk.db
        longest, over, arrived = (db.column(sql)[0] for sql in (LONGEST, OVER, ARRIVED))
        waiting = {f"{queue} {number}" for queue, number in Counter(db.column(WAITING)).items()}
        held, written = (set(db.column(sql)) for sql in (HELD, WRITTEN))
        return [waiting, held, longest, over, arrived, written]

    async def agrees(self) -> None:
        """Wait until everything pushed has come, while the stepped desk stands still."""
        stored = await self.desk.call(self.stored)
        end = time.monotonic() + PATIENCE
        while self.shown() != stored:
            assert time.monotonic() < end, f"{self.shown()}\n{stored}"
            await asyncio.sleep(0.01)


async def test_the_board_agrees_with_the_database_while_eight_agents_serve_a_rush_hour(
    record_property: Callable[[str, object], None],
) -> None:
    scenario = well_staffed(8)
    served = EmbeddedDesk.of(scenario, clock=SteppedClock(START), seed=3)
    simulation = Simulation(served.desk, scenario, seed=3, rate=20.0)
    async with served as desk, AsyncExitStack() as stack:
        lead = Onlooker(desk)
        lead.bridge.open()
        looking = asyncio.create_task(lead.overview.run(lead.bridge.deliver))
        staff = [number for number, one in enumerate(scenario.agents) if one.role == "agent"]
        agents = [
            WireAgent(await stack.enter_async_context(WireDesk(desk, agent=number)), f"agent {number}")
            for number in staff
        ]
        await until(lambda: lead.state.listed and lead.state.queues)
        await asyncio.gather(*(agent.comes() for agent in agents))
        for step in range(1, 17):
            at = START + 10.0 * step
            await desk.call(partial(simulation.advance_to, at))
            await desk.call(desk.desk.ping_now)
            await asyncio.gather(*(agent.in_step(at) for agent in agents))
            await asyncio.gather(*(agent.serve() for agent in agents))
            if step % 4 == 0:
                await lead.agrees()
        assert lead.board.desk(lead._now).handled > 15
        assert sum(agent.closed > 0 for agent in agents) > 4, "most of them served, side by side"
        record_property("seconds from a customer's first word to the board", await delay(desk, lead))
        looking.cancel()
        await asyncio.wait([looking])


def well_staffed(agents: int) -> Scenario:
    """The tax office with so many agents who serve everything, beside its lead."""
    scenario = load("tax")
    lead = next(one for one in scenario.agents if one.role == "administrator")
    known = [replace(one, queues=[]) for one in scenario.agents if one.role == "agent"]
    more = [
        replace(known[0], key=f"agent-{number}", name=f"Agent {number}", email=f"{number}@vero.example")
        for number in range(agents - len(known))
    ]
    return replace(scenario, agents=[lead, *known, *more])


async def delay(desk: EmbeddedDesk, lead: Onlooker) -> float:
    """Until a customer who comes is on the board; how long that took is printed."""
    before = lead.board.desk(lead._now).waiting
    customer = await WireCustomer.arrive(desk, "Liisa")
    began = time.perf_counter()
    await customer.say("Hei")
    await until(lambda: lead.board.desk(lead._now).waiting > before)
    took = time.perf_counter() - began
    print(f"a queue change reached the board in {took * 1000:.0f} ms")  # noqa: T201  the figure of the proof
    return took


async def test_the_board_opens_over_the_desk_and_goes_back_without_touching_a_draft() -> None:
    async with EmbeddedDesk.of(load("tax")) as desk, seat(desk) as at:
        await (await WireCustomer.arrive(desk, "Liisa")).say("Hei")
        await at.until_shown("Liisa")
        await at.press("f3")
        await at.until_shown("To Liisa")
        await at.type("Hyvää")
        await at.press("ctrl+f2")
        await at.until_shown("for a first answer")
        await at.type("sx")
        await at.press("escape")
        await at.until_shown("Hyvää")
        assert at.chat.draft.text == "Hyvää"
        boarding = at.app.boarding
        assert boarding is not None
        lookout = boarding.lookout
        await at.press("ctrl+f2", "q")
        await at.until_shown("Hyvää")
        assert boarding.lookout is lookout


async def test_everybodys_load_stands_against_the_teams_limit_and_queues_tell_their_room(
    tmp_path: Path,
) -> None:
    (tmp_path / "desk.toml").write_text("[limits]\neveryone = { normal = 3, rush = 3 }\n")
    async with quiet_desk() as desk, monitor(desk, tmp_path, (120, 36), team=(tmp_path,)) as app:
        held = await customer(desk, "Liisa Virtanen")
        async with colleague(desk) as other:
            await other.take(held.conversation)
        await until_shown(app, " 1/3")
        lookout = lookout_of(app)
        await until(
            lambda: all(row.free is not None for row in lookout.board.queues(lookout.state, lookout.now))
        )
        await until_shown(app, "free")
