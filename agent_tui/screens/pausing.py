"""Taking chats or not: the switch, and the list of reasons for a pause."""

from __future__ import annotations

from agent_tui.desk.doings import AutoTakeSwitched, AvailabilityChosen
from agent_tui.desk.text import NOTHING, clean_line
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.casework import fits
from agent_tui.screens.subject import Reach, Subject
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say
from api_client.models.people import Availability

_ONLINE = "online"
_OFFLINE = "offline"
_LONGEST = 40
"""Characters of a reason."""


class Pausing(Subject):
    """Switches, and opens the picker for a reason."""

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach)
        self._offered: dict[str, AvailabilityChosen] = {}
        """What the rows of the open list mean."""

    def actions(self) -> Actions:
        """What its actions do."""
        return {
            "availability": self.switch,
            "pause": self.choose,
            "auto.take": lambda: self._dispatch(AutoTakeSwitched()),
        }

    def switch(self) -> None:
        """On a pause without a reason, or back."""
        on_pause = self._bridge.state.availability is not Availability.ONLINE
        self._dispatch(AvailabilityChosen(Availability.ONLINE if on_pause else Availability.BUSY))

    def choose(self) -> None:
        """The usual reasons, or one in the agent's own words."""
        asking = Asking(
            say("Take no chats: why?"),
            NOTHING,
            lambda ids: self._dispatch(self._offered[ids[0]]),
            self._close,
            lambda words: self._picker.show_rows(self._rows(words)),
            label=say("Reason:"),
            hint=say("or your own words; only you see them"),
        )
        self._picker.open(asking, self._rows(""))

    def _rows(self, words: str) -> list[PickRow]:
        rows = [row for row in _usual() if fits(row.title, words)]
        own = clean_line(words, limit=_LONGEST)
        if own and all(row.title.casefold() != own.casefold() for row in rows):
            rows.append(PickRow("own", own, say("in your own words")))
        self._offered = {row.id: _meaning(row) for row in rows}
        return rows


def _usual() -> list[PickRow]:
    return [
        PickRow("break", say("Break")),
        PickRow("lunch", say("Lunch")),
        PickRow("meeting", say("Meeting")),
        PickRow("training", say("Training")),
        PickRow("paperwork", say("Paperwork")),
        PickRow(_OFFLINE, say("Not at the desk"), say("colleagues see you as not there")),
        PickRow(_ONLINE, say("None: take chats"), say("back from the pause")),
    ]


def _meaning(row: PickRow) -> AvailabilityChosen:
    if row.id == _ONLINE:
        return AvailabilityChosen(Availability.ONLINE)
    if row.id == _OFFLINE:
        return AvailabilityChosen(Availability.OFFLINE)
    return AvailabilityChosen(Availability.BUSY, row.title)
