"""The end of a shift: its sheet, on the screen and to a file; all open chats given to somebody else."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from msgspec import Struct
from textual.screen import Screen

from agent_tui.desk.card_compiling import compiled
from agent_tui.desk.departing import Departure, departure, is_read, own_chats
from agent_tui.desk.doings import HandOverRequested, TabSelected
from agent_tui.desk.promises import open_promises
from agent_tui.desk.selectors import receivers, undelivered
from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.desk.view import Receiver
from agent_tui.engine.new_files import write_new
from agent_tui.notices import Told, Weight
from agent_tui.screens import shift_words
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.carding import comment_of
from agent_tui.screens.casework import about, fits
from agent_tui.screens.shift_sheet import ShiftScreen
from agent_tui.screens.shift_words import Sheet
from agent_tui.screens.subject import Reach, Subject
from agent_tui.theming import Palette
from agent_tui.widgets.cells import pad, width
from agent_tui.widgets.painting import Piece, Pieces
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import count, say, shown
from api_client.models.identity import ConversationId, EchoId
from themes.contract import Ink

if TYPE_CHECKING:
    from agent_tui.desk.metrics.shift import Shift

_HAND_OVER, _TAG = "h", "t"
_FORMS = {
    "m": ("md", shift_words.as_markdown),
    "c": ("csv", shift_words.as_csv),
    "j": ("json", shift_words.as_json),
}


class ShiftMeans(Struct, frozen=True):
    """What a shift sheet is made from, and where it is written to."""

    shift: Callable[[], Awaitable[Shift | None]]
    """Works out what the agent did up to now; nothing before they came."""
    exports: Path


class Leaving(Struct):
    """A chat on its way to somebody else."""

    customer: Displayable
    to: Receiver
    asked: bool = False
    """The desk has been told to give it away."""


class Shifting(Subject):
    """The sheet, and the hand-over of all chats.

    ``put_over`` puts a screen over the desk's; ``tag`` opens the closed chats with some of them checked.
    """

    def __init__(
        self,
        reach: Reach,
        means: ShiftMeans,
        *,
        tag: Callable[[frozenset[ConversationId]], None],
        put_over: Callable[[Callable[[Palette], Screen[str]], Callable[[str | None], None]], object],
    ) -> None:
        super().__init__(reach)
        self._means = means
        self._tag = tag
        self._put_over = put_over
        self._shift: Shift | None = None
        self._leaving: dict[ConversationId, Leaving] = {}
        self._written = NOTHING
        """What came of writing the sheet to a file."""
        self._tasks: set[asyncio.Task[None]] = set()

    def actions(self) -> Actions:
        """What its actions do."""
        return {"shift": self._begin_to_look}

    def _begin_to_look(self) -> None:
        """What has gone before is no news any more."""
        self._leaving = {one: leaving for one, leaving in self._leaving.items() if not self._is_gone(one)}
        self._open()

    def _is_gone(self, conversation: ConversationId) -> bool:
        return departure(self._bridge.state, conversation, asked=True) is Departure.GONE

    def _open(self) -> None:
        self._close()
        self._spawn(self._work_out())

    async def _work_out(self) -> None:
        self._shift = await self._means.shift()
        if self._shift is None:
            words = say("There is nothing to show yet. Your shift begins when you come to the desk.")
            self._tell(Told(words, Weight.FACT))
            return
        ends = frozenset({_HAND_OVER, _TAG, "enter"})
        self._written = NOTHING
        self._put_over(
            lambda palette: ShiftScreen(palette, look=self._look, stay=self._stay, ends=ends), self._ended
        )

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- what stands on it ---------------------------------------------------------------------------

    def _sheet(self, shift: Shift) -> Sheet:
        state = self._bridge.state
        return Sheet(
            NOTHING if state.me is None else state.me.name,
            shift,
            len(own_chats(state)),
            undelivered=len(undelivered(state)),
            promises=len(open_promises(state)),
        )

    def _look(self) -> tuple[Sequence[Pieces], Pieces]:
        if self._shift is None:
            return (), ()
        sheet = self._sheet(self._shift)
        told = shift_words.rows(sheet)
        wide = max(width(name) for name, _ in told) + 2
        table = [(Piece(pad(name, wide), Ink.QUIET), Piece(value)) for name, value in told]
        title: Pieces = (Piece(shift_words.title(sheet), Ink.ACCENT),)
        written: list[Pieces] = [(), (Piece(self._written, Ink.ACCENT),)] if self._written else []
        return [title, (), *table, *self._progress(), *written], self._hints(sheet)

    def _progress(self) -> list[Pieces]:
        """A row for each chat that is being handed over."""
        rows: list[Pieces] = [()] if self._leaving else []
        for conversation, leaving in self._leaving.items():
            how = departure(self._bridge.state, conversation, asked=leaving.asked)
            words, ink = _departure_words(how)
            rows.append((Piece(words, ink), Piece(Displayable(f"  {leaving.customer} → {leaving.to.name}"))))
        return rows

    def _hints(self, sheet: Sheet) -> Pieces:
        told = [
            *([("h", say("hand over all"))] if sheet.open_chats else []),
            *([("t", say("tag those without"))] if sheet.shift.untagged else []),
            ("m", say("Markdown")),
            ("c", say("CSV")),
            ("j", say("JSON")),
            ("Esc", say("back")),
        ]
        pieces: list[Piece] = []
        for key, words in told:
            pieces += [Piece(Displayable(f" {key} "), Ink.ACCENT), Piece(Displayable(f"{words} "), Ink.QUIET)]
        return tuple(pieces)

    # --- keys ----------------------------------------------------------------------------------------

    def _stay(self, key: str) -> bool:
        if key not in _FORMS or self._shift is None:
            return False
        ending, form = _FORMS[key]
        self._spawn(self._write(ending, form(self._sheet(self._shift))))
        return True

    async def _write(self, ending: str, text: str) -> None:
        folder = self._means.exports
        name = f"{datetime.now(UTC).astimezone():%Y-%m-%d}-shift"
        try:
            path = await asyncio.to_thread(write_new, folder, name, ending, text)
        except OSError as error:
            why = clean_line(error.strerror or str(error))
            self._written = say("No file was written in {folder}: {why}.", folder=shown(folder), why=why)
        else:
            self._written = say("Written to {path}", path=shown(path))

    def _ended(self, key: str | None) -> None:
        untagged = () if self._shift is None else self._shift.untagged
        if key == _HAND_OVER and own_chats(self._bridge.state):
            self._choose_receiver()
        elif key in {_TAG, "enter"} and untagged:
            self._tag(frozenset(untagged))

    # --- handing everything over ---------------------------------------------------------------------

    def _choose_receiver(self) -> None:
        """Who shall have them all, found by name."""
        known = [Receiver(say("Back to the queue")), *receivers(self._bridge.state)]
        rows = [PickRow(str(index), one.name, about(one)) for index, one in enumerate(known)]
        chats = len(own_chats(self._bridge.state))
        asking = Asking(
            count("Hand over your {n} open chat to …", "Hand over all your {n} open chats to …", chats),
            say("Nobody has this name. Try other letters."),
            lambda ids: self._confirm(known[int(ids[0])]),
            self._close,
            lambda query: self._picker.show_rows([row for row in rows if fits(row.title, query)]),
        )
        self._picker.open(asking, rows)

    def _confirm(self, to: Receiver) -> None:
        chats = own_chats(self._bridge.state)
        yes = count("Yes, hand over {n} chat", "Yes, hand over {n} chats", len(chats))
        rows = [
            PickRow("", say("No, keep them")),
            PickRow("yes", yes, say("each with its hand-over card; what you have typed stays with you")),
        ]
        asking = Asking(
            say("Everything to {to}?", to=to.name),
            NOTHING,
            lambda ids: self._begin(to) if ids[0] else self._close(),
            self._close,
        )
        self._picker.open(asking, rows)

    def _begin(self, to: Receiver) -> None:
        """Those that are not read yet are fetched first: their cards are made from what was said."""
        self._leaving = {chat.id: Leaving(chat.card.name, to) for chat in own_chats(self._bridge.state)}
        for chat in own_chats(self._bridge.state):
            if not is_read(chat):
                self._dispatch(TabSelected(chat.id))
        self.show_answers()
        self._open()

    def show_answers(self) -> None:
        """What a card waits for may have come."""
        for conversation, leaving in self._leaving.items():
            chat = self._bridge.state.chats.get(conversation)
            if not leaving.asked and chat is not None and is_read(chat):
                leaving.asked = True
                echo, card = EchoId(secrets.token_hex(8)), comment_of(compiled(chat))
                self._dispatch(
                    HandOverRequested(conversation, leaving.to.agent, leaving.to.queue, card, echo)
                )


def _departure_words(how: Departure) -> tuple[Displayable, Ink]:
    """With a mark, so that the colour says nothing alone."""
    match how:
        case Departure.LOADING:
            return say("… being read"), Ink.QUIET
        case Departure.HELD:
            return say("… goes in a moment"), Ink.QUIET
        case Departure.ON_ITS_WAY:
            return say("→ on its way"), Ink.TEXT
        case Departure.GONE:
            return say("✓ handed over"), Ink.GOOD
        case Departure.STAYED:
            return say("✗ stayed with you"), Ink.BAD
        case _:
            assert_never(how)
