"""Fills an empty desk from a scenario: staff, queues, teams and texts. No customers."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from practice.opening import DAYS, always_open, day
from practice.scenario.model import Agent, Article, Hours, Language, Queue, Scenario, Texts
from practice.store.database import Database
from practice.store.rows import Json
from practice.tokens import Tokens, password_hash

ACCOUNT_ID = 1
CHANNELS = {"web": "web_chat", "messaging": "messaging"}


def is_empty(db: Database) -> bool:
    """Whether the desk was never seeded."""
    return db.count("FROM account") == 0


def seed(db: Database, scenario: Scenario, tokens: Tokens, now: float) -> None:
    """Write a scenario into an empty database, in one transaction. ``now`` is desk time."""
    with db.transaction():
        _account(db, scenario, now)
        inboxes = {queue.key: _inbox(db, scenario, queue, tokens, now) for queue in scenario.queues}
        users = {agent.key: _user(db, agent, tokens, now) for agent in scenario.agents}
        _memberships(db, scenario, inboxes, users)
        _labels(db, scenario)
        _canned(db, scenario, now)
        _help_centre(db, scenario, users, now)


def set_passwords(db: Database, password: str, salt: bytes) -> None:
    """Give all staff this password; a practice desk has one for everyone and tells it at each start."""
    with db.transaction():
        db.run("UPDATE users SET password_hash = ?", (password_hash(password, salt),))


def slug_of(text: str) -> str:
    """``text`` as a part of an address: lower case, dashes for everything else."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _account(db: Database, scenario: Scenario, now: float) -> None:
    host = urlsplit(scenario.organisation.help_centre).hostname or "example.test"
    account = {
        "id": ACCOUNT_ID,
        "name": scenario.organisation.name,
        "locale": scenario.organisation.languages[0],
        "support_email": f"support@{host}",
        "label_key": now,
        "inbox_key": now,
        "team_key": now,
        "created_at": now,
    }
    db.insert("account", account)


def _inbox(db: Database, scenario: Scenario, queue: Queue, tokens: Tokens, now: float) -> int:
    first = scenario.organisation.languages[0]
    inbox = {
        "key": queue.key,
        "name": queue.name,
        "identifier": tokens.token("inbox"),
        "channel_id": db.count("FROM inboxes") + 1,
        "timezone": scenario.organisation.timezone,
        "working_hours_enabled": bool(queue.hours),
        "working_hours": _week(queue),
        "greeting_enabled": bool(queue.greeting),
        "greetings": _with_fallback(queue.greeting, first),
        "out_of_office": _with_fallback(queue.closed, first),
        "busy": _with_fallback(queue.automatic, first),
        "busy_after": queue.automatic_after,
        "survey_enabled": bool(queue.survey),
        "surveys": _with_fallback(queue.survey, first),
        "auto_assign": False,
        "additional_attributes": {
            "kind": CHANNELS[queue.channel],
            "topic_page": queue.topic_page,
            "bot": queue.bot,
        },
        "created_at": now,
    }
    return db.insert("inboxes", inbox)


def _week(queue: Queue) -> list[Json]:
    if not queue.hours:
        return always_open()
    by_day: dict[str, Hours] = {day: hours for hours in queue.hours for day in hours.days}
    return [_day(number, by_day.get(day)) for number, day in enumerate(DAYS)]


def _day(number: int, hours: Hours | None) -> Json:
    if hours is None:
        return day(number)
    opens, closes = (tuple(map(int, at.split(":"))) for at in (hours.opens, hours.closes))
    return day(number, opens=(opens[0], opens[1]), closes=(closes[0], closes[1]))


def _with_fallback(texts: Texts, first: Language) -> dict[str, str]:
    if not texts:
        return {}
    fallback = texts.get(first) or next(iter(texts.values()))
    return {"": fallback} | {language: text for language, text in texts.items()}  # noqa: C416  widens the keys


def _user(db: Database, agent: Agent, tokens: Tokens, now: float) -> int:
    user = {
        "name": agent.name,
        "display_name": agent.name.split()[0],
        "email": agent.email.lower(),
        "role": agent.role,
        "password_hash": "",
        "access_token": tokens.token("access"),
        "pubsub_token": tokens.token("pubsub"),
        "availability": "online",
        "auto_offline": True,
        "ui_settings": {"languages": agent.languages},
        "active_at": now,
        "created_at": now,
        "code_secret": tokens.code_secret() if agent.second_step else "",
        "backup_codes": tokens.backup_codes() if agent.second_step else [],
    }
    return db.insert("users", user)


def _memberships(db: Database, scenario: Scenario, inboxes: dict[str, int], users: dict[str, int]) -> None:
    for agent in scenario.agents:
        for key in dict.fromkeys(agent.queues or inboxes):
            db.run("INSERT INTO inbox_members VALUES (?, ?)", (inboxes[key], users[agent.key]))
    for team in scenario.teams:
        now = db.values("SELECT created_at FROM account")[0]
        fields = {"name": team.name.lower(), "description": team.description, "allow_auto_assign": False}
        team_id = db.insert("teams", {**fields, "created_at": now, "updated_at": now})
        for key in dict.fromkeys(team.members):
            db.run("INSERT INTO team_members VALUES (?, ?)", (team_id, users[key]))


def _labels(db: Database, scenario: Scenario) -> None:
    for tag in scenario.tags:
        fields = {"title": tag.title, "description": tag.description, "color": tag.color}
        db.insert("labels", {**fields, "show_on_sidebar": True})


def _canned(db: Database, scenario: Scenario, now: float) -> None:
    for canned in scenario.canned:
        fields = {"short_code": canned.short_code, "content": canned.content}
        db.insert("canned_responses", {**fields, "created_at": now, "updated_at": now})


def _help_centre(db: Database, scenario: Scenario, users: dict[str, int], now: float) -> None:
    organisation = scenario.organisation
    portal = {
        "slug": organisation.portal,
        "name": organisation.name,
        "homepage_link": organisation.help_centre,
        "custom_domain": urlsplit(organisation.help_centre).netloc,
        "locales": list(organisation.languages),
        "created_at": now,
    }
    portal_id = db.insert("portals", portal)
    author = next(iter(users.values()), None)
    categories: dict[tuple[str, str], int] = {}
    for position, article in enumerate(scenario.articles, start=1):
        shelf = (article.locale, slug_of(article.category) or "general")
        if shelf not in categories:
            fields = {"portal_id": portal_id, "slug": shelf[1], "name": article.category, "locale": shelf[0]}
            categories[shelf] = db.insert("categories", fields)
        place = {"portal_id": portal_id, "category_id": categories[shelf], "position": position * 10}
        db.insert("articles", {**_article(article), **place, "author_id": author, "updated_at": now})


def _article(article: Article) -> dict[str, object]:
    return {
        "slug": article.slug,
        "locale": article.locale,
        "title": article.title,
        "description": article.description,
        "content": article.content,
        "status": "published",
    }
