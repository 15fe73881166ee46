"""Opaque identifiers. A backend makes them; nobody else takes them apart."""

from typing import NewType

AgentId = NewType("AgentId", str)
ArticleId = NewType("ArticleId", str)
CannedId = NewType("CannedId", str)
ContactId = NewType("ContactId", str)
ConversationId = NewType("ConversationId", str)
EchoId = NewType("EchoId", str)
"""Made by the client for one send attempt, echoed by the server in the answer and the push."""
MessageId = NewType("MessageId", str)
QueueId = NewType("QueueId", str)
