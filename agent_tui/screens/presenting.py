"""Presenting: nobody's name is on the screen, the keys pressed are, and that it is practice."""

from __future__ import annotations

from collections.abc import Iterator

from agent_tui.desk.model import DeskState, Hit
from agent_tui.theming import Palette
from agent_tui.widgets.presenter_bar import PresenterBar
from agent_tui.widgets.veil import Veil


class Presenting:
    """For one screen; ``bar`` is its topmost row."""

    def __init__(self, palette: Palette, *, practice: bool) -> None:
        self._veil = Veil()
        self.bar = PresenterBar(palette, practice=practice, id="presenter")
        self.wear(palette)

    def wear(self, palette: Palette) -> None:
        """Paint with ``palette``, and hide people in whatever is painted with it."""
        palette.veil = self._veil.over

    def new_people(self, state: DeskState) -> bool:
        """Learn who is there; whether everything must be painted anew."""
        return self._veil.learn(_people(state))


def _people(state: DeskState) -> Iterator[str]:
    for chat in state.chats.values():
        yield chat.card.name
        yield from (hit.customer for hit in chat.previous or ())
    yield from (hit.customer for hit in state.search.hits)
    yield from (colleague.name for colleague in state.colleagues.values())
    if state.me is not None:
        yield state.me.name
    found = () if state.customers_chats is None else state.customers_chats[1]
    lists: tuple[tuple[Hit, ...] | None, ...] = (state.sleeping, state.closed, found)
    yield from (hit.customer for hits in lists for hit in hits or ())
