"""Desk, engine and backend over real sockets, with a server that goes away in the middle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from agent_tui.desk import events as d
from agent_tui.desk.model import Link
from agent_tui.desk.transcript import Fate
from agent_tui.engine.drafts import SqliteDrafts
from api_client.backend import Backend
from api_client.errors import AnswerLost
from api_client.models.identity import ConversationId
from api_client.models.message import Message, Outgoing
from practice.embedded import EmbeddedDesk
from tests.engine.wire import WireCustomer, WireDesk


async def test_a_customer_is_seen_taken_answered_and_heard(served: EmbeddedDesk) -> None:
    liisa = await WireCustomer.arrive(served, "Liisa")
    await liisa.say("Hei")
    async with WireDesk(served) as desk:
        await desk.take(liisa.conversation)
        desk.reply(liisa.conversation, "Moi")
        await desk.until(lambda: Fate.SENT in desk.fates(liisa.conversation))
        await liisa.say("Kiitos")
        await desk.until(lambda: desk.log(liisa.conversation) == ["Hei", "Moi", "Kiitos"])
        assert "Moi" in await liisa.hears()


async def test_what_was_missed_while_the_server_was_away_arrives_once_and_in_order(
    served: EmbeddedDesk,
) -> None:
    liisa = await WireCustomer.arrive(served, "Liisa")
    await liisa.say("Hei")
    async with WireDesk(served) as desk:
        await desk.take(liisa.conversation)
        await served.stop()
        await desk.until(lambda: desk.state.connection.link is Link.LOST)
        for number in range(5):
            await liisa.say(str(number))
        pekka = await WireCustomer.arrive(served, "Pekka")
        await pekka.say("Onko siellä joku?")
        desk.reply(liisa.conversation, "typed while away")
        desk.bridge.dispatch(d.DraftChanged(liisa.conversation, "and half a", note=False))
        await served.start()
        await desk.until(lambda: Fate.SENT in desk.fates(liisa.conversation))
        await desk.until(lambda: len(desk.log(liisa.conversation)) == 7)
        await desk.until(lambda: pekka.conversation in desk.state.chats)
        assert desk.log(liisa.conversation) == ["Hei", *map(str, range(5)), "typed while away"]
        assert desk.chat(liisa.conversation).draft.text == "and half a"
        assert [text for text in await liisa.hears() if text == "typed while away"] == ["typed while away"]


async def test_replies_whose_answers_get_lost_arrive_once_and_in_order(served: EmbeddedDesk) -> None:
    def lose_answers(backend: Backend) -> None:
        send = backend.send
        sent: list[str] = []

        async def lossy(
            conversation: ConversationId,
            outgoing: Outgoing,
            progress: Callable[[int, int], None] | None = None,
        ) -> Message:
            sent.append(outgoing.text)
            if len(sent) == 1:
                raise AnswerLost("lost on the way there")
            message = await send(conversation, outgoing)
            if len(sent) == 3:
                raise AnswerLost("lost on the way back")
            return message

        backend.send = lossy  # type: ignore[method-assign]

    liisa = await WireCustomer.arrive(served, "Liisa")
    await liisa.say("Hei")
    async with WireDesk(served, change=lose_answers) as desk:
        await desk.take(liisa.conversation)
        for number in range(4):
            desk.reply(liisa.conversation, f"reply {number}")
        await desk.until(lambda: desk.fates(liisa.conversation) == {Fate.SENT})
        expected = [f"reply {number}" for number in range(4)]
        assert [text for text in await liisa.hears() if text.startswith("reply")] == expected
        assert desk.log(liisa.conversation) == ["Hei", *expected]


async def test_a_lost_race_names_the_colleague(served: EmbeddedDesk) -> None:
    liisa = await WireCustomer.arrive(served, "Liisa")
    await liisa.say("Hei")
    async with WireDesk(served) as mine, WireDesk(served, agent=1) as theirs:
        await mine.until(lambda: liisa.conversation in mine.state.chats)
        await theirs.take(liisa.conversation)
        mine.bridge.dispatch(d.ConversationPicked(liisa.conversation))
        await mine.until(lambda: not mine.state.taking)
        assert liisa.conversation not in mine.state.tabs


async def test_drafts_are_there_again_after_a_restart(served: EmbeddedDesk, tmp_path: Path) -> None:
    liisa = await WireCustomer.arrive(served, "Liisa")
    await liisa.say("Hei")
    path = tmp_path / "drafts.db"
    async with WireDesk(served, open_drafts=lambda: SqliteDrafts(path)) as desk:
        await desk.take(liisa.conversation)
        desk.bridge.dispatch(d.DraftChanged(liisa.conversation, "Voit tehdä sen", note=False))
    async with WireDesk(served, open_drafts=lambda: SqliteDrafts(path)) as again:
        await again.until(lambda: liisa.conversation in again.state.chats)
        await again.until(lambda: again.chat(liisa.conversation).draft.text == "Voit tehdä sen")
