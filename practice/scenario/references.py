"""Checks that the tables of a scenario fit together: names that point at something, and only once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from practice.scenario.model import Scenario, Texts
from practice.scenario.positions import Path
from practice.scenario.shapes import Problem

Rule = Callable[[Scenario], Iterator[Problem]]


def reference_problems(scenario: Scenario) -> list[Problem]:
    """Everything in ``scenario`` that points nowhere, stands twice, or can never happen."""
    return [problem for rule in RULES for problem in rule(scenario)]


def _duplicates(scenario: Scenario) -> Iterator[Problem]:
    yield from _twice("queues", "key", [queue.key for queue in scenario.queues])
    yield from _twice("queues", "name", [queue.name for queue in scenario.queues])
    yield from _twice("agents", "key", [agent.key for agent in scenario.agents])
    yield from _twice("agents", "email", [agent.email.lower() for agent in scenario.agents])
    yield from _twice("teams", "key", [team.key for team in scenario.teams])
    yield from _twice("teams", "name", [team.name.lower() for team in scenario.teams])
    yield from _twice("tags", "title", [tag.title for tag in scenario.tags])
    yield from _twice("canned", "short_code", [canned.short_code for canned in scenario.canned])
    yield from _twice("articles", "slug", [f"{item.slug} ({item.locale})" for item in scenario.articles])
    yield from _twice("patterns", "key", [pattern.key for pattern in scenario.patterns])
    yield from _twice("personas", "key", [persona.key for persona in scenario.personas])
    for field in ("email", "phone", "identifier"):
        values = [str(getattr(persona, field)).lower() for persona in scenario.personas]
        yield from _twice("personas", field, values)


def _twice(table: str, field: str, values: Sequence[str]) -> Iterator[Problem]:
    seen = set()
    for number, value in enumerate(values):
        if value and value in seen:
            yield Problem(
                (table, number, field), f"the {field} {value!r} stands in {table} already", "change one"
            )
        seen.add(value)


def _pointers(scenario: Scenario) -> Iterator[Problem]:
    queues = {queue.key for queue in scenario.queues}
    agents = {agent.key for agent in scenario.agents}
    tags = {tag.title for tag in scenario.tags}
    for number, agent in enumerate(scenario.agents):
        yield from _known(("agents", number, "queues"), agent.queues, queues, "queue")
    for number, team in enumerate(scenario.teams):
        yield from _known(("teams", number, "members"), team.members, agents, "agent")
    for number, persona in enumerate(scenario.personas):
        if persona.queue not in queues:
            yield _unknown(("personas", number, "queue"), persona.queue, queues, "queue")
        yield from _known(("personas", number, "tags"), persona.tags, tags, "tag")


def _languages(scenario: Scenario) -> Iterator[Problem]:
    known = scenario.organisation.languages
    for number, agent in enumerate(scenario.agents):
        yield from _known(("agents", number, "languages"), agent.languages, known, "language")
    for number, persona in enumerate(scenario.personas):
        if persona.language not in known:
            yield _unknown(("personas", number, "language"), persona.language, known, "language")
    for number, article in enumerate(scenario.articles):
        if article.locale not in known:
            yield _unknown(("articles", number, "locale"), article.locale, known, "language")


def _texts(scenario: Scenario) -> Iterator[Problem]:
    """A text that is given at all is given in the first language, which stands in for the others."""
    first = scenario.organisation.languages[0]
    for number, queue in enumerate(scenario.queues):
        for field in ("automatic", "greeting", "closed", "survey"):
            texts: Texts = getattr(queue, field)
            path: Path = ("queues", number, field)
            for language in texts:
                if language not in scenario.organisation.languages:
                    yield _unknown((*path, language), language, scenario.organisation.languages, "language")
            if texts and first not in texts:
                yield Problem(
                    path, f"{field} has no text in the first language, {first}", f"add {field}.{first}"
                )


def _hours(scenario: Scenario) -> Iterator[Problem]:
    for number, queue in enumerate(scenario.queues):
        seen: set[str] = set()
        for row, hours in enumerate(queue.hours):
            path: Path = ("queues", number, "hours", row)
            if hours.closes <= hours.opens:
                yield Problem(
                    path, f"it closes at {hours.closes}, before it opens", "let closes be after opens"
                )
            for twice in seen.intersection(hours.days):
                yield Problem(path, f"{twice} has hours already", "give a day once")
            seen.update(hours.days)


def _timezone(scenario: Scenario) -> Iterator[Problem]:
    name = scenario.organisation.timezone
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        path: Path = ("organisation", "timezone")
        yield Problem(path, f"the time zone {name!r} is unknown", "write it as in Europe/Helsinki")


def _arrivals(scenario: Scenario) -> Iterator[Problem]:
    for number, pattern in enumerate(scenario.patterns):
        if not any(phase.per_minute for phase in pattern.phases):
            yield Problem(("patterns", number), "nobody ever arrives", "give a phase per_minute above 0")


def _returns(scenario: Scenario) -> Iterator[Problem]:
    for number, persona in enumerate(scenario.personas):
        if persona.returns and persona.back is None:
            path: Path = ("personas", number, "returns")
            yield Problem(path, "who comes back has nothing to say", "add back = … or leave returns out")


RULES: tuple[Rule, ...] = (_duplicates, _pointers, _languages, _texts, _hours, _timezone, _arrivals, _returns)


def _known(path: Path, values: Sequence[str], known: Iterable[str], noun: str) -> Iterator[Problem]:
    for number, value in enumerate(values):
        if value not in known:
            yield _unknown((*path, number), value, known, noun)


def _unknown(path: Path, value: Any, known: Iterable[str], noun: str) -> Problem:
    names = ", ".join(sorted(known)) or "none yet"
    return Problem(path, f"there is no {noun} {value!r}", f"use one of: {names}; or add it")
