"""Looking for chats, customers and messages everywhere, or for words in the chat on the screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Final, assert_never

from agent_tui import notices
from agent_tui.desk import selectors
from agent_tui.desk.attention import is_cut_off
from agent_tui.desk.doings import (
    CustomersChatsRequested,
    HitChosen,
    HitShown,
    OlderRequested,
    PeekRequested,
    SearchRequested,
)
from agent_tui.desk.found import HitKind, SearchHit
from agent_tui.desk.lines import find
from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.searching import excerpt, hits, lines_with, words_of
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.transcript import Line, Older
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.casework import hit_row
from agent_tui.screens.marking import Marking
from agent_tui.screens.subject import Reach, Subject
from agent_tui.widgets.cells import pad, width
from agent_tui.widgets.clock_face import day_name, day_number, time_of_day
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say
from api_client.backend import Capability
from api_client.models.identity import ContactId, ConversationId
from api_client.models.message import MessageKind

_MOST_IN_A_CHAT: Final = 200
"""Hits of one chat that are listed."""
_SCREENFUL: Final = 10
_SLICE: Final = 0.005
"""Seconds of looking through a chat in one go; then keys have their turn."""
_PAUSE: Final = 0.001
_AT_ONCE: Final = 256
"""Messages looked at between two looks at the clock."""
_REMARK: Final = "remark"


class Finding(Subject):
    """Opens the picker to look for something and goes to what was chosen."""

    def __init__(self, reach: Reach, marking: Marking) -> None:
        super().__init__(reach)
        self._marking = marking
        self._asking: Asking | None = None
        """What was opened last; somebody else's may have taken its place."""
        self._refresh: Callable[[], None] = lambda: None
        """Brings what is open up to date."""
        self._found: dict[str, SearchHit] = {}
        self._words = ""
        self._lines = -1
        """How many lines the chat had when they were looked through."""
        self._held: list[Line] = []
        """Of the chat that is looked through: those that hold the words."""
        self._ahead: Iterator[int] | None = None
        """Which are still to be looked at."""

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {"search": self._open, "find": at_hand.shown(self._open_in_chat)}

    def _ask(self, asking: Asking, refresh: Callable[[], None]) -> None:
        self._close()
        self._asking, self._refresh, self._words = asking, refresh, ""
        self._picker.open(asking, [])

    def show_answers(self) -> None:
        """Something may have been found, or loaded."""
        self._show_sought()
        if self._asking is not None and self._picker.shows(self._asking):
            self._refresh()

    # --- everywhere ----------------------------------------------------------------------------------

    def _open(self) -> None:
        asking = Asking(
            say("Search chats, customers and messages"),
            say("Type a name, an address, a number, or words that were written."),
            self._go,
            self._close,
            self._type,
        )
        self._ask(asking, self._show_new)
        self._seen: object = None

    def _type(self, query: str) -> None:
        self._words = query
        self._dispatch(SearchRequested(query))
        self._show_found(best_first=True)

    def _show_new(self) -> None:
        if self._seen != self._now():
            self._show_found(best_first=False)

    def _now(self) -> object:
        search = self._bridge.state.search
        return (search.wanted, search.answered, search.hits)

    def _show_found(self, *, best_first: bool) -> None:
        self._seen = self._now()
        self._found = {hit.key: hit for hit in hits(self._bridge.state)}
        today = selectors.server_now(self._bridge.state, time.monotonic()) or 0.0
        rows = [_row(hit, today) for hit in self._found.values()]
        if self._words.strip():
            rows += remarks(self._bridge.state, nothing=not rows)
        self._picker.show_rows(rows, best_first=best_first)

    def _go(self, ids: tuple[str, ...]) -> None:
        hit = self._found.get(ids[0])
        if hit is None:
            return
        match hit.kind:
            case HitKind.CHAT if hit.conversation is not None:
                self._dispatch(PeekRequested(hit.conversation))
            case HitKind.MESSAGE if hit.conversation is not None:
                self._dispatch(HitChosen(hit.conversation, hit.message, hit.at, self._words))
            case HitKind.CUSTOMER if hit.contact is not None:
                self._open_customer(hit.contact, hit.customer)
            case HitKind.CHAT | HitKind.MESSAGE | HitKind.CUSTOMER:
                return
            case _:
                assert_never(hit.kind)

    def _open_customer(self, contact: ContactId, name: Displayable) -> None:
        """The chats of a customer; the list fills when the answer comes."""
        asking = Asking(
            say("Chats of {customer}", customer=name),
            say("Looking …"),
            lambda ids: self._dispatch(PeekRequested(ConversationId(ids[0]))),
            self._close,
        )
        self._ask(asking, lambda: self._show_chats_of(contact))
        self._dispatch(CustomersChatsRequested(contact))

    def _show_chats_of(self, contact: ContactId) -> None:
        theirs = self._bridge.state.customers_chats
        if theirs is not None and theirs[0] == contact:
            self._refresh = lambda: None
            empty = say("There is no chat with this customer that you may see.")
            self._picker.show_rows([hit_row(hit) for hit in theirs[1]], empty=empty)

    def _show_sought(self) -> None:
        """The message that the agent goes to may be there by now."""
        sought, chat = self._bridge.state.sought, selectors.shown_chat(self._bridge.state)
        if sought is None or sought.line is None or chat is None or chat.id != sought.conversation:
            return
        index, reading = find(chat.transcript, sought.line), self._bridge.state.peeked is not None
        self._dispatch(HitShown())
        if index is not None:
            self._marking.point(index, words_of(sought.words), reading=reading)

    # --- in the chat on the screen -------------------------------------------------------------------

    def _open_in_chat(self, chat: Chat) -> None:
        asking = Asking(
            say("Find in the chat with {customer}", customer=chat.card.name),
            say("Type words that were written."),
            lambda ids: self._mark(chat, ids[0]),
            self._close,
            lambda query: self._look_in(chat, query),
        )
        self._ask(asking, lambda: self._show_more_of(chat))
        self._lines, self._ahead = -1, None

    def _look_in(self, chat: Chat, query: str) -> None:
        self._words = query
        self._begin_looking(chat, best_first=True)

    def _show_more_of(self, chat: Chat) -> None:
        if self._lines != len(chat.transcript.lines) and self._ahead is None:
            self._begin_looking(chat, best_first=False)

    def _begin_looking(self, chat: Chat, *, best_first: bool) -> None:
        """The newest first, some of them at a time: a long chat must not hold up the next key."""
        lines = chat.transcript.lines
        self._lines, self._held = len(lines), []
        self._ahead = iter(range(len(lines) - 1, -1, -1)) if words_of(self._words) else None
        self._look_on(chat, self._words, best_first=best_first)

    def _look_on(self, chat: Chat, query: str, *, best_first: bool) -> None:
        if query != self._words or self._asking is None or not self._picker.shows(self._asking):
            return
        words, lines, until = words_of(query), chat.transcript.lines, time.perf_counter() + _SLICE
        known = len(self._held)
        while self._ahead is not None and time.perf_counter() < until:
            some = list(islice(self._ahead, _AT_ONCE))
            self._held += lines_with((lines[at] for at in some if at < len(lines)), words)
            if not some or len(self._held) >= _MOST_IN_A_CHAT:
                self._ahead = None
        if best_first or self._ahead is None or known < _SCREENFUL < len(self._held):
            self._show_lines(chat, words, best_first=best_first)
        if self._ahead is not None:
            # Textual's own call_later goes on without giving the loop a turn.
            self._picker.set_timer(_PAUSE, partial(self._look_on, chat, query, best_first=False))

    def _show_lines(self, chat: Chat, words: tuple[str, ...], *, best_first: bool) -> None:
        """What is held so far; earlier pages are fetched as long as one brings something new."""
        rows = [_line_row(line, words) for line in self._held[:_MOST_IN_A_CHAT]]
        if self._ahead is not None:
            rows.append(PickRow(_REMARK, say("Looking further up …"), enabled=False))
        elif words:
            rows += self._older_too(chat, len(rows))
        self._picker.show_rows(rows, best_first=best_first)

    def _older_too(self, chat: Chat, found: int) -> list[PickRow]:
        transcript = chat.transcript
        further = found < _MOST_IN_A_CHAT and not is_cut_off(self._bridge.state)
        if further and transcript.older is Older.MORE:
            self._dispatch(OlderRequested(chat.id))
        if transcript.older is Older.LOADING:
            return [PickRow(_REMARK, say("Fetching earlier messages …"), enabled=False)]
        if not found:
            return [PickRow(_REMARK, say("These words are not in this chat."), enabled=False)]
        return []

    def _mark(self, chat: Chat, key: str) -> None:
        lines = self._panes.log.lines
        index = next((index for index, line in enumerate(lines) if line.key == key), None)
        if index is not None and selectors.shown_chat(self._bridge.state) is chat:
            self._marking.point(index, words_of(self._words), reading=True)


