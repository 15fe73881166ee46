"""What a route is: where, what it does in one line, and who answers it."""

from __future__ import annotations

from dataclasses import dataclass

from practice.routes.call import Endpoint, StaffEndpoint

ACCOUNT = "/api/v1/accounts/{account_id:int}"
CONVERSATION = ACCOUNT + "/conversations/{conversation_id:int}"
PUBLIC = "/public/api/v1/inboxes/{inbox_identifier}"


@dataclass(frozen=True, slots=True)
class ForAnyone:
    """A route without credentials, or one that checks its own."""

    method: str
    path: str
    does: str
    endpoint: Endpoint


@dataclass(frozen=True, slots=True)
class ForStaff:
    """A route for signed-in staff."""

    method: str
    path: str
    does: str
    endpoint: StaffEndpoint


@dataclass(frozen=True, slots=True)
class ForAdministrators:
    """A route for signed-in staff who lead."""

    method: str
    path: str
    does: str
    endpoint: StaffEndpoint


Served = ForAnyone | ForStaff | ForAdministrators
