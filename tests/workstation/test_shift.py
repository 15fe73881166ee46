"""The end of a shift by keys: its sheet, its file, chats without tags, all chats given to a colleague."""

from __future__ import annotations

import json
from contextlib import closing
from functools import partial
from pathlib import Path

from agent_tui.desk.promises import open_promises
from agent_tui.engine.carrying import CarryingMeans
from agent_tui.engine.facts_kept import FactsKept
from api_client.models.identity import ConversationId
from tests.workstation.colleague import colleague, customer, quiet_desk, take
from tests.workstation.seat import Seat, seat


async def closed(at: Seat, conversation: ConversationId) -> None:
    """Answer from a canned response, and close it without a tag."""
    await take(at, conversation)
    await at.type("/")
    await at.press("enter")
    await at.press("ctrl+f9")
    await at.until(lambda: at.chat.prepared and not at.chat.transcript.sending, "the reply to leave")
    await at.press("f8")
    await at.until(lambda: at.state.handled, "the chat to close")


async def test_a_shift_ends_with_a_sheet_tags_and_everything_handed_over(tmp_path: Path) -> None:
    means = CarryingMeans(tmp_path / "exports", {})
    facts = partial(FactsKept, tmp_path / "facts.db", "here")
    async with quiet_desk() as desk, colleague(desk) as other, seat(desk, carrying=means, facts=facts) as at:
        me = (await other.sign_in()).agent
        first, olga, pekka = [await customer(desk, name) for name in ("Liisa", "Olga", "Pekka")]
        await closed(at, first.conversation)
        for one in (olga, pekka):
            await take(at, one.conversation)
        await at.type("I will be back in 5 minutes")
        await at.press("enter")
        await at.until(lambda: open_promises(at.state) and not at.chat.transcript.sending, "the promise")
        await at.press("ctrl+f12")
        await at.until_shown("1 of 2 · 50%")
        parts = [row.strip().rpartition("  ") for row in at.screen.splitlines()]
        words = {name.strip(): value for name, _, value in parts}
        assert (words["Chats handled"], words["Chats still open"]) == ("1", "2")
        assert (words["Closed without a tag"], words["Open promises"]) == ("1", "1")
        await at.press("j")
        await at.until_shown("Written to ")
        [path] = (tmp_path / "exports").iterdir()
        sheet = json.loads(path.read_text())
        assert (sheet["handled"], sheet["canned_share"], sheet["open_chats"]) == (1, 0.5, 2)
        assert sheet["closed_without_tag"] == [first.conversation]
        await at.press("t")
        await at.until_shown("[x] Liisa")
        await at.press("enter", *"kirj", "enter")
        await at.until_shown("1 chat gets these tags")
        await at.at_rest()
        await at.press("ctrl+f12")
        await at.until_shown("Shift of ")
        await at.press("h")
        await at.until_shown("Hand over all your 2 open chats to …")
        await at.type(me.name[:6])
        await at.press("enter", "down", "enter")
        await at.until(lambda: at.screen.count("✓ handed over") == 2, "both to be handed over")
        assert f"Olga → {me.name}" in at.screen
        await at.press("escape")
        assert at.state.tabs == []
        for one in (olga, pekka):
            page = await other.messages(one.conversation)
            assert any(message.text.startswith("⇄ Hand-over card") for message in page.items)
    with closing(FactsKept(tmp_path / "facts.db", "here")) as kept:
        assert kept.load(0)
    assert b"Liisa" not in (tmp_path / "facts.db").read_bytes()
