"""What staff knows of a customer: their notes, details and the details of a chat, read and written."""

from __future__ import annotations

from agent_tui.desk.answered import CustomerNotSaved, CustomerTold, NoteKept, NotesLoaded
from agent_tui.desk.customer_effects import ChangeCustomer, SetAttribute, WriteNote
from agent_tui.desk.doings import CustomerChanged, CustomerNoteWritten, DetailChanged
from agent_tui.desk.effects import (
    DeskEffect,
    Notify,
)
from agent_tui.desk.failure_notice import CustomerNotSaved as NotSaved
from agent_tui.desk.model import DeskState
from agent_tui.desk.notice import CustomerSaved
from agent_tui.desk.standing import name_of


def notes_loaded(state: DeskState, event: NotesLoaded) -> list[DeskEffect]:
    """What colleagues wrote down, newest first."""
    chat = state.chats.get(event.conversation)
    if chat is not None:
        chat.notes = event.notes
    return []


def note_written(state: DeskState, event: CustomerNoteWritten) -> list[DeskEffect]:
    """Shown when the backend has it: it is for others too."""
    chat = state.chats.get(event.conversation)
    if chat is None or not event.text.strip() or not chat.card.id:
        return []
    return [WriteNote(chat.id, chat.card.id, event.text.strip())]


def note_kept(state: DeskState, event: NoteKept) -> list[DeskEffect]:
    """It stands on the card."""
    chat = state.chats.get(event.conversation)
    if chat is None:
        return []
    chat.notes = (event.note, *(chat.notes or ()))
    return [Notify(CustomerSaved(chat.card.name))]


def customer_changed(state: DeskState, event: CustomerChanged) -> list[DeskEffect]:
    """Ask for it; the card shows what the backend made of it."""
    chat = state.chats.get(event.conversation)
    if chat is None or not chat.card.id:
        return []
    return [ChangeCustomer(chat.id, chat.card.id, event.changes)]


def customer_told(state: DeskState, event: CustomerTold) -> list[DeskEffect]:
    """The customer as the backend has them now."""
    chat = state.chats.get(event.conversation)
    if chat is None:
        return []
    chat.card = event.card
    return [Notify(CustomerSaved(event.card.name))]


def detail_changed(state: DeskState, event: DetailChanged) -> list[DeskEffect]:
    """Ask for it; the conversation as it is then shows it."""
    chat = state.chats.get(event.conversation)
    return [] if chat is None or not event.name.strip() else [SetAttribute(chat.id, event.name, event.value)]


def not_saved(state: DeskState, event: CustomerNotSaved) -> list[DeskEffect]:
    """Told; what was typed is kept by whoever typed it."""
    return [Notify(NotSaved(name_of(state, event.conversation), event.problem))]
