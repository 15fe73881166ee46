"""The lists of addresses: those to put into an answer, and those that stand in the chat."""

from __future__ import annotations

from typing import Final

from textual.timer import Timer

from agent_tui.desk.addresses import Address, Oddity, addresses
from agent_tui.desk.doings import LinkOpened, LinksOffered, LinksSearched
from agent_tui.desk.link_picking import LinkChoice, Source, link_choices
from agent_tui.desk.linkbook import Health
from agent_tui.desk.model import Chat
from agent_tui.desk.selectors import active_chat
from agent_tui.desk.speech import language_for
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.transcript import Line
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.subject import Reach, Subject
from agent_tui.widgets.clock_face import time_of_day
from agent_tui.widgets.log_links import oddity_words
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say

_TYPING_PAUSE: Final = 0.15
"""Seconds without a key before the help centre is asked."""
_OFFERED: Final = 6
"""Rows at the top whose addresses are asked whether they answer."""


class LinkLists(Subject):
    """Opens the picker for addresses."""

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach)
        self._search: Timer | None = None
        self._query: str | None = None
        """What is typed while the list is open."""
        self._due = False
        """An answer of the help centre is awaited."""
        self._any_language = False
        self._shown: tuple[LinkChoice, ...] | None = None
        """The rows of the open list; ``None`` before the first."""

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {"link": at_hand.open(self._open), "links": at_hand.shown(self._open_chats)}

    def close(self) -> None:
        """The list is closed, by whomever."""
        self._query, self._due, self._shown = None, False, None

    # --- to put into an answer -----------------------------------------------------------------------

    def _open(self, _chat: Chat) -> None:
        """What is known at once; help articles as they come."""
        self._close()
        self._query = ""
        asking = Asking(say("Links"), say("Looking …"), self._insert, self._dismissed, self._typed)
        self._picker.open(asking, [])
        self._ask("")

    def _dismissed(self) -> None:
        self.close()
        self._close()

    def _typed(self, query: str) -> None:
        self._query = query
        self._show(best_first=True)
        if self._search is not None:
            self._search.stop()
        self._search = self._picker.set_timer(_TYPING_PAUSE, lambda: self._ask(query))

    def _ask(self, query: str, *, any_language: bool = False) -> None:
        """First in the customer's language; when that has nothing, in any."""
        chat = active_chat(self._bridge.state)
        if self._query is None or chat is None:
            return
        language = None if any_language else language_for(chat) or None
        self._due, self._any_language = True, language is None
        self._bridge.dispatch(LinksSearched(query, language))
        self.show_answers()

    def show_answers(self) -> None:
        """The help centre may have answered, bookmarks been read, an address told whether it answers."""
        state = self._bridge.state
        if self._query is None:
            return
        if self._due and state.links_query is not None:
            self._due = False
            if not state.links and not self._any_language and state.links_query:
                self._ask(state.links_query, any_language=True)
                return
        self._show(best_first=False)

    def _show(self, *, best_first: bool) -> None:
        chat = active_chat(self._bridge.state)
        if chat is None or self._query is None:
            return
        choices = tuple(link_choices(self._bridge.state, chat, self._query))
        if choices == self._shown or (self._due and not choices):
            return
        first = best_first or not self._shown
        self._shown = choices
        none = say("No link has these words. Try fewer or others.")
        self._picker.show_rows([_row(choice) for choice in choices], best_first=first, empty=none)
        if choices:
            self._bridge.dispatch(LinksOffered(tuple(choice.url for choice in choices[:_OFFERED])))

    def _insert(self, ids: tuple[str, ...]) -> None:
        self.close()
        self._close()
        buffer = self._panes.composer.buffer
        if buffer is not None:
            before = buffer.text[: buffer.cursor][-1:]
            self._panes.composer.insert(ids[0] if not before.strip() else f" {ids[0]}")

    # --- in the chat ---------------------------------------------------------------------------------

    def _open_chats(self, chat: Chat) -> None:
        """Those that were written, the newest first, by the host they really lead to."""
        self._close()
        rows: dict[str, PickRow] = {}
        for line in reversed(chat.transcript.lines):
            if not line.deleted:
                for address in addresses(line.raw):
                    rows.setdefault(address.url, _written(line, address))
        asking = Asking(
            say("Links of this chat: Enter shows one in your browser"),
            say("No link stands in this chat."),
            lambda ids: self._bridge.dispatch(LinkOpened(ids[0])),
            self._close,
        )
        self._picker.open(asking, list(rows.values()))


def _row(choice: LinkChoice) -> PickRow:
    sources = {
        Source.USED: say("used here"),
        Source.BOOKMARK: say("bookmark"),
        Source.ARTICLE: say("article"),
    }
    health = {
        None: NOTHING,
        Health.ANSWERS: say("✓ answers"),
        Health.DEAD: say("✗ not there"),
        Health.SILENT: say("no answer"),
    }
    at = choice.sent_at
    sent = NOTHING if at is None else say("sent {time}", time=time_of_day(at, None))
    parts = (sent, health[choice.health], sources[choice.source], choice.shown)
    return PickRow(choice.url, choice.title, Displayable(" · ".join(filter(None, parts))))


def _written(line: Line, address: Address) -> PickRow:
    odd = [oddity_words(oddity) for oddity in address.oddities if oddity is not Oddity.OPEN]
    warning = Displayable("! " + " · ".join(odd)) if odd else NOTHING
    parts = (warning, address.rest, line.author, time_of_day(line.at, None))
    return PickRow(address.url, address.host, Displayable(" · ".join(filter(None, parts))))
