"""In front of an audience: no name on the screen, the keys shown, and a mark that cannot be missed."""

from __future__ import annotations

from msgspec.structs import replace

from agent_tui.cli.parser import parse
from agent_tui.desk import selectors
from agent_tui.profiles import Whereabouts
from api_client.models.conversation import Status
from practice.embedded import EmbeddedDesk
from tests.engine.wire import WireCustomer
from tests.workstation.colleague import colleague, customer, quiet_desk
from tests.workstation.seat import PLAIN, seat


async def test_names_are_covered_keys_are_shown_and_what_is_sent_is_whole(desk: EmbeddedDesk) -> None:
    looks = replace(PLAIN, present=True)
    async with seat(desk, looks=looks, whereabouts=Whereabouts(practice=True)) as at:
        assert "PRACTICE" in at.screen.splitlines()[0]
        liisa = await WireCustomer.arrive(desk, "Liisa Virtanen")
        await liisa.say("Hei, tässä Liisa Virtanen, numeroni on 040 123 4567")
        await at.until(lambda: selectors.waiting_count(at.state), "her")
        await at.press("f3")
        await at.until_shown("numeroni on")
        await at.type("Hei Liisa")
        assert at.screen.splitlines()[0].endswith("F3 Hei Space •••••")
        for hidden in ("Liisa", "Virtanen", "123 4567", "Lehtonen"):
            assert hidden not in at.screen
        await at.press("enter")
        await at.at_rest()
        assert "Hei Liisa" in await liisa.hears()


async def test_who_is_found_by_a_search_is_covered_too() -> None:
    looks = replace(PLAIN, present=True)
    async with quiet_desk() as served, colleague(served) as other:
        olga = await customer(served, "Olga Zett", "About a zebra")
        await other.set_status(olga.conversation, Status.RESOLVED)
        async with seat(served, looks=looks) as at:
            await at.press("ctrl+s")
            await at.type("zebra")
            await at.until_shown("About a zebra")
            assert "Olga" not in at.screen


def test_it_is_asked_for_on_the_command_line() -> None:
    assert parse(["--present"]).present
    assert parse(["demo", "--present"]).present
    assert parse(["--present", "demo"]).present
    assert parse(["monitor", "--present"]).present
    assert not parse(["demo"]).present
