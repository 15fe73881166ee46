"""What is special to the tax desk: three languages in their shares, and numbers that belong to nobody."""

from __future__ import annotations

import re

import pytest

from practice.scenario import loader
from practice.scenario.model import Scenario
from tests.practice.desk_content import IDENTITY_CODE, texts_of

ACCOUNT = re.compile(r"\bFI(\d{2})((?: ?\d){14})\b")


@pytest.fixture(scope="module")
def desk() -> Scenario:
    return loader.load("tax")


@pytest.fixture(scope="module")
def texts(desk: Scenario) -> list[str]:
    return texts_of(desk)


def test_most_customers_write_finnish_and_many_swedish_or_english(desk: Scenario) -> None:
    written = [persona.language for persona in desk.personas]
    assert written.count("fi") >= 24
    assert written.count("sv") >= 10
    assert written.count("en") >= 10


def test_calm_is_over_one_a_minute_and_rush_peaks_at_eight(desk: Scenario) -> None:
    patterns = {pattern.key: pattern for pattern in desk.patterns}
    calm = patterns["calm"].phases
    arrivals = sum(phase.minutes * phase.per_minute for phase in calm)
    assert arrivals / sum(phase.minutes for phase in calm) == pytest.approx(1.2, abs=0.05)
    assert max(phase.per_minute for phase in patterns["rush"].phases) == 8


def test_some_customers_write_an_identity_code_where_it_does_not_belong(texts: list[str]) -> None:
    assert [code for text in texts for code in IDENTITY_CODE.findall(text)]


def test_no_account_number_could_be_anyones(texts: list[str]) -> None:
    accounts = [account for text in texts for account in ACCOUNT.findall(text)]
    assert accounts
    for check, number in accounts:
        assert int(f"{number.replace(' ', '')}1518{check}") % 97 != 1
