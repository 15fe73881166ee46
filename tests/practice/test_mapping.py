"""The bot layer: what it found out reaches staff as a hand-over card, and customers cannot write one."""

from __future__ import annotations

from contextlib import closing

from agent_tui.desk.hand_over_card import Part, parsed
from api_client.models.message import MessageKind
from practice.changes.mapping import card_of
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.engine.wire import WireCustomer
from tests.workstation.colleague import colleague
from tests.workstation.seat import seat

TOLD = """[Lintubot hands over]
Group: employee
Matter: two accounts
Tried: both
Sent: a-page
Open: join them"""


def test_every_finding_of_every_persona_has_its_part() -> None:
    told = [
        first
        for persona in load("benefits").personas
        if persona.queue == "mapped"
        for first, *_ in persona.opening
    ]
    assert len(told) == 24
    for text in told:
        card = parsed(card_of("Lintubotti", text) or "")
        assert card is not None
        for part in (Part.QUESTION, Part.KNOWN, Part.TRIED, Part.SENT):
            assert card.of(part), text


def test_a_text_without_findings_is_no_card() -> None:
    for text in ("", "Hello", "[Lintubot hands over]\nhello", "[Bot]\nGroup: me", "[x", "[]\n: :"):
        assert card_of("Lintubotti", text) is None


async def test_a_mapped_case_arrives_with_its_card_and_is_read_by_one_key() -> None:
    served = EmbeddedDesk.of(load("benefits"))
    with closing(served.desk):
        async with served, colleague(served, 0) as other, seat(served, agent=0, size=(80, 24)) as at:
            mara = await WireCustomer.arrive(served, "Mara", queue="Botti on kartoittanut")
            await mara.say(TOLD)
            await at.until(lambda: mara.conversation in at.state.waiting, "the customer to wait")
            await at.press("f3")
            await at.until_shown("⇄ Handed over")
            await at.until_shown("Open question join them")
            await at.until_shown("Known         Group: employee")
            await at.press("enter")
            await at.until(lambda: "⇄ Handed over" not in at.screen, "the card to go")
            page = await other.messages(mara.conversation)
            kinds = [one.kind for one in page.items if one.text.startswith("⇄")]
            assert kinds[0] is MessageKind.NOTE
            assert not [text for text in await mara.hears() if text.startswith("⇄")]


async def test_the_same_words_in_a_queue_without_a_bot_are_only_words() -> None:
    served = EmbeddedDesk.of(load("tax"))
    with closing(served.desk):
        async with served, colleague(served) as other:
            mara = await WireCustomer.arrive(served, "Mara")
            await mara.say(TOLD)
            page = await other.messages(mara.conversation)
            assert not [one for one in page.items if one.kind is MessageKind.NOTE]
