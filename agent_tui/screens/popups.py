"""The lists that open over the log: colleagues, commands."""

from __future__ import annotations

from collections.abc import Callable

from agent_tui.bridge import Bridge
from agent_tui.commands import Command, commands, find
from agent_tui.desk.model import Chat
from agent_tui.desk.selectors import active_chat, receivers
from agent_tui.desk.text import Displayable
from agent_tui.keys_in_force import Keymap
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.casework import availability_words
from agent_tui.screens.panes import Panes
from agent_tui.widgets.picker import Asking, Picker
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say
from api_client.models.identity import AgentId


class Popups:
    """Opens the one picker for each purpose and does what a choice means.

    ``run`` does an action of the key table.
    """

    def __init__(
        self,
        bridge: Bridge,
        picker: Picker,
        panes: Panes,
        keys: Keymap,
        *,
        run: Callable[[str], None],
    ) -> None:
        self._bridge = bridge
        self._picker = picker
        self._panes = panes
        self._run = run
        self._commands: list[Command] = commands(keys)
        self._completing = False
        self.closed: Callable[[], None] = lambda: None
        """Told that whatever was open is closed."""
        self.finishing: Callable[[], None] = lambda: None
        """Told that another action begins, before what is open is closed."""

    def actions(self) -> Actions:
        """What its actions do."""
        return {
            "mention": self.call_in,
            "palette": self.open_commands,
        }

    def close(self) -> None:
        """Close whatever is open; the text stays as it is."""
        self._picker.close()
        self._completing = False
        self.closed()

    def finish(self) -> None:
        """Another action begins: what is checked is kept as Enter would, the rest is closed."""
        self.finishing()
        self.close()

    @property
    def _chat(self) -> Chat | None:
        return active_chat(self._bridge.state)

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
