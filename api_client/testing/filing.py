"""Files there and back."""

from __future__ import annotations

from api_client.backend import Capability
from api_client.errors import TooLarge
from api_client.models.events import MessageCreated
from api_client.models.identity import EchoId
from api_client.models.message import Message, Outgoing, Upload
from api_client.testing.bench import Bench, expect, expect_error
from api_client.testing.watching import watching

_PICTURE = Upload("näyttö kuva.bin", "application/octet-stream", bytes(range(256)) * 800)
_PAPER = Upload("paper.txt", "text/plain", b"Two files in one message")


class Filing:
    """Files there and back, where the backend can."""

    async def test_files_reach_the_customer_as_they_were_sent(self, bench: Bench) -> None:
        """Several in one message, without a text, and how far they are is told on the way."""
        if Capability.ATTACHMENTS not in bench.agent_a.capabilities:
            return
        customer = await bench.customer("Ida", "Could you send me the form?")
        steps: list[tuple[int, int]] = []
        outgoing = Outgoing("", EchoId("echo-1"), files=(_PICTURE, _PAPER))
        sent = await bench.agent_a.send(
            customer.conversation, outgoing, lambda done, size: steps.append((done, size))
        )
        size = len(_PICTURE.data) + len(_PAPER.data)
        expect([file.size for file in sent.attachments] == [len(_PICTURE.data), len(_PAPER.data)], "sizes")
        expect(sent.attachments[0].name == _PICTURE.name, "the name stays")
        expect(steps[-1] == (size, size) and len(steps) > 1, "progress is told to the end")
        expect(await customer.receives() == (_PICTURE.data, _PAPER.data), "byte for byte")

    async def test_a_file_goes_with_a_text_and_with_a_note(self, bench: Bench) -> None:
        """And the customer gets none of what goes with a note."""
        if Capability.ATTACHMENTS not in bench.agent_a.capabilities:
            return
        customer = await bench.customer("Per", "Hello?")
        said = Outgoing("Here it is", EchoId("echo-1"), files=(_PAPER,))
        await bench.agent_a.send(customer.conversation, said)
        noted = Outgoing("Among us", EchoId("echo-2"), private=True, files=(_PICTURE,))
        note = await bench.agent_a.send(customer.conversation, noted)
        expect(len(note.attachments) == 1, "the note has its file")
        expect("Here it is" in await customer.hears(), "the text stands with it")
        expect(await customer.receives() == (_PAPER.data,), "and only the reply's file is theirs")

    async def test_a_customers_file_can_be_fetched_up_to_a_size(self, bench: Bench) -> None:
        """It is named, listed with the conversation, and never more than asked for comes."""
        if Capability.ATTACHMENTS not in bench.agent_a.capabilities:
            return
        customer = await bench.customer("Siv", "Look at this")
        async with watching(bench.agent_a) as a:
            await customer.show("virhe.bin", _PICTURE.data)
            told = await a.find(MessageCreated, lambda event: bool(event.message.attachments))
        file = told.message.attachments[0]
        expect((file.name, file.size) == ("virhe.bin", len(_PICTURE.data)), "name and size are told")
        found = bytearray()
        await bench.agent_a.download(file, found.extend, limit=1 << 20)
        expect(bytes(found) == _PICTURE.data, "byte for byte")
        listed = await bench.agent_a.files(customer.conversation)
        expect([one.id for one in listed] == [file.id], "the conversation lists it")
        some = bytearray()
        await expect_error(TooLarge, bench.agent_a.download(file, some.extend, limit=1000))
        expect(len(some) <= 1000, "no more than the limit")  # noqa: PLR2004  the limit above

    async def test_a_message_remembers_its_files(self, bench: Bench) -> None:
        """For those who read it later."""
        if Capability.ATTACHMENTS not in bench.agent_a.capabilities:
            return
        customer = await bench.customer("Aki", "Hello?")
        await bench.agent_a.send(customer.conversation, Outgoing("Form", EchoId("e"), files=(_PAPER,)))
        page = await bench.agent_b.messages(customer.conversation)
        expect([_names(message) for message in page.items][-1] == ["paper.txt"], "the colleague sees it")


def _names(message: Message) -> list[str]:
    return [file.name for file in message.attachments]
