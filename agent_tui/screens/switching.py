"""Going on to another of the person's desks: the list of profiles, and what this one is called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.notices import Told, Weight
from agent_tui.profiles import Whereabouts
from agent_tui.widgets.picker import Asking, Picker
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say

_SHORT: Final = 16
"""Characters of a profile's name that the status line has room for."""


class Switching:
    """Opens the picker for profiles.

    ``go_to`` leaves this desk for a profile's; ``close`` closes whatever is open; ``tell`` tells the agent
    something.
    """

    def __init__(
        self,
        picker: Picker,
        whereabouts: Whereabouts,
        *,
        go_to: Callable[[str], object],
        close: Callable[[], None],
        tell: Callable[[Told], None],
    ) -> None:
        self._picker = picker
        self._others = whereabouts.others
        self._go_to = go_to
        self._close = close
        self._tell = tell

    def open(self) -> None:
        """The other profiles; without any, how to get one."""
        if not self._others:
            words = say("There is no other connection. agent-tui login, in a shell, makes one.")
            self._tell(Told(words, Weight.FACT))
            return
        detail = say("leave this desk and go there; drafts are kept")
        rows = [PickRow(name, clean_line(name), detail) for name in self._others]
        asking = Asking(say("Go to another desk"), NOTHING, self._chosen, self._close)
        self._picker.open(asking, rows)

    def _chosen(self, ids: tuple[str, ...]) -> None:
        self._go_to(ids[0])


def desk_name(whereabouts: Whereabouts) -> Displayable:
    """What the status line calls this desk; nothing where there is but one."""
    if whereabouts.practice:
        return say("practice")
    return clean_line(whereabouts.profile, limit=_SHORT) if whereabouts.others else NOTHING
