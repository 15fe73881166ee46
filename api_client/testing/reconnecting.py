"""The server goes away and comes back."""

from __future__ import annotations

from api_client.backend import Capability
from api_client.models.conversation import (
    ConversationQuery,
)
from api_client.models.events import (
    Connected,
    ConnectionLost,
    MessageCreated,
)
from api_client.testing.bench import (
    Bench,
    expect,
    says,
)
from api_client.testing.watching import watching


class Reconnecting:
    """The server goes away and comes back."""

    async def test_what_was_missed_is_found_after_a_loss(self, bench: Bench) -> None:
        """The loss and its length are told, and messages are found after the last one known."""
        customer = await bench.customer("Ulf", "before")
        last = (await bench.agent_a.messages(customer.conversation)).items[-1]
        async with watching(bench.agent_a) as seen:
            so_far = len(seen.seen)
            await bench.stop()
            await seen.find(ConnectionLost, lambda event: event.attempt > 1, since=so_far)
            await bench.start()
            await customer.say("meanwhile")
            again = await seen.find(Connected, since=so_far)
            missed = await bench.agent_a.messages(customer.conversation, after=last.id)
            expect(again.gap is not None and again.gap > 0, "the gap has a length")
            expect("meanwhile" in {message.text for message in missed.items}, "nothing is lost")
            if Capability.RECENT_CHANGES in bench.agent_a.capabilities:
                changed = await bench.agent_a.conversations(ConversationQuery(status=None, updated_within=60))
                expect(customer.conversation in {item.id for item in changed.items}, "the change is listed")
            await customer.say("and now")
            await seen.find(MessageCreated, says("and now"))
