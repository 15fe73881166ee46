"""The lists that open over the log: canned responses, links, tags, commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.timer import Timer

from agent_tui.bridge import Bridge
from agent_tui.commands import Command, commands, find
from agent_tui.desk.doings import LinksSearched, TagsChosen
from agent_tui.desk.model import CannedText, Chat
from agent_tui.desk.selectors import active_chat, language_of, tag_choices
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.keymap import Keymap
from agent_tui.screens.values import values
from agent_tui.widgets.composer import Composer
from agent_tui.widgets.picker import Picker
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say
from api_client.models.identity import ConversationId
from canned.model import Response
from canned.render import TemplateError, render
from canned.search import search

CANNED: Final = "canned"
LINKS: Final = "links"
TAGS: Final = "tags"
COMMANDS: Final = "commands"

_TYPING_PAUSE: Final = 0.15
"""Seconds without a key before the help centre is asked."""


class Popups:
    """Opens the one picker for each purpose and does what a choice means."""

    def __init__(
        self, bridge: Bridge, picker: Picker, composer: Composer, keys: Keymap, run: Callable[[str], None]
    ) -> None:
        self._bridge = bridge
        self._picker = picker
        self._composer = composer
        self._run = run
        self._commands: list[Command] = commands(keys)
        self._library: tuple[CannedText, ...] = ()
        self._responses: list[Response] = []
        self._by_key: dict[str, CannedText] = {}
        self._for: ConversationId | None = None
        self._kind: str | None = None
        self._search: Timer | None = None
        self._links_shown: object = None

    @property
    def kind(self) -> str | None:
        """Which list is open."""
        return self._kind if self._picker.is_open else None

    def close(self) -> None:
        """Close whatever is open; the text stays as it is."""
        self._composer.key_taker = None
        self._picker.close()
        self._kind = None

    # --- canned responses ----------------------------------------------------------------------------

    def open_canned(self, prefix: str) -> None:
        """Canned responses for what is typed after the slash; keys go on into the composer."""
        chat = active_chat(self._bridge.state)
        if chat is None:
            return
        self._opened(CANNED, chat)
        self._picker.open(
            CANNED, say("Canned responses"), self._canned(prefix), empty=say("None fits. Type on.")
        )
        self._composer.key_taker = self._picker.take_key

    def prefix_changed(self, prefix: str | None) -> None:
        """The word after the slash changed, or is done with."""
        if self.kind != CANNED:
            return
        if prefix is None:
            self.close()
        else:
            self._picker.show_rows(self._canned(prefix))

    def _canned(self, prefix: str) -> list[PickRow]:
        library = self._bridge.state.canned
        if library is not self._library:
            self._library = library
            self._responses = [Response(str(one.id), one.shortcut, one.text) for one in library]
            self._by_key = {str(one.id): one for one in library}
        found = (self._by_key[response.key] for response in search(self._responses, prefix))
        return [PickRow(str(one.id), one.shown_shortcut, one.first_words) for one in found]

    def _insert_canned(self, chat: Chat, key: str) -> Displayable:
        try:
            text = render(self._by_key[key].text, values(self._bridge.state, chat)).text
        except TemplateError:
            text = self._by_key[key].text
            self._composer.replace_trigger(text)
            return say(
                "This canned response has a mistake in it. It stands as it is; check it before sending."
            )
        self._composer.replace_trigger(text)
        return NOTHING

    # --- links ---------------------------------------------------------------------------------------

    def open_links(self) -> None:
        """Help articles, found by what is typed."""
        chat = active_chat(self._bridge.state)
        if chat is None:
            return
        self._opened(LINKS, chat)
        self._picker.open(
            LINKS, say("Help articles"), [], empty=say("Looking …"), filtering=True, numbers=False
        )
        self._picker.focus()
        self._ask_links("")

    def _ask_links(self, query: str) -> None:
        chat = active_chat(self._bridge.state)
        if self.kind == LINKS and chat is not None:
            self._bridge.dispatch(LinksSearched(query, language_of(chat) or None))

    def show_links(self) -> None:
        """An answer of the help centre may have come."""
        state = self._bridge.state
        if self.kind != LINKS or state.links_query is None or state.links is self._links_shown:
            return
        self._links_shown = state.links
        rows = [PickRow(str(link.id), link.title, link.shown_url) for link in state.links]
        self._picker.show_rows(rows, empty=say("No article has these words. Try fewer or others."))

    def _insert_link(self, key: str) -> None:
        link = next((link for link in self._bridge.state.links if str(link.id) == key), None)
        if link is not None:
            buffer = self._composer.buffer
            before = "" if buffer is None or buffer.cursor == 0 else buffer.text[buffer.cursor - 1]
            self._composer.insert(("" if before in {"", " ", "\n"} else " ") + link.url)

    # --- tags ----------------------------------------------------------------------------------------

    def open_tags(self) -> None:
        """The account's tags, those of the chat checked."""
        chat = active_chat(self._bridge.state)
        if chat is None:
            return
        self._opened(TAGS, chat)
        checked = frozenset(tag.value for tag in chat.tags)
        title = say("Tags of {customer}", customer=chat.card.name)
        rows = self._tags(chat, "")
        empty = say("No tag has these letters.")
        self._picker.open(TAGS, title, rows, empty=empty, checked=checked, filtering=True, numbers=False)
        self._picker.focus()

    def _tags(self, chat: Chat, query: str) -> list[PickRow]:
        wanted = query.strip().casefold()
        choices = tag_choices(self._bridge.state, chat)
        fitting = [choice for choice in choices if wanted in choice.shown.casefold()]
        fitting.sort(key=lambda choice: (not choice.shown.casefold().startswith(wanted), not choice.chosen))
        return [PickRow(choice.value, choice.shown, choice.description) for choice in fitting]

    def save_tags(self) -> None:
        """Keep what is checked, as Enter would."""
        if self.kind == TAGS and self._for is not None:
            self._bridge.dispatch(TagsChosen(self._for, frozenset(self._picker.model.checked)))
            self.close()

    # --- commands ------------------------------------------------------------------------------------

    def open_commands(self) -> None:
        """Everything that can be done, by name."""
        self._opened(COMMANDS, None)
        self._picker.open(
            COMMANDS, say("Commands"), self._found(""), empty=say("No command has these words."),
            filtering=True, numbers=False,
        )  # fmt: skip
        self._picker.focus()

    def _found(self, query: str) -> list[PickRow]:
        return [
            PickRow(command.action, command.label, Displayable(f"{command.key}  {command.help}".strip()))
            for command in find(self._commands, query)
        ]

    # --- what the picker tells -----------------------------------------------------------------------

    def _opened(self, kind: str, chat: Chat | None) -> None:
        self.close()
        self._kind = kind
        self._for = None if chat is None else chat.id

    def filter_changed(self, kind: str, text: str) -> None:
        """Other rows are wanted."""
        chat = active_chat(self._bridge.state)
        if kind == COMMANDS:
            self._picker.show_rows(self._found(text))
        elif kind == TAGS and chat is not None:
            self._picker.show_rows(self._tags(chat, text))
        elif kind == LINKS:
            if self._search is not None:
                self._search.stop()
            self._search = self._picker.set_timer(_TYPING_PAUSE, lambda: self._ask_links(text))

    def chosen(self, kind: str, ids: tuple[str, ...]) -> Displayable:
        """Do what the choice means; returns what the agent is to be told, if anything.

        A choice made for a chat that is no longer the open one is dropped: it never reaches another.
        """
        self.close()
        chat = active_chat(self._bridge.state)
        if kind == COMMANDS:
            self._run(ids[0])
        elif chat is None or chat.id != self._for:
            return NOTHING
        elif kind == CANNED:
            return self._insert_canned(chat, ids[0])
        elif kind == LINKS:
            self._insert_link(ids[0])
        elif kind == TAGS:
            self._bridge.dispatch(TagsChosen(chat.id, frozenset(ids)))
        return NOTHING
