"""Tokens, addresses, and what the desk learns at first."""

from __future__ import annotations

import asyncio

from api_client.backend import Capability
from api_client.errors import ConnectFailed, NotSignedIn
from api_client.models.events import (
    ConnectionLost,
    PresenceChanged,
    ServerTime,
    SignInRefused,
)
from api_client.models.people import Availability
from api_client.testing.bench import (
    Bench,
    expect,
    expect_error,
    identity,
)
from api_client.testing.watching import PATIENCE, Watch, watching


class SigningIn:
    """Tokens, addresses, and what the desk learns at first."""

    async def test_signing_in_tells_who_the_agent_is(self, bench: Bench) -> None:
        """Name and account have words in them."""
        me = await bench.agent_a.sign_in()
        expect(bool(me.agent.name and me.account), "the agent and the account have names")

    async def test_a_wrong_token_is_told_from_everything_else(self, bench: Bench) -> None:
        """By requests, and by the live connection, which then ends."""
        stranger = bench.with_token("thisTokenOpensNothing123")
        await expect_error(NotSignedIn, stranger.sign_in())
        watch = Watch()
        await asyncio.wait_for(watch.follow(stranger), PATIENCE)
        expect(watch.seen[-1:] == [SignInRefused()], "the live connection says so and ends")
        await stranger.aclose()

    async def test_an_address_where_nobody_answers_is_a_failed_connection(self, bench: Bench) -> None:
        """By requests, and by the live connection, which goes on trying."""
        nobody = bench.nowhere()
        await expect_error(ConnectFailed, nobody.sign_in())
        watch = Watch()
        following = asyncio.create_task(watch.follow(nobody))
        lost = await watch.find(ConnectionLost, lambda event: event.attempt > 1)
        expect(lost.reason == "refused", "the loss has its reason")
        expect(lost.retry_in > 0, "it waits between attempts")
        following.cancel()
        await asyncio.wait({following})
        await nobody.aclose()

    async def test_the_lists_come_by_name(self, bench: Bench) -> None:
        """Queues, agents and tags."""
        agent = bench.agent_a
        for names in (
            [queue.name for queue in await agent.queues()],
            [colleague.name for colleague in await agent.agents()],
            [tag.name for tag in await agent.tags()],
        ):
            expect(names == sorted(names, key=str.casefold), "a list comes by name")
            expect(bool(names), "a list is not empty")
        mine = {queue.id: queue.member for queue in await agent.queues()}
        expect(mine.get(bench.queue) is True, "the agent serves the queue")

    async def test_the_agent_is_among_those_who_serve_their_queue(self, bench: Bench) -> None:
        """And among no queue's others."""
        me = await identity(bench.agent_a)
        for queue in await bench.agent_a.queues():
            serve = await bench.agent_a.queue_agents(queue.id)
            expect((me in serve) is queue.member, "who serves a queue is among its agents")

    async def test_queues_with_opening_hours_have_a_whole_week(self, bench: Bench) -> None:
        """Seven days by a clock that has a name."""
        for hours in [queue.hours for queue in await bench.agent_a.queues()]:
            whole = hours is None or (len(hours.week) == 7 and bool(hours.zone))  # noqa: PLR2004  days
            expect(whole, "opening hours are seven days by a clock with a name")

    async def test_every_article_has_a_link(self, bench: Bench) -> None:
        """An empty search lists some; a search by words finds one of them again."""
        if Capability.ARTICLES not in bench.agent_a.capabilities:
            return
        some = await bench.agent_a.search_articles("")
        expect(all(article.url.startswith("http") for article in some), "each has a link")
        again = await bench.agent_a.search_articles(some[0].title)
        expect(some[0].url in {article.url for article in again}, "a title finds its article")

    async def test_colleagues_see_who_is_busy(self, bench: Bench) -> None:
        """At the latest when they connect themselves."""
        a = await identity(bench.agent_a)
        async with watching(bench.agent_a):
            await bench.agent_a.set_availability(Availability.BUSY)
            async with watching(bench.agent_b) as seen:
                await seen.find(PresenceChanged, lambda event: (a, Availability.BUSY) in event.agents)
        await bench.agent_a.set_availability(Availability.ONLINE)

    async def test_the_servers_clock_is_told(self, bench: Bench) -> None:
        """With an honest uncertainty: it is never exact."""
        async with watching(bench.agent_a) as seen:
            time = await seen.find(ServerTime)
        expect(time.uncertainty > 0, "a reading of a clock is not exact")
