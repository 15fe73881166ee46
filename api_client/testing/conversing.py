"""Messages there and back."""

from __future__ import annotations

from api_client.backend import Backend, Capability
from api_client.models.events import (
    ContactSeen,
    MessageCreated,
    TypingChanged,
)
from api_client.models.identity import MessageId
from api_client.models.message import Message, MessageKind
from api_client.testing.bench import (
    Bench,
    Customer,
    expect,
    reply,
    says,
)
from api_client.testing.watching import watching


class Conversing:
    """Messages there and back."""

    async def test_what_a_customer_says_reaches_every_agent_of_the_queue(self, bench: Bench) -> None:
        """In full, with who said it."""
        async with watching(bench.agent_a) as a, watching(bench.agent_b) as b:
            customer = await bench.customer("Väinö", "Does this reach you? ää ö 🧾")
            for seen in (a, b):
                message = (await seen.find(MessageCreated, says("Does this reach you? ää ö 🧾"))).message
                expect(message.kind is MessageKind.CUSTOMER, "a customer speaks")
                expect(message.conversation == customer.conversation, "in their conversation")
                expect(message.author is not None and message.author.name == "Väinö", "by name")

    async def test_a_reply_reaches_the_customer_and_the_colleague(self, bench: Bench) -> None:
        """And its echo comes back in the answer and in the push."""
        customer = await bench.customer("Ida", "Hello?")
        async with watching(bench.agent_a) as a, watching(bench.agent_b) as b:
            sent = await bench.agent_a.send(customer.conversation, reply("Hello Ida", "echo-77"))
            told = (await a.find(MessageCreated, says("Hello Ida"))).message
            await b.find(MessageCreated, says("Hello Ida"))
        expect(sent.id == told.id, "the answer and the push name one message")
        expect(sent.kind is MessageKind.AGENT, "an agent speaks")
        expect(sent.echo == "echo-77", "the answer carries the echo")
        expect(told.echo in {"echo-77", None}, "the push carries the echo or none")
        expect("Hello Ida" in await customer.hears(), "the customer can read it")

    async def test_a_note_stays_among_agents(self, bench: Bench) -> None:
        """The colleague sees it as a note, the customer not at all."""
        customer = await bench.customer("Per", "Hello?")
        async with watching(bench.agent_b) as b:
            await bench.agent_a.send(customer.conversation, reply("He called before", private=True))
            note = (await b.find(MessageCreated, says("He called before"))).message
        expect(note.kind is MessageKind.NOTE, "a note is a note")
        expect("He called before" not in await customer.hears(), "the customer never sees it")

    async def test_a_note_that_names_a_colleague_reads_as_it_was_written(self, bench: Bench) -> None:
        """However the backend marks the name on the wire."""
        customer = await bench.customer("Per", "Hello?")
        name = (await bench.agent_b.sign_in()).agent.name
        words = f"Could you look, @{name}? Mail a@b.test"
        sent = await bench.agent_a.send(customer.conversation, reply(words, private=True))
        expect(sent.text == words, "in the answer")
        page = await bench.agent_b.messages(customer.conversation)
        expect(words in {message.text for message in page.items}, "and to the colleague")

    async def test_messages_come_in_pages_around_a_message(self, bench: Bench) -> None:
        """Backwards to the first and forwards to the last, without a gap or a repeat."""
        customer = await bench.customer("Bo", "line 0")
        for number in range(1, 30):
            await customer.say(f"line {number}")
        newest = await bench.agent_a.messages(customer.conversation)
        backwards = await _all_before(bench.agent_a, customer, newest.items[0].id)
        lines = [m.text for m in (*backwards, *newest.items) if m.kind is MessageKind.CUSTOMER]
        expect(lines == [f"line {number}" for number in range(30)], "all lines come once and in order")
        first = next(m for m in backwards if m.text == "line 0")
        later = await bench.agent_a.messages(customer.conversation, after=first.id)
        expect(later.items[0].sequence > first.sequence, "the message named is left out")
        expect(later.items[-1].id == newest.items[-1].id or later.more, "they lead to the newest")

    async def test_typing_is_seen_by_those_it_is_for(self, bench: Bench) -> None:
        """The customer's by agents, and an agent's by colleagues where the backend can."""
        customer = await bench.customer("Siv", "Hello?")
        async with watching(bench.agent_b) as b:
            await customer.type(on=True)
            typing = await b.find(TypingChanged, lambda event: event.by_customer and event.on)
            expect(typing.conversation == customer.conversation, "in their conversation")
            await customer.type(on=False)
            await b.find(TypingChanged, lambda event: event.by_customer and not event.on)
            await bench.agent_a.set_typing(customer.conversation, on=True)
            if Capability.AGENT_TYPING_TO_AGENTS in bench.agent_a.capabilities:
                await b.find(TypingChanged, lambda event: not event.by_customer and event.on)
            await bench.agent_a.set_typing(customer.conversation, on=False)

    async def test_agents_learn_that_the_customer_has_read(self, bench: Bench) -> None:
        """Where the backend can."""
        if Capability.CUSTOMER_READ_RECEIPTS not in bench.agent_a.capabilities:
            return
        customer = await bench.customer("Eva", "Hello?")
        async with watching(bench.agent_a) as a:
            sent = await bench.agent_a.send(customer.conversation, reply("Hello Eva"))
            await customer.read()
            seen = await a.find(ContactSeen, lambda event: event.conversation == customer.conversation)
        expect(seen.at >= sent.created_at - 1, "read after it was written")

    async def test_reading_clears_the_unread_mark(self, bench: Bench) -> None:
        """And only reading does."""
        customer = await bench.customer("Aki", "one")
        await customer.say("two")
        before = await bench.agent_a.conversation(customer.conversation)
        await bench.agent_a.mark_seen(customer.conversation)
        after = await bench.agent_a.conversation(customer.conversation)
        expect((before.unread, after.unread) == (2, 0), "two were unread, then none")


async def _all_before(agent: Backend, customer: Customer, oldest: MessageId) -> list[Message]:
    found: list[Message] = []
    more = True
    while more:
        page = await agent.messages(customer.conversation, before=oldest)
        found[:0] = page.items
        more = page.more and bool(page.items)
        oldest = page.items[0].id if page.items else oldest
    return found
