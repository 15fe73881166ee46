"""Canned responses and macros: made, changed, done."""

from __future__ import annotations

from typing import Any

import pytest

from tests.practice.server.house import ACCOUNT, Customer, House, Staff


def patch(staff: Staff, path: str, **body: Any) -> Any:
    return staff.http.patch(ACCOUNT + path, json=body).json()


def test_any_agent_writes_canned_responses(house: House) -> None:
    made = house.sam.post("/canned_responses", short_code="return", content="Send it back")
    assert (made["short_code"], made["account_id"]) == ("return", 1)
    assert made["created_at"].endswith("Z")
    path = f"/canned_responses/{made['id']}"
    changed = patch(house.mara, path, canned_response={"content": "Just send it back"})
    assert (changed["short_code"], changed["content"]) == ("return", "Just send it back")
    assert made["id"] in [one["id"] for one in house.mara.get("/canned_responses", search="just send")]
    assert house.mara.http.delete(ACCOUNT + path).content == b""
    assert house.sam.refused("PATCH", path, content="x")[0] == 404


@pytest.mark.parametrize(
    ("given", "attribute"),
    [
        ({"short_code": "hello", "content": "again"}, "short_code"),
        ({"short_code": "", "content": "x"}, "short_code"),
        ({"short_code": "new"}, "content"),
    ],
)
def test_a_short_code_is_given_once(house: House, given: dict[str, str], attribute: str) -> None:
    status, body = house.sam.refused("POST", "/canned_responses", **given)
    assert (status, body["attributes"]) == (422, [attribute])


def step(name: str, *given: Any) -> dict[str, Any]:
    return {"action_name": name, "action_params": list(given)}


@pytest.fixture
def customer(house: House) -> Customer:
    customer = house.customer("Shoes").start()
    customer.says("I want my money back")
    return customer


def execute(house: House, customer: Customer, *steps: dict[str, Any]) -> Any:
    macro = house.sam.post("/macros", name="Steps", actions=list(steps))["payload"]
    answer = house.sam.post(f"/macros/{macro['id']}/execute", conversation_ids=[customer.number, 99999])
    assert answer is None
    return house.sam.conversation(customer.number)


def test_macros_are_everybodys_or_ones_own(house: House) -> None:
    mine = house.sam.post("/macros", name="Mine", visibility="global", actions=[])["payload"]
    assert mine["visibility"] == "personal"
    ours = house.ida.post("/macros", name="Ours", visibility="global", actions=[step("add_label", "vip")])
    ids = [one["id"] for one in house.sam.get("/macros")["payload"]]
    assert mine["id"] in ids
    assert ours["payload"]["id"] in ids
    assert mine["id"] not in [one["id"] for one in house.mara.get("/macros")["payload"]]
    assert house.mara.refused("GET", f"/macros/{mine['id']}")[0] == 404
    assert house.mara.refused("PATCH", f"/macros/{ours['payload']['id']}", name="Theirs")[0] == 401
    assert (
        patch(house.ida, f"/macros/{ours['payload']['id']}", name="All of us")["payload"]["name"]
        == "All of us"
    )
    assert ours["payload"]["created_by"]["id"] == house.ida.id
    assert house.sam.http.delete(f"{ACCOUNT}/macros/{mine['id']}").content == b""
    assert house.sam.refused("GET", f"/macros/{mine['id']}")[0] == 404


@pytest.mark.parametrize(
    "given",
    [
        {"name": " ", "actions": []},
        {"name": "x", "actions": "refund"},
        {"name": "x", "actions": [{"action_params": []}]},
        {"name": "x", "actions": [step("order_pizza")]},
    ],
)
def test_a_macro_that_cannot_be_is_refused(house: House, given: dict[str, Any]) -> None:
    assert house.sam.refused("POST", "/macros", **given)[0] == 422


def test_a_macro_does_its_steps_as_the_one_who_started_it(house: House, customer: Customer) -> None:
    cable = house.cable(customer)
    shown = execute(
        house,
        customer,
        step("assign_agent", "self"),
        step("add_label", "refund", "money"),
        step("remove_label", "money"),
        step("change_priority", "urgent"),
        step("add_private_note", "checked the order"),
        step("send_message", "The money is on its way"),
        step("assign_team", 1),
        step("send_email_transcript", "boss@kite.example"),
        step("send_webhook_event", "https://elsewhere.example"),
        step("resolve_conversation"),
    )
    assert (shown["labels"], shown["priority"], shown["status"]) == (["refund"], "urgent", "resolved")
    assert shown["meta"]["team"]["id"] == 1
    said = [data["content"] for name, data in cable.events() if name == "message.created"]
    assert said == ["The money is on its way"]
    messages = house.sam.get(f"/conversations/{customer.number}/messages")["payload"]
    reply = next(one for one in messages if one["content"] == "The money is on its way")
    assert reply["sender"]["id"] == house.sam.id
    [note] = [one for one in messages if one["private"]]
    assert note["content"] == "checked the order"


def test_steps_take_back_what_others_did(house: House, customer: Customer) -> None:
    house.sam.reply(customer.number, "Hello")
    first = execute(house, customer, step("assign_agent", "last_responding_agent"), step("assign_team", "1"))
    assert "assignee" not in first["meta"]  # Sam is not in the team
    assert first["meta"]["team"]["id"] == 1
    second = execute(
        house,
        customer,
        step("assign_agent", house.ida.id),
        step("remove_assigned_team"),
        step("change_priority", "low"),
        step("snooze_conversation"),
    )
    assert "team" not in second["meta"]
    assert (second["meta"]["assignee"]["id"], second["status"]) == (house.ida.id, "snoozed")
    third = execute(
        house,
        customer,
        step("assign_agent", "nil"),
        step("change_priority", "nil"),
        step("change_status", "open"),
        step("remove_assigned_agent"),
        step("mute_conversation"),
    )
    assert "assignee" not in third["meta"]
    assert (third["priority"], third["muted"]) == (None, True)


def test_steps_that_make_no_sense_are_passed_over(house: House, customer: Customer) -> None:
    shown = execute(
        house,
        customer,
        step("assign_agent", "Sam"),
        step("assign_team", 99),
        step("assign_team"),
        step("change_status", "gone"),
        step("change_priority", "highest"),
        step("send_message"),
        step("send_attachment", "unknown"),
    )
    assert (shown["status"], shown["priority"], shown["meta"].get("assignee")) == ("open", None, None)


def test_a_macro_sends_a_file_that_was_uploaded(house: House, customer: Customer) -> None:
    file = {"attachment": ("form.pdf", b"%PDF-1.7", "application/pdf")}
    key = house.sam.http.post(f"{ACCOUNT}/upload", files=file).json()["blob_id"]
    for _ in range(2):
        shown = execute(house, customer, step("send_attachment", key))
    assert shown["messages"][0]["attachments"][0]["content_type"] == "application/pdf"
