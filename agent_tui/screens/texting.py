"""Canned responses at the composer: found while typing, shown filled in, put into the text."""

from __future__ import annotations

import time
from typing import Final

from agent_tui.desk.filed import PathPicked
from agent_tui.desk.model import Chat
from agent_tui.desk.prepared import Texts, TextSearched
from agent_tui.desk.selectors import active_chat
from agent_tui.desk.speech import language_for
from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.notices import Told, Weight
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.filling import Placed, as_written, filled_in, preview
from agent_tui.screens.subject import Reach, Subject
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.widgets.picker_preview import Preview
from agent_tui.wording import count, say
from api_client.models.message import MessageKind
from canned.model import Response
from canned.render import TemplateError
from canned.search import Category, Context, Hit, typed

_BRANCH: Final = "category:"
"""Begins the ids of rows that are categories; responses have their keys."""
_SUGGESTED: Final = 3
"""Responses marked as fitting the customer's message, at most."""


class Texting(Subject):
    """Completion of a word after a slash.

    A key is painted first and searched for after it, once for keys typed ahead; a key that picks from the
    list brings it up to date before.
    """

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach)
        self._asking: Asking | None = None
        self._prefix = ""
        self._due = False
        self._listed: Texts | None = None
        """Where the list was found."""
        self._looked = False
        """Something was looked for since the list opened."""
        self._found: dict[str, Response] = {}
        """What stands in the list, by key."""

    def actions(self) -> Actions:
        """What its actions do."""
        return {"canned": self.begin}

    @property
    def _chat(self) -> Chat | None:
        return active_chat(self._bridge.state)

    @property
    def _open(self) -> bool:
        return self._picker.shows(self._asking)

    def begin(self) -> None:
        """As if a slash had been typed; after a letter, with a blank before it."""
        buffer = self._panes.composer.buffer
        if buffer is not None:
            before = buffer.text[: buffer.cursor][-1:]
            self._panes.composer.insert("/" if not before.strip() else " /")

    # --- the list ------------------------------------------------------------------------------------

    def complete(self, prefix: str | None) -> None:
        """A word after a slash began, grew, or was left."""
        if prefix is None or self._chat is None:
            if self._open:
                self._picker.close()
                self._end()
            return
        self._prefix, self._due = prefix, True
        if not self._open:
            self._looked = False
            self._asking = Asking(
                say("Canned responses · ★ fits what they wrote"),
                NOTHING,
                self._chosen,
                self._end,
                settle=self._settle,
                preview=self._preview,
            )
            self._picker.open(self._asking, [])
        self._picker.call_later(self._settle)

    def _end(self) -> None:
        """The list is closed; whether looking brought anything is counted."""
        if self._looked:
            self._dispatch(TextSearched(bool(self._found)))
        self._asking, self._looked, self._due = None, False, False

    def _settle(self) -> None:
        """Bring the list up to date with what is typed."""
        chat, texts = self._chat, self._bridge.state.texts
        if not (self._due and self._open) or chat is None:
            return
        self._due, self._listed = False, texts
        if texts is None:
            self._picker.show_rows([], empty=say("The canned responses are being read …"))
            return
        *path, query = map(typed, self._prefix.split("/"))
        context = self._context(chat, texts)
        hits = texts.index.search(query, context, category=path)
        suggested = {hit.response.key for hit in texts.index.suggest(context, _SUGGESTED)}
        self._looked |= bool(query)
        self._found = {hit.response.key: hit.response for hit in hits}
        rows = [_row(hit, suggested) for hit in hits] + [
            _branch(one) for one in texts.index.categories(path, query)
        ]
        self._picker.show_rows(rows, empty=say("No canned response fits. Type on, or Esc."))

    def show_texts(self) -> None:
        """Other responses may have been read since the list was found."""
        if self._open and self._listed is not self._bridge.state.texts:
            self._due = True
            self._settle()

    def _context(self, chat: Chat, texts: Texts) -> Context:
        queue = self._bridge.state.queues.get(chat.queue)
        name = "" if queue is None else queue.raw_name
        return Context(name, language_for(chat), _last_words(chat), texts.recent)

    def _preview(self, row: str) -> Preview:
        chat, response = self._chat, self._found.get(row)
        if chat is None or response is None:
            return ()
        return preview(self._bridge.state, chat, response, time.monotonic())

    # --- what is chosen ------------------------------------------------------------------------------

    def _chosen(self, ids: tuple[str, ...]) -> None:
        response = self._found.get(ids[0])
        self._end()
        if response is None:
            self._panes.composer.replace_trigger(f"/{ids[0].removeprefix(_BRANCH)}/")
        elif (chat := self._chat) is not None:
            self._insert(chat, response)

    def _insert(self, chat: Chat, response: Response) -> None:
        try:
            filled = filled_in(self._bridge.state, chat, response, time.monotonic())
        except TemplateError:
            filled = as_written(response, language_for(chat))
            words = say(
                "This canned response has a mistake in it. It stands as it is; check it before sending."
            )
            self._tell(Told(words, Weight.WARNING))
        placed = Placed(response, filled)
        self._panes.composer.place(placed.text, placed.passage, placed.fields)
        for path in placed.passage.files:
            self._dispatch(PathPicked(chat.id, path))


def _last_words(chat: Chat) -> str:
    """What the customer wrote last."""
    for line in reversed(chat.transcript.lines):
        if line.kind is MessageKind.CUSTOMER:
            return line.text
    return chat.first_words


def _row(hit: Hit, suggested: set[str]) -> PickRow:
    response = hit.response
    mark = "★ " if response.key in suggested else ""
    return PickRow(
        response.key,
        Displayable(f"{mark}{clean_line(response.shortcut, limit=60)}"),
        clean_line(response.title),
    )


def _branch(category: Category) -> PickRow:
    path = "/".join(map(typed, category.path))
    title = Displayable(f"{clean_line(category.path[-1], limit=60)}/")
    return PickRow(f"{_BRANCH}{path}", title, count("{n} text", "{n} texts", category.count))
