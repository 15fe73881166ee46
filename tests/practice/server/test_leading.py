"""What leads set up: teams, labels, how inboxes work; and that nobody else may."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from practice.routes.served import ForAdministrators
from practice.routes.table import routes
from tests.practice.server.house import ACCOUNT, House, Staff


def patch(staff: Staff, path: str, **body: Any) -> Any:
    answer = staff.http.patch(ACCOUNT + path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def delete(staff: Staff, path: str, **body: Any) -> httpx.Response:
    return staff.http.request("DELETE", ACCOUNT + path, json=body)


@pytest.mark.parametrize(
    "route", [route for route in routes() if isinstance(route, ForAdministrators)], ids=lambda one: one.does
)
def test_what_is_for_leads_is_refused_to_others(house: House, route: ForAdministrators) -> None:
    path = route.path.replace("{account_id:int}", "1").replace("{slug}", "help")
    address = "/".join("1" if part.startswith("{") else part for part in path.split("/"))
    refused = house.mara.http.request(route.method, address, json={})
    assert refused.status_code == 401
    assert refused.json() == {"error": "You are not authorized to do this action"}


def test_a_team_comes_changes_and_goes(house: House) -> None:
    cable = house.cable(house.mara)
    keys = house.mara.get("/cache_keys")["cache_keys"]
    house.clock.advance(5)
    made = house.ida.post("/teams", name="Night Shift", description="After eight")
    assert made["name"] == "night shift"
    assert (made["allow_auto_assign"], made["is_member"]) == (True, False)
    [(name, data)] = cable.events()
    assert name == "account.cache_invalidated"
    assert data["cache_keys"]["team"] > keys["team"]
    assert data["cache_keys"] == house.mara.get("/cache_keys")["cache_keys"]
    path = f"/teams/{made['id']}"
    assert patch(house.ida, path, team={"description": "From nine"})["description"] == "From nine"
    assert house.ida.refused("POST", "/teams", name="Workshop")[1]["attributes"] == ["name"]
    assert house.ida.refused("POST", "/teams", name=" ")[0] == 422
    assert delete(house.ida, path).content == b""
    assert house.ida.refused("GET", path)[0] == 404


def test_members_are_added_set_and_removed(house: House) -> None:
    path = f"/teams/{house.ida.post('/teams', name='day')['id']}/team_members"
    mara, sam, ida = house.mara.id, house.sam.id, house.ida.id
    assert [one["id"] for one in house.ida.post(path, user_ids=[mara, sam])] == [mara, sam]
    assert [one["id"] for one in house.ida.post(path, user_ids=[sam, ida])] == [ida]
    assert [one["id"] for one in patch(house.ida, path, user_ids=[sam])] == [sam]
    assert delete(house.ida, path, user_ids=[sam]).content == b""
    assert house.ida.get(path) == []
    assert house.ida.refused("POST", path, user_ids=[987])[0] == 422


def test_what_a_dissolved_team_was_handed_stays(house: House) -> None:
    team = house.ida.post("/teams", name="short lived", allow_auto_assign=False)["id"]
    customer = house.customer("Shoes").start()
    house.sam.post(f"/conversations/{customer.number}/assignments", team_id=team)
    delete(house.ida, f"/teams/{team}")
    assert "team" not in house.sam.conversation(customer.number)["meta"]


def test_a_team_that_assigns_picks_whoever_is_online_and_has_least_to_do(house: House) -> None:
    team = house.ida.post("/teams", name="quick")["id"]
    house.ida.post(f"/teams/{team}/team_members", user_ids=[house.mara.id, house.sam.id])
    path = "/conversations/{}/assignments"
    house.clock.advance(60)  # whoever had a cable before counts as gone
    nobody = house.customer("Shoes").start()
    house.sam.post(path.format(nobody.number), team_id=team)
    assert "assignee" not in house.sam.conversation(nobody.number)["meta"]
    cable = house.cable(house.sam)
    customer = house.customer("Shoes").start()
    cable.settle()
    house.sam.post(path.format(customer.number), team_id=team)
    assert house.sam.conversation(customer.number)["meta"]["assignee"]["id"] == house.sam.id
    update, message, changed = "conversation.updated", "message.created", "assignee.changed"
    assert cable.names() == ["team.changed", update, message, changed, update, message]


def test_an_inbox_that_assigns_gives_new_conversations_to_whoever_is_online(house: House) -> None:
    shoes = next(one["id"] for one in house.ida.get("/inboxes")["payload"] if one["name"] == "Shoes")
    patch(house.ida, f"/inboxes/{shoes}", enable_auto_assignment=True)
    house.clock.advance(60)  # whoever had a cable before counts as gone
    cable = house.cable(house.sam)
    customer = house.customer("Shoes").start()
    heard = cable.names()
    assert heard[:4] == [
        "contact.created",
        "conversation.created",
        "assignee.changed",
        "conversation.updated",
    ]
    assert heard[-1] == "notification.created"
    assert house.sam.conversation(customer.number)["meta"]["assignee"]["id"] == house.sam.id
    patch(house.ida, f"/inboxes/{shoes}", enable_auto_assignment=False)


def test_a_label_comes_changes_and_goes(house: House) -> None:
    customer = house.customer("Shoes").start()
    made = house.ida.post("/labels", title="Rush-Hour", color="#ff0000", description="Many at once")
    assert (made["title"], made["color"]) == ("rush-hour", "#ff0000")
    house.sam.post(f"/conversations/{customer.number}/labels", labels=["rush-hour", "vip"])
    path = f"/labels/{made['id']}"
    assert patch(house.ida, path, title="rush")["title"] == "rush"
    assert house.sam.get(f"/conversations/{customer.number}/labels")["payload"] == ["rush", "vip"]
    assert house.ida.refused("POST", "/labels", title="two words")[0] == 422
    assert house.ida.refused("POST", "/labels", title="rush")[1]["attributes"] == ["title"]
    assert delete(house.ida, path).content == b""
    assert house.ida.refused("GET", path)[0] == 404
    assert "rush" in house.sam.get(f"/conversations/{customer.number}/labels")["payload"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"timezone": "Europe/Atlantis"},
        {"working_hours": [{"day_of_week": 7}]},
        {"working_hours": [{"day_of_week": 1}]},
        {"working_hours": "always"},
        {
            "working_hours": [
                {"day_of_week": 1, "open_hour": 9, "open_minutes": 0, "close_hour": 9, "close_minutes": 0}
            ]
        },
    ],
)
def test_hours_that_cannot_be_are_refused(house: House, wrong: dict[str, Any]) -> None:
    assert house.ida.refused("PATCH", "/inboxes/1", **wrong)[0] == 422


def test_a_lead_changes_the_hours_of_an_inbox(house: House) -> None:
    monday = {"day_of_week": 1, "open_hour": 10, "open_minutes": 30, "close_hour": 12, "close_minutes": 0}
    before = house.ida.get("/inboxes/1")
    changed = patch(house.ida, "/inboxes/1", working_hours_enabled=True, working_hours=[monday], name="Hats")
    assert changed["working_hours_enabled"] is True
    days = {one["day_of_week"]: one for one in changed["working_hours"]}
    assert len(days) == 7
    assert days[1] == {**monday, "closed_all_day": False, "open_all_day": False}
    assert house.mara.get("/inboxes/1") == changed
    restored = {"working_hours_enabled": False, "working_hours": before["working_hours"]}
    assert patch(house.ida, "/inboxes/1", **restored) == before
