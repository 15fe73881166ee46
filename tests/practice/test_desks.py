"""Every desk that comes along: enough of everything, in each of its languages, and nothing that is real."""

from __future__ import annotations

import contextlib
import re
from typing import Any

import pytest

from practice.app import create_app
from practice.clock import SteppedClock
from practice.customers.door import Door
from practice.customers.simulation import Simulation
from practice.customers.understanding import kinds_of
from practice.desk import Desk
from practice.scenario import loader
from practice.scenario.model import Pattern, Scenario
from practice.store import people
from tests.practice.desk_content import (
    CHECK_CHARACTERS,
    DESKS,
    EMAIL,
    HOST,
    IDENTITY_CODE,
    LINK,
    Facts,
    language_of,
    said,
    texts_of,
)

START = 1_900_000_000.0


@pytest.fixture(scope="module", params=sorted(DESKS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def desk(name: str) -> Scenario:
    return loader.load(name)


@pytest.fixture(scope="module")
def facts(name: str) -> Facts:
    return DESKS[name]


@pytest.fixture(scope="module")
def texts(desk: Scenario) -> list[str]:
    return texts_of(desk)


def mean_rate(pattern: Pattern) -> float:
    arrivals = sum(phase.minutes * phase.per_minute for phase in pattern.phases)
    return arrivals / sum(phase.minutes for phase in pattern.phases)


def test_every_desk_that_comes_along_is_looked_at() -> None:
    assert sorted(DESKS) == loader.available()


def test_nothing_is_wrong_with_the_desk(name: str) -> None:
    assert loader.problems(name) == []


def test_there_is_enough_of_everything(desk: Scenario) -> None:
    assert len(desk.personas) >= 40
    assert len(desk.canned) >= 30
    assert len(desk.articles) >= 20
    assert 12 <= len(desk.tags) <= 16
    assert len(desk.queues) == 4
    assert len(desk.agents) == 6
    assert len(desk.teams) >= 3


def test_the_customers_write_all_its_languages(desk: Scenario, facts: Facts) -> None:
    written = [persona.language for persona in desk.personas]
    assert tuple(desk.organisation.languages) == facts.languages
    assert {*written} == {*facts.languages}
    assert all(written.count(language) >= 10 for language in written)


def test_every_queue_is_asked_in_every_language(desk: Scenario, facts: Facts) -> None:
    asked = {(persona.queue, persona.language) for persona in desk.personas}
    assert asked == {(queue.key, language) for queue in desk.queues for language in facts.languages}


def test_every_queue_greets_and_comforts_in_every_language(desk: Scenario, facts: Facts) -> None:
    for queue in desk.queues:
        assert queue.automatic_after == facts.automatic_after
        assert queue.greeting.keys() == queue.automatic.keys() == {*facts.languages}


def test_the_demo_agent_serves_every_queue_and_there_is_one_lead(desk: Scenario, facts: Facts) -> None:
    first = desk.agents[0]
    assert first.role == "agent"
    assert first.queues == []
    assert {*first.languages} == {*facts.languages}
    assert [agent.role for agent in desk.agents].count("administrator") == 1


def test_every_queue_has_somebody_besides_the_demo_agent(desk: Scenario) -> None:
    others = {key for agent in desk.agents[1:] for key in agent.queues}
    assert others == {queue.key for queue in desk.queues}


def test_every_customer_thanks_and_has_more_than_one_way_to_begin(desk: Scenario) -> None:
    for persona in desk.personas:
        assert persona.thanks, persona.key
        assert 2 <= len(persona.opening) <= 3, persona.key
        assert 2 <= len(persona.follow_ups) <= 4, persona.key


def test_no_customer_sends_an_empty_message(desk: Scenario) -> None:
    for persona in desk.personas:
        assert all(line.strip() for lines in said(persona) for line in lines), persona.key


def test_every_customer_answers_a_question_and_notices_a_link(desk: Scenario) -> None:
    for persona in desk.personas:
        assert {"question", "link"} <= {reaction.to for reaction in persona.reactions}, persona.key


def test_no_customer_types_or_waits_like_a_machine(desk: Scenario, facts: Facts) -> None:
    for persona in desk.personas:
        assert facts.patience[0] <= persona.patience <= facts.patience[1], persona.key
        assert facts.reading[0] <= persona.reading <= facts.reading[1], persona.key
        assert 3 <= persona.typing_cps <= 9, persona.key


def test_who_comes_back_has_something_to_say(desk: Scenario, facts: Facts) -> None:
    returning = [persona for persona in desk.personas if persona.returns]
    assert len(returning) >= 15
    for persona in returning:
        assert persona.back, persona.key
        assert 0.1 <= persona.returns <= 0.5, persona.key
        assert facts.returns_after[0] <= persona.returns_after <= facts.returns_after[1], persona.key


def test_some_customers_leave_silently(desk: Scenario) -> None:
    silent = [persona.key for persona in desk.personas if persona.leaving is None]
    assert 5 <= len(silent) < len(desk.personas) / 2


def test_the_difficult_customers_are_among_them(desk: Scenario) -> None:
    lines = [line for persona in desk.personas for spoken in said(persona) for line in spoken]
    assert any(len(line) > 1000 for line in lines)
    assert any("\N{ZERO WIDTH JOINER}" in line for line in lines)
    openings = [spoken for persona in desk.personas for spoken in persona.opening]
    assert any(len(spoken) >= 5 and all(" " not in line for line in spoken) for spoken in openings)


def test_every_customer_has_tags_and_every_tag_a_customer(desk: Scenario) -> None:
    assert all(persona.tags for persona in desk.personas)
    assert {tag for persona in desk.personas for tag in persona.tags} == {tag.title for tag in desk.tags}


def test_every_tag_and_team_says_when_to_use_it(desk: Scenario) -> None:
    assert all(tag.description for tag in desk.tags)
    assert all(team.description and team.members for team in desk.teams)


def test_customers_are_told_apart(desk: Scenario, facts: Facts) -> None:
    for field in ("key", "name", "email", "identifier"):
        values = [getattr(persona, field) for persona in desk.personas]
        assert len({*values}) == len(values), field
    assert all(re.fullmatch(facts.customer_number, persona.identifier) for persona in desk.personas)


def test_short_codes_and_slugs_are_used_once(desk: Scenario) -> None:
    codes = [canned.short_code for canned in desk.canned]
    slugs = [article.slug for article in desk.articles]
    assert len({*codes}) == len(codes)
    assert len({*slugs}) == len(slugs)


def test_the_most_used_answers_exist_in_every_language(desk: Scenario, facts: Facts) -> None:
    codes = {canned.short_code for canned in desk.canned}
    for code in facts.most_used:
        assert {code, *(f"{code}-{language}" for language in facts.languages[1:])} <= codes


def test_every_translated_answer_has_its_original(desk: Scenario, facts: Facts) -> None:
    codes = {canned.short_code for canned in desk.canned}
    endings = tuple(f"-{language}" for language in facts.languages)
    translated = {code for code in codes if code.endswith(endings)}
    assert {code for code in translated if code.rpartition("-")[0] not in codes} == {*facts.one_language_only}


def test_every_language_can_hold_ask_link_and_say_goodbye(desk: Scenario, facts: Facts) -> None:
    for language in facts.languages:
        own = [canned for canned in desk.canned if language_of(canned, facts.languages) == language]
        kinds = {kind for canned in own for kind in kinds_of([canned.content], ())}
        assert {"hold", "question", "link", "closing"} <= kinds, language


def test_every_canned_link_leads_to_an_article_in_its_own_language(desk: Scenario, facts: Facts) -> None:
    root = f"{desk.organisation.help_centre}/hc/{facts.portal}/articles/"
    locales = {article.slug: article.locale for article in desk.articles}
    linked = [(canned, link) for canned in desk.canned for link in LINK.findall(canned.content)]
    assert len(linked) >= 15
    for canned, link in linked:
        assert link.startswith(root), canned.short_code
        assert locales[link.removeprefix(root)] == language_of(canned, facts.languages), canned.short_code


def test_canned_responses_use_only_known_variables(desk: Scenario) -> None:
    used = {name for canned in desk.canned for name in re.findall(r"\{\{(.*?)\}\}", canned.content)}
    assert used == {"contact.first_name", "agent.first_name"}


def test_articles_are_long_enough_to_help_and_short_enough_to_read(desk: Scenario, facts: Facts) -> None:
    for article in desk.articles:
        assert 80 <= len(article.content.split()) <= 200, article.slug
    assert {article.locale for article in desk.articles} == {*facts.languages}


def test_articles_hold_no_sum_of_money(desk: Scenario) -> None:
    money = re.compile(r"\d\s*(?:€|euro)|(?:€|EUR)\s*\d", re.IGNORECASE)
    assert [article.slug for article in desk.articles if money.search(article.content)] == []


def test_a_rush_is_an_hour_that_peaks_well_above_the_calm(desk: Scenario) -> None:
    patterns = {pattern.key: pattern for pattern in desk.patterns}
    assert sum(phase.minutes for phase in patterns["rush"].phases) == 60
    assert max(phase.per_minute for phase in patterns["rush"].phases) > 4 * mean_rate(patterns["calm"])


def test_every_address_is_an_example(desk: Scenario, texts: list[str]) -> None:
    hosts = [host for text in texts for host in HOST.findall(text)]
    emails = [email for text in texts for email in EMAIL.findall(text)]
    assert len(emails) >= len(desk.personas) + len(desk.agents)
    assert [address for address in hosts + emails if not address.endswith(".example")] == []


def test_no_identity_code_could_be_anyones(texts: list[str]) -> None:
    codes = [code for text in texts for code in IDENTITY_CODE.findall(text)]
    for birth, number, check in codes:
        assert CHECK_CHARACTERS[int(birth + number) % 31] != check


def test_nothing_real_is_named(facts: Facts, texts: list[str]) -> None:
    assert [text for text in texts if any(real in text.lower() for real in facts.real_names)] == []


class Answerer:
    """An agent who answers whoever waits and resolves what has been quiet for five minutes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.answers = 0
        token = people.users(desk.db)[0].access_token
        self._door = Door(create_app(desk), {"api_access_token": token})

    async def look(self) -> None:
        listed = await self._door.call("GET", "/api/v1/accounts/1/conversations")
        for row in listed["data"]["payload"]:
            await self._serve(row)

    async def _serve(self, row: dict[str, Any]) -> None:
        chat = f"/api/v1/accounts/1/conversations/{row['id']}"
        if row["waiting_since"]:
            self.answers += 1
            text = f"This should help: {self.answers}."
            await self._door.call("POST", f"{chat}/messages", {"content": text})
        elif row["last_activity_at"] < self.desk.clock.now() - 300:
            await self._door.call("POST", f"{chat}/toggle_status", {"status": "resolved"})


def test_whom_the_demo_signs_in_as_is_the_desks_first_agent(desk: Scenario) -> None:
    served = Desk(desk, SteppedClock(START), seed_number=1)
    with contextlib.closing(served):
        assert served.staff()[0]["email"] == desk.agents[0].email


async def test_an_hour_in_which_everybody_is_answered_goes_without_a_refusal(desk: Scenario) -> None:
    clock = SteppedClock(START)
    served = Desk(desk, clock, seed_number=1)
    with contextlib.closing(served):
        customers = Simulation(served, desk, seed=1)
        agent = Answerer(served)
        for _ in range(120):
            await customers.advance_to(clock.now() + 30)
            await agent.look()

    assert customers.tally.failed == 0
    assert customers.tally.arrived >= 20
    assert customers.tally.content > 0
    assert customers.tally.unserved == 0
    assert agent.answers > customers.tally.arrived
