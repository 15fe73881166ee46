"""The customer's card at work: read on, written on, corrected."""

from __future__ import annotations

from collections.abc import Callable

from agent_tui.desk.doings import CustomerChanged, CustomerNoteWritten, DetailChanged
from agent_tui.desk.model import Chat
from agent_tui.desk.private_numbers import without_private_numbers
from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.screens.at_hand import Actions, AtHand
from agent_tui.screens.subject import Reach, Subject
from agent_tui.widgets.card import CustomerCard
from agent_tui.widgets.picker import Asking
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say
from api_client.backend import Capability
from api_client.models.identity import ContactId
from api_client.models.people import ContactChanges

_SAVE = "save"
_NAME, _EMAIL, _OF_CUSTOMER, _OF_CHAT = "name", "email", "customer:", "chat:"


class Customers(Subject):
    """Asks for a note or a detail, and tells the desk. ``toggle`` shows or hides the card."""

    def __init__(self, reach: Reach, card: CustomerCard, *, toggle: Callable[[], object]) -> None:
        super().__init__(reach)
        self._card = card
        self._toggle = toggle
        self._unsaved: dict[ContactId, str] = {}
        """What was written down last about a customer, until it is on their card."""

    def actions(self, at_hand: AtHand) -> Actions:
        """What its actions do."""
        return {
            "card": self._turn,
            "customer.note": at_hand.shown(self._write),
            "customer.edit": at_hand.shown(self._choose),
        }

    def _turn(self) -> None:
        """A card longer than its place goes on by a page; then it is put away, or asked for."""
        if not self._card.turn():
            self._toggle()

    # --- notes ---------------------------------------------------------------------------------------

    def _write(self, chat: Chat) -> None:
        kept = self._unsaved.pop(chat.card.id, "")
        if any(note.text == clean_line(kept, limit=len(kept) + 1) for note in chat.notes or ()):
            kept = ""

        def save(text: str) -> None:
            if text.strip():
                self._unsaved[chat.card.id] = text
                self._dispatch(CustomerNoteWritten(chat.id, text))

        title = say("Write down about {customer}", customer=chat.card.name)
        hint = say("colleagues read it in every chat of this customer")
        self._type(title, say("Note:"), hint, save, kept)

    # --- details -------------------------------------------------------------------------------------

    def _choose(self, chat: Chat) -> None:
        rows = self._details(chat)
        asking = Asking(
            say("Details of {customer}", customer=chat.card.name),
            NOTHING,
            lambda ids: self._change(chat, ids[0]),
            self._close,
        )
        self._picker.open(asking, rows)

    def _details(self, chat: Chat) -> list[PickRow]:
        card, can = chat.card, self._bridge.state.capabilities
        rows = [PickRow(_NAME, say("name"), card.name), PickRow(_EMAIL, say("e-mail"), card.email)]
        rows += [
            PickRow(f"{_OF_CUSTOMER}{name}", name, without_private_numbers(value))
            for name, value in card.attributes
        ]
        rows.append(PickRow(_OF_CUSTOMER, say("new detail of the customer")))
        if Capability.CUSTOM_ATTRIBUTES in can:
            of_chat = say("of this chat")
            rows += [
                PickRow(
                    f"{_OF_CHAT}{name}", name, Displayable(f"{without_private_numbers(value)} · {of_chat}")
                )
                for name, value in chat.attributes
            ]
            rows.append(PickRow(_OF_CHAT, say("new detail of this chat")))
        return rows

    def _change(self, chat: Chat, what: str) -> None:
        """Type the new value; for a new detail, its name first."""
        kind, colon, name = what.partition(":")
        if colon and not name:
            title, hint = say("What is the detail called?"), say("such as order or employer")
            self._type(title, say("Name:"), hint, lambda typed: self._change(chat, f"{kind}:{_named(typed)}"))
            return
        if colon and not _named(name):
            return
        held = {_NAME: clean_line(chat.card.raw_name), _EMAIL: chat.card.email}
        known = dict(chat.card.attributes if kind == "customer" else chat.attributes)
        value = known.get(Displayable(name), NOTHING) if colon else held[what]
        title = say("Change {detail}", detail=Displayable(name)) if colon else say("Change it")
        hint = say("empty takes it away") if what != _NAME else NOTHING
        self._type(title, say("New:"), hint, lambda typed: self._save(chat, what, typed.strip()), value)

    def _save(self, chat: Chat, what: str, value: str) -> None:
        kind, _, name = what.partition(":")
        if what == _NAME and value:
            self._dispatch(CustomerChanged(chat.id, ContactChanges(name=value)))
        elif what == _EMAIL:
            self._dispatch(CustomerChanged(chat.id, ContactChanges(email=value)))
        elif kind == "customer":
            self._dispatch(CustomerChanged(chat.id, ContactChanges(attributes=((name, value),))))
        elif kind == "chat":
            self._dispatch(DetailChanged(chat.id, name, value))

    def _type(
        self,
        title: Displayable,
        label: Displayable,
        hint: Displayable,
        done: Callable[[str], None],
        typed: str = "",
    ) -> None:
        """A line to type; Enter is done."""
        text = typed

        def keep(words: str) -> None:
            nonlocal text
            text = words

        asking = Asking(
            title,
            NOTHING,
            lambda _ids: done(text),
            self._close,
            keep,
            label=label,
            hint=hint,
            typed=Displayable(typed),
        )
        self._picker.open(asking, [PickRow(_SAVE, say("Save"))])


def _named(typed: str) -> str:
    """A name as backends take it: no colon, one line."""
    return clean_line(typed).replace(":", "").strip()
