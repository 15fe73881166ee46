"""Which messages on the server are known to be a text of ours: no other text can be one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from api_client.models.identity import ConversationId, MessageId

MOST_REMEMBERED: Final = 200
"""Conversations of this run; far more than can have a text on its way at a time."""


class Claims:
    """Of an earlier run all that are told, of this run those of the conversations written in last."""

    def __init__(self) -> None:
        self._restored: frozenset[tuple[ConversationId, MessageId]] = frozenset()
        self._claimed: dict[ConversationId, set[MessageId]] = {}
        """The conversation written in last at the end."""

    def restore(self, sent: Iterable[tuple[ConversationId, MessageId]]) -> None:
        """What an earlier run knew."""
        self._restored = frozenset(sent)

    def add(self, conversation: ConversationId, message: MessageId) -> None:
        """This one is a text of ours."""
        claimed = self._claimed[conversation] = self._claimed.pop(conversation, set())
        claimed.add(message)
        if len(self._claimed) > MOST_REMEMBERED:
            del self._claimed[next(iter(self._claimed))]

    def has(self, conversation: ConversationId, message: MessageId) -> bool:
        """Whether it is known to be one."""
        ours = self._claimed.get(conversation, ())
        return message in ours or (conversation, message) in self._restored
