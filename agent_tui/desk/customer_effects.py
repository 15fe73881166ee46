"""Effects about what staff knows of a customer."""

from __future__ import annotations

from agent_tui.desk.effect import Effect
from api_client.models.identity import ContactId, ConversationId
from api_client.models.people import ContactChanges


class LoadNotes(Effect, frozen=True):
    """Fetch what colleagues wrote down about the customer. -> NotesLoaded."""

    conversation: ConversationId
    contact: ContactId


class WriteNote(Effect, frozen=True):
    """Write something down about the customer. -> NoteKept, CustomerNotSaved."""

    conversation: ConversationId
    contact: ContactId
    text: str


class ChangeCustomer(Effect, frozen=True):
    """Change what is known of the customer. -> CustomerTold, CustomerNotSaved."""

    conversation: ConversationId
    contact: ContactId
    changes: ContactChanges


class SetAttribute(Effect, frozen=True):
    """Set a detail of the conversation; empty takes it away. -> ConversationChanged, CustomerNotSaved."""

    conversation: ConversationId
    name: str
    value: str


CustomerEffect = LoadNotes | WriteNote | ChangeCustomer | SetAttribute
"""Performed by the engine."""
