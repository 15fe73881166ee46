"""Looking for chats, customers and messages by lines, and reading what was found."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

from agent_tui.desk.doings import (
    CustomersChatsRequested,
    PeekLeft,
    PeekRequested,
    PreviousRequested,
    SearchRequested,
)
from agent_tui.desk.found import HitKind, SearchHit
from agent_tui.desk.model import Chat, Hit
from agent_tui.desk.searching import hits
from agent_tui.desk.text import Displayable
from agent_tui.linear.choices import Choice, Row
from agent_tui.linear.news import last_words
from agent_tui.linear.shell import Shell
from agent_tui.linear.spoken import named
from agent_tui.widgets.clock_face import day_name
from agent_tui.wording import say
from api_client.models.identity import ContactId, ConversationId

_READ: Final = 10
_PATIENCE: Final = 10.0
"""Seconds that a chat which is to be read out may take to come."""


class Finding:
    """Finds for a shell. A chat that is not the agent's is read out, and the agent stays where they are."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._wanted: str | None = None
        """The search whose answer is awaited."""
        self._previous: Chat | None = None
        """Whose earlier chats are awaited."""
        self._whose: ContactId | None = None
        """The customer found whose chats are awaited."""
        self._reading: ConversationId | None = None
        """To be read out when it has come."""
        self._until = 0.0

    def search(self, words: str) -> None:
        """What fits ``words``: in what is open here, and on the server."""
        if not words.strip():
            self._shell.ask(say("Find:"), self._search)
        else:
            self._search(words)

    def _search(self, words: str) -> None:
        self._wanted = words.strip()
        self._shell.tell(say("Looking …"))
        self._shell.bridge.dispatch(SearchRequested(words))

    def earlier(self, chat: Chat, _: str) -> None:
        """The customer's earlier chats, to hear one."""
        self._previous = chat
        self._shell.bridge.dispatch(PreviousRequested(chat.id))

    def answers(self) -> None:
        """What is waited for may have come."""
        state = self._shell.state
        if self._wanted is not None and (state.search.wanted, state.search.answered) == (self._wanted, True):
            self._wanted = None
            self._open_found()
        if self._previous is not None and self._previous.previous is not None:
            chat, self._previous = self._previous, None
            self._open_chats(say("Earlier chats of {customer}", customer=chat.card.name), chat.previous or ())
        theirs = state.customers_chats
        if self._whose is not None and theirs is not None and theirs[0] == self._whose:
            self._whose = None
            self._open_chats(say("Chats"), theirs[1])
        if self._reading is not None:
            self._read_out(self._reading)

    def _open_found(self) -> None:
        found = {hit.key: hit for hit in hits(self._shell.state)}
        if self._shell.state.search.problem is not None:
            self._shell.tell(say("The server did not answer; this is what is open here."))
        if not found:
            self._shell.tell(say("Nothing was found. Try fewer or other words."))
            return
        rows = [Row(key, _title(hit), hit.words) for key, hit in found.items()]
        self._shell.open(Choice(say("Found"), rows, lambda ids: self._go(found[ids[0]])))

    def _go(self, hit: SearchHit) -> None:
        if hit.kind is HitKind.CUSTOMER and hit.contact is not None:
            self._whose = hit.contact
            self._shell.bridge.dispatch(CustomersChatsRequested(hit.contact))
        elif hit.conversation is not None:
            self._look_at((hit.conversation,))

    def _open_chats(self, title: Displayable, chats: Sequence[Hit]) -> None:
        rows = [Row(hit.conversation, day_name(hit.at, None), hit.words) for hit in chats]
        if rows:
            self._shell.open(Choice(title, rows, self._look_at))
        else:
            self._shell.tell(say("There are no other chats."))

    def _look_at(self, ids: Sequence[str]) -> None:
        """One's own comes to the front as always; another's is read out."""
        self._reading, self._until = ConversationId(ids[0]), time.monotonic() + _PATIENCE
        self._shell.bridge.dispatch(PeekRequested(self._reading))

    def _read_out(self, conversation: ConversationId) -> None:
        state = self._shell.state
        chat = state.chats.get(conversation)
        if conversation == state.active or time.monotonic() > self._until:
            self._reading = None
        elif chat is not None and state.peeked == conversation and chat.transcript.fetched:
            self._reading = None
            self._shell.tell(
                say("{customer}, only to hear.", customer=named(chat.card.name)), *last_words(chat, _READ)
            )
            self._shell.bridge.dispatch(PeekLeft())


def _title(hit: SearchHit) -> Displayable:
    kinds = {HitKind.CHAT: say("chat"), HitKind.CUSTOMER: say("customer"), HitKind.MESSAGE: say("message")}
    return Displayable(f"{kinds[hit.kind]}, {named(hit.customer)}")
