"""What a composer tells of its text: whose it is, what it says, who may see it."""

from __future__ import annotations

from textual.message import Message

from agent_tui.desk.passages import Marks
from api_client.models.identity import ConversationId


class Written(Message):
    """A text to one customer."""

    def __init__(self, conversation: ConversationId, text: str, *, note: bool, marks: Marks) -> None:
        super().__init__()
        self.conversation = conversation
        self.text = text
        self.note = note
        self.marks = marks
