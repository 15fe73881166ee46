"""The library for whoever teaches it: browsed by category, and read as one person or another would get it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from agent_tui.bridge import Bridge
from agent_tui.desk.speech import language_for
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.filling import FALLBACKS, previewed
from agent_tui.screens.values import values_for
from agent_tui.widgets.picker import Asking, Picker
from agent_tui.widgets.picker_model import PickRow
from agent_tui.widgets.picker_preview import Preview
from agent_tui.wording import say
from canned.filling import Filled, fill
from canned.model import Response


class Persona(Struct, frozen=True):
    """Somebody to read a response as."""

    name: str
    language: str
    """Two letters, or empty."""


INVENTED = (
    Persona("Liisa Virtanen", "fi"),
    Persona("Karin Holm", "sv"),
    Persona("Joost de Wit", "nl"),
    Persona("Grace Park", "en"),
)


class LibraryView:
    """Two lists, one leading to the other. ``close`` closes whatever is open."""

    def __init__(self, bridge: Bridge, picker: Picker, *, close: Callable[[], None]) -> None:
        self._bridge = bridge
        self._picker = picker
        self._close = close
        self._persona = INVENTED[0]

    def actions(self) -> Actions:
        """What its actions do."""
        return {"library": self._open}

    def _open(self) -> None:
        """All responses by category; Enter reads one as other people would get it."""
        self._close()
        asking = Asking(
            say("Library, as {name} reads it", name=clean_line(self._persona.name)),
            say("No canned response fits. Type on, or Esc."),
            lambda ids: self._as_others(ids[0]),
            self._close,
            lambda query: self._picker.show_rows(self._rows(query)),
            preview=lambda key: self._preview(key, self._persona),
        )
        self._picker.open(asking, self._rows(""))

    def _as_others(self, key: str) -> None:
        """The people; Enter goes on reading as one of them."""
        people = self._people()

        def chosen(ids: tuple[str, ...]) -> None:
            self._persona = people[int(ids[0])]
            self._open()

        rows = [
            PickRow(str(number), clean_line(one.name), clean_line(one.language))
            for number, one in enumerate(people)
        ]
        asking = Asking(
            say("Read it as …"),
            say("Nobody is here."),
            chosen,
            self._open,
            preview=lambda number: self._preview(key, people[int(number)]),
        )
        self._picker.open(asking, rows)

    def _people(self) -> list[Persona]:
        """Invented ones, then the customers at this desk."""
        here = [
            Persona(chat.card.raw_name, language_for(chat))
            for chat in self._bridge.state.chats.values()
            if chat.card.raw_name
        ]
        return list(dict.fromkeys((*INVENTED, *here)))

    def _responses(self) -> dict[str, Response]:
        texts = self._bridge.state.texts
        return {} if texts is None else {one.key: one for one in texts.library.responses}

    def _rows(self, query: str) -> list[PickRow]:
        words = query.casefold().split()
        rows = [(" / ".join(one.category), one) for one in self._responses().values()]
        rows.sort(key=lambda row: (row[0].casefold(), row[1].shortcut.casefold()))
        return [
            PickRow(one.key, _title(category, one), clean_line(one.title))
            for category, one in rows
            if all(word in f"{category} {one.shortcut} {one.title}".casefold() for word in words)
        ]

    def _preview(self, key: str, persona: Persona) -> Preview:
        response = self._responses().get(key)
        if response is None:
            return ()
        return previewed(response, persona.language, lambda: self._filled(response, persona))

    def _filled(self, response: Response, persona: Persona) -> Filled:
        known = values_for(self._bridge.state, persona.name)
        at = datetime.now().astimezone()
        return fill(response, known, language=persona.language, fallbacks=FALLBACKS, at=at)


def _title(category: str, response: Response) -> Displayable:
    return clean_line(f"{category} / {response.shortcut}" if category else response.shortcut)
