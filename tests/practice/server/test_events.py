"""What happens, and who is told what, in which order."""

from __future__ import annotations

from typing import Any

import pytest

from tests.practice.server.house import Cable, Customer, House

MESSAGE, UPDATED = "message.created", "conversation.updated"


class Scene:
    """A customer with a running conversation, and everybody's cables."""

    def __init__(self, house: House, queue: str = "Shoes") -> None:
        self.house = house
        self.customer: Customer = house.customer(queue).start()
        self.sam, self.ida = house.cable(house.sam), house.cable(house.ida)
        self.visitor: Cable = house.cable(self.customer)

    def act(self, what: str, **body: Any) -> Any:
        return self.house.sam.post(f"/conversations/{self.customer.number}/{what}", **body)

    def heard(self) -> tuple[list[str], list[str]]:
        """Names that staff and the customer heard since the last look; all staff hears the same."""
        staff = self.sam.names()
        assert self.ida.names() == staff
        return staff, self.visitor.names()


@pytest.fixture
def scene(house: House) -> Scene:
    return Scene(house)


@pytest.fixture
def answered(scene: Scene) -> Scene:
    scene.customer.says("Hello?")
    scene.house.sam.reply(scene.customer.number, "Hello")
    scene.heard()
    return scene


def test_a_customer_arrives(house: House) -> None:
    sam, mara = house.cable(house.sam), house.cable(house.mara)
    house.customer("Shoes").start()
    assert sam.names() == ["contact.created", "conversation.created"]
    assert mara.names() == ["contact.created"]


def test_the_first_message_of_a_customer(scene: Scene) -> None:
    scene.customer.says("Hello?")
    assert scene.heard() == ([MESSAGE, "contact.updated"], [MESSAGE])


def test_the_first_message_is_greeted_where_the_queue_greets(house: House) -> None:
    customer = house.customer("Hats").start()
    mara = house.cable(house.mara)
    customer.says("Hello?")
    events = mara.events()
    assert [name for name, _ in events] == [MESSAGE, "contact.updated", MESSAGE]
    assert events[2][1]["message_type"] == 3
    assert events[2][1]["content"] == "A person comes soon."
    customer.says("Anyone?")
    assert mara.names() == [MESSAGE, "contact.updated"]


def test_a_message_after_an_answer_starts_the_waiting(answered: Scene) -> None:
    answered.customer.says("And?")
    assert answered.heard() == ([MESSAGE, UPDATED, "contact.updated"], [MESSAGE, UPDATED])
    answered.customer.says("Well?")
    assert answered.heard() == ([MESSAGE, "contact.updated"], [MESSAGE])


@pytest.mark.parametrize("status", ["resolved", "snoozed"])
def test_a_message_reopens_what_was_put_aside(answered: Scene, status: str) -> None:
    answered.act("toggle_status", status=status)
    answered.heard()
    answered.customer.says("One more thing")
    staff, customer = answered.heard()
    assert staff == ["conversation.status_changed", UPDATED, MESSAGE, MESSAGE, "contact.updated"]
    assert customer == ["conversation.status_changed", UPDATED, MESSAGE]


def test_the_first_reply(scene: Scene) -> None:
    scene.customer.says("Hello?")
    scene.heard()
    scene.house.sam.reply(scene.customer.number, "Hello")
    assert scene.heard() == ([MESSAGE, "first.reply.created", UPDATED], [MESSAGE, UPDATED])


def test_later_replies(answered: Scene) -> None:
    answered.house.sam.reply(answered.customer.number, "Still there?")
    assert answered.heard() == ([MESSAGE], [MESSAGE])
    answered.customer.says("Yes")
    answered.heard()
    answered.house.sam.reply(answered.customer.number, "Good")
    assert answered.heard() == ([MESSAGE, UPDATED], [MESSAGE, UPDATED])


def test_a_note_stays_among_staff(answered: Scene) -> None:
    answered.house.sam.reply(answered.customer.number, "psst", private=True)
    assert answered.heard() == ([MESSAGE], [])


def test_a_mention_is_told_to_the_one_mentioned(answered: Scene) -> None:
    note = f"[@Ida](mention://user/{answered.house.ida.id}/Ida) and [@Mara](mention://user/{answered.house.mara.id}/M)"
    mara = answered.house.cable(answered.house.mara)
    answered.house.sam.reply(answered.customer.number, note, private=True)
    assert answered.ida.names() == [MESSAGE, "conversation.mentioned", "notification.created"]
    assert answered.sam.names() == [MESSAGE]
    assert mara.names() == []


def test_a_mentioned_team_means_its_members_who_see_the_inbox(answered: Scene) -> None:
    answered.house.sam.reply(answered.customer.number, "[@w](mention://team/1/w)", private=True)
    assert answered.ida.names() == [MESSAGE, "conversation.mentioned", "notification.created"]


def test_resolving(answered: Scene) -> None:
    answered.act("toggle_status", status="resolved")
    changed = ["conversation.status_changed", UPDATED]
    assert answered.heard() == ([*changed, MESSAGE], changed)


def test_snoozing(answered: Scene) -> None:
    answered.act("toggle_status", status="snoozed", snoozed_until=int(answered.house.clock.now()) + 86_400)
    staff, _ = answered.heard()
    assert staff == ["conversation.status_changed", UPDATED, MESSAGE]


def test_opening_as_an_agent_assigns_too(answered: Scene) -> None:
    answered.act("toggle_status", status="resolved")
    answered.heard()
    answered.act("toggle_status", status="open")
    staff, _ = answered.heard()
    assert staff == ["conversation.status_changed", UPDATED, MESSAGE, "assignee.changed", UPDATED, MESSAGE]


