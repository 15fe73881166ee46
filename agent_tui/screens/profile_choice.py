"""Which of several connections to start with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult

from agent_tui.desk.text import Displayable
from agent_tui.theming import Palette
from agent_tui.widgets.form import Form, Page
from agent_tui.widgets.pacing import PacedScreen
from agent_tui.widgets.picker import Asking, Picker
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say

_ANOTHER = ""


class ProfileChoice(PacedScreen[None]):
    """A list of profiles, by cursor or digit.

    Args:
        profiles: names and servers.
        chosen: told the name, or an empty one for a server that is not in the list.
        leave: ends the program.
    """

    DEFAULT_CSS = """
    ProfileChoice Form { height: 6; }
    ProfileChoice Picker { height: 1fr; }
    """

    def __init__(
        self,
        palette: Palette,
        profiles: Sequence[tuple[Displayable, Displayable]],
        *,
        chosen: Callable[[str], None],
        leave: Callable[[], None],
    ) -> None:
        super().__init__()
        self._form = Form(palette)
        self._picker = Picker(palette)
        self._profiles = profiles
        self._chosen = chosen
        self._leave = leave

    def compose(self) -> ComposeResult:
        """A word on what this is, and the list."""
        yield self._form
        yield self._picker

    def on_mount(self) -> None:
        """Show the list."""
        about = say("To start with one of them each time: agent-tui profiles default NAME")
        self._form.show(Page(say("agent-tui · which desk?"), about, keys=say("Ctrl+Q: leave")), None)
        rows = [PickRow(name, name, server) for name, server in self._profiles]
        rows.append(PickRow(_ANOTHER, say("Another server"), say("sign in to it")))
        self._picker.open(
            Asking(say("Connections"), say("None yet."), lambda ids: self._chosen(ids[0]), self._leave), rows
        )

    def on_key(self, event: events.Key) -> None:
        """The list's keys, and leaving."""
        event.stop()
        event.prevent_default()
        if event.key in {"ctrl+q", "ctrl+c"}:
            self._leave()
        else:
            self._picker.take_key(event.key, event.character)
