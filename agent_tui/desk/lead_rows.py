"""Rows of the lists one level below the board: the conversations of a queue or of an agent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from msgspec import Struct

from agent_tui.desk.model import Chat, DeskState
from agent_tui.desk.text import NOTHING, Displayable
from agent_tui.desk.view import Promise
from agent_tui.desk.waiting import promise_of, wait
from api_client.models.conversation import Status
from api_client.models.identity import ConversationId

MOST: Final = 300
"""Conversations listed; those beyond are found by what is typed."""


class CaseRow(Struct, frozen=True):
    """An open conversation."""

    conversation: ConversationId
    customer: Displayable
    agent: Displayable
    """Who has it; empty: nobody."""
    queue: Displayable
    since: float | None
    """Server time; ``None`` when the customer does not wait."""
    promise: Promise
    tags: Displayable
    words: Displayable
    """What the customer said last."""


def case_rows(state: DeskState, conversations: Iterable[ConversationId], query: str = "") -> list[CaseRow]:
    """Those that are open, in their order, at most ``MOST``; with ``query`` whose name or agent holds it.

    Costs what is returned where nothing is typed.
    """
    return [_row(state, chat) for chat in islice(_found(state, conversations, query), MOST)]


def _found(state: DeskState, conversations: Iterable[ConversationId], query: str) -> Iterator[Chat]:
    wanted = query.strip().casefold()
    for conversation in conversations:
        chat = state.chats.get(conversation)
        if chat is None or chat.status is not Status.OPEN:
            continue
        if not wanted or wanted in chat.card.name.casefold() or wanted in _agent(chat).casefold():
            yield chat


def _agent(chat: Chat) -> Displayable:
    return NOTHING if chat.assignee is None else chat.assignee.name


def _row(state: DeskState, chat: Chat) -> CaseRow:
    queue = state.queues.get(chat.queue)
    return CaseRow(
        conversation=chat.id,
        customer=chat.card.name,
        agent=_agent(chat),
        queue=NOTHING if queue is None else queue.name,
        since=wait(chat),
        promise=promise_of(state, chat),
        tags=Displayable(" ".join(tag.shown for tag in chat.tags)),
        words=chat.first_words,
    )
