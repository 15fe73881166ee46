"""Signing in with a code after the password."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest

from practice.clock import SteppedClock
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from practice.second_step import code_at, code_fits
from tests.practice.server.house import START

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def served() -> Iterator[EmbeddedDesk]:
    served = EmbeddedDesk.of(load("helpdesk"), clock=SteppedClock(START))
    with closing(served.desk), served:
        yield served


def lead(served: EmbeddedDesk) -> dict[str, str]:
    (found,) = [agent for agent in served.desk.staff() if "code_secret" in agent]
    return found


def post(served: EmbeddedDesk, **body: str) -> tuple[int, Any]:
    answer = httpx.post(f"{served.url}/auth/sign_in", json=body)
    return answer.status_code, answer.json()


def begun(served: EmbeddedDesk) -> str:
    who = lead(served)
    status, told = post(served, email=who["email"], password=who["password"])
    assert (status, told["mfa_required"]) == (206, True)
    return str(told["mfa_token"])


@pytest.mark.parametrize(("now", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_codes_are_those_of_the_standard(now: float, code: str) -> None:
    assert code_at(SECRET, now) == code
    assert code_fits(SECRET, code, now + 30)
    assert not code_fits(SECRET, code, now + 90)


def test_the_password_alone_does_not_open_the_desk_and_the_code_does(served: EmbeddedDesk) -> None:
    who = lead(served)
    code = code_at(who["code_secret"], time.time())
    status, told = post(served, mfa_token=begun(served), otp_code=code)
    assert (status, told["data"]["access_token"]) == (200, who["token"])


def test_a_wrong_code_is_refused_and_may_be_given_again(served: EmbeddedDesk) -> None:
    token = begun(served)
    assert post(served, mfa_token=token, otp_code="abcdef") == (400, {"error": "Invalid verification code"})
    assert post(served, mfa_token=token)[0] == 400
    assert post(served, mfa_token=token, backup_code=lead(served)["backup_codes"].split()[0])[0] == 200


def test_a_backup_code_and_a_first_step_serve_once(served: EmbeddedDesk) -> None:
    token, code = begun(served), lead(served)["backup_codes"].split()[3]
    assert post(served, mfa_token=token, backup_code=code)[0] == 200
    assert post(served, mfa_token=token, backup_code=code)[0] == 401
    assert post(served, mfa_token=begun(served), backup_code=code)[0] == 400


def test_a_code_that_comes_too_late_is_told_from_a_wrong_one(served: EmbeddedDesk) -> None:
    token = begun(served)
    clock = served.desk.clock
    assert isinstance(clock, SteppedClock)
    clock.advance(16 * 60)
    code = code_at(lead(served)["code_secret"], time.time())
    assert post(served, mfa_token=token, otp_code=code) == (401, {"error": "Invalid or expired MFA token"})
