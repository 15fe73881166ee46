"""Routes: reports of the second version: over time, summed up, by agent and team, and as things stand."""

from __future__ import annotations

from typing import Any, cast, get_args

from msgspec.structs import asdict
from starlette.responses import Response

from practice.dialect import errors
from practice.reporting import AVERAGED, COUNTED, Group, Report, is_bearable
from practice.routes.call import Params, StaffCall, answer
from practice.routes.served import ForAdministrators, Served
from practice.store import library, people, reports
from practice.store.reports import Live, Range, Scope, ScopeType
from practice.store.rows import Json

ACCOUNT = "/api/v2/accounts/{account_id:int}"
SUMMED = ACCOUNT + "/summary_reports"
PER_PAGE = 25
HALF_A_YEAR = 184 * 24 * 3600.0
FURTHEST = 250_000_000_000.0
"""In the year 9892, from where no time zone and no step leads out of the calendar."""
FURTHEST_ZONE = 14.0


def _span(params: Params) -> Range:
    since, until = params.seconds("since"), params.seconds("until")
    if since is None or until is None or since > min(until, FURTHEST):
        raise errors.unprocessable("since and until are needed, in seconds and in this order")
    return Range(since, min(until, FURTHEST))


def _scope(params: Params) -> Scope:
    kind = params.text("type") or "account"
    if kind not in get_args(ScopeType):
        raise errors.unprocessable(f"'{kind}' is no type of report")
    number = params.integer("id")
    if kind != "account" and number is None:
        raise errors.not_found()
    return Scope(cast("ScopeType", kind), number)


def _report(call: StaffCall) -> Report:
    return Report(call.desk.db, _scope(call.params), business=call.params.flag("business_hours"))


def show_over_time(call: StaffCall) -> Response:
    """One metric over time."""
    metric, group = call.params.text("metric"), call.params.text("group_by") or "day"
    if metric not in COUNTED and metric not in AVERAGED:
        raise errors.unprocessable(f"'{metric}' is no metric")
    if group not in get_args(Group):
        raise errors.unprocessable(f"'{group}' is nothing to group by")
    span, step = _span(call.params), cast("Group", group)
    if not is_bearable(span, step):
        raise errors.unprocessable("The range is too long for this step")
    return answer(_report(call).over_time(metric, span, step, _offset(call.params)))


def _offset(params: Params) -> float:
    try:
        hours = float(params.text("timezone_offset") or 0)
    except ValueError:
        hours = float("nan")
    if not abs(hours) <= FURTHEST_ZONE:
        raise errors.unprocessable("timezone_offset is hours from UTC")
    return hours


def show_summary(call: StaffCall) -> Response:
    """The usual metrics of a range and of the one before."""
    return answer(_report(call).summary(_span(call.params)))


def _open(live: Live) -> Json:
    return {"open": live.open, "unattended": live.unattended}


def show_conversations(call: StaffCall) -> Response:
    """How conversations stand now, for the account or by agent."""
    match call.params.text("type"):
        case "account":
            return answer(asdict(reports.live(call.desk.db)))
        case "agent":
            return answer(_by_agent(call))
        case _:
            return Response(b"", 422, media_type="application/json")


def _by_agent(call: StaffCall) -> list[Json]:
    live = reports.live_by(call.desk.db, "assignee_id")
    rows: list[Json] = [
        {
            "id": user.id,
            "name": user.name,
            "email": user.email,
            "thumbnail": "",
            "availability": call.desk.presence.status_of(user),
            "metric": _open(live.get(user.id, Live(0, 0, 0, 0))),
        }
        for user in people.users(call.desk.db)
    ]
    rows.sort(key=lambda row: -row["metric"]["open"])
    return rows[(call.params.page - 1) * PER_PAGE : call.params.page * PER_PAGE]


def show_live(call: StaffCall) -> Response:
    """How conversations stand now, for the account or a team."""
    return answer(asdict(reports.live(call.desk.db, call.params.integer("team_id"))))