def test_assigning(answered: Scene) -> None:
    answered.act("assignments", assignee_id=answered.house.sam.id)
    assert answered.heard() == (["assignee.changed", UPDATED, MESSAGE], [UPDATED])
    answered.act("assignments", assignee_id=answered.house.sam.id)
    assert answered.heard() == ([], [])


def test_handing_to_a_team(answered: Scene) -> None:
    answered.act("assignments", assignee_id=answered.house.sam.id)
    answered.heard()
    answered.act("assignments", team_id=1)
    staff, customer = answered.heard()
    assert staff == ["team.changed", "assignee.changed", UPDATED, MESSAGE]
    assert customer == [UPDATED]


@pytest.mark.parametrize(
    ("what", "body", "staff"),
    [
        ("labels", {"labels": ["billing"]}, [UPDATED, MESSAGE]),
        ("toggle_priority", {"priority": "high"}, [UPDATED, MESSAGE]),
        ("custom_attributes", {"custom_attributes": {"a": 1}}, [UPDATED]),
        ("update_last_seen", {}, []),
        ("unread", {}, []),
    ],
)
def test_small_changes(answered: Scene, what: str, body: dict[str, Any], staff: list[str]) -> None:
    answered.act(what, **body)
    assert answered.heard()[0] == staff
    answered.act(what, **body)
    assert answered.heard()[0] == []


def test_deleting_a_message(answered: Scene) -> None:
    made = answered.house.sam.reply(answered.customer.number, "Wrong")
    answered.heard()
    path = f"/api/v1/accounts/1/conversations/{answered.customer.number}/messages/{made['id']}"
    answered.house.sam.http.delete(path)
    [(name, data)] = answered.visitor.events()
    assert name == "message.updated"
    assert data["previous_changes"]["content_attributes"] == [{}, {"deleted": True}]


def test_the_customer_reads(answered: Scene) -> None:
    answered.customer.post(f"/{answered.customer.number}/update_last_seen")
    events = answered.sam.events()
    assert [name for name, _ in events] == ["conversation.read", "message.updated"]
    assert events[1][1]["status"] == "read"
    assert events[1][1]["previous_changes"] == {"status": ["sent", "read"]}
    assert answered.visitor.names() == ["message.updated"]


def test_the_customer_ends_the_conversation(answered: Scene) -> None:
    answered.customer.post(f"/{answered.customer.number}/toggle_status")
    staff, _ = answered.heard()
    assert staff == ["conversation.status_changed", UPDATED, MESSAGE]


def test_typing_is_told_to_everyone_but_the_typist(answered: Scene) -> None:
    answered.act("toggle_typing_status", typing_status="on", is_private=True)
    assert answered.sam.names() == []
    [(name, data)] = answered.ida.events()
    assert name == "conversation.typing_on"
    assert (data["user"]["type"], data["is_private"], data["account_id"]) == ("user", True, 1)
    assert data["conversation"]["id"] == answered.customer.number
    assert answered.visitor.names() == ["conversation.typing_on"]
    answered.customer.post(f"/{answered.customer.number}/toggle_typing", typing_status="off")
    assert answered.heard() == (["conversation.typing_off"], [])


def test_a_pushed_message_differs_from_the_rest_form(answered: Scene) -> None:
    rest = answered.house.sam.reply(answered.customer.number, "Hello", echo_id="e1")
    [(_, pushed)] = answered.sam.events()
    assert pushed["echo_id"] == "e1"
    assert pushed["id"] == rest["id"]
    assert (pushed["sender_type"], pushed["sender_id"]) == ("User", answered.house.sam.id)
    assert pushed["conversation"]["unread_count"] == 1
    assert pushed["conversation"]["contact_inbox"] == {"source_id": answered.customer.contact["source_id"]}
    assert pushed["updated_at"].endswith("Z")
    assert pushed["performer"]["id"] == answered.house.sam.id
    shown = answered.house.sam.conversation(answered.customer.number)
    assert "echo_id" not in shown["messages"][0]


def test_a_pushed_conversation_differs_from_the_rest_form(answered: Scene) -> None:
    answered.act("toggle_priority", priority="low")
    _, pushed = next(event for event in answered.sam.events() if event[0] == UPDATED)
    assert pushed["meta"]["assignee"] is None
    assert pushed["meta"]["team"] is None
    assert pushed["meta"]["sender"]["type"] == "contact"
    assert pushed["first_reply_created_at"].endswith("Z")
    assert pushed["waiting_since"] == 0
    assert pushed["messages"][0]["content"] == "Hello"
    assert pushed["contact_inbox"]["pubsub_token"] == answered.customer.contact["pubsub_token"]
    assert not {"uuid", "muted", "last_non_activity_message", "performer"} & set(pushed)


def test_the_customers_events_name_no_performer(scene: Scene) -> None:
    scene.customer.says("Hello?")
    assert all("performer" not in data for _, data in scene.sam.events())


def test_a_listener_in_this_process_hears_what_the_customers_cable_hears(answered: Scene) -> None:
    token = answered.customer.contact["pubsub_token"]
    listener = answered.house.served.call_now(lambda: answered.house.desk.listen(token))
    answered.house.sam.reply(answered.customer.number, "Hello")
    cable = answered.visitor.events()
    heard = answered.house.served.call_now(listener.take)
    assert [(one.event, one.data) for one in heard] == cable
    answered.house.served.call_now(listener.close)
    answered.house.sam.reply(answered.customer.number, "Hello?")
    assert listener.take() == []


def test_nobody_listens_with_an_unknown_token(house: House) -> None:
    with pytest.raises(LookupError):
        house.desk.listen("unknown")
