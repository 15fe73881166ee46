"""One response serves Finnish, Swedish and Dutch customers: with a field, a link, the tag it suggests."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_tui.desk.rules import Rules, TagRule
from agent_tui.engine.bookshelf import TextPlaces
from agent_tui.engine.linkwork import LinkMeans
from api_client.models.conversation import Status
from practice.embedded import EmbeddedDesk
from tests.engine.wire import WireCustomer
from tests.workstation.seat import Seat, seat
from tests.workstation.test_serving import left, take

CARD = """
shortcut = "kortti"
tags = ["verokortti-toimitus"]
[text]
fi = '''Hei {{ contact.first_name }}, korttisi on matkalla ja se tulee \\
{% field "when", choices: "huomenna|tänään" %}.'''
sv = '''Hej {{ contact.first_name }}, ditt kort är på väg och det kommer \\
{% field "when", choices: "i morgon|i dag" %}.'''
nl = '''Hallo {{ contact.first_name }}, je kaart is onderweg en komt \\
{% field "when", choices: "morgen|vandaag" %}.'''
""".replace("\\\n", "")
BOOKMARKS = """
[[bookmark]]
title = "Kortin seuranta"
[bookmark.url]
fi = "https://vero.example/seuranta"
sv = "https://vero.example/folj"
nl = "https://vero.example/volg"
"""
SAID = {
    "Liisa Virtanen": (
        "Hei, en ole vielä saanut verokorttia ja tarvitsen sen nyt.",
        "Hei Liisa, korttisi on matkalla ja se tulee tänään. https://vero.example/seuranta",
        "Kiitos, tämä riittää minulle.",
    ),
    "Karin Holm": (
        "Hej, jag har inte fått mitt skattekort och vill veta när det kommer.",
        "Hej Karin, ditt kort är på väg och det kommer i dag. https://vero.example/folj",
        "Tack, det var allt jag ville veta.",
    ),
    "Joost de Wit": (
        "Hallo, ik heb mijn kaart nog niet en ik wil graag weten wanneer die komt.",
        "Hallo Joost, je kaart is onderweg en komt vandaag. https://vero.example/volg",
        "Bedankt, dat was het voor nu.",
    ),
}


@pytest.fixture
def texts(tmp_path: Path) -> TextPlaces:
    team = tmp_path / "team"
    team.mkdir()
    (team / "kortti.toml").write_text(CARD, encoding="utf-8")
    (team / "bookmarks.toml").write_text(BOOKMARKS, encoding="utf-8")
    return TextPlaces((team,), tmp_path / "own", tmp_path / "canned.db")


async def serve(at: Seat, customer: WireCustomer, answer: str, thanks: str) -> None:
    """From the response to the closed chat, by keys."""
    await at.press("/", *"kor", "enter")
    await at.press("down", "down", "tab", "ctrl+end", "end", "space", "f6", *"seur")
    await at.until_shown("Kortin seuranta")
    await at.press("enter", "enter")
    await left(at, answer)
    assert answer in await customer.hears()
    await customer.say(thanks)
    await at.until_shown(thanks)
    await at.press("f8")
    await at.until_shown("★ you sent “kortti”")
    await at.press("space", "enter")


async def test_a_conversation_in_each_language(desk: EmbeddedDesk, texts: TextPlaces) -> None:
    bookmarks = [folder / "bookmarks.toml" for folder in texts.team]
    rules = Rules(tags=(TagRule("*"),))
    async with seat(desk, texts=texts, links=LinkMeans(bookmarks=bookmarks), rules=rules) as at:
        for name, (question, answer, thanks) in SAID.items():
            customer = await WireCustomer.arrive(desk, name)
            await customer.say(question)
            await at.until_shown(name)
            await take(at, name)
            await at.until_shown(question[:20])
            chat = at.chat
            await serve(at, customer, answer, thanks)
            await at.until_shown("No chat is open")
            assert chat.status is Status.RESOLVED
            assert [tag.value for tag in chat.tags] == ["verokortti-toimitus"]