def remarks(state: DeskState, *, nothing: bool) -> list[PickRow]:
    """What stands below what was found, or below ``nothing``: that more may come, or why not."""
    remark = _remark(state, nothing=nothing)
    return [PickRow(_REMARK, remark, enabled=False)] if remark else []


def _remark(state: DeskState, *, nothing: bool) -> Displayable:
    if not state.search.answered:
        return say("Looking on the server …")
    if state.search.problem is not None:
        why = notices.reason(state.search.problem)
        return say("Only what is open here was looked through: {why}.", why=why)
    if is_cut_off(state):
        return say("Only what is open here was looked through: there is no connection.")
    if Capability.SEARCH not in state.capabilities:
        return say("Only what is open here was looked through: this server cannot search.")
    return say("Nothing was found. Try fewer or other words.") if nothing else NOTHING


def _row(hit: SearchHit, today: float) -> PickRow:
    customer = hit.customer or say("chat {number}", number=Displayable(hit.conversation or ""))
    kinds = {kind: _kind(kind) for kind in HitKind}
    kind = pad(kinds[hit.kind], max(map(width, kinds.values())))
    when = _when(hit.at, today) if hit.at else NOTHING
    note = say("note") if hit.said_by is MessageKind.NOTE else NOTHING
    detail = " · ".join(filter(None, (when, note, hit.words)))
    return PickRow(hit.key, Displayable(f"{kind}  {customer}"), Displayable(detail))


def _when(at: float, today: float) -> Displayable:
    """The time of day, or for another day the day."""
    same_day = day_number(at, None) == day_number(today, None)
    return time_of_day(at, None) if same_day else day_name(at, None)


def _kind(kind: HitKind) -> Displayable:
    words = {HitKind.CHAT: say("chat"), HitKind.CUSTOMER: say("customer"), HitKind.MESSAGE: say("message")}
    return words[kind]


def _line_row(line: Line, words: tuple[str, ...]) -> PickRow:
    title = Displayable(f"{day_name(line.at, None)} {time_of_day(line.at, None)}  {line.author}")
    return PickRow(line.key, title, excerpt(line.shielded, words))
