"""Canned responses at the desk: what follows a text, and how texts do, told by what happens."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk.effects import DeskEffect, Resolve, SetPriority, SetTags
from agent_tui.desk.notice import StaysOpen
from agent_tui.desk.passages import Marks, Passage
from agent_tui.desk.text_effects import CountText
from api_client.models.identity import EchoId
from api_client.models.message import MessageKind
from canned.model import After
from canned.outcome import Outcome, Use
from tests.desk.stage import Desk, a_desk, cid, line, notices

NOTHING_MORE = After()
WORDS = "Your card comes on Friday."


def marks(key: str = "team/card", after: After = NOTHING_MORE, plain: str = WORDS) -> Marks:
    return Marks((), (Passage(0, len(WORDS), key, "card", "en", plain, after=after),))


def sends(desk: Desk, held: Marks, text: str = WORDS) -> list[DeskEffect]:
    return desk.tell(e.ReplySubmitted(cid(1), text, note=False, echo=EchoId("e1"), marks=held))


def arrives(desk: Desk) -> list[DeskEffect]:
    return desk.tell(e.ReplySent(cid(1), EchoId("e1"), line(900, MessageKind.AGENT, 200.0, mine=True)))


def counted(effects: list[DeskEffect]) -> list[CountText]:
    return [effect for effect in effects if isinstance(effect, CountText)]


def test_what_was_sent_counts_with_what_was_put_in_and_what_left() -> None:
    desk = a_desk(1)
    assert counted(sends(desk, marks())) == [CountText("team/card", Use.USED, WORDS, WORDS)]
    assert [one.key for one in desk.chat(1).prepared] == ["team/card"]


def test_what_was_put_in_and_taken_out_again_was_dropped() -> None:
    desk = a_desk(1)
    desk.tell(e.DraftChanged(cid(1), WORDS, note=False, marks=marks("team/other")))
    assert counted(sends(desk, marks()))[1:] == [CountText("team/other", Use.ABANDONED)]


def test_the_customers_next_words_tell_what_came_of_it() -> None:
    for words, outcome in (("Thank you", Outcome.THANKED), ("Kiitos! Entä hinta?", Outcome.ASKED)):
        desk = a_desk(1)
        sends(desk, marks())
        assert counted(desk.customer_writes(1, 901, 300.0, raw=words)) == [CountText("team/card", outcome)]
        assert counted(desk.customer_writes(1, 902, 301.0, raw=words)) == []


def test_a_note_counts_for_nothing_and_nothing_follows_it() -> None:
    desk = a_desk(1)
    held = marks(after=After(tags=("refund",)))
    sent = desk.tell(e.ReplySubmitted(cid(1), WORDS, note=True, echo=EchoId("e1"), marks=held))
    assert counted(sent) == []
    assert not desk.chat(1).afterwards


def test_tags_and_priority_are_set_once_the_text_has_arrived() -> None:
    desk = a_desk(1)
    held = marks(after=After(tags=("refund",), priority="high"))
    assert not any(isinstance(effect, SetTags) for effect in sends(desk, held))
    done = arrives(desk)
    assert [type(effect) for effect in done if isinstance(effect, SetTags | SetPriority)] == [
        SetTags,
        SetPriority,
    ]
    assert not any(isinstance(effect, SetTags) for effect in arrives(desk))


def test_a_chat_is_closed_when_the_text_says_so() -> None:
    desk = a_desk(1)
    sends(desk, marks(after=After(resolve=True)))
    assert any(isinstance(effect, Resolve) for effect in arrives(desk))


def test_nothing_is_closed_over_new_words() -> None:
    desk = a_desk(1)
    sends(desk, marks(after=After(resolve=True)))
    desk.tell(e.DraftChanged(cid(1), "One more thing", note=False))
    done = arrives(desk)
    assert not any(isinstance(effect, Resolve) for effect in done)
    assert StaysOpen(desk.chat(1).card.name) in notices(done)
