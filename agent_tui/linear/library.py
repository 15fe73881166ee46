"""Canned responses and help articles for the linear desk: found by words, put into the text by number."""

from __future__ import annotations

import time
from collections.abc import Sequence

from agent_tui.desk.doings import LinksSearched, TabSelected
from agent_tui.desk.forecast import to_hold
from agent_tui.desk.holding_lines import holding_line
from agent_tui.desk.model import Chat
from agent_tui.desk.selectors import language_of
from agent_tui.desk.text import clean_line
from agent_tui.linear.choices import Choice, Row
from agent_tui.linear.shell import Shell, no_chat_open
from agent_tui.wording import say
from canned.model import Response
from canned.render import TemplateError
from canned.search import Context


class Library:
    """Finds texts for a shell and puts them where the cursor stands."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._known: dict[str, Response] = {}
        """What stands in the list, by key."""
        self._wanted: Chat | None = None
        """Whose search for articles is not answered yet."""

    def canned(self, words: str) -> None:
        """The responses that fit ``words``."""
        if self._shell.chat is None:
            self._shell.tell(no_chat_open())
        else:
            self._shell.open(Choice(say("Canned responses"), self._found(words), self._insert, self._found))

    def _found(self, words: str) -> list[Row]:
        chat, texts = self._shell.chat, self._shell.state.texts
        if chat is None or texts is None:
            return []
        queue = self._shell.state.queues.get(chat.queue)
        name = "" if queue is None else queue.raw_name
        context = Context(name, language_of(chat), chat.first_words, texts.recent)
        hits = texts.index.search(words, context)
        self._known = {hit.response.key: hit.response for hit in hits}
        return [_row(hit.response, language_of(chat)) for hit in hits]

    def _insert(self, ids: Sequence[str]) -> None:
        from agent_tui.screens.filling import Placed, as_written, filled_in  # noqa: PLC0415  brings the toolkit

        chat, response = self._shell.chat, self._known.get(ids[0])
        if chat is None or response is None:
            return
        try:
            filled = filled_in(self._shell.state, chat, response, time.monotonic())
        except TemplateError:
            filled = as_written(response, language_of(chat))
            self._shell.tell(
                say("This canned response has a mistake in it. It stands as it is; check it before sending.")
            )
        placed = Placed(response, filled)
        self._shell.place(placed.text, placed.passage, placed.fields)
        self._shell.tell(say("It stands in your text. Enter sends."))

    def holding(self, _: str) -> None:
        """A line that lets a customer wait: the one who would be late first, else the one written to."""
        state = self._shell.state
        chat = to_hold(state) or self._shell.chat
        if chat is None:
            self._shell.tell(no_chat_open())
        elif not chat.draft.empty:
            words = say("A text is begun here. Send it or empty it, then put a holding line in.")
            self._shell.tell(words)
        else:
            if chat.id != state.active:
                self._shell.bridge.dispatch(TabSelected(chat.id))
            line = holding_line(language_of(chat), state.rules.waits.holding)
            self._shell.insert(line)
            self._shell.tell(say("In your text: {line} Enter sends.", line=clean_line(line)))

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


def _row(response: Response, language: str) -> Row:
    _, text = response.body(language)
    return Row(response.key, clean_line(response.shortcut), clean_line(response.title or text))
