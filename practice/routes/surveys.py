"""Routes: customers rate a conversation, leads read the ratings."""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response

from practice.changes import surveying
from practice.changes.automatic import SURVEY
from practice.dialect import errors
from practice.dialect.customers import contact, raw_contact
from practice.dialect.messages import public_message
from practice.dialect.people import agent
from practice.dialect.times import epoch, iso
from practice.routes.call import Call, Params, StaffCall, answer
from practice.routes.public import MESSAGES, conversation_of
from practice.routes.served import ACCOUNT, ForAdministrators, ForAnyone, Served
from practice.store import conversations, customers, messages, people, surveys
from practice.store.rows import Conversation, Json, Message
from practice.store.seed import ACCOUNT_ID
from practice.store.surveys import SurveyAnswer, Wanted

LIST = f"{ACCOUNT}/csat_survey_responses"
PUBLIC_SURVEY = "/public/api/v1/csat_survey/{uuid}"
RATINGS = range(1, 6)


def _given(params: Params) -> tuple[int, str]:
    """Rating and words; raises ``ApiError`` for a rating that is none."""
    response = params.nested("submitted_values").nested("csat_survey_response")
    rating = response.integer("rating")
    if rating is None or rating not in RATINGS:
        raise errors.unprocessable("Validation failed: Rating is not included in the list")
    return rating, response.text("feedback_message")


def _rate(call: Call, its: Conversation, row: Message, params: Params) -> Message:
    if surveying.is_locked(row, call.desk.clock.now()):
        raise errors.unprocessable("You cannot update the CSAT survey after 14 days")
    rating, feedback = _given(params)
    with call.desk.change() as change:
        return surveying.rate(change, its, row, rating, feedback)


def answer_message(call: Call) -> Response:
    """The customer answers a survey in the conversation."""
    its = conversation_of(call)
    row = messages.message_in(call.desk.db, its.id, call.path["message_id"])
    if row is None or row.private or row.content_type != SURVEY:
        raise errors.no_route()
    return answer(public_message(call.desk, _rate(call, its, row, call.params)))


def _survey(call: Call) -> tuple[Conversation, Message]:
    """The survey of the conversation in the address."""
    its = conversations.by_uuid(call.desk.db, call.path["uuid"])
    row = messages.newest(call.desk.db, its.id, f"content_type = '{SURVEY}'") if its else None
    if its is None or row is None:
        raise errors.no_route()
    return its, row


def show_survey(call: Call) -> Response:
    """The survey as a page of its own shows it."""
    its, row = _survey(call)
    inbox = people.inbox(call.desk.db, its.inbox_id)
    who = customers.contact(call.desk.db, its.contact_id)
    known = surveys.to_message(call.desk.db, row.id)
    form: Json = {
        "id": row.id,
        "csat_survey_response": _response(known) if known else None,
        "inbox_avatar_url": "",
        "inbox_name": inbox.name if inbox else "",
        "locale": people.account(call.desk.db).locale,
        "contact": raw_contact(who) if who else None,
        "conversation_id": its.uuid,
        "created_at": iso(row.created_at),
        "content": row.content,
    }
    return answer(form)


def _response(row: SurveyAnswer) -> Json:
    return {"rating": row.rating, "feedback_message": row.feedback, "created_at": iso(row.created_at)}


def answer_survey(call: Call) -> Response:
    """The customer answers on the page of the survey."""
    its, row = _survey(call)
    _rate(call, its, row, call.params.nested("message"))
    return show_survey(call)


def _wanted(params: Params) -> Wanted:
    return Wanted(
        since=params.seconds("since"),
        until=params.seconds("until"),
        user_ids=tuple(params.integers("user_ids")),
        inbox_id=params.integer("inbox_id"),
        team_id=params.integer("team_id"),
        rating=params.integer("rating"),
    )


def list_ratings(call: StaffCall) -> Response:
    """A page of ratings."""
    sort = call.params.text("sort")
    rows = surveys.listed(call.desk.db, _wanted(call.params), sort=sort, page=call.params.page)
    return answer([_rating(call, row) for row in rows])


def _rating(call: StaffCall, row: SurveyAnswer) -> Json:
    who = customers.contact(call.desk.db, row.contact_id)
    form: Json = {
        "id": row.id,
        "rating": row.rating,
        "feedback_message": row.feedback,
        "csat_review_notes": None,
        "review_notes_updated_at": None,
        "account_id": ACCOUNT_ID,
        "message_id": row.message_id,
        "contact": contact(who, online=call.desk.presence.is_online(who.id)) if who else None,
        "conversation_id": row.conversation_id,
        "created_at": epoch(row.created_at),
    }
    user = people.user(call.desk.db, row.assignee_id)
    if user is not None:
        form["assigned_agent"] = agent(user, call.desk.presence.status_of(user))
    return form


def sum_up_ratings(call: StaffCall) -> Response:
    """How many ratings of each kind, and of how many surveys."""
    wanted = _wanted(call.params)
    ratings = Counter(surveys.ratings(call.desk.db, wanted))
    metrics = {
        "total_count": ratings.total(),
        "ratings_count": {str(rating): count for rating, count in sorted(ratings.items())},
        "total_sent_messages_count": surveys.sent(call.desk.db, wanted),
    }
    return answer(metrics)


ROUTES: list[Served] = [
    ForAnyone("PATCH", f"{MESSAGES}/{{message_id:int}}", "The customer answers a survey", answer_message),
    ForAnyone("GET", PUBLIC_SURVEY, "The survey of a conversation", show_survey),
    ForAnyone("PUT", PUBLIC_SURVEY, "The customer answers the survey", answer_survey),
    ForAdministrators("GET", LIST, "A page of ratings", list_ratings),
    ForAdministrators("GET", f"{LIST}/metrics", "How many ratings of each kind", sum_up_ratings),
]
