"""The tag editor: likely tags first and why, asked for before closing, and many closed chats at once."""

from __future__ import annotations

from typing import assert_never

from agent_tui.desk.doings import ClosedRequested, ResolveRequested, TagsAdded, TagsChosen, TagsOpened
from agent_tui.desk.model import Chat
from agent_tui.desk.selectors import tag_choices
from agent_tui.desk.tag_choosing import (
    FromCanned,
    FromWord,
    LikelyTag,
    Often,
    Why,
    allowed,
    likely_tags,
    needed_tag,
)
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.notices import Told, Weight
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.casework import hit_row
from agent_tui.screens.subject import Reach, Subject
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import count, say
from api_client.models.identity import ConversationId
from canned.stems import Stems


class Tagging(Subject):
    """Opens the picker for tags."""

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach)
        self._editing: Chat | None = None
        """Whose tags the open list is for."""
        self._closing = False
        """The chat is to be closed when the tags are chosen."""
        self._waiting_for_closed = False

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {"tags": at_hand.open(self.open), "tags.closed": self.list_closed}

    def finishing(self) -> None:
        """Another action begins: what is checked is kept as Enter would."""
        if self._editing is not None:
            self._choose(frozenset(self._picker.model.checked), close=False)

    def closed(self) -> None:
        """The list is closed, by whomever."""
        self._editing, self._closing, self._waiting_for_closed = None, False, False

    # --- one chat ------------------------------------------------------------------------------------

    def open(self, chat: Chat, *, closing: bool = False) -> None:
        """The account's tags, the likely ones first, those of the chat checked."""
        self._close()
        self._editing, self._closing = chat, closing
        self._dispatch(TagsOpened(chat.id))
        likely = likely_tags(self._bridge.state, chat, Stems())
        asking = Asking(
            self._title(chat),
            say("No tag has these letters."),
            lambda ids: self._choose(frozenset(ids), close=self._closing),
            self._dismissed,
            lambda query: self._picker.show_rows(rows_of(likely, query)),
            frozenset(tag.value for tag in chat.tags),
        )
        self._picker.open(asking, rows_of(likely, ""))

    def ask(self, conversation: ConversationId) -> None:
        """The chat needs a tag before it is closed; with one it is closed at once."""
        chat = self._bridge.state.chats.get(conversation)
        if chat is not None:
            self.open(chat, closing=True)

    def _title(self, chat: Chat) -> Displayable:
        rule = needed_tag(self._bridge.state, chat)
        if not self._closing or rule is None:
            return say("Tags of {customer}", customer=chat.card.name)
        one_of = allowed(rule)
        if one_of:
            return say("One of these before closing: {tags}", tags=one_of)
        return say("A tag before closing: what was it about?")

    def _choose(self, tags: frozenset[str], *, close: bool) -> None:
        chat = self._editing
        self.closed()
        if chat is None:
            return
        self._dispatch(TagsChosen(chat.id, tags))
        if close and needed_tag(self._bridge.state, chat) is None:
            self._dispatch(ResolveRequested(chat.id))
        elif close:
            self._tell(Told(say("The chat stays open: it needs one of its queue's tags."), Weight.WARNING))

    def _dismissed(self) -> None:
        closing = self._closing
        self.closed()
        self._close()
        if closing:
            self._tell(Told(say("The chat stays open: it has no tag yet."), Weight.FACT))

    # --- many closed ones ----------------------------------------------------------------------------

    def list_closed(self, checked: frozenset[ConversationId] = frozenset()) -> None:
        """The agent's closed chats; the list fills when the answer comes, with ``checked`` first."""
        self._close()
        asking = Asking(
            say("Closed chats to tag"),
            say("Looking …"),
            self._tag_several,
            self._close,
            checked=checked,
        )
        self._picker.open(asking, [])
        self._waiting_for_closed = True
        self._dispatch(ClosedRequested())

    def show_answers(self) -> None:
        """The list may have come."""
        hits = self._bridge.state.closed
        if self._waiting_for_closed and hits is not None:
            self._waiting_for_closed = False
            checked = self._picker.model.checked
            first = sorted(hits, key=lambda hit: hit.conversation not in checked)
            rows = [_closed_row(hit_row(hit), hit.customer) for hit in first]
            self._picker.show_rows(rows, empty=say("You have no closed chats."))

    def _tag_several(self, ids: tuple[str, ...]) -> None:
        """Which tags the marked chats get, beside those they have."""
        if not ids:
            self._close()
            return
        self._waiting_for_closed = False
        chats = tuple(map(ConversationId, ids))
        tags = [LikelyTag(choice, None) for choice in tag_choices(self._bridge.state, None)]
        asking = Asking(
            count("Tags for {n} closed chat", "Tags for {n} closed chats", len(chats)),
            say("No tag has these letters."),
            lambda chosen: self._dispatch(TagsAdded(chats, frozenset(chosen))),
            self._close,
            lambda query: self._picker.show_rows(rows_of(tags, query)),
            frozenset(),
        )
        self._picker.open(asking, rows_of(tags, ""))


def rows_of(tags: list[LikelyTag], query: str) -> list[PickRow]:
    """The tags with these letters, those that begin with them first."""
    wanted = query.strip().casefold()
    fitting = [tag for tag in tags if wanted in tag.choice.shown.casefold()]
    fitting.sort(key=lambda tag: not tag.choice.shown.casefold().startswith(wanted))
    return [PickRow(tag.choice.value, tag.choice.shown, _detail(tag)) for tag in fitting]


def _detail(tag: LikelyTag) -> Displayable:
    why = NOTHING if tag.why is None else why_words(tag.why)
    return Displayable(" · ".join(filter(None, (why, tag.choice.description))))


def why_words(why: Why) -> Displayable:
    """Why a tag is suggested, in a few words."""
    match why:
        case FromCanned(shortcut):
            return say("★ you sent “{shortcut}”", shortcut=shortcut)
        case FromWord(word):
            return say("★ they wrote “{word}”", word=word)
        case Often(times):
            return count("on {n} recent chat here", "on {n} recent chats here", times)
        case _:
            assert_never(why)


def _closed_row(row: PickRow, customer: Displayable) -> PickRow:
    return PickRow(row.id, customer, Displayable(" · ".join(filter(None, (row.title, row.detail)))))
