"""Desk, engine and Chatwoot backend against a practice desk, whatever happens in whatever order.

Time is stepped and nothing is left to the machine, so each run repeats. ``AGENT_TUI_INTERLEAVINGS=examples``
makes it longer.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from agent_tui.desk import events as d
from agent_tui.desk.model import Chat
from agent_tui.desk.steps import Holds
from agent_tui.desk.transcript import Fate, Line, Older
from api_client.models.identity import ConversationId, EchoId
from practice.app import create_app, keep_time
from practice.bounds import Bounds
from practice.customers.door import Door
from practice.desk import Desk
from practice.scenario.loader import load
from practice.scenario.model import Scenario
from practice.store.messages import all_of
from practice.store.rows import Message
from tests.chaos.seat import Seat
from tests.chaos.stepped import ServerClock, SteppedLoop
from tests.chaos.wires import FRAME_FAULTS, REQUEST_FAULTS, Network
from tests.desk.test_any_order import check_transcript

EXAMPLES = int(os.environ.get("AGENT_TUI_INTERLEAVINGS", "12"))
CHATS = 3
"""The first two are the agent's from the beginning."""
NUMBERS = st.integers(0, CHATS - 1)
SAVED_WITHIN = 0.2
"""Seconds after which what was typed outlives anything."""


@cache
def scenario() -> Scenario:
    return load("tax")


@dataclass
class Said:
    """A text that the agent sent off."""

    conversation: ConversationId
    text: str
    note: bool
    echo: EchoId
    first: int
    """When it was sent first, among everything that was."""
    last: int
    """When it was sent last: after a failure, by the agent's key."""
    certain: bool = True
    """Written down; not taken back."""


