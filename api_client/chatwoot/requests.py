"""Which URL each operation calls on Chatwoot, and with what: the one place that knows."""

from __future__ import annotations

import math
from typing import Any, Final
from urllib.parse import quote

from api_client.chatwoot.queue_ids import QueueRef, parse_queue
from api_client.errors import NotFound, Unsupported
from api_client.models.conversation import AssigneeFilter, ConversationQuery, Priority, Status
from api_client.models.identity import AgentId, ContactId, ConversationId, MessageId, QueueId
from api_client.models.message import Outgoing
from api_client.models.people import Availability, QueueKind
from api_client.transport.base import Form, Progress, Request

TOKEN_HEADER: Final = "api-access-token"  # noqa: S105  the name of a header
"""With hyphens: nginx drops headers whose names hold underscores, and the server takes either."""

CABLE_PATH: Final = "/cable"

_ASSIGNEES: Final = {
    AssigneeFilter.MINE: "me",
    AssigneeFilter.UNASSIGNED: "unassigned",
    AssigneeFilter.ANYONE: "all",
}
_QUEUE_PARAMETERS: Final = {QueueKind.INBOX: "inbox_id", QueueKind.TEAM: "team_id"}


def version() -> Request:
    """Ask, without a token, what answers here."""
    return Request("GET", "/api")


def sign_in(email: str, password: str) -> Request:
    """Trade a password for the agent's token."""
    return Request("POST", "/auth/sign_in", json={"email": email, "password": password})


def sign_in_second_step(mfa_token: str, code: str) -> Request:
    """Finish a sign-in with a code: six digits of an app, or a longer backup code."""
    kind = "otp_code" if len(code) == 6 and code.isdecimal() else "backup_code"  # noqa: PLR2004  digits of a code
    return Request("POST", "/auth/sign_in", json={"mfa_token": mfa_token, kind: code})


def profile() -> Request:
    """Who the token belongs to."""
    return Request("GET", "/api/v1/profile")