def show_live_groups(call: StaffCall) -> Response:
    """How open conversations stand now, by who or which team has them."""
    column: Any = call.params.text("group_by")
    if column not in {"assignee_id", "team_id"}:
        raise errors.unprocessable("invalid group_by")
    groups = reports.live_by(call.desk.db, column)
    return answer([{**_row(live), column: key} for key, live in groups.items()])


def _row(live: Live) -> Json:
    return {"open": live.open, "unattended": live.unattended, "unassigned": live.unassigned}


def _sums(call: StaffCall, kind: ScopeType, ids: list[int]) -> list[Json]:
    span, business = _span(call.params), call.params.flag("business_hours")
    rows: list[Json] = []
    for number in ids:
        report = Report(call.desk.db, Scope(kind, number), business=business)
        rows.append(
            {
                "id": number,
                "conversations_count": report.value("conversations_count", span),
                "resolved_conversations_count": report.value("resolutions_count", span),
                "avg_resolution_time": report.value("avg_resolution_time", span),
                "avg_first_response_time": report.value("avg_first_response_time", span),
                "avg_reply_time": report.value("reply_time", span),
            }
        )
    return rows


def sum_up_agents(call: StaffCall) -> Response:
    """A range summed up by agent."""
    return answer(_sums(call, "agent", [user.id for user in people.users(call.desk.db)]))


def sum_up_teams(call: StaffCall) -> Response:
    """A range summed up by team."""
    return answer(_sums(call, "team", [team.id for team in people.teams(call.desk.db)]))


def sum_up_inboxes(call: StaffCall) -> Response:
    """A range summed up by inbox."""
    return answer(_sums(call, "inbox", [inbox.id for inbox in people.all_inboxes(call.desk.db)]))


def sum_up_labels(call: StaffCall) -> Response:
    """A range summed up by label; where nothing was measured, an average is 0 here."""
    labels = library.labels(call.desk.db)
    titles = {label.id: label.title for label in labels}
    rows = _sums(call, "label", list(titles))
    return answer(
        [{**{key: value or 0 for key, value in row.items()}, "name": titles[row["id"]]} for row in rows]
    )


def sum_up_channels(call: StaffCall) -> Response:
    """How conversations that began in a range stand, by channel; there is one."""
    span = _span(call.params)
    if span.until - span.since > HALF_A_YEAR:
        raise errors.unprocessable("The range is longer than six months")
    found = reports.statuses(call.desk.db, span)
    counts = {status: found.get(status, 0) for status in ("open", "resolved", "pending", "snoozed")}
    return answer({"Channel::Api": {**counts, "total": sum(counts.values())}})


ROUTES: list[Served] = [
    ForAdministrators("GET", f"{ACCOUNT}/reports", "One metric over time", show_over_time),
    ForAdministrators("GET", f"{ACCOUNT}/reports/summary", "The usual metrics of a range", show_summary),
    ForAdministrators(
        "GET", f"{ACCOUNT}/reports/conversations", "How conversations stand", show_conversations
    ),
    ForAdministrators(
        "GET", f"{ACCOUNT}/live_reports/conversation_metrics", "How conversations stand, by team", show_live
    ),
    ForAdministrators(
        "GET",
        f"{ACCOUNT}/live_reports/grouped_conversation_metrics",
        "How open conversations stand, by agent or team",
        show_live_groups,
    ),
    ForAdministrators("GET", f"{SUMMED}/agent", "A range summed up by agent", sum_up_agents),
    ForAdministrators("GET", f"{SUMMED}/team", "A range summed up by team", sum_up_teams),
    ForAdministrators("GET", f"{SUMMED}/inbox", "A range summed up by inbox", sum_up_inboxes),
    ForAdministrators("GET", f"{SUMMED}/label", "A range summed up by label", sum_up_labels),
    ForAdministrators("GET", f"{SUMMED}/channel", "A range by channel and status", sum_up_channels),
]
