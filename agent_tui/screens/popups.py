"""The lists that open over the log: canned responses, tags, commands."""

from __future__ import annotations

from collections.abc import Callable

from agent_tui.bridge import Bridge
from agent_tui.commands import Command, commands, find
from agent_tui.desk.doings import TagsChosen
from agent_tui.desk.model import CannedText, Chat
from agent_tui.desk.selectors import active_chat, receivers, tag_choices
from agent_tui.desk.text import Displayable
from agent_tui.keymap import Keymap
from agent_tui.notices import Told, Weight
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.casework import availability_words
from agent_tui.screens.panes import Panes
from agent_tui.screens.values import values
from agent_tui.widgets.picker import Asking, Picker
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say
from api_client.models.identity import AgentId
from canned.model import Response
from canned.render import TemplateError, render
from canned.search import Index


class Popups:
    """Opens the one picker for each purpose and does what a choice means.

    ``run`` does an action of the key table; ``tell`` tells the agent something.
    """

    def __init__(
        self,
        bridge: Bridge,
        picker: Picker,
        panes: Panes,
        keys: Keymap,
        *,
        run: Callable[[str], None],
        tell: Callable[[Told], None],
    ) -> None:
        self._bridge = bridge
        self._picker = picker
        self._panes = panes
        self._run = run
        self._tell = tell
        self._commands: list[Command] = commands(keys)
        self._library: tuple[CannedText, ...] = ()
        self._index = Index(())
        self._by_key: dict[str, CannedText] = {}
        self._completing = False
        self._tagging: Chat | None = None
        self.closed: Callable[[], None] = lambda: None
        """Told that whatever was open is closed."""

    def actions(self) -> Actions:
        """What its actions do."""
        return {
            "canned": self.begin_canned,
            "tags": self.open_tags,
            "mention": self.call_in,
            "palette": self.open_commands,
        }

    def close(self) -> None:
        """Close whatever is open; the text stays as it is."""
        self._picker.close()
        self._completing = False
        self._tagging = None
        self.closed()

    def finish(self) -> None:
        """Another action begins: what is checked is kept as Enter would, the rest is closed."""
        if self._tagging is not None:
            self._tag(tuple(self._picker.model.checked))
        self.close()

    @property
    def _chat(self) -> Chat | None:
        return active_chat(self._bridge.state)

    # --- canned responses ----------------------------------------------------------------------------

    def begin_canned(self) -> None:
        """As if a slash had been typed; after a letter, with a blank before it."""
        buffer = self._panes.composer.buffer
        if buffer is not None:
            before = buffer.text[: buffer.cursor][-1:]
            self._panes.composer.insert("/" if not before.strip() else " /")

    def complete(self, prefix: str | None) -> None:
        """A word after a slash began, grew, or was left."""
        if prefix is None or self._chat is None:
            if self._completing:
                self.close()
        elif self._completing:
            self._picker.show_rows(self._canned(prefix))
        else:
            self.close()
            self._completing = True
            none = say("No canned response fits. Type on, or Esc.")
            asking = Asking(say("Canned responses"), none, self._insert_canned, self.close)
            self._picker.open(asking, self._canned(prefix))

    def _canned(self, prefix: str) -> list[PickRow]:
        library = self._bridge.state.canned
        if library is not self._library:
            self._library = library
            self._index = Index(Response(str(one.id), one.shortcut, one.text) for one in library)
            self._by_key = {str(one.id): one for one in library}
        found = (self._by_key[hit.response.key] for hit in self._index.search(prefix))
        return [PickRow(str(one.id), one.shown_shortcut, one.first_words) for one in found]

    def _insert_canned(self, ids: tuple[str, ...]) -> None:
        chat, text = self._chat, self._by_key[ids[0]].text
        self.close()
        if chat is None:
            return
        try:
            text = render(text, values(self._bridge.state, chat)).text
        except TemplateError:
            words = say(
                "This canned response has a mistake in it. It stands as it is; check it before sending."
            )
            self._tell(Told(words, Weight.WARNING))
        self._panes.composer.replace_trigger(text)

    # --- colleagues ----------------------------------------------------------------------------------

    def mention(self, prefix: str | None) -> None:
        """In a note, a word after an ``@`` began, grew, or was left."""
        if prefix is None or self._chat is None:
            if self._completing:
                self.close()
        elif self._completing:
            self._picker.show_rows(self._colleagues(prefix))
        else:
            self.close()
            self._completing = True
            none = say("Nobody has this name. Type on, or Esc.")
            asking = Asking(say("Call a colleague in"), none, self._insert_name, self.close)
            self._picker.open(asking, self._colleagues(prefix))

    def _colleagues(self, prefix: str) -> list[PickRow]:
        return [
            PickRow(str(one.agent), one.name, availability_words(one.availability))
            for one in receivers(self._bridge.state)
            if one.agent is not None and one.availability is not None
            if prefix.casefold() in one.name.casefold()
        ]

    def _insert_name(self, ids: tuple[str, ...]) -> None:
        colleague = self._bridge.state.colleagues.get(AgentId(ids[0]))
        self.close()
        if colleague is not None:
            self._panes.composer.replace_trigger(f"@{colleague.name} ")

    def call_in(self) -> None:
        """A note that begins with an ``@``: typing on finds the colleague."""
        buffer = self._panes.composer.buffer
        if buffer is not None:
            self._panes.composer.set_note(note=True)
            before = buffer.text[: buffer.cursor][-1:]
            self._panes.composer.insert("@" if not before.strip() else " @")

    # --- tags ----------------------------------------------------------------------------------------

    def open_tags(self) -> None:
        """The account's tags, those of the chat checked."""
        chat = self._chat
        if chat is None:
            return
        self.close()
        self._tagging = chat
        asking = Asking(
            say("Tags of {customer}", customer=chat.card.name),
            say("No tag has these letters."),
            self._tag,
            self.close,
            lambda query: self._picker.show_rows(self._tags(chat, query)),
            frozenset(tag.value for tag in chat.tags),
        )
        self._picker.open(asking, self._tags(chat, ""))

    def _tags(self, chat: Chat, query: str) -> list[PickRow]:
        wanted = query.strip().casefold()
        choices = tag_choices(self._bridge.state, chat)
        fitting = [choice for choice in choices if wanted in choice.shown.casefold()]
        fitting.sort(key=lambda choice: (not choice.shown.casefold().startswith(wanted), not choice.chosen))
        return [PickRow(choice.value, choice.shown, choice.description) for choice in fitting]

    def _tag(self, ids: tuple[str, ...]) -> None:
        chat, self._tagging = self._tagging, None
        if chat is not None:
            self._bridge.dispatch(TagsChosen(chat.id, frozenset(ids)))

    # --- commands ------------------------------------------------------------------------------------

    def open_commands(self) -> None:
        """Everything that can be done, by name."""
        self.close()
        none = say("No command has these words.")
        asking = Asking(say("Commands"), none, self._command, self.close, self._find)
        self._picker.open(asking, self._found(""))

    def _find(self, query: str) -> None:
        self._picker.show_rows(self._found(query))

    def _found(self, query: str) -> list[PickRow]:
        return [
            PickRow(command.action, command.label, Displayable(f"{command.key}  {command.help}".strip()))
            for command in find(self._commands, query)
        ]

    def _command(self, ids: tuple[str, ...]) -> None:
        self._run(ids[0])
