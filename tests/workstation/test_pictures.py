"""Pictures of the whole workstation, of the states that a person would call different, at two sizes.

The desk is told everything as events, and its clock stands still.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from textual.pilot import Pilot

from agent_tui.app import Workstation
from agent_tui.desk import doings
from agent_tui.desk import events as e
from agent_tui.desk.model import Card, Link
from agent_tui.desk.text import Displayable
from agent_tui.keys_in_force import keymap
from api_client.models.identity import ContactId
from api_client.models.message import MessageKind
from tests.desk.stage import AINO, BENGT, QUEUES, cid, facts, label, line
from tests.workstation.seat import NO_BOARD, PLAIN

SIZES = [(80, 24), (160, 45)]
NOW = 1000.0
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC).timestamp()
PEOPLE = ("Liisa Virtanen", "Björn Åkerlund", "Ngozi Adeyemi", "Pekka Salo", "Mei-Ling Chou", "Tiina Aalto")
HELLO = "Hello, where do I find my tax card for this year?"

Compare = Callable[..., bool]


@dataclass
class Scene:
    """What the desk is told before the picture is taken."""

    app: Workstation
    pilot: Pilot[Any]

    def tell(self, *events: e.DeskEvent) -> None:
        """Told and shown: the keys after it are for what is on the screen."""
        for event in events:
            self.app.bridge.dispatch(event)
        self.app.workstation.show()

    def sign_in(self) -> None:
        """Signed in and live; noon at the server."""
        self.tell(
            e.SignedIn(AINO, Displayable("Tax office"), frozenset()),
            e.CatalogLoaded(QUEUES, (AINO, BENGT), (label("refund"), label("tax card")), {}, ()),
            e.ConversationsListed((), whole=True),
            e.ConnectionOpened(),
            e.ServerHeard(offset=NOON - NOW),
        )

    def wait(self, number: int, seconds: float) -> None:
        """A customer who waits for anybody."""
        self.tell(e.ConversationChanged(self.facts(number, waiting_since=NOON - seconds)))
        said = line(number, MessageKind.CUSTOMER, NOON - seconds, raw=HELLO)
        self.tell(e.MessageReceived(cid(number), said, None, None))

    def hold(self, number: int, seconds: float) -> None:
        """A chat of the agent's, open in a tab, in which the customer waits."""
        began = NOON - seconds - 60
        self.tell(e.ConversationChanged(self.facts(number, assignee=AINO, waiting_since=NOON - seconds)))
        lines = (
            line(number * 10, MessageKind.CUSTOMER, began, raw=HELLO, author=self.name(number)),
            line(number * 10 + 1, MessageKind.AGENT, began + 20, raw="In MyTax, under Tax cards.", mine=True),
            line(number * 10 + 2, MessageKind.CUSTOMER, NOON - seconds, raw="Thanks, and the one before?",
                 author=self.name(number)),
        )  # fmt: skip
        self.tell(e.NewestLoaded(cid(number), lines, more=False))

    def facts(self, number: int, **changes: Any) -> e.ChatFacts:
        name = self.name(number)
        card = Card(ContactId(f"c{number}"), name, name)
        return facts(number, card=card, created_at=NOON - 600, last_activity_at=NOON, **changes)

    def name(self, number: int) -> Displayable:
        return Displayable(PEOPLE[number % len(PEOPLE)])


async def nobody_yet(scene: Scene) -> None:
    scene.wait(0, 95)
    scene.wait(1, 44)
    scene.wait(2, 6)


async def one_chat(scene: Scene) -> None:
    scene.hold(0, 30)
    scene.wait(1, 44)


async def seven_tabs(scene: Scene) -> None:
    for number in range(7):
        scene.hold(number, 10 * number)
    scene.tell(doings.TabSelected(cid(3)))
    await scene.pilot.press(*"Good morning")


async def lost_connection(scene: Scene) -> None:
    await one_chat(scene)
    scene.tell(e.ConnectionDropped(reason="unreachable", retry_in=4.0, attempt=2))
    assert scene.app.bridge.state.connection.link is Link.LOST


async def a_note(scene: Scene) -> None:
    await one_chat(scene)
    await scene.pilot.press("f9", *"calls back tomorrow")


async def tags(scene: Scene) -> None:
    await one_chat(scene)
    await scene.pilot.press("f7")


async def a_peek(scene: Scene) -> None:
    await one_chat(scene)
    scene.tell(doings.PeekRequested(cid(1)))


@pytest.fixture
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_utc")
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x45"])
@pytest.mark.parametrize("state", [nobody_yet, one_chat, seven_tabs, lost_connection, a_note, tags, a_peek])
def test_the_workstation_looks_as_it_did(
    state: Callable[[Scene], Any], size: tuple[int, int], snap_compare: Compare
) -> None:
    app = Workstation(
        lambda _: None, lambda _: None, keymap({}), PLAIN, str, lookout=NO_BOARD, now=lambda: NOW
    )

    async def set_the_scene(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        scene = Scene(app, pilot)
        scene.sign_in()
        await state(scene)
        app.workstation.show()
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=set_the_scene)
