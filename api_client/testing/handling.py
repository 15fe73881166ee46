"""Queues, taking, handing over, status and tags."""

from __future__ import annotations

import asyncio

from api_client.backend import Backend, Capability
from api_client.errors import AlreadyTaken, NotFound
from api_client.models.conversation import (
    AssigneeFilter,
    Conversation,
    ConversationQuery,
    Priority,
    Status,
)
from api_client.models.events import (
    ConversationChanged,
)
from api_client.models.identity import AgentId, ConversationId
from api_client.models.people import QueueKind
from api_client.testing.bench import (
    Bench,
    Customer,
    changes,
    expect,
    expect_error,
    identity,
    reply,
    waiting_in,
)
from api_client.testing.watching import watching


class Handling:
    """Queues, taking, handing over, status and tags."""

    async def test_a_new_customer_waits_in_their_queue_and_the_longest_comes_first(
        self, bench: Bench
    ) -> None:
        """Until a reply; each with the moment since when."""
        first = await bench.customer("Olga", "first")
        second = await bench.customer("Kaj", "second")
        waiting = await waiting_in(bench.agent_a, bench.queue)
        found = [item.id for item in waiting.items]
        expect(found.index(first.conversation) < found.index(second.conversation), "longest first")
        expect(all(item.waiting_since is not None for item in waiting.items), "each since some moment")
        await bench.agent_a.send(first.conversation, reply("Hello"))
        answered = await bench.agent_a.conversation(first.conversation)
        expect(answered.waiting_since is None, "an answered customer no longer waits")
        expect(answered.first_reply_at is not None, "the first reply has its time")

    async def test_a_taken_conversation_is_the_agents_own(self, bench: Bench) -> None:
        """It leaves the waiting list, colleagues hear of it, and taking it twice changes nothing."""
        me = await identity(bench.agent_a)
        customer = await bench.customer("Rut", "Hello?")
        async with watching(bench.agent_b) as b:
            taken = await bench.agent_a.take(customer.conversation)
            await b.find(ConversationChanged, changes(customer, lambda it: _is_with(it, me)))
        expect(_is_with(taken, me), "it is assigned to the agent")
        expect(_is_with(await bench.agent_a.take(customer.conversation), me), "still, when taken twice")
        waiting = await waiting_in(bench.agent_a, bench.queue)
        expect(customer.conversation not in {item.id for item in waiting.items}, "nobody else is offered it")
        mine = await bench.agent_a.conversations(ConversationQuery(AssigneeFilter.MINE))
        expect(customer.conversation in {item.id for item in mine.items}, "it is among the agent's")

    async def test_what_a_colleague_has_cannot_be_taken(self, bench: Bench) -> None:
        """And the error says who has it."""
        me = await bench.agent_a.sign_in()
        customer = await bench.customer("Jon", "Hello?")
        await bench.agent_a.take(customer.conversation)
        try:
            await bench.agent_b.take(customer.conversation)
        except AlreadyTaken as taken:
            expect(taken.by == me.agent.name, "the colleague is named")
        else:
            raise AssertionError("expected AlreadyTaken")

    async def test_of_two_who_take_at_once_one_wins_and_the_other_is_told(self, bench: Bench) -> None:
        """At once by the error, or a moment later by an event."""
        both = (bench.agent_a, bench.agent_b)
        names = [await identity(agent) for agent in both]
        customer = await bench.customer("Liv", "Hello?")
        async with watching(bench.agent_a) as a, watching(bench.agent_b) as b:
            taking = (agent.take(customer.conversation) for agent in both)
            outcomes = await asyncio.gather(*taking, return_exceptions=True)
            holder = (await bench.agent_a.conversation(customer.conversation)).assignee
            expect(holder is not None and holder.id in names, "one of them has it")
            winner = names[0] if holder is not None and holder.id == names[0] else names[1]
            for name, outcome, seen in zip(names, outcomes, (a, b), strict=True):
                told = name == winner or isinstance(outcome, AlreadyTaken)
                if not told:
                    await seen.find(ConversationChanged, changes(customer, lambda it: _is_with(it, winner)))
            expect(isinstance(outcomes[names.index(winner)], Conversation), "the winner knows it")

    async def test_a_conversation_is_handed_to_a_colleague_and_back_to_the_queue(self, bench: Bench) -> None:
        """By assigning it to them, and to nobody."""
        other = await identity(bench.agent_b)
        customer = await bench.customer("Una", "Hello?")
        await bench.agent_a.take(customer.conversation)
        await bench.agent_a.assign(customer.conversation, other)
        expect(
            _is_with(await bench.agent_a.conversation(customer.conversation), other), "the colleague has it"
        )
        await bench.agent_b.assign(customer.conversation, None)
        left = await bench.agent_b.conversation(customer.conversation)
        expect(left.assignee is None, "nobody has it")

    async def test_a_conversation_moves_to_a_team_and_out_of_it(self, bench: Bench) -> None:
        """Its queue is then the team, and again the inbox."""
        if Capability.TEAMS not in bench.agent_a.capabilities:
            return
        teams = [queue for queue in await bench.agent_a.queues() if queue.kind is QueueKind.TEAM]
        customer = await bench.customer("Ylva", "Hello?")
        await bench.agent_a.move(customer.conversation, teams[0].id)
        moved = await bench.agent_a.conversation(customer.conversation)
        expect(moved.queue == teams[0].id, "it waits with the team")
        await bench.agent_a.move(customer.conversation, None)
        expect(
            (await bench.agent_a.conversation(customer.conversation)).queue == moved.inbox, "and no longer"
        )

    async def test_a_resolved_conversation_opens_again_when_the_customer_writes(self, bench: Bench) -> None:
        """Colleagues hear of both."""
        customer = await bench.customer("Nea", "Hello?")
        async with watching(bench.agent_b) as b:
            done = await bench.agent_a.set_status(customer.conversation, Status.RESOLVED)
            await b.find(ConversationChanged, changes(customer, lambda it: it.status is Status.RESOLVED))
            so_far = len(b.seen)
            await customer.say("One more thing")
            opened = changes(customer, lambda it: it.status is Status.OPEN)
            await b.find(ConversationChanged, opened, since=so_far)
        expect(done.status is Status.RESOLVED, "resolved")
        expect(done.waiting_since is None, "and nobody waits")

    async def test_a_snoozed_conversation_says_until_when(self, bench: Bench) -> None:
        """To the second."""
        customer = await bench.customer("Mio", "Hello?")
        until = (await bench.agent_a.conversation(customer.conversation)).created_at // 1 + 86_400
        asleep = await bench.agent_a.set_status(customer.conversation, Status.SNOOZED, until=until)
        expect(asleep.status is Status.SNOOZED, "snoozed")
        expect(asleep.snoozed_until == until, "until the time asked for")

    async def test_a_priority_is_set_and_taken_away(self, bench: Bench) -> None:
        """Colleagues hear of it; away only where the backend can."""
        customer = await bench.customer("Ulf", "Hello?")
        async with watching(bench.agent_b) as b:
            await bench.agent_a.set_priority(customer.conversation, Priority.URGENT)
            await b.find(ConversationChanged, changes(customer, lambda it: it.priority is Priority.URGENT))
        if Capability.CLEAR_PRIORITY not in bench.agent_a.capabilities:
            return
        await bench.agent_a.set_priority(customer.conversation, None)
        now = await bench.agent_a.conversation(customer.conversation)
        expect(now.priority is None, "it has none again")

    async def test_a_muted_conversation_is_closed_and_its_customer_blocked(self, bench: Bench) -> None:
        """Where the backend can."""
        if Capability.MUTE not in bench.agent_a.capabilities:
            return
        customer = await bench.customer("Bot", "Buy now")
        await bench.agent_a.mute(customer.conversation)
        now = await bench.agent_a.conversation(customer.conversation)
        expect(now.status is Status.RESOLVED, "it is closed")
        expect((await bench.agent_a.contact(now.contact.id)).blocked, "the customer is blocked")

    async def test_a_conversation_asleep_until_the_customer_writes_wakes_up_then(self, bench: Bench) -> None:
        """Where the backend can; it stays the agent's meanwhile."""
        if Capability.UNTIL_REPLY_SNOOZE not in bench.agent_a.capabilities:
            return
        customer = await bench.customer("Mio", "Hello?")
        me = await identity(bench.agent_a)
        await bench.agent_a.take(customer.conversation)
        asleep = await bench.agent_a.set_status(customer.conversation, Status.SNOOZED)
        expect((asleep.status, asleep.snoozed_until) == (Status.SNOOZED, None), "asleep without a time")
        listed = await bench.agent_a.conversations(
            ConversationQuery(AssigneeFilter.MINE, status=Status.SNOOZED)
        )
        expect(customer.conversation in {item.id for item in listed.items}, "listed among the sleeping")
        await customer.say("Still there?")
        awake = await bench.agent_a.conversation(customer.conversation)
        expect(awake.status is Status.OPEN, "awake")
        expect(_is_with(awake, me), "and with the agent as before")

    async def test_tags_of_two_agents_add_up(self, bench: Bench) -> None:
        """One agent's change leaves the other's tags alone."""
        names = [tag.name for tag in await bench.agent_a.tags()][:3]
        customer = await bench.customer("Tea", "Hello?")
        await _tag(bench.agent_a, customer, names[0])
        both = await _tag(bench.agent_b, customer, names[1])
        expect(set(both) == set(names[:2]), "the colleague's tag is kept")
        left = await bench.agent_a.set_tags(
            customer.conversation, add=frozenset({names[2]}), remove=frozenset(names[:1])
        )
        expect(set(left) == set(names[1:]), "only the named one is removed")

    async def test_tags_set_at_once_are_kept_or_their_loss_is_told(self, bench: Bench) -> None:
        """A backend that can only replace all tags may lose one of two; nobody is left unaware of it."""
        names = [tag.name for tag in await bench.agent_a.tags()][:3]
        customer = await bench.customer("Isa", "Hello?")
        await _tag(bench.agent_a, customer, names[0])
        async with watching(bench.agent_a) as a, watching(bench.agent_b) as b:
            await asyncio.gather(
                _tag(bench.agent_a, customer, names[1]), _tag(bench.agent_b, customer, names[2])
            )
            tags = set((await bench.agent_a.conversation(customer.conversation)).tags)
            for seen in (a, b):
                await seen.find(ConversationChanged, changes(customer, lambda it: set(it.tags) == tags))
        expect(names[0] in tags, "what was there is kept")
        expect(len(tags) > 1, "and at least one is added")

    async def test_a_customer_is_known_with_their_conversations(self, bench: Bench) -> None:
        """By name, and with the conversation of now among them."""
        customer = await bench.customer("Ebba Ek", "Hello?")
        found = (await bench.agent_a.conversation(customer.conversation)).contact
        contact = await bench.agent_a.contact(found.id)
        expect(contact.name == "Ebba Ek", "the name is known")
        theirs = await bench.agent_a.contact_conversations(found.id)
        expect(customer.conversation in {item.id for item in theirs}, "the conversation is among theirs")

    async def test_what_does_not_exist_is_not_found(self, bench: Bench) -> None:
        """An id never given out, and one that no backend could give out."""
        for name in ("999999999", "../../profile", ""):
            await expect_error(NotFound, bench.agent_a.conversation(ConversationId(name)))

    async def test_giving_up_a_request_leaves_the_backend_usable(self, bench: Bench) -> None:
        """Whenever it is given up."""
        for _ in range(3):
            given_up = asyncio.create_task(bench.agent_a.tags())
            await asyncio.sleep(0)
            given_up.cancel()
            await asyncio.wait({given_up})
        expect(bool(await bench.agent_a.tags()), "the next request is answered")


def _is_with(conversation: Conversation, agent: AgentId) -> bool:
    return conversation.assignee is not None and conversation.assignee.id == agent


async def _tag(agent: Backend, customer: Customer, name: str) -> tuple[str, ...]:
    return await agent.set_tags(customer.conversation, add=frozenset({name}), remove=frozenset())
