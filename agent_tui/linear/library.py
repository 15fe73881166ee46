"""Canned responses and help articles for the linear desk: found by words, put into the text by number."""

from __future__ import annotations

from collections.abc import Sequence

from agent_tui.desk.doings import LinksSearched
from agent_tui.desk.model import CannedText, Chat
from agent_tui.desk.selectors import language_of
from agent_tui.linear.choices import Choice, Row
from agent_tui.linear.shell import Shell, no_chat_open
from agent_tui.screens.values import values
from agent_tui.wording import say
from canned.model import Response
from canned.render import TemplateError, render
from canned.search import Index


class Library:
    """Finds texts for a shell and puts them where the cursor stands."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._known: tuple[CannedText, ...] = ()
        self._index = Index(())
        self._wanted: Chat | None = None
        """Whose search for articles is not answered yet."""

    def canned(self, words: str) -> None:
        """The responses that fit ``words``."""
        if self._shell.chat is None:
            self._shell.tell(no_chat_open())
        else:
            self._shell.open(Choice(say("Canned responses"), self._found(words), self._insert, self._found))

    def _found(self, words: str) -> list[Row]:
        if self._shell.state.canned is not self._known:
            self._known = self._shell.state.canned
            self._index = Index(Response(str(one.id), one.shortcut, one.text) for one in self._known)
        by_key = {str(one.id): one for one in self._known}
        found = (by_key[hit.response.key] for hit in self._index.search(words))
        return [Row(str(one.id), one.shown_shortcut, one.first_words) for one in found]

    def _insert(self, ids: Sequence[str]) -> None:
        chat = self._shell.chat
        one = next((one for one in self._known if str(one.id) == ids[0]), None)
        if chat is None or one is None:
            return
        text = one.text
        try:
            text = render(text, values(self._shell.state, chat)).text
        except TemplateError:
            self._shell.tell(
                say("This canned response has a mistake in it. It stands as it is; check it before sending.")
            )
        self._shell.insert(text)
        self._shell.tell(say("It stands in your text. Enter sends."))

    def link(self, words: str) -> None:
        """The articles that fit ``words``, in the customer's language first."""
        chat = self._shell.chat
        if chat is None:
            self._shell.tell(no_chat_open())
        elif not words:
            self._shell.ask(say("Find:"), lambda typed: self._search(chat, typed))
        else:
            self._search(chat, words)

    def _search(self, chat: Chat, words: str) -> None:
        self._wanted = chat
        self._shell.tell(say("Looking …"))
        self._shell.bridge.dispatch(LinksSearched(words, language_of(chat) or None))

    def show_links(self) -> None:
        """The answer of the help centre may have come."""
        state, chat = self._shell.state, self._wanted
        if chat is None or state.links_query is None:
            return
        self._wanted = None
        rows = [Row(str(one.id), one.title, one.category) for one in state.links]
        if rows:
            self._shell.open(Choice(say("Help articles"), rows, self._insert_link))
        else:
            self._shell.tell(say("No article has these words. Try fewer or others."))

    def _insert_link(self, ids: Sequence[str]) -> None:
        link = next((one for one in self._shell.state.links if str(one.id) == ids[0]), None)
        if link is not None and self._shell.chat is not None:
            self._shell.insert(link.url)
            self._shell.tell(say("It stands in your text. Enter sends."))
