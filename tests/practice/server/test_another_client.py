"""An independent Chatwoot client works against the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from chatwoot import ChatwootClient
from chatwoot.exceptions import ChatwootAuthError, ChatwootNotFoundError

from tests.practice.server.house import Customer, House


@pytest.fixture
def client(house: House) -> Iterator[ChatwootClient]:
    client = ChatwootClient(base_url=house.url, api_token=house.mara.token)
    yield client
    client.close()


@pytest.fixture
def customer(house: House) -> Customer:
    customer = house.customer(name="Olle", email="olle@customers.example").start()
    customer.says("Where is it?")
    return customer


def test_it_reads_the_profile(client: ChatwootClient) -> None:
    assert client.profile.get().email == "mara@kite.example"


def test_it_lists_and_shows_conversations(client: ChatwootClient, customer: Customer) -> None:
    listed = client.conversations.list(account_id=1)
    assert customer.number in [row.id for row in listed]
    shown = client.conversations.get(account_id=1, conversation_id=customer.number)
    assert shown.meta is not None
    assert shown.meta.sender is not None
    assert shown.meta.sender.name == "Olle"
    assert client.conversations.get_counts(account_id=1)["meta"]["all_count"] >= 1


def test_it_resolves_and_labels(client: ChatwootClient, customer: Customer) -> None:
    answer = client.conversations.toggle_status(
        account_id=1, conversation_id=customer.number, status="resolved"
    )
    assert answer.current_status.value == "resolved"
    labels = client.conversations.labels
    assert labels.add(account_id=1, conversation_id=customer.number, labels=["delivery"]) == ["delivery"]
    assert labels.list(account_id=1, conversation_id=customer.number) == ["delivery"]


def test_it_reads_and_writes_messages(client: ChatwootClient, customer: Customer) -> None:
    made = client.messages.create(account_id=1, conversation_id=customer.number, content="On its way")
    listed = client.messages.list(account_id=1, conversation_id=customer.number)
    assert listed[-1].id == made.id
    assert listed[0].content == "Where is it?"


def test_it_finds_contacts(client: ChatwootClient, customer: Customer) -> None:
    contacts: Any = client.contacts  # its annotations name its own list method
    assert customer.id in [row.id for row in contacts.list(account_id=1)]
    assert [row.id for row in contacts.search(account_id=1, query="olle")] == [customer.id]
    conversations = contacts.conversations(account_id=1, contact_id=customer.id)
    assert customer.number in [row.id for row in conversations]


def test_it_lists_inboxes_agents_and_teams(client: ChatwootClient) -> None:
    assert [inbox.name for inbox in client.inboxes.list(account_id=1)] == ["Hats"]
    assert len(client.agents.list(account_id=1)) == 3
    assert [team.name for team in client.teams.list(account_id=1)] == ["workshop"]


def test_it_understands_refusals(house: House, client: ChatwootClient) -> None:
    with pytest.raises(ChatwootNotFoundError):
        client.conversations.get(account_id=1, conversation_id=99999)
    stranger = ChatwootClient(base_url=house.url, api_token="wrong")
    with pytest.raises(ChatwootAuthError):
        stranger.profile.get()
    stranger.close()
