"""Who may talk to the desk, and what it says to those who may not."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import formatdate

import httpx
import pytest

from tests.practice.server.house import ACCOUNT, House


@pytest.mark.parametrize("header", ["api_access_token", "api-access-token"])
def test_the_access_token_works_in_both_spellings(house: House, header: str) -> None:
    answer = httpx.get(f"{house.url}/api/v1/profile", headers={header: house.mara.token})
    assert answer.json()["email"] == "mara@kite.example"


def test_the_profile_tells_role_account_and_both_tokens(house: House) -> None:
    profile = house.mara.profile
    assert profile["role"] == "agent"
    assert profile["account_id"] == profile["accounts"][0]["id"] == 1
    assert profile["available_name"] == "Mara"
    assert profile["avatar_url"] == ""
    assert len(profile["access_token"]) == len(profile["pubsub_token"]) == 24


def test_signing_in_by_password_opens_a_session(house: House) -> None:
    body = {"email": "MARA@kite.example", "password": house.mara.password}
    answer = httpx.post(f"{house.url}/auth/sign_in", json=body)
    assert answer.json()["data"]["access_token"] == house.mara.token
    assert answer.headers["token-type"] == "Bearer"
    session = {name: answer.headers[name] for name in ("access-token", "client", "uid")}
    assert httpx.get(f"{house.url}/api/v1/profile", headers=session).json()["id"] == house.mara.id
    checked = httpx.get(f"{house.url}/auth/validate_token", headers=session).json()
    assert checked["payload"]["success"] is True
    assert httpx.delete(f"{house.url}/auth/sign_out", headers=session).status_code == 200
    assert httpx.get(f"{house.url}/api/v1/profile", headers=session).status_code == 401


def test_a_session_runs_out_after_two_months(house: House) -> None:
    body = {"email": house.sam.email, "password": house.sam.password}
    answer = httpx.post(f"{house.url}/auth/sign_in", json=body)
    session = {name: answer.headers[name] for name in ("access-token", "client", "uid")}
    house.clock.advance(61 * 24 * 3600)
    assert httpx.get(f"{house.url}/api/v1/profile", headers=session).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": "mara@kite.example", "password": "wrong"},
        {"email": "nobody@kite.example", "password": "x"},
    ],
)
def test_a_wrong_password_is_refused_without_saying_what_was_wrong(
    house: House, body: dict[str, str]
) -> None:
    answer = httpx.post(f"{house.url}/auth/sign_in", json=body)
    assert answer.status_code == 401
    assert answer.json() == {"success": False, "errors": ["Invalid login credentials. Please try again."]}


def test_nobody_and_a_wrong_token_are_told_apart(house: House) -> None:
    nobody = httpx.get(f"{house.url}/api/v1/profile")
    assert (nobody.status_code, list(nobody.json())) == (401, ["errors"])
    wrong = httpx.get(f"{house.url}/api/v1/profile", headers={"api_access_token": "wrong"})
    assert (wrong.status_code, wrong.json()) == (401, {"error": "Invalid Access Token"})


def test_another_account_is_refused(house: House) -> None:
    answer = house.mara.http.get("/api/v1/accounts/2/conversations")
    assert answer.status_code == 401
    assert answer.json() == {"error": "You are not authorized to access this account"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{ACCOUNT}/reports"),
        ("DELETE", f"{ACCOUNT}/conversations"),
        ("GET", "/api/v9"),
        ("GET", "/nowhere"),
    ],
)
def test_what_is_not_served_answers_the_json_404(house: House, method: str, path: str) -> None:
    answer = house.mara.http.request(method, path)
    assert (answer.status_code, answer.json()) == (404, {"status": 404, "error": "Not Found"})


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff\xfe", b'"text"', b'{"a":' + b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused_clearly(house: House, content: bytes) -> None:
    answer = httpx.post(f"{house.url}/auth/sign_in", content=content)
    assert answer.status_code == 422
    assert "JSON" in answer.json()["error"]


def test_a_body_above_one_mebibyte_is_refused(house: House) -> None:
    answer = httpx.post(f"{house.url}/auth/sign_in", content=b" " * (1024 * 1024 + 1))
    assert answer.status_code == 413


def test_the_version_probe_and_the_date_tell_the_desks_time(house: House) -> None:
    house.clock.advance(86_400)
    answer = httpx.get(f"{house.url}/api")
    assert answer.json()["version"] == "4.15.1"
    assert answer.headers.get_list("date") == [formatdate(house.clock.now(), usegmt=True)]
    assert answer.json()["timestamp"] == f"{datetime.fromtimestamp(house.clock.now(), UTC):%Y-%m-%d %H:%M:%S}"


def test_health_needs_no_credentials(house: House) -> None:
    assert httpx.get(f"{house.url}/health").json() == {"status": "woot"}


def test_availability_is_chosen_and_shows_while_a_cable_lives(house: House) -> None:
    answer = house.sam.http.post("/api/v1/profile/availability", json={"profile": {"availability": "busy"}})
    mine = answer.json()["accounts"][0]
    assert (mine["availability"], mine["availability_status"]) == ("busy", "offline")
    house.cable(house.sam)
    assert _status_of(house, house.sam.id) == "busy"
    house.clock.advance(21)
    assert _status_of(house, house.sam.id) == "offline"


def test_whoever_switches_auto_offline_off_keeps_their_status_without_a_cable(house: House) -> None:
    house.ida.http.post("/api/v1/profile/auto_offline", json={"profile": {"auto_offline": False}})
    assert _status_of(house, house.ida.id) == "online"


def test_an_unknown_availability_is_refused(house: House) -> None:
    answer = house.sam.http.post("/api/v1/profile/availability", json={"profile": {"availability": "asleep"}})
    assert answer.status_code == 422


def _status_of(house: House, user_id: int) -> str:
    found = next(agent for agent in house.mara.get("/agents") if agent["id"] == user_id)
    return str(found["availability_status"])
