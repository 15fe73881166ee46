"""The customer card: who they are and where they come from, beside the log or on one row above it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta, timezone, tzinfo
from functools import partial

from textual import events

from agent_tui.desk.model import Chat, CustomerNote, Hit
from agent_tui.desk.private_numbers import without_private_numbers
from agent_tui.desk.text import NOTHING, Displayable, is_altered, reveal
from agent_tui.desk.view import Given, Promise
from agent_tui.desk.waiting import for_the_next
from agent_tui.desk.waiting import wait as wait_of
from agent_tui.theming import Palette
from agent_tui.widgets.cells import pad, width, wrap
from agent_tui.widgets.clock_face import day_name, time_of_day
from agent_tui.widgets.painting import Piece, Pieces
from agent_tui.widgets.pictures import Picture, PictureWidget
from agent_tui.widgets.wait_mark import AGAIN, promise_piece, wait_piece
from agent_tui.wording import count, say
from api_client.models.conversation import Priority
from api_client.models.identity import ConversationId
from themes.contract import Ground, Ink

_LABEL_CELLS = 11
_MOST_RATINGS = 5
_MOST_RAW = 100
"""Characters of a name that are written out as they came."""
_WHEEL_ROWS = 3


def _nothing() -> Iterator[Pieces]:
    return iter(())


class CustomerCard(PictureWidget):
    """Shows a ``Chat``'s customer: on one row where it is one row high, else a fact a row."""

    def __init__(
        self,
        palette: Palette,
        *,
        zone: tzinfo | None = None,
        id: str | None = None,  # noqa: A002  Textual's own word
    ) -> None:
        super().__init__(palette, id=id)
        self._zone = zone
        self._rows: list[Pieces] = []
        self._compose_rows: Callable[[], Iterator[Pieces]] = _nothing
        self._line: Pieces = ()
        self._whose: ConversationId | None = None
        self._top = 0
        """The first row shown, where there are more than fit."""
        self._in_hand: bool | None = None
        self._reveals = False

    def be_in_hand(self, *, in_hand: bool | None) -> None:
        """On one row: whether the keys are for this conversation; ``None`` where it stands alone."""
        if in_hand is not self._in_hand:
            self._in_hand = in_hand
            self.paint_changes()

    def show(
        self,
        chat: Chat | None,
        *,
        queue: Displayable,
        channel: Displayable,
        promise: Promise,
        server_now: float,
        promised: Given | None = None,
    ) -> None:
        """Show a conversation's customer; ``None`` shows an empty card."""
        until = None if promised is None else promised.until
        if not self.wears(self._facts_of(chat, (queue, channel, promise, promised), until, server_now)):
            return
        if chat is None:
            self._compose_rows, self._line = _nothing, ()
        else:
            facts = [*known_of(chat, queue, channel, self._zone, server_now)]
            since = wait_of(chat)
            wait = None if since is None else wait_piece(since, server_now, promise)
            owed = None if promised is None else promise_piece(promised, server_now)
            self._compose_rows = partial(self._full, chat, facts, wait, owed)
            if chat.id != self._whose:
                self._whose, self._top = chat.id, 0
            shielded = [(label, without_private_numbers(value)) for label, value in facts]
            self._line = _one_row(chat, shielded, wait, owed)
        self._lay_out()

    def reveal(self, *, revealed: bool) -> None:
        """Show private numbers, or hide them again."""
        if revealed is not self._reveals:
            self._reveals = revealed
            self._lay_out()

    def _lay_out(self) -> None:
        """Facts wrap at the width."""
        self._rows = [*self._compose_rows()]
        self._top = min(self._top, self._last_page)
        self.paint_changes()

    def _facts_of(self, chat: Chat | None, about: object, owed: float | None, now: float) -> object:
        """All that the card depends on."""
        if chat is None:
            return None
        known = (chat.id, chat.card, chat.tags, chat.priority, chat.page, chat.language, chat.previous)
        more = (chat.notes, chat.attributes, chat.utc_offset, int(now // 60))
        return known, more, about, self.seconds(now, [wait_of(chat), owed])

    # --- more than fits ------------------------------------------------------------------------------

    @property
    def _last_page(self) -> int:
        return max(0, len(self._rows) - max(1, self.size.height - 1))

    def turn(self) -> bool:
        """Go on to the next page. Whether there was one; from the last, the first comes next time."""
        if not self.display or self.size.height <= 1 or self._top >= self._last_page:
            self._top = 0
            return False
        self._top = min(self._top + max(1, self.size.height - 2), self._last_page)
        self.paint_changes(now=True)
        return True

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel reads on."""
        event.stop()
        self._roll(_WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel goes back."""
        event.stop()
        self._roll(-_WHEEL_ROWS)

    def _roll(self, rows: int) -> None:
        self._top = min(max(0, self._top + rows), self._last_page)
        self.paint_changes(now=True)

    def on_resize(self) -> None:
        """Another width wraps otherwise."""
        self._lay_out()

    def picture(self, y: int) -> Picture:
        """A row of the card."""
        if self.size.height == 1:
            return self._one_row()
        below = len(self._rows) - self._top - self.size.height
        if below > 0 and y == self.size.height - 1:
            more = count(" … {n} more row; the key again", " … {n} more rows; the key again", below + 1)
            return Picture((Piece(more, Ink.QUIET),), Ground.PANEL)
        at = self._top + y
        return Picture(self._rows[at] if at < len(self._rows) else (), Ground.PANEL)

    def _one_row(self) -> Picture:
        mark = Piece(Displayable("▸" if self._in_hand else " "), Ink.ACCENT)
        return Picture((mark, *self._line), Ground.CHOSEN if self._in_hand else Ground.PANEL)

    def _full(
        self,
        chat: Chat,
        facts: list[tuple[Displayable, Displayable]],
        wait: Piece | None,
        owed: Piece | None,
    ) -> Iterator[Pieces]:
        yield (Piece(Displayable(f" {_name(chat)}"), Ink.CUSTOMER),)
        if wait is not None:
            words = (
                say(" waits for the next answer ")
                if for_the_next(chat)
                else say(" waits for a first answer ")
            )
            if width(words) + width(wait.text) > self.size.width:
                words = Displayable(f" {AGAIN} ") if for_the_next(chat) else say(" waits ")
            yield (Piece(words, Ink.QUIET), wait)
        if owed is not None:
            yield (Piece(say(" promised "), Ink.QUIET), owed)
        room = max(4, self.size.width - _LABEL_CELLS - 2)
        for label, told in facts:
            value = told if self._reveals else without_private_numbers(told)
            head = pad(label, _LABEL_CELLS)
            for start, end in wrap(value, room):
                text = Displayable(value[start:end].rstrip())
                yield (Piece(Displayable(f" {head} "), Ink.QUIET), Piece(text))
                head = Displayable(" " * _LABEL_CELLS)


def _name(chat: Chat) -> Displayable:
    return chat.card.name or say("Customer without a name")


def known_of(
    chat: Chat, queue: Displayable, channel: Displayable, zone: tzinfo | None, server_now: float
) -> Iterator[tuple[Displayable, Displayable]]:
    """Label and value of what is known, the most useful first."""
    card = chat.card
    language = card.language or Displayable(chat.language)
    since = NOTHING if card.since is None else day_name(card.since, zone)
    said = (queue, chat.page, language, card.city)
    known = (
        (say("queue"), queue),
        (say("from page"), chat.page),
        (say("language"), language),
        (say("their time"), _their_time(chat, server_now)),
        (say("tags"), Displayable(", ".join(tag.shown for tag in chat.tags))),
        (say("priority"), NOTHING if chat.priority is None else priority_words(chat.priority)),
        (say("channel"), channel),
        (say("city"), card.city),
        (say("e-mail"), card.email),
        (say("phone"), card.phone),
        (say("customer no"), card.identifier),
        (say("as it came"), reveal(card.raw_name[:_MOST_RAW]) if is_altered(card.raw_name) else NOTHING),
        (say("since"), since),
        (say("earlier"), _earlier(chat.previous, zone)),
        (say("ratings"), _ratings(chat.previous)),
        *(one for one in (*card.attributes, *chat.attributes) if one[1] not in said),
        *((say("note"), _note_words(note, zone)) for note in chat.notes or ()),
    )
    # A customer's attributes and those of the chat may say the same.
    return iter(dict.fromkeys((label, value) for label, value in known if value))


def _their_time(chat: Chat, server_now: float) -> Displayable:
    """What the clock says where the customer is."""
    if chat.utc_offset is None:
        return NOTHING
    there = timezone(timedelta(seconds=chat.utc_offset))
    return time_of_day(server_now, there)


def _ratings(previous: tuple[Hit, ...] | None) -> Displayable:
    """How the customer liked earlier chats, the newest first."""
    given = [hit.rating for hit in previous or () if hit.rating is not None][:_MOST_RATINGS]
    return say("{ratings} of 5", ratings=Displayable(", ".join(map(str, given)))) if given else NOTHING


def _note_words(note: CustomerNote, zone: tzinfo | None) -> Displayable:
    by = " · ".join(filter(None, (note.author, day_name(note.at, zone))))
    return Displayable(f"{note.text} ({by})")


def _earlier(previous: tuple[Hit, ...] | None, zone: tzinfo | None) -> Displayable:
    """How many other chats the customer has had, and when the last one was."""
    if not previous:
        return NOTHING
    last = day_name(previous[0].at, zone)
    return count("{n} chat, {last}", "{n} chats, the last {last}", len(previous), last=last)


def priority_words(priority: Priority) -> Displayable:
    """A priority by name, the higher ones with marks."""
    words = {
        Priority.LOW: say("low"),
        Priority.MEDIUM: say("medium"),
        Priority.HIGH: say("! high"),
        Priority.URGENT: say("!! urgent"),
    }
    return words[priority]


def _one_row(
    chat: Chat, facts: list[tuple[Displayable, Displayable]], wait: Piece | None, owed: Piece | None
) -> Pieces:
    pieces: list[Piece] = [Piece(_name(chat), Ink.CUSTOMER)]
    if wait is not None:
        again = AGAIN if for_the_next(chat) else NOTHING
        pieces += [Piece(Displayable("  ")), wait, Piece(again, wait.ink)]
    if owed is not None:
        pieces += [Piece(Displayable("  ")), owed]
    for _, value in facts:
        if width(value):
            pieces += [Piece(Displayable(" · "), Ink.QUIET), Piece(Displayable(value.replace("\n", " ")))]
    return tuple(pieces)
