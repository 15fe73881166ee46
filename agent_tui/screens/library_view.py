"""The library for whoever teaches it: browsed by category, and read as one person or another would get it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from agent_tui.desk.doings import CustomersChatsRequested, SearchRequested
from agent_tui.desk.found import HitKind
from agent_tui.desk.model import DeskState
from agent_tui.desk.searching import holds, words_of
from agent_tui.desk.speech import language_for
from agent_tui.desk.text import Displayable, clean_line
from agent_tui.screens.at_hand import Actions
from agent_tui.screens.filling import FALLBACKS, previewed
from agent_tui.screens.finding import remarks
from agent_tui.screens.subject import Reach, Subject
from agent_tui.screens.values import values_for
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.widgets.picker_preview import Preview
from agent_tui.wording import say
from api_client.backend import Capability
from api_client.models.identity import ContactId
from canned.filling import Filled, fill
from canned.model import Response


class Persona(Struct, frozen=True):
    """Somebody to read a response as."""

    name: str
    language: str
    """Two letters, or empty."""
    email: str = ""
    contact: ContactId | None = None
    """Of somebody the server knows."""


INVENTED = (
    Persona("Liisa Virtanen", "fi"),
    Persona("Karin Holm", "sv"),
    Persona("Joost de Wit", "nl"),
    Persona("Grace Park", "en"),
)


class LibraryView(Subject):
    """Two lists, one leading to the other."""

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach)
        self._persona = INVENTED[0]
        self._people: dict[str, Persona] = {}
        """Those listed, by the ids of their rows."""
        self._asking: Asking | None = None
        """What was opened last; somebody else's may have taken its place."""
        self._listed: Callable[[], list[PickRow]] = list
        """The rows of what is open, as they are now."""
        self._words = ""
        self._seen: object = None
        """What of the server's answers is on the screen."""

    def actions(self) -> Actions:
        """What its actions do."""
        return {"library": self._begin}

    def _begin(self) -> None:
        """Whoever is not at the desk, or has left it, is no longer known by name."""
        if self._persona not in INVENTED and self._persona.contact not in _at_the_desk(self._bridge.state):
            self._persona = INVENTED[0]
        self._open()

    def _open(self) -> None:
        """All responses by category; Enter reads one as other people would get it."""
        self._close()
        self._ask_for_language()
        asking = Asking(
            say("Library, as {name} reads it", name=clean_line(self._persona.name)),
            say("No canned response fits. Type on, or Esc."),
            lambda ids: self._as_others(ids[0]),
            self._close,
            self._type,
            preview=lambda key: self._preview(key, self._persona),
        )
        self._show(asking, self._rows)

    def _ask_for_language(self) -> None:
        """Their chats tell it where nothing else does."""
        if self._persona.contact and not self._persona.language:
            self._dispatch(CustomersChatsRequested(self._persona.contact))

    def _as_others(self, key: str) -> None:
        """The people; Enter goes on reading as one of them."""

        def chosen(ids: tuple[str, ...]) -> None:
            self._persona = self._people[ids[0]]
            self._open()

        asking = Asking(
            say("Read it as …"),
            say("Nobody is here."),
            chosen,
            self._open,
            self._look_for if Capability.SEARCH in self._bridge.state.capabilities else None,
            hint=say("type the name of any customer"),
            preview=lambda one: self._preview(key, self._people.get(one)),
        )
        self._show(asking, self._people_rows)

    def _show(self, asking: Asking, rows: Callable[[], list[PickRow]]) -> None:
        self._asking, self._listed, self._words, self._seen = asking, rows, "", self._heard()
        self._picker.open(asking, rows())

    def _type(self, words: str) -> None:
        self._words = words
        self._picker.show_rows(self._listed())

    def _look_for(self, words: str) -> None:
        self._dispatch(SearchRequested(words))
        self._type(words)

    def show_answers(self) -> None:
        """Customers may have been found, or what language the one who reads came with."""
        if self._picker.shows(self._asking) and self._seen != self._heard():
            self._seen, self._persona = self._heard(), self._as_told(self._persona)
            self._picker.show_rows(self._listed(), best_first=False)

    def _heard(self) -> object:
        state = self._bridge.state
        return (state.search.answered, state.search.hits, state.customers_chats)

    def _as_told(self, persona: Persona) -> Persona:
        theirs = self._bridge.state.customers_chats
        if persona.language or theirs is None or theirs[0] != persona.contact:
            return persona
        return replace(persona, language=next((hit.language for hit in theirs[1] if hit.language), ""))

    def _people_rows(self) -> list[PickRow]:
        """Those whom the words fit, then who is found on the server."""
        state, words = self._bridge.state, words_of(self._words)
        known = {**{one.name: one for one in INVENTED}, **_at_the_desk(state)}
        self._people = {
            key: one for key, one in known.items() if not words or holds(f"{one.name} {one.email}", words)
        }
        if words:
            self._people |= {key: known.get(key, one) for key, one in _found(state).items()}
        rows = [_person_row(key, one) for key, one in self._people.items()]
        return rows + (remarks(state, nothing=not rows) if words else [])

    def _responses(self) -> dict[str, Response]:
        texts = self._bridge.state.texts
        return {} if texts is None else {one.key: one for one in texts.library.responses}

    def _rows(self) -> list[PickRow]:
        words = words_of(self._words)
        rows = [(" / ".join(one.category), one) for one in self._responses().values()]
        rows.sort(key=lambda row: (row[0].casefold(), row[1].shortcut.casefold()))
        return [
            PickRow(one.key, _title(category, one), clean_line(one.title))
            for category, one in rows
            if all(word in f"{category} {one.shortcut} {one.title}".casefold() for word in words)
        ]

    def _preview(self, key: str, persona: Persona | None) -> Preview:
        response = self._responses().get(key)
        if response is None or persona is None:
            return ()
        return previewed(response, persona.language, lambda: self._filled(response, persona))

    def _filled(self, response: Response, persona: Persona) -> Filled:
        known = values_for(self._bridge.state, persona.name, persona.email)
        at = datetime.now().astimezone()
        return fill(response, known, language=persona.language, fallbacks=FALLBACKS, at=at)


def _at_the_desk(state: DeskState) -> dict[str, Persona]:
    cards = ((chat, chat.card) for chat in state.chats.values() if chat.card.raw_name)
    return {card.id: Persona(card.raw_name, language_for(chat), card.email, card.id) for chat, card in cards}


def _found(state: DeskState) -> dict[str, Persona]:
    """Customers who are somewhere on the server."""
    return {
        hit.contact: Persona(hit.customer, "", hit.email, hit.contact)
        for hit in state.search.hits
        if hit.kind is HitKind.CUSTOMER and hit.contact is not None and hit.customer
    }


def _person_row(key: str, one: Persona) -> PickRow:
    about = " · ".join(filter(None, (one.language, one.email)))
    return PickRow(key, clean_line(one.name), clean_line(about))


def _title(category: str, response: Response) -> Displayable:
    return clean_line(f"{category} / {response.shortcut}" if category else response.shortcut)
