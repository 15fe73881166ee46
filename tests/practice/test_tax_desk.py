"""The tax desk's content: enough of it, in three languages, and nothing in it that is real."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import msgspec
import pytest

from practice.scenario import loader
from practice.scenario.model import Canned, Pattern, Persona, Scenario

LANGUAGES = {"fi", "sv", "en"}
CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
IDENTITY_CODE = re.compile(r"\b(\d{6})[-+A-FU-Y](\d{3})([0-9A-Y])\b")
ACCOUNT = re.compile(r"\bFI(\d{2})((?: ?\d){14})\b")
HOST = re.compile(r"https?://([^/\s]+)")
EMAIL = re.compile(r"\S+@\S+")
REAL_NAMES = ("vero.fi", "verohallin", "skatteförvaltning", "omavero", "minskatt", "mytax", "vero skatt")


@pytest.fixture(scope="module")
def desk() -> Scenario:
    return loader.load("tax")


@pytest.fixture(scope="module")
def texts(desk: Scenario) -> list[str]:
    return list(strings(msgspec.to_builtins(desk)))


def strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from chain.from_iterable(strings(part) for part in value.values())
        case list():
            yield from chain.from_iterable(strings(part) for part in value)
        case _:
            return


def said(persona: Persona) -> list[list[str]]:
    """Every way of saying something that a persona has."""
    spoken = [persona.opening, persona.thanks, persona.nudge, persona.leaving, persona.back]
    spoken += [part.say for part in persona.follow_ups]
    spoken += [part.say for part in persona.reactions]
    return [lines for variants in spoken if variants for lines in variants]


def language_of(canned: Canned) -> str:
    ending = canned.short_code.rpartition("-")[2]
    return ending if ending in LANGUAGES else "fi"


def mean_rate(pattern: Pattern) -> float:
    arrivals = sum(phase.minutes * phase.per_minute for phase in pattern.phases)
    return arrivals / sum(phase.minutes for phase in pattern.phases)


def test_nothing_is_wrong_with_the_desk() -> None:
    assert loader.problems("tax") == []


def test_there_is_enough_of_everything(desk: Scenario) -> None:
    assert len(desk.personas) >= 40
    assert len(desk.canned) >= 30
    assert len(desk.articles) >= 20
    assert 12 <= len(desk.tags) <= 16
    assert len(desk.queues) == 4
    assert len(desk.agents) == 6


def test_the_customers_write_three_languages(desk: Scenario) -> None:
    written = [persona.language for persona in desk.personas]
    assert {*desk.organisation.languages} == {*written} == LANGUAGES
    assert written.count("fi") >= 24
    assert written.count("sv") >= 10
    assert written.count("en") >= 10


def test_every_queue_is_asked_in_every_language(desk: Scenario) -> None:
    asked = {(persona.queue, persona.language) for persona in desk.personas}
    assert asked == {(queue.key, language) for queue in desk.queues for language in LANGUAGES}


def test_every_queue_greets_and_comforts_in_every_language(desk: Scenario) -> None:
    for queue in desk.queues:
        assert queue.automatic_after == 60
        assert queue.greeting.keys() == queue.automatic.keys() == LANGUAGES


def test_the_demo_agent_serves_every_queue_and_there_is_one_lead(desk: Scenario) -> None:
    first = desk.agents[0]
    assert first.role == "agent"
    assert first.queues == []
    assert {*first.languages} == LANGUAGES
    assert [agent.role for agent in desk.agents].count("administrator") == 1


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


def test_no_customer_types_or_waits_like_a_machine(desk: Scenario) -> None:
    for persona in desk.personas:
        assert 90 <= persona.patience <= 600, persona.key
        assert 3 <= persona.typing_cps <= 9, persona.key
        assert 4 <= persona.reading <= 12, persona.key


def test_who_comes_back_has_something_to_say(desk: Scenario) -> None:
    returning = [persona for persona in desk.personas if persona.returns]
    assert len(returning) >= 15
    assert all(persona.back and 0.1 <= persona.returns <= 0.5 for persona in returning)


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


def test_customers_are_told_apart(desk: Scenario) -> None:
    for name in ("key", "name", "email", "identifier"):
        values = [getattr(persona, name) for persona in desk.personas]
        assert len({*values}) == len(values), name
    assert all(re.fullmatch(r"VT-\d{4}-\d{3}", persona.identifier) for persona in desk.personas)


def test_short_codes_and_slugs_are_used_once(desk: Scenario) -> None:
    codes = [canned.short_code for canned in desk.canned]
    slugs = [article.slug for article in desk.articles]
    assert len({*codes}) == len(codes)
    assert len({*slugs}) == len(slugs)


def test_the_most_used_answers_exist_in_three_languages(desk: Scenario) -> None:
    codes = {canned.short_code for canned in desk.canned}
    for code in ("moi", "hetki", "verokortti-muutos", "kotitalous-haku", "henkilotiedot", "siirto", "loppu"):
        assert {code, f"{code}-sv", f"{code}-en"} <= codes


def test_every_canned_link_leads_to_an_article_in_its_own_language(desk: Scenario) -> None:
    root = f"{desk.organisation.help_centre}/hc/tax/articles/"
    locales = {article.slug: article.locale for article in desk.articles}
    linked = [
        (canned, link) for canned in desk.canned for link in re.findall(r"https?://\S+", canned.content)
    ]
    assert len(linked) >= 15
    for canned, link in linked:
        assert link.startswith(root), canned.short_code
        assert locales[link.removeprefix(root)] == language_of(canned), canned.short_code


def test_canned_responses_use_only_known_variables(desk: Scenario) -> None:
    used = {name for canned in desk.canned for name in re.findall(r"\{\{(.*?)\}\}", canned.content)}
    assert used == {"contact.first_name", "agent.first_name"}


def test_articles_are_long_enough_to_help_and_short_enough_to_read(desk: Scenario) -> None:
    for article in desk.articles:
        assert 80 <= len(article.content.split()) <= 200, article.slug
    assert {article.locale for article in desk.articles} == LANGUAGES


def test_articles_hold_no_sum_of_money(desk: Scenario) -> None:
    money = re.compile(r"\d\s*(?:€|euro)|(?:€|EUR)\s*\d", re.IGNORECASE)
    assert [article.slug for article in desk.articles if money.search(article.content)] == []


def test_calm_is_over_one_a_minute_and_rush_peaks_at_eight(desk: Scenario) -> None:
    patterns = {pattern.key: pattern for pattern in desk.patterns}
    assert mean_rate(patterns["calm"]) == pytest.approx(1.2, abs=0.05)
    assert max(phase.per_minute for phase in patterns["rush"].phases) == 8
    assert sum(phase.minutes for phase in patterns["rush"].phases) == 60


def test_every_address_is_an_example(desk: Scenario, texts: list[str]) -> None:
    hosts = [host for text in texts for host in HOST.findall(text)]
    emails = [email for text in texts for email in EMAIL.findall(text)]
    assert len(emails) == len(desk.personas) + len(desk.agents)
    assert [address for address in hosts + emails if not address.endswith(".example")] == []


def test_no_identity_code_could_be_anyones(texts: list[str]) -> None:
    codes = [code for text in texts for code in IDENTITY_CODE.findall(text)]
    assert codes
    for birth, number, check in codes:
        assert CHECK_CHARACTERS[int(birth + number) % 31] != check


def test_no_account_number_could_be_anyones(texts: list[str]) -> None:
    accounts = [account for text in texts for account in ACCOUNT.findall(text)]
    assert accounts
    for check, number in accounts:
        assert int(f"{number.replace(' ', '')}1518{check}") % 97 != 1


def test_no_real_office_is_named(texts: list[str]) -> None:
    assert [text for text in texts if any(name in text.lower() for name in REAL_NAMES)] == []
