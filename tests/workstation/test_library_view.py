"""The library is browsed by category and read as one person or another would get it."""

from __future__ import annotations

from pathlib import Path

from api_client.models.conversation import Status
from practice.embedded import EmbeddedDesk
from tests.engine.wire import WireCustomer
from tests.workstation.colleague import colleague, quiet_desk
from tests.workstation.seat import seat
from tests.workstation.test_prepared_texts import places


async def test_a_response_is_read_as_a_finn_and_as_a_swede(desk: EmbeddedDesk, tmp_path: Path) -> None:
    async with seat(desk, texts=places(tmp_path)) as at:
        await at.until(lambda: at.state.texts and at.state.texts.library.named("kortti"), "the library")
        await at.press("ctrl+k", *"library", "enter", *"toimitus")
        await at.until_shown("kortit / toimitus / kortti")
        await at.until_shown("Hei Liisa, kortti tulee")
        await at.press("enter", "down")
        await at.until_shown("Hej Karin")
        await at.press("enter")
        await at.until_shown("Library, as Karin Holm reads it")


async def test_a_response_is_read_as_any_customer_the_server_knows(tmp_path: Path) -> None:
    texts = places(tmp_path)
    card = """shortcut = "osoite"
    text.fi = "Hei {{ contact.first_name }}: {{ contact.email }}"
    text.sv = "Hej {{ contact.first_name }}: {{ contact.email }}"
    """
    (tmp_path / "team" / "kortti.toml").write_text(card, encoding="utf-8")
    async with quiet_desk() as desk, colleague(desk) as other:
        sofia = await WireCustomer.arrive(
            desk, "Sofia Lind", email="sofia@example.test", custom_attributes={"language": "sv"}
        )
        await sofia.say("Hej")
        await other.set_status(sofia.conversation, Status.RESOLVED)
        async with seat(desk, texts=texts) as at:
            await at.until(lambda: at.state.texts and at.state.texts.library.named("osoite"), "the library")
            await at.press("ctrl+k", *"library", "enter", *"osoite", "enter")
            await at.until_shown("Read it as")
            await at.type("lind")
            await at.until_shown("Sofia Lind  sofia@example.test")
            await at.press("enter")
            await at.until_shown("Library, as Sofia Lind reads it")
            await at.type("osoite")
            await at.until_shown("Hej Sofia: sofia@example.test")
            assert sofia.conversation not in at.state.chats
            await at.press("enter", *"liis")
            await at.until_shown("Hei Liisa: ")
            assert "Sofia Lind" not in at.screen
