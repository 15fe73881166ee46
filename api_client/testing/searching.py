"""Finding conversations, messages and customers."""

from __future__ import annotations

from api_client.backend import Capability
from api_client.models.message import MessageKind
from api_client.models.search import Found
from api_client.testing.bench import Bench, expect, reply


class Searching:
    """Finding conversations, messages and customers, where the backend can."""

    async def test_messages_of_all_who_talk_are_found_by_their_text(self, bench: Bench) -> None:
        """In whatever case, notes included, and each in its conversation."""
        if Capability.SEARCH not in bench.agent_a.capabilities:
            return
        customer = await bench.customer("Saga", "My zucchini is broken")
        sent = await bench.agent_a.send(customer.conversation, reply("Which zucchini?"))
        await bench.agent_a.send(customer.conversation, reply("zucchini again", "e2", private=True))
        await bench.customer("Kaj", "Something else")
        hits = (await bench.agent_a.search("ZUCCHINI")).messages
        expect({hit.conversation for hit in hits} == {customer.conversation}, "only where it was said")
        kinds = {hit.kind for hit in hits}
        expect(kinds == {MessageKind.CUSTOMER, MessageKind.AGENT, MessageKind.NOTE}, "by all who talk")
        expect(all(hit.id is None or hit.text for hit in hits), "with their words")
        expect(sent.id in {hit.id for hit in hits} or {hit.id for hit in hits} == {None}, "by their ids")

    async def test_a_customer_is_found_with_their_conversation_by_name(self, bench: Bench) -> None:
        """Also by a part of it."""
        if Capability.SEARCH not in bench.agent_a.capabilities:
            return
        customer = await bench.customer("Zebedeus Ek", "Hello?")
        found = await bench.agent_a.search("zebedeus")
        expect([one.id for one in found.conversations] == [customer.conversation], "the conversation")
        expect([one.name for one in found.contacts] == ["Zebedeus Ek"], "the customer")
        expect(found.conversations[0].contact.name == "Zebedeus Ek", "whose conversation it is")

    async def test_what_nobody_said_and_what_is_empty_finds_nothing(self, bench: Bench) -> None:
        """And is no error."""
        if Capability.SEARCH not in bench.agent_a.capabilities:
            return
        await bench.customer("Olga", "Hello?")
        for words in ("qqqqqq%", "   "):
            expect(await bench.agent_a.search(words) == Found(), "nothing")
