"""A robot agent: serves customers at the real workstation by keys alone, in step with a stepped desk."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from random import Random

from agent_tui.desk import selectors
from agent_tui.desk.model import Chat
from agent_tui.desk.transcript import Fate
from api_client.models.identity import ConversationId
from api_client.models.message import MessageKind
from practice.announcing import ACCOUNT_STREAM
from practice.clock import SteppedClock
from practice.customers.simulation import Simulation
from practice.embedded import EmbeddedDesk
from practice.scenario.model import Scenario
from tests.workstation.seat import Seat

MOST_CHATS = 6
STEP = 5.0
"""Desk seconds between two looks at the screen."""

MARK = "mark.of.the.robot"

SILENCE = 90.0
"""Desk seconds after which a customer who says nothing more is taken to be content or gone."""

_THANKS = ("kiitos", "kiitti", "kiitän", "tack", "thank", "thanks", "cheers", "bedankt", "dank")


@dataclass(slots=True)
class Shift:
    """What the robot did. ``handled`` names the conversations closed, in order."""

    handled: list[ConversationId] = field(default_factory=list)
    sent: int = 0
    links: int = 0
    tags: int = 0
    answers: Counter[ConversationId] = field(default_factory=Counter)


class Robot:
    """One shift at one seat.

    ``exact``: look at nothing before all that the server pushed is there. It takes half as long again, and
    the same seed gives the same shift.
    """

    def __init__(
        self,
        seat: Seat,
        desk: EmbeddedDesk,
        simulation: Simulation,
        scenario: Scenario,
        seed: int,
        *,
        exact: bool = False,
    ) -> None:
        self._seat = seat
        self._desk = desk
        self._simulation = simulation
        self._chance = Random(seed)
        self._shortcuts = sorted(text.short_code for text in scenario.canned)
        self._tags = sorted(tag.title for tag in scenario.tags)
        self._exact = exact
        self._marks = 0
        self.shift = Shift()

    async def work(self, seconds: float) -> Shift:
        """Serve until so many desk seconds have passed."""
        clock = self._desk.desk.clock
        assert isinstance(clock, SteppedClock)
        end = clock.now() + seconds
        while clock.now() < end:
            await self._step_to(clock.now() + STEP)
            await self._serve()
        return self.shift

    async def _step_to(self, at: float) -> None:
        await self._seat.at_rest()
        await self._desk.call(partial(self._simulation.advance_to, at))
        await self._in_step(at)

    async def _in_step(self, at: float) -> None:
        """Everything the desk has told up to now has reached the screen."""
        await self._desk.call(self._desk.desk.ping_now)
        state = self._seat.state

        def heard() -> bool:
            server = selectors.server_now(state, time.monotonic())
            return server is not None and server >= at - 1.0 and not state.asked

        await self._seat.until(heard, f"word of desk time {at}")
        await self._caught_up()
        await self._caught_up()  # what was heard may have called for reading on

    async def _caught_up(self) -> None:
        """All that was asked of the server is answered, and if it matters all that it pushed is taken in."""
        await self._seat.at_rest()
        if not self._exact:
            return
        self._marks += 1
        await self._desk.call(partial(self._desk.desk.hub.publish, [ACCOUNT_STREAM], MARK, dict))
        await self._seat.until_pushed(MARK, self._marks)

    async def _serve(self) -> None:
        seat = self._seat
        state = seat.state
        while selectors.waiting_count(state) and len(state.tabs) < MOST_CHATS:
            before = list(state.tabs)
            await seat.press_unseen("f3")
            await seat.until(partial(self._taken, before))
            await self._caught_up()
        for row in selectors.tab_rows(state):
            if row.waiting_since is not None:
                await self._go_to(row.conversation)
                await self._answer(seat.chat)
                await self._caught_up()
            elif self._gone_quiet(state.chats[row.conversation]):
                await self._go_to(row.conversation)
                await self._close(seat.chat)
                await self._caught_up()

    def _gone_quiet(self, chat: Chat) -> bool:
        """Whether the customer has let an answer stand for a while."""
        return self._desk.desk.clock.now() - chat.last_activity_at > SILENCE

    async def _go_to(self, conversation: ConversationId) -> None:
        number = self._seat.state.tabs.index(conversation)
        await self._seat.press_unseen(f"alt+{number + 1}")
        await self._seat.at_rest()
        await self._seat.until(partial(self._ready, conversation))

    def _taken(self, before: list[ConversationId]) -> bool:
        return self._seat.state.tabs != before and not self._seat.state.taking

    def _ready(self, conversation: ConversationId) -> bool:
        chat = self._seat.chat
        return chat.id == conversation and self._last_words(chat) != ""

    async def _answer(self, chat: Chat) -> None:
        words = self._last_words(chat).casefold()
        if any(thanks in words for thanks in _THANKS) or self.shift.answers[chat.id] >= 6:
            await self._close(chat)
            return
        seat = self._seat
        await seat.press_unseen(*f"/{self._chance.choice(self._shortcuts)}")
        await seat.press_unseen("enter")
        if self._chance.random() < 0.25:
            await self._add_link()
        before = _ours(chat)
        await seat.press_unseen("enter")
        if chat.draft.text:  # held back, as it says the same again or not in their language: it means it
            await seat.press_unseen("enter")
        self.shift.answers[chat.id] += 1
        self.shift.sent += 1
        await seat.until(lambda: _ours(chat) > before and not chat.transcript.sending, "the reply to leave")
        assert chat.transcript.undelivered == 0

    async def _add_link(self) -> None:
        seat = self._seat
        await seat.press_unseen("f6")
        await seat.until(lambda: any(link.title in seat.screen for link in seat.state.links), "links")
        await seat.press_unseen("enter")
        self.shift.links += 1

    async def _close(self, chat: Chat) -> None:
        seat = self._seat
        handled = seat.state.handled
        await seat.press_unseen("f7")
        await seat.press_unseen(*self._chance.choice(self._tags))
        await seat.press_unseen("enter")
        await seat.until(lambda: chat.tags and not chat.tags_saving, "the tag")
        self.shift.tags += 1
        await seat.press_unseen("f8")
        await seat.until(lambda: seat.state.handled > handled, "the chat to close")
        self.shift.handled.append(chat.id)
        self.shift.answers.pop(chat.id, None)

    @staticmethod
    def _last_words(chat: Chat) -> str:
        said = [line.text for line in chat.transcript.lines if line.kind is MessageKind.CUSTOMER]
        return said[-1] if said else ""


def _ours(chat: Chat) -> int:
    return sum(line.mine for line in chat.transcript.lines)


def undelivered(seat: Seat) -> int:
    """Lines of ours that did not reach the server."""
    lines = (line for chat in seat.state.chats.values() for line in chat.transcript.lines)
    return sum(line.fate in {Fate.SENDING, Fate.FAILED} for line in lines)
