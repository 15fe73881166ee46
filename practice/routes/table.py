"""The table of everything served over HTTP: what the app routes by, and what the docs show."""

from __future__ import annotations

import re

from practice.routes import (
    canned,
    conversations,
    customers,
    files,
    finding,
    handling,
    inboxes,
    knowing,
    labels,
    library,
    macros,
    messages,
    notifications,
    page,
    public,
    reading,
    reports,
    search,
    signing_in,
    staff,
    surveys,
    teams,
    together,
)
from practice.routes.served import ForAdministrators, Served

AREAS: dict[str, list[Served]] = {
    "Signing in": signing_in.ROUTES,
    "Account": staff.ROUTES,
    "Inboxes": inboxes.ROUTES,
    "Teams": teams.ROUTES,
    "Labels": labels.ROUTES,
    "Conversations": finding.ROUTES + conversations.ROUTES,
    "One conversation": handling.ROUTES + together.ROUTES,
    "Messages": messages.ROUTES,
    "Files": files.ROUTES,
    "Notifications": notifications.ROUTES,
    "Customers": customers.ROUTES + knowing.ROUTES,
    "Shared texts": canned.ROUTES + macros.ROUTES,
    "Help centre": library.ROUTES + reading.ROUTES,
    "Search": search.ROUTES,
    "The customer's side": public.ROUTES,
    "The customer's page": page.ROUTES,
    "Ratings": surveys.ROUTES,
    "Reports": reports.ROUTES,
}


def routes() -> list[Served]:
    """Every route, in the order of the table."""
    return [route for area in AREAS.values() for route in area]


def markdown() -> str:
    """The table as Markdown, one section an area."""
    return "\n\n".join(_section(area, served) for area, served in AREAS.items())


def _section(area: str, served: list[Served]) -> str:
    rows = [f"| {route.method} | `{_readable(route.path)}` | {_does(route)} |" for route in served]
    return "\n".join([f"### {area}", "", "| Method | Path | What it does |", "|---|---|---|", *rows])


def _does(route: Served) -> str:
    return f"{route.does} (administrators)" if isinstance(route, ForAdministrators) else route.does


def _readable(path: str) -> str:
    return re.sub(r":int}", "}", path)