class AnyInterleaving(RuleBasedStateMachine):
    """One agent, their customers and colleagues, and everything that goes wrong between them."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = SteppedLoop()
        asyncio.set_event_loop(self.loop)
        self.folder = Path(tempfile.mkdtemp())
        bounds = Bounds(messages_per_minute=100_000)
        self.desk = Desk(scenario(), ServerClock(self.loop), seed_number=1, bounds=bounds)
        app = create_app(self.desk)
        self.network = Network(app, self.loop)
        agents: Any = self.desk.ready("http://127.0.0.1")["agents"]
        self.token, self.colleague = agents[0]["token"], agents[1]["token"]
        self.doors = {token: Door(app, {"api_access_token": token}) for token in (self.token, self.colleague)}
        self.public = Door(app)
        self.clock = self.network.spawn(keep_time(self.desk))
        self.chats: list[ConversationId] = []
        self.places: list[str] = []
        self.said: list[Said] = []
        self.drafts: dict[ConversationId, list[tuple[float, str]]] = {}
        self.numbers = itertools.count(1)
        self.moments = itertools.count(1)
        self.seat: Seat

    def do(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    @initialize(
        texts=st.sampled_from([0.0, 0.0, 5.0]), doings=st.sampled_from([0.0, 5.0]), seed=st.integers(1, 3)
    )
    def begin(self, texts: float, doings: float, seed: int) -> None:
        self.holds, self.seed = Holds(doings, texts), seed
        self.do(self._arrive())
        self._start()
        self._pass(3.0)

    async def _arrive(self) -> None:
        inboxes: Any = self.desk.ready("http://127.0.0.1")["inboxes"]
        me = await self.doors[self.token].call("GET", "/api/v1/profile")
        for number in range(CHATS):
            contacts = f"/public/api/v1/inboxes/{inboxes[0]['identifier']}/contacts"
            contact = await self.public.call("POST", contacts, {"name": f"Liisa {number}"})
            place = f"{contacts}/{contact['source_id']}/conversations"
            begun = await self.public.call("POST", place, {})
            self.chats.append(ConversationId(str(begun["id"])))
            self.places.append(f"{place}/{begun['id']}/messages")
            await self.public.call("POST", self.places[-1], {"content": "Hei"})
            if number < CHATS - 1:
                await self._staff(number, "POST", "assignments", {"assignee_id": me["id"]}, self.token)

    async def _staff(self, number: int, method: str, what: str, body: object, token: str = "") -> Any:
        account = self.desk.ready("http://127.0.0.1")["account_id"]
        path = f"/api/v1/accounts/{account}/conversations/{self.chats[number]}/{what}"
        return await self.doors[token or self.colleague].call(method, path, body)

    def _start(self) -> None:
        self.seat = Seat(self.network, self.token, self.folder, self.holds, self.seed)

    def _chat(self, number: int) -> Chat | None:
        chat = self.seat.state.chats.get(self.chats[number])
        return chat if chat is not None and chat.id in self.seat.state.tabs else None

    # --- the agent

    @rule(number=NUMBERS, text=st.sampled_from(["H", "Hei", "Hei taas", ""]))
    def agent_types(self, number: int, text: str) -> None:
        chat = self._chat(number)
        if chat is not None:
            self._check_draft(chat)
            self._type(chat, text)

    def _type(self, chat: Chat, text: str) -> None:
        self.seat.tell(d.DraftChanged(chat.id, text, chat.draft.note))
        self._drafted(chat)

    def _drafted(self, chat: Chat) -> None:
        self.drafts.setdefault(chat.id, [(-1.0, "")]).append((self.loop.time(), chat.draft.text))

    def _check_draft(self, chat: Chat) -> None:
        """What was typed is there, or was typed too short a time before a kill."""
        history = self.drafts.setdefault(chat.id, [(-1.0, "")])
        assert chat.draft.text in {text for _, text in history}, (chat.draft.text, history)
        if all(at < 0 for at, _ in history):
            self.drafts[chat.id] = [(-1.0, chat.draft.text)]

    @rule(number=NUMBERS, same=st.booleans(), note=st.booleans())
    def agent_sends(self, number: int, same: bool, note: bool) -> None:  # noqa: FBT001  drawn values
        chat = self._chat(number)
        if chat is None:
            return
        self._check_draft(chat)
        text = f"ok {chat.id}" if same else f"reply {chat.id} {next(self.numbers)}"
        echo = EchoId(f"e{next(self.numbers)}")
        self._type(chat, text)
        self.seat.tell(d.ReplySubmitted(chat.id, text, note, echo))
        self._drafted(chat)
        moment = next(self.moments)
        self.said.append(Said(chat.id, text, note, echo, moment, moment))

    @rule()
    def agent_sends_again_what_failed(self) -> None:
        for chat in list(self.seat.state.chats.values()):
            for line in _failed(chat):
                self._again(chat, line)

    def _again(self, chat: Chat, line: Line) -> None:
        for said in self.said:
            if said.echo == line.echo:
                said.last = next(self.moments)
        self.seat.tell(d.RetryRequested(chat.id, EchoId(str(line.echo))))

    @rule()
    def agent_undoes(self) -> None:
        before = self._echoes()
        self.seat.tell(d.UndoRequested())
        gone = before - self._echoes()
        for said in self.said:
            if said.echo in gone:
                said.certain = False
                self._drafted(self.seat.state.chats[said.conversation])

    def _echoes(self) -> set[str]:
        chats = self.seat.state.chats.values()
        return {str(line.echo) for chat in chats for line in chat.transcript.lines if line.in_flight}

    @rule(number=NUMBERS)
    def agent_goes_to_a_tab(self, number: int) -> None:
        self.seat.tell(d.TabSelected(self.chats[number]))

    @rule()
    def agent_takes_who_waits_longest(self) -> None:
        self.seat.tell(d.LongestWaitingRequested())

    @rule(number=NUMBERS)
    def agent_opens_or_takes(self, number: int) -> None:
        self.seat.tell(d.ConversationPicked(self.chats[number]))

    @rule(number=NUMBERS)
    def agent_closes(self, number: int) -> None:
        self.seat.tell(d.ResolveRequested(self.chats[number]))

    @rule(number=NUMBERS)
    def agent_scrolls_up(self, number: int) -> None:
        self.seat.tell(d.OlderRequested(self.chats[number]))

    # --- the others

    @rule(number=NUMBERS, times=st.sampled_from([1, 1, 2, 25]))
    def customer_writes(self, number: int, times: int) -> None:
        for _ in range(times):
            self.do(self.public.call("POST", self.places[number], {"content": f"from {next(self.numbers)}"}))

    @rule(number=NUMBERS, private=st.booleans())
    def colleague_writes(self, number: int, private: bool) -> None:  # noqa: FBT001  a drawn value
        body = {"content": f"colleague {next(self.numbers)}", "private": private}
        self.do(self._staff(number, "POST", "messages", body))

    @rule(number=NUMBERS)
    def colleague_takes(self, number: int) -> None:
        me = self.do(self.doors[self.colleague].call("GET", "/api/v1/profile"))
        self.do(self._staff(number, "POST", "assignments", {"assignee_id": me["id"]}))

    @rule(number=NUMBERS)
    def colleague_closes(self, number: int) -> None:
        self.do(self._staff(number, "POST", "toggle_status", {"status": "resolved"}))

    @rule(number=NUMBERS, place=st.integers(0, 30))
    def colleague_deletes(self, number: int, place: int) -> None:
        rows = [row for row in self._rows(self.chats[number]) if str(row.content).startswith("from ")]
        if rows:
            self.do(self._staff(number, "DELETE", f"messages/{rows[-1 - place % len(rows)].id}", None))

    # --- what goes wrong

    @rule(faults=st.lists(st.sampled_from(REQUEST_FAULTS), min_size=1, max_size=4))
    def requests_will_meet(self, faults: list[str]) -> None:
        self.network.requests.extend(faults)

    @rule(faults=st.lists(st.sampled_from(FRAME_FAULTS), min_size=1, max_size=4))
    def frames_will_meet(self, faults: list[str]) -> None:
        self.network.frames.extend(faults)

    @rule(rest=st.booleans(), cable=st.booleans())
    def network_changes(self, rest: bool, cable: bool) -> None:  # noqa: FBT001  drawn values
        self.network.rest, self.network.cable = rest, cable
        if not cable:
            self.do(self.network.cut())

    @rule()
    def live_connection_breaks(self) -> None:
        self.do(self.network.cut())

    @rule(steps=st.integers(1, 30))
    def a_moment_passes(self, steps: int) -> None:
        self.do(_let_run(steps))

    @rule(seconds=st.sampled_from([0.05, 0.3, 1.0, 4.0, 12.0]))
    def time_passes(self, seconds: float) -> None:
        self._pass(seconds)

    def _pass(self, seconds: float) -> None:
        until = self.loop.time() + seconds
        while self.loop.time() < until:
            self.do(asyncio.sleep(min(1.0, until - self.loop.time())))
            self.seat.tell(d.Ticked())
            self._start_again()

    def _start_again(self) -> None:
        if self.seat.running.done():
            self._start()

    @rule(quickly=st.booleans())
    def agent_is_killed(self, quickly: bool) -> None:  # noqa: FBT001  a drawn value
        if not quickly:
            self.do(_let_run(5))
        self._note_what_was_not_written(quickly=quickly)
        self.do(self.seat.kill())
        self._start()
        self._pass(0.1)

    def _note_what_was_not_written(self, *, quickly: bool) -> None:
        """What may be gone: the keys of the last moment, and a text that nobody called on its way yet."""
        now = self.loop.time()
        for conversation, history in self.drafts.items():
            saved = max(at for at, _ in history if at <= now - SAVED_WITHIN)
            self.drafts[conversation] = [(-1.0, text) for at, text in history if at >= saved]
        for said in self.said:
            if quickly and said.echo not in self.seat.left:
                said.certain = False

    # --- what must hold

    @invariant()
    def every_line_stands_once_and_in_order(self) -> None:
        for chat in self.seat.state.chats.values():
            check_transcript(chat)

    def _rows(self, conversation: ConversationId) -> list[Message]:
        return all_of(self.desk.db, int(conversation))

    def teardown(self) -> None:
        try:
            if self.chats:
                self._settle()
                self._check_what_was_sent(after_all=False)
                self._send_what_failed()
                self._check_what_was_sent(after_all=True)
                self._check_order()
                self._check_what_is_shown()
        finally:
            self._end()

    def _end(self) -> None:
        if self.chats:
            self.do(self.seat.kill())
        self.clock.cancel()
        left = asyncio.all_tasks(self.loop)
        for task in left:
            task.cancel()
        self.do(asyncio.gather(*left, return_exceptions=True))
        self.do(self.loop.shutdown_asyncgens())
        asyncio.set_event_loop(None)
        self.loop.close()
        self.desk.close()
        shutil.rmtree(self.folder)

    def _settle(self) -> None:
        self.network.calm()
        self._pass(150.0)
        for chat in self.seat.state.chats.values():
            self._check_draft(chat)

    def _send_what_failed(self) -> None:
        for _ in range(4):
            failing = [chat for chat in self.seat.state.chats.values() if any(_failed(chat))]
            for chat in failing:
                for line in _failed(chat):
                    self._again(chat, line)
            if not failing:
                return
            self._pass(40.0)

    def _check_what_was_sent(self, *, after_all: bool) -> None:
        """Each text arrived once where it belongs, or stands there as undelivered with its reason."""
        for conversation in self.chats:
            there = Counter(str(row.content) for row in self._rows(conversation) if row.sender_type == "User")
            chat = self.seat.state.chats.get(conversation)
            failed = Counter(line.raw for line in _failed(chat)) if chat is not None else Counter[str]()
            assert chat is None or all(line.trouble is not None for line in _failed(chat))
            mine = [said for said in self.said if said.conversation == conversation]
            for text, times in Counter(said.text for said in mine).items():
                certain = sum(said.certain for said in mine if said.text == text)
                assert there[text] <= times, f"{text!r} arrived {there[text]} times"
                assert certain <= there[text] + failed[text], f"{text!r} is lost"
                assert not after_all or certain <= there[text], f"{text!r} never gets through"
            known = {said.text for said in mine}
            astray = [text for text in there if text.startswith(("reply", "ok")) and text not in known]
            assert astray == []

    def _check_order(self) -> None:
        for conversation in self.chats:
            places = {str(row.content): place for place, row in enumerate(self._rows(conversation))}
            mine = [
                said
                for said in self.said
                if said.conversation == conversation and said.text in places and "reply" in said.text
            ]
            for one, other in itertools.permutations(mine, 2):
                if one.last < other.first:
                    assert places[one.text] < places[other.text], f"{other.text!r} overtook {one.text!r}"

    def _check_what_is_shown(self) -> None:
        for conversation in self.seat.state.tabs:
            chat = self.seat.state.chats[conversation]
            while chat.transcript.older is Older.MORE:
                self.seat.tell(d.OlderRequested(conversation))
                self._pass(2.0)
            shown = [(line.key, line.raw, line.deleted) for line in chat.transcript.lines if not line.local]
            kept = [
                (str(row.id), row.content or "", bool(row.content_attributes.get("deleted")))
                for row in self._rows(conversation)
            ]
            assert shown == kept, chat.card.raw_name


async def _let_run(steps: int) -> None:
    for _ in range(steps):
        await asyncio.sleep(0)


def _failed(chat: Chat) -> list[Line]:
    return [line for line in chat.transcript.lines if line.fate is Fate.FAILED and line.local]


TestAnyInterleaving = AnyInterleaving.TestCase
TestAnyInterleaving.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=40,
    deadline=None,
    derandomize=EXAMPLES <= 12,
    phases=set(Phase) - {Phase.shrink, Phase.explain},
    print_blob=True,
)
