"""How queues take customers in: opening hours, closing, and what is said by itself."""

from __future__ import annotations

from msgspec.structs import replace

from api_client.backend import Capability
from api_client.errors import NotAllowed, Unsupported
from api_client.models.events import CatalogChanged
from api_client.models.hours import ALL_DAY, OpeningHours, Span
from api_client.models.intake import IntakeChanges
from api_client.models.people import QueueKind
from api_client.testing.bench import Bench, expect, expect_error
from api_client.testing.watching import watching

NEVER = OpeningHours("Europe/Helsinki", (None,) * 7)
ALWAYS = replace(NEVER, kept=False)
SORRY = "Suljemme nyt.\n\nWe close now."


class TakingIn:
    """How queues take customers in, where the backend lets a lead change it."""

    async def test_a_closed_queue_tells_its_customers_and_an_open_one_does_not(self, bench: Bench) -> None:
        """In the words it was closed with; and the desks hear that the lists changed."""
        if Capability.INTAKE not in bench.lead.capabilities:
            return
        async with watching(bench.agent_a) as seen:
            told = await bench.lead.set_intake(bench.queue, IntakeChanges(NEVER, SORRY))
            await seen.find(CatalogChanged)
        expect(told.closed_message == SORRY, "the words are as given")
        expect(await _hours(bench) == NEVER, "colleagues see that it is closed")
        late = await bench.customer("Olga", "Hello?")
        expect(SORRY in await late.hears(), "the customer is told")
        await bench.lead.set_intake(bench.queue, IntakeChanges(ALWAYS))
        early = await bench.customer("Kaj", "Hello?")
        expect(SORRY not in await early.hears(), "open again, nobody is told so")

    async def test_a_week_is_kept_day_by_day(self, bench: Bench) -> None:
        """With its time zone, closed days and days without a night."""
        if Capability.INTAKE not in bench.lead.capabilities:
            return
        week = (Span(9 * 60, 17 * 60 + 30), None, ALL_DAY, Span(0, 30), Span(13 * 60, 1439), None, None)
        hours = OpeningHours("Europe/Stockholm", week)
        told = await bench.lead.set_intake(bench.queue, IntakeChanges(hours))
        expect(told.hours == hours, "as given")
        again = await bench.lead.intake(bench.queue)
        expect(again == told, "and still there")

    async def test_a_greeting_is_given_and_taken_away_and_the_rest_stays(self, bench: Bench) -> None:
        """A new customer hears it."""
        if Capability.INTAKE not in bench.lead.capabilities:
            return
        before = await bench.lead.intake(bench.queue)
        await bench.lead.set_intake(bench.queue, IntakeChanges(greeting="Welcome to the fair"))
        expect("Welcome to the fair" in await (await bench.customer("Una", "Hi")).hears(), "greeted")
        after = await bench.lead.set_intake(bench.queue, IntakeChanges(greeting=""))
        expect(after == replace(before, greeting=""), "only the greeting is gone")

    async def test_only_a_lead_changes_it(self, bench: Bench) -> None:
        """Any other agent is refused before anything changes."""
        if Capability.INTAKE in bench.agent_a.capabilities:
            return
        before = await _hours(bench)
        await expect_error(NotAllowed, bench.agent_a.set_intake(bench.queue, IntakeChanges(NEVER)))
        expect(await _hours(bench) == before, "it stays as it was")

    async def test_a_team_has_no_hours_of_its_own(self, bench: Bench) -> None:
        """And the backend says so rather than guessing an inbox."""
        teams = [queue for queue in await bench.lead.queues() if queue.kind is QueueKind.TEAM]
        if Capability.INTAKE not in bench.lead.capabilities or not teams:
            return
        await expect_error(Unsupported, bench.lead.intake(teams[0].id))


async def _hours(bench: Bench) -> OpeningHours | None:
    found = {queue.id: queue.hours for queue in await bench.agent_b.queues()}
    return found[bench.queue]
