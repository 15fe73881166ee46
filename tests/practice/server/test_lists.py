"""Agents, inboxes, teams, labels, contacts, canned responses and articles."""

from __future__ import annotations

from typing import Any

from tests.practice.server.house import House


def names(rows: list[dict[str, Any]], key: str = "name") -> list[Any]:
    return [row[key] for row in rows]


def test_the_account_tells_what_it_can_do(house: House) -> None:
    account = house.mara.get("")
    assert (account["name"], account["locale"]) == ("Kite Hats", "en")
    assert account["features"]["canned_responses"] is True
    assert account["created_at"].endswith("Z")
    assert house.mara.get("/cache_keys")["cache_keys"] == account["cache_keys"]


def test_agents_are_a_bare_list_by_name(house: House) -> None:
    agents = house.mara.get("/agents")
    assert names(agents) == ["Ida Brandt", "Mara Lindqvist", "Sam Okoro"]
    assert agents[0]["thumbnail"] == ""
    assert "avatar_url" not in agents[0]


def test_an_agent_lists_their_own_inboxes_and_an_administrator_all(house: House) -> None:
    assert names(house.mara.get("/inboxes")["payload"]) == ["Hats"]
    inboxes = house.ida.get("/inboxes")["payload"]
    assert names(inboxes) == ["Hats", "Shoes"]
    assert names(inboxes, "channel_type") == ["Channel::Api", "Channel::Api"]
    assert house.ida.get(f"/inboxes/{inboxes[1]['id']}") == inboxes[1]
    assert house.mara.refused("GET", f"/inboxes/{inboxes[1]['id']}")[0] == 401
    assert house.mara.refused("GET", "/inboxes/99")[0] == 404


def test_members_and_assignable_agents(house: House) -> None:
    hats, shoes = (inbox["id"] for inbox in house.ida.get("/inboxes")["payload"])
    assert names(house.ida.get(f"/inbox_members/{hats}")["payload"]) == ["Ida Brandt", "Mara Lindqvist"]
    both = house.mara.get("/assignable_agents", **{"inbox_ids[]": [hats, shoes]})["payload"]
    assert names(both) == ["Ida Brandt"]
    one = house.mara.get("/assignable_agents", **{"inbox_ids[]": shoes})["payload"]
    assert names(one) == ["Ida Brandt", "Sam Okoro"]
    assert house.mara.refused("GET", "/assignable_agents")[0] == 404


def test_teams_tell_whether_the_caller_belongs(house: House) -> None:
    [team] = house.mara.get("/teams")
    assert (team["name"], team["is_member"]) == ("workshop", True)
    assert house.sam.get(f"/teams/{team['id']}")["is_member"] is False
    assert names(house.sam.get(f"/teams/{team['id']}/team_members")) == ["Ida Brandt", "Mara Lindqvist"]
    assert house.sam.refused("GET", "/teams/99")[0] == 404


def test_labels_are_wrapped_and_sorted_by_title(house: House) -> None:
    assert names(house.mara.get("/labels")["payload"], "title") == ["billing", "delivery"]


def test_contacts_list_those_who_can_be_reached(house: House) -> None:
    house.customer(name="Nameless")
    reachable = house.customer(
        name="Reachable", email="reach@customers.example", phone_number="+358400000009"
    )
    listed = house.mara.get("/contacts", sort="-created_at")
    assert listed["meta"] == {"count": len(listed["payload"]), "current_page": 1}
    assert "Nameless" not in names(listed["payload"])
    contact = next(row for row in listed["payload"] if row["id"] == reachable.id)
    assert contact["contact_inboxes"][0]["source_id"] == reachable.contact["source_id"]
    assert "last_activity_at" not in contact
    slim = house.mara.get("/contacts", include_contact_inboxes="false", page="1")
    assert slim["meta"]["current_page"] == "1"
    assert "contact_inboxes" not in slim["payload"][0]
    for text in ("reach", "REACH@", "0000009"):
        found = house.mara.get("/contacts/search", q=text)
        assert found["meta"] == {"count": 1, "current_page": 1, "has_more": False}
    assert house.mara.get("/contacts/search", q="%")["payload"] == []
    assert house.mara.refused("GET", "/contacts/search")[0] == 422


def test_a_contact_and_their_conversations(house: House) -> None:
    hats = house.customer("Hats", name="Eve", email="eve@customers.example").start()
    shoes = house.customer("Shoes", email="eve@customers.example").start()
    hats.says("Hello")
    contact = house.mara.get(f"/contacts/{hats.id}")["payload"]
    assert (contact["name"], contact["blocked"], contact["availability_status"]) == ("Eve", False, "online")
    assert contact["last_activity_at"] == int(house.clock.now())
    assert len(contact["contact_inboxes"]) == 2
    seen = house.mara.get(f"/contacts/{hats.id}/conversations")["payload"]
    assert names(seen, "id") == [hats.number]
    assert {row["id"] for row in house.ida.get(f"/contacts/{hats.id}/conversations")["payload"]} == {
        hats.number,
        shoes.number,
    }
    assert house.mara.refused("GET", "/contacts/99999")[0] == 404


def test_canned_responses_are_a_bare_list_and_the_best_short_code_comes_first(house: House) -> None:
    assert names(house.mara.get("/canned_responses"), "short_code") == ["bye", "hello"]
    assert names(house.mara.get("/canned_responses", search="hello"), "short_code") == ["hello", "bye"]
    assert house.mara.get("/canned_responses", search="%") == []


def test_the_help_centre_and_its_languages(house: House) -> None:
    answer = house.mara.get("/portals")
    assert answer["meta"] == {"current_page": 1, "portals_count": 1}
    [portal] = answer["payload"]
    assert (portal["slug"], portal["custom_domain"]) == ("help", "help.kite.example")
    locales = {one["code"]: one["articles_count"] for one in portal["config"]["allowed_locales"]}
    assert locales == {"en": 2, "sv": 1}
    assert house.mara.get("/portals/help") == portal
    assert house.mara.refused("GET", "/portals/other")[0] == 404


def test_articles_by_language_shelf_and_text(house: House) -> None:
    path = "/portals/help/articles"
    assert names(house.mara.get(path, locale="sv")["payload"], "slug") == ["refunds"]
    assert names(house.mara.get(path, locale="en", query="refund")["payload"], "title") == [
        "Refunds",
        "Sizes",
    ]
    shelf = house.mara.get(path, category_slug="hats")["payload"]
    assert names(shelf, "slug") == ["sizes"]
    assert shelf[0]["author"]["name"] == "Mara Lindqvist"
    assert shelf[0]["status"] == "published"
    assert house.mara.get(path, status="draft")["payload"] == []


def test_articles_are_found_across_help_centres(house: House) -> None:
    found = house.mara.get("/search/articles", q="refund")["payload"]["articles"]
    assert [(row["title"], row["portal_slug"], row["category_name"]) for row in found] == [
        ("Refunds", "help", "Money"),
        ("Sizes", "help", "Hats"),
    ]
    assert house.mara.get("/search/articles", q="")["payload"]["articles"] == []
