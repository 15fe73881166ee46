"""Rows of the practice desk's database as plain values; a field is a column of the same name.

Times are epoch seconds of desk time as floats; ``None`` means never.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

Json = dict[str, Any]
Role = Literal["agent", "administrator"]
Availability = Literal["online", "busy", "offline"]
Status = Literal["open", "resolved", "pending", "snoozed"]
Priority = Literal["low", "medium", "high", "urgent"]
ArticleStatus = Literal["draft", "published", "archived"]
SenderType = Literal["User", "Contact"]

INCOMING, OUTGOING, ACTIVITY, TEMPLATE = range(4)
"""The message types as they stand on the wire."""


class Account(Struct, frozen=True):
    """The organisation whose desk it is."""

    id: int
    name: str
    locale: str
    support_email: str
    label_key: float
    inbox_key: float
    team_key: float
    created_at: float


class User(Struct, frozen=True):
    """A member of staff."""

    id: int
    name: str
    display_name: str
    email: str
    role: Role
    password_hash: str
    access_token: str
    pubsub_token: str
    availability: Availability
    auto_offline: bool
    message_signature: str | None
    ui_settings: Json
    active_at: float | None
    created_at: float
    code_secret: str
    """What the codes of the second step come from, in base32; empty where none is asked for."""
    backup_codes: list[str]
    """Codes that stand in for one each."""

    @property
    def is_administrator(self) -> bool:
        """Whether they see every inbox."""
        return self.role == "administrator"


class Inbox(Struct, frozen=True):
    """A queue of the scenario: an API inbox on the wire.

    ``greetings``, ``out_of_office``, ``busy`` and ``surveys`` hold one text by language, and under the
    empty language what stands in for others (``practice/queue_texts.py``). ``working_hours`` is the week
    as the wire has it.
    """

    id: int
    key: str
    name: str
    identifier: str
    channel_id: int
    timezone: str
    working_hours_enabled: bool
    working_hours: list[Json]
    greeting_enabled: bool
    greetings: Json
    out_of_office: Json
    busy: Json
    busy_after: float
    survey_enabled: bool
    surveys: Json
    auto_assign: bool
    additional_attributes: Json
    created_at: float


class Team(Struct, frozen=True):
    """A group that a conversation can be handed on to."""

    id: int
    name: str
    description: str
    allow_auto_assign: bool
    created_at: float
    updated_at: float


class Label(Struct, frozen=True):
    """A tag of the account."""

    id: int
    title: str
    description: str
    color: str
    show_on_sidebar: bool


class Contact(Struct, frozen=True):
    """A customer."""

    id: int
    name: str
    email: str | None
    phone_number: str | None
    identifier: str | None
    blocked: bool
    additional_attributes: Json
    custom_attributes: Json
    last_activity_at: float | None
    created_at: float
    updated_at: float


class ContactInbox(Struct, frozen=True):
    """A customer's session in one inbox; its ``pubsub_token`` opens their side of the cable."""

    id: int
    contact_id: int
    inbox_id: int
    source_id: str
    pubsub_token: str
    hmac_verified: bool
    created_at: float
    updated_at: float


class Conversation(Struct, frozen=True):
    """A conversation; ``id`` is the number that people see."""

    id: int
    uuid: str
    inbox_id: int
    contact_id: int
    contact_inbox_id: int
    status: Status
    priority: Priority | None
    assignee_id: int | None
    team_id: int | None
    snoozed_until: float | None
    additional_attributes: Json
    custom_attributes: Json
    agent_last_seen_at: float | None
    assignee_last_seen_at: float | None
    contact_last_seen_at: float | None
    waiting_since: float | None
    busy_due: float | None
    first_reply_created_at: float | None
    last_activity_at: float
    created_at: float
    updated_at: float


class Message(Struct, frozen=True):
    """A message of any kind; activity and automatic messages have no sender."""

    id: int
    conversation_id: int
    inbox_id: int
    message_type: int
    content: str | None
    content_type: str
    content_attributes: Json
    status: str
    private: bool
    source_id: str | None
    sender_type: SenderType | None
    sender_id: int | None
    created_at: float
    updated_at: float


class Attachment(Struct, frozen=True):
    """A file of a message, or one uploaded ahead of its message; ``key`` stands in its address."""

    id: int
    message_id: int | None
    key: str
    name: str
    content_type: str
    file_type: str
    size: int
    created_at: float


class Canned(Struct, frozen=True):
    """A shared canned response."""

    id: int
    short_code: str
    content: str
    created_at: float
    updated_at: float


class Portal(Struct, frozen=True):
    """The help centre."""

    id: int
    slug: str
    name: str
    homepage_link: str
    custom_domain: str
    locales: list[str]
    created_at: float


class Category(Struct, frozen=True):
    """A shelf of the help centre in one language."""

    id: int
    portal_id: int
    slug: str
    name: str
    locale: str


class Article(Struct, frozen=True):
    """A help-centre article; ``content`` is Markdown."""

    id: int
    portal_id: int
    category_id: int
    author_id: int | None
    slug: str
    locale: str
    title: str
    description: str
    content: str
    status: ArticleStatus
    position: int
    updated_at: float
