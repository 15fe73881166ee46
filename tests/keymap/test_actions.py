"""What actions need and ask is told truly."""

from __future__ import annotations

from agent_tui.keymap import ACTION_OF, ASKS, WITH_CHAT
from api_client.backend import Backend
from tests.actions_page import REQUESTS, call


def test_what_is_told_of_an_action_is_about_one_that_exists() -> None:
    assert ASKS.keys() <= ACTION_OF.keys()
    assert ACTION_OF.keys() >= WITH_CHAT


def test_what_an_action_asks_is_an_operation_of_the_backend_with_a_request() -> None:
    asked = {operation for operations in ASKS.values() for operation in operations}
    assert asked == REQUESTS.keys()
    assert all(hasattr(Backend, operation) for operation in asked)


def test_a_request_is_told_without_its_numbers() -> None:
    assert call("assign") == "POST /api/v1/accounts/{account}/conversations/{conversation}/assignments"
