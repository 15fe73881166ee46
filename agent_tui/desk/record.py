"""A whole chat as it is given out: to a file, to a command. Every text in it holds printable characters."""

from __future__ import annotations

import enum

from msgspec import Struct
from msgspec.structs import replace

from agent_tui.desk.private_numbers import without_private_numbers
from agent_tui.desk.text import NOTHING, Displayable
from api_client.models.conversation import Status
from api_client.models.identity import ConversationId
from api_client.models.message import MessageKind


class Form(enum.Enum):
    """How a chat is written down; the value is the ending of the file."""

    MARKDOWN = "md"
    TEXT = "txt"
    JSON = "json"


class Said(Struct, frozen=True):
    """One message, whole."""

    at: float
    kind: MessageKind
    author: Displayable
    text: Displayable
    files: tuple[Displayable, ...] = ()
    """Their names."""


class Record(Struct, frozen=True):
    """One chat from its first message to its last, without those that were deleted."""

    number: ConversationId
    customer: Displayable
    status: Status
    created_at: float
    queue: Displayable = NOTHING
    agent: Displayable = NOTHING
    """Who has it."""
    tags: tuple[Displayable, ...] = ()
    said: tuple[Said, ...] = ()


_INSIDE = {MessageKind.NOTE, MessageKind.ACTIVITY}
"""What customers never see."""


def as_the_customer_knows_it(record: Record) -> Record:
    """Without notes, and without what agents did with the chat."""
    return replace(record, said=tuple(one for one in record.said if one.kind not in _INSIDE))


def shielded(record: Record) -> Record:
    """With private numbers starred out."""
    return replace(
        record,
        customer=without_private_numbers(record.customer),
        said=tuple(
            replace(
                one,
                author=without_private_numbers(one.author),
                text=without_private_numbers(one.text),
                files=tuple(map(without_private_numbers, one.files)),
            )
            for one in record.said
        ),
    )