class AccountRequests:
    """The requests of one account. ``account`` is its id, in digits.

    Ids come from this backend; one it could not have made raises ``NotFound``.
    """

    def __init__(self, account: str) -> None:
        self._account = _number(account)
        self._base = f"/api/v1/accounts/{self._account}"

    def set_availability(self, availability: Availability) -> Request:
        """Choose what colleagues see."""
        chosen = {"account_id": self._account, "availability": availability.value}
        return Request("POST", "/api/v1/profile/availability", json={"profile": chosen})

    def inboxes(self) -> Request:
        """The inboxes the agent may see."""
        return self._get("/inboxes")

    def inbox(self, queue: QueueId) -> Request:
        """One inbox."""
        return self._get(f"/inboxes/{_inbox(parse_queue(queue))}")

    def update_inbox(self, queue: QueueId, body: dict[str, Any]) -> Request:
        """Change how an inbox works."""
        return Request("PATCH", f"{self._base}/inboxes/{_inbox(parse_queue(queue))}", json=body)

    def teams(self) -> Request:
        """All teams."""
        return self._get("/teams")

    def queue_agents(self, queue: QueueId) -> Request:
        """Who serves an inbox, or belongs to a team."""
        found = parse_queue(queue)
        if found.kind is QueueKind.TEAM:
            return self._get(f"/teams/{found.number}/team_members")
        return self._get(f"/inbox_members/{found.number}")

    def agents(self) -> Request:
        """All colleagues."""
        return self._get("/agents")

    def labels(self) -> Request:
        """All labels of the account."""
        return self._get("/labels")

    def canned_responses(self) -> Request:
        """All canned responses."""
        return self._get("/canned_responses")

    def portals(self) -> Request:
        """The help centres."""
        return self._get("/portals")

    def portal_articles(self, slug: str, locale: str | None) -> Request:
        """The first page of one help centre's published articles."""
        query = (("status", "published"), *((("locale", locale),) if locale else ()), ("page", "1"))
        return self._get(f"/portals/{quote(slug, safe='')}/articles", query)

    def search_articles(self, text: str) -> Request:
        """Articles of all help centres that match."""
        return self._get("/search/articles", (("q", text), ("page", "1")))

    def search(self, text: str) -> Request:
        """Conversations, messages and contacts that match."""
        return self._get("/search", (("q", text), ("page", "1")))

    def conversations(self, query: ConversationQuery, page: int) -> Request:
        """One page of conversations; the unassigned ones longest waiting first."""
        return self._get("/conversations", tuple(_listing(query, page)))

    def conversation(self, conversation: ConversationId) -> Request:
        """One conversation."""
        return self._get(_under(conversation))

    def messages(
        self, conversation: ConversationId, *, before: MessageId | None, after: MessageId | None
    ) -> Request:
        """The newest messages, or those before or after one."""
        cursors = (("before", before), ("after", after))
        query = tuple((name, str(_number(cursor))) for name, cursor in cursors if cursor is not None)
        return self._get(_under(conversation, "/messages"), query)

    def send(
        self, conversation: ConversationId, outgoing: Outgoing, progress: Progress | None = None
    ) -> Request:
        """Post a reply or a note; with files as a form."""
        if outgoing.files:
            return self._send_form(conversation, outgoing, progress)
        body = {
            "content": outgoing.text,
            "private": outgoing.private,
            "message_type": "outgoing",
            "echo_id": outgoing.echo,
        }
        return self._post(_under(conversation, "/messages"), body)

    def _send_form(
        self, conversation: ConversationId, outgoing: Outgoing, progress: Progress | None
    ) -> Request:
        fields = (
            ("content", outgoing.text),
            ("private", "true" if outgoing.private else "false"),
            ("message_type", "outgoing"),
            ("echo_id", outgoing.echo),
        )
        form = Form(fields, "attachments[]", outgoing.files, progress)
        return Request("POST", self._base + _under(conversation, "/messages"), form=form)

    def attachments(self, conversation: ConversationId) -> Request:
        """The newest files of one conversation."""
        return self._get(_under(conversation, "/attachments"), (("page", "1"),))

    def assign(self, conversation: ConversationId, agent: AgentId | None) -> Request:
        """Set or clear the assignee."""
        body = {"assignee_id": None if agent is None else _number(agent)}
        return self._post(_under(conversation, "/assignments"), body)

    def move(self, conversation: ConversationId, queue: QueueId | None) -> Request:
        """Set or clear the team; 0 clears it."""
        team = 0 if queue is None else _team(parse_queue(queue))
        return self._post(_under(conversation, "/assignments"), {"team_id": team})

    def set_status(self, conversation: ConversationId, status: Status, until: float | None) -> Request:
        """Open, resolve, leave pending or snooze."""
        body: dict[str, Any] = {"status": status.value}
        if status is Status.SNOOZED and until is not None:
            body["snoozed_until"] = math.ceil(until)
        return self._post(_under(conversation, "/toggle_status"), body)

    def set_priority(self, conversation: ConversationId, priority: Priority | None) -> Request:
        """Set or clear the priority."""
        body = {"priority": None if priority is None else priority.value}
        return self._post(_under(conversation, "/toggle_priority"), body)

    def mute(self, conversation: ConversationId) -> Request:
        """Resolve it and block the customer."""
        return self._post(_under(conversation, "/mute"), None)

    def conversation_labels(self, conversation: ConversationId) -> Request:
        """The labels of one conversation."""
        return self._get(_under(conversation, "/labels"))

    def set_labels(self, conversation: ConversationId, labels: tuple[str, ...]) -> Request:
        """Replace all labels of one conversation."""
        return self._post(_under(conversation, "/labels"), {"labels": list(labels)})

    def set_typing(self, conversation: ConversationId, *, on: bool, private: bool) -> Request:
        """Show or hide the typing mark."""
        body = {"typing_status": "on" if on else "off", "is_private": private}
        return self._post(_under(conversation, "/toggle_typing_status"), body)

    def mark_seen(self, conversation: ConversationId) -> Request:
        """Clear the unread mark, for all agents."""
        return self._post(_under(conversation, "/update_last_seen"), None)

    def contact(self, contact: ContactId) -> Request:
        """One customer."""
        return self._get(f"/contacts/{_number(contact)}")

    def contact_notes(self, contact: ContactId) -> Request:
        """One customer's notes."""
        return self._get(f"/contacts/{_number(contact)}/notes")

    def add_contact_note(self, contact: ContactId, text: str) -> Request:
        """A new note on a customer."""
        return self._post(f"/contacts/{_number(contact)}/notes", {"note": {"content": text}})

    def update_contact(self, contact: ContactId, body: dict[str, Any]) -> Request:
        """Change a customer; attributes are merged."""
        return Request("PUT", f"{self._base}/contacts/{_number(contact)}", json=body)

    def drop_contact_attributes(self, contact: ContactId, names: tuple[str, ...]) -> Request:
        """Take custom attributes of a customer away."""
        path = f"/contacts/{_number(contact)}/destroy_custom_attributes"
        return self._post(path, {"custom_attributes": list(names)})

    def set_attributes(self, conversation: ConversationId, attributes: dict[str, Any]) -> Request:
        """Replace all custom attributes of one conversation."""
        return self._post(_under(conversation, "/custom_attributes"), {"custom_attributes": attributes})

    def contact_conversations(self, contact: ContactId) -> Request:
        """One customer's conversations."""
        return self._get(f"/contacts/{_number(contact)}/conversations")

    def _get(self, path: str, query: tuple[tuple[str, str], ...] = ()) -> Request:
        return Request("GET", self._base + path, query)

    def _post(self, path: str, body: dict[str, Any] | None) -> Request:
        return Request("POST", self._base + path, json=body)


def _listing(query: ConversationQuery, page: int) -> list[tuple[str, str]]:
    found = [
        ("status", "all" if query.status is None else query.status.value),
        ("assignee_type", _ASSIGNEES[query.assignee]),
    ]
    if query.queue is not None:
        queue = parse_queue(query.queue)
        found.append((_QUEUE_PARAMETERS[queue.kind], str(queue.number)))
    if query.assignee is AssigneeFilter.UNASSIGNED:
        found.append(("sort_by", "waiting_since_asc"))
    if query.updated_within is None:
        return [*found, ("page", str(page))]
    return [*found, ("updated_within", str(math.ceil(query.updated_within)))]


def _under(conversation: ConversationId, rest: str = "") -> str:
    return f"/conversations/{_number(conversation)}{rest}"


def _team(queue: QueueRef) -> int:
    if queue.kind is QueueKind.INBOX:
        raise Unsupported("a conversation stays in the inbox it came in by")
    return queue.number


def _inbox(queue: QueueRef) -> int:
    if queue.kind is QueueKind.TEAM:
        raise Unsupported("a team has no opening hours of its own")
    return queue.number


def _number(identifier: str) -> int:
    # Ids come back from callers, and only digits may reach a path.
    if not (identifier.isascii() and identifier.isdecimal()):
        raise NotFound("no such thing here")
    return int(identifier)
