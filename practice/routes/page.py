"""Routes: the page on which a person plays the customer."""

from __future__ import annotations

from functools import cache
from importlib import resources

from starlette.responses import Response

from practice.opening import is_open
from practice.queue_texts import by_language
from practice.routes.call import Call, answer
from practice.routes.served import ForAnyone, Served
from practice.store import library, people
from practice.store.rows import Inbox, Json

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@cache
def _part(name: str) -> str:
    return resources.files("practice").joinpath("page", name).read_text(encoding="utf-8")


def _served(name: str, kind: str) -> Response:
    return Response(_part(name), 200, HEADERS, media_type=f"{kind}; charset=utf-8")


def show_page(_: Call) -> Response:
    """The page."""
    return _served("customer.html", "text/html")


def show_script(_: Call) -> Response:
    """Its one script."""
    return _served("customer.js", "text/javascript")


def show_style(_: Call) -> Response:
    """Its style sheet."""
    return _served("customer.css", "text/css")


def show_desk(call: Call) -> Response:
    """What customers see of the desk before they write: its topics and when they are open."""
    db, now = call.desk.db, call.desk.clock.now()
    centre = next(iter(library.portals(db)), None)
    about: Json = {
        "name": people.account(db).name,
        "help_centre": centre.homepage_link.rstrip("/") if centre else "",
        "queues": [_queue(inbox, now) for inbox in people.all_inboxes(db)],
    }
    return answer(about)


def _queue(inbox: Inbox, now: float) -> Json:
    return {
        "name": inbox.name,
        "identifier": inbox.identifier,
        "page": inbox.additional_attributes.get("topic_page", "/"),
        "always": not inbox.working_hours_enabled,
        "open": is_open(inbox, now),
        "hours": inbox.working_hours,
        "closed": by_language(inbox.out_of_office),
    }


ROUTES: list[Served] = [
    ForAnyone("GET", "/customer", "The page on which a person plays the customer", show_page),
    ForAnyone("GET", "/customer/page.js", "Its one script", show_script),
    ForAnyone("GET", "/customer/page.css", "Its style sheet", show_style),
    ForAnyone("GET", "/customer/desk", "The desk's topics and when they are open", show_desk),
]
