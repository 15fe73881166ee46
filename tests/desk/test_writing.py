"""What the agent writes: drafts, replies on their way, the typing mark."""

from __future__ import annotations

import pytest

from agent_tui.desk import events as e
from agent_tui.desk.effects import LoadNewest, SaveDraft, SendReply, ShowTyping
from agent_tui.desk.failure_notice import SendingFailed
from agent_tui.desk.model import Draft
from agent_tui.desk.notice import DraftsNotKept
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.desk.text import Displayable
from agent_tui.desk.transcript import Fate, Line
from api_client.models.identity import EchoId, MessageId
from api_client.models.message import MessageKind
from tests.desk.stage import UNREACHABLE, Desk, a_desk, cid, line, notices


def drafts(desk: Desk, text: str, *, note: bool = False) -> list[object]:
    return list(desk.tell(e.DraftChanged(cid(1), text, note)))


def arrived(number: int, echo: str | None, at: float = 200.0) -> Line:
    own = None if echo is None else EchoId(echo)
    return line(number, MessageKind.AGENT, at, raw="Hei", mine=True, echo=own)


def test_a_reply_stands_in_the_log_at_once_and_is_sent() -> None:
    desk = a_desk(1)
    desk.customer_writes(1, 10, 110.0)
    drafts(desk, "Hei")
    effects = desk.submits(1, "Hei", "e1")
    assert effects == [
        SaveDraft(cid(1), "", note=False),
        ShowTyping(cid(1), on=False, private=False),
        SendReply(cid(1), EchoId("e1"), "Hei", note=False, after=MessageId("10")),
    ]
    shown = desk.chat(1).transcript.lines[-1]
    assert (shown.key, shown.fate, shown.mine, shown.author) == ("e1", Fate.QUEUED, True, "Aino Virta")
    assert desk.chat(1).draft.text == ""


def test_a_reply_is_said_to_be_sent_only_when_it_is_written_down_and_on_its_way() -> None:
    desk = a_desk(1)
    desk.submits(1, "Hei", "e1")
    assert desk.fates(1) == [Fate.QUEUED]
    desk.tell(e.ReplyLeft(cid(1), EchoId("e1")))
    assert desk.fates(1) == [Fate.SENDING]
    desk.tell(e.ReplySent(cid(1), EchoId("e1"), arrived(10, "e1")))
    desk.tell(e.ReplyLeft(cid(1), EchoId("e1")))
    assert desk.fates(1) == [Fate.SENT]


def test_a_reply_names_the_one_that_is_still_on_its_way_before_it() -> None:
    desk = a_desk(1, 2)
    behind = []
    for number, echo in ((1, "e1"), (1, "e2"), (2, "e3"), (1, "e4")):
        effects = desk.submits(number, "Hei", echo)
        behind += [effect.behind for effect in effects if isinstance(effect, SendReply)]
    assert behind == [None, "e1", None, "e2"]
    desk.tell(e.ReplyFailed(cid(1), EchoId("e4"), UNREACHABLE))
    (again,) = [
        one for one in desk.tell(e.RetryRequested(cid(1), EchoId("e4"))) if isinstance(one, SendReply)
    ]
    assert again.behind == "e2"


@pytest.mark.parametrize("blank", ["", "  ", "\n\t"])
def test_nothing_is_not_sent(blank: str) -> None:
    desk = a_desk(1)
    assert desk.submits(1, blank, "e1") == []
    assert desk.lines(1) == []


def test_a_text_goes_out_as_typed_and_is_shown_cleaned() -> None:
    desk = a_desk(1)
    effects = desk.submits(1, " a\u200bb ", "e1")
    assert isinstance(effects[-1], SendReply)
    assert effects[-1].text == " a\u200bb "
    assert desk.chat(1).transcript.lines[0].text == " ab "


@pytest.mark.parametrize("push_first", [True, False])
@pytest.mark.parametrize("named", [True, False])
def test_answer_and_push_make_one_line_in_either_order(push_first: bool, named: bool) -> None:  # noqa: FBT001  cases
    desk = a_desk(1)
    desk.submits(1, "Hei", "e1")
    push = e.MessageReceived(cid(1), arrived(10, "e1" if named else None), None, None)
    answer = e.ReplySent(cid(1), EchoId("e1"), arrived(10, None))
    for event in (push, answer) if push_first else (answer, push):
        desk.tell(event)
    (shown,) = desk.chat(1).transcript.lines
    assert (shown.key, shown.fate, shown.echo) == ("10", Fate.SENT, "e1")


def test_lines_on_their_way_stay_last_in_the_order_sent() -> None:
    desk = a_desk(1)
    desk.submits(1, "first", "e1")
    desk.submits(1, "second", "e2")
    desk.customer_writes(1, 10, 500.0)
    assert desk.lines(1) == ["message 10", "first", "second"]
    desk.tell(e.ReplySent(cid(1), EchoId("e1"), arrived(11, "e1", at=501.0)))
    assert desk.lines(1) == ["message 10", "Hei", "second"]


def test_a_failed_line_stays_where_it_is_and_is_told() -> None:
    desk = a_desk(1)
    desk.customer_writes(1, 10, 150.0)
    desk.submits(1, "Hei", "e1")
    problem = Problem(Trouble.REFUSED, Displayable("too long"))
    assert notices(desk.tell(e.ReplyFailed(cid(1), EchoId("e1"), problem))) == [
        SendingFailed(Displayable("Customer 1"), problem)
    ]
    desk.customer_writes(1, 11, 160.0)
    assert desk.lines(1) == ["message 10", "Hei", "message 11"]
    failed = desk.chat(1).transcript.lines[1]
    assert (failed.fate, failed.problem, failed.trouble) == (Fate.FAILED, "too long", Trouble.REFUSED)


def test_a_retry_moves_the_line_to_the_end_and_looks_from_where_it_first_left() -> None:
    desk = a_desk(1)
    desk.customer_writes(1, 10, 150.0)
    desk.submits(1, "Hei", "e1")
    desk.tell(e.ReplyFailed(cid(1), EchoId("e1"), UNREACHABLE))
    desk.customer_writes(1, 11, 160.0)
    again = desk.tell(e.RetryRequested(cid(1), EchoId("e1")))
    assert again == [SendReply(cid(1), EchoId("e1"), "Hei", note=False, after=MessageId("10"))]
    assert desk.lines(1) == ["message 10", "message 11", "Hei"]
    assert desk.fates(1)[-1] is Fate.QUEUED
    assert desk.tell(e.RetryRequested(cid(1), EchoId("e1"))) == []


def test_a_failure_told_after_the_push_is_none() -> None:
    desk = a_desk(1)
    desk.submits(1, "Hei", "e1")
    desk.tell(e.MessageReceived(cid(1), arrived(10, "e1"), None, None))
    assert desk.tell(e.ReplyFailed(cid(1), EchoId("e1"), Problem(Trouble.UNCERTAIN))) == []
    assert desk.fates(1) == [Fate.SENT]


def test_a_push_heals_a_line_given_up_for_lost() -> None:
    desk = a_desk(1)
    desk.submits(1, "Hei", "e1")
    desk.tell(e.ReplyFailed(cid(1), EchoId("e1"), Problem(Trouble.UNCERTAIN)))
    desk.tell(e.MessageReceived(cid(1), arrived(10, "e1"), None, None))
    assert desk.fates(1) == [Fate.SENT]
    assert desk.chat(1).transcript.undelivered == 0


def test_a_line_that_fails_after_its_tab_was_closed_opens_it_again() -> None:
    desk = a_desk(1, 2)
    desk.submits(1, "Hei", "e1")
    desk.tell(e.TabClosed(cid(1)))
    effects = desk.tell(e.ReplyFailed(cid(1), EchoId("e1"), UNREACHABLE))
    assert desk.state.tabs == [cid(2), cid(1)]
    assert LoadNewest(cid(1)) in effects
    assert desk.lines(1) == ["Hei"]


def test_a_reply_can_be_sent_while_the_connection_is_down() -> None:
    desk = a_desk(1)
    desk.tell(e.ConnectionDropped("closed", 1.0, 1))
    assert any(isinstance(effect, SendReply) for effect in desk.submits(1, "Hei", "e1"))


def test_a_note_is_sent_as_a_note() -> None:
    desk = a_desk(1)
    sent = desk.submits(1, "Calls back", "e1", note=True)[-1]
    assert isinstance(sent, SendReply)
    assert sent.note
    assert desk.chat(1).transcript.lines[0].kind is MessageKind.NOTE
    assert desk.chat(1).draft == Draft("", note=True)


def test_a_draft_belongs_to_its_customer() -> None:
    desk = a_desk(1, 2)
    assert SaveDraft(cid(1), "Hei", note=False) in drafts(desk, "Hei")
    desk.tell(e.TabSelected(cid(2)))
    assert (desk.chat(1).draft.text, desk.chat(2).draft.text) == ("Hei", "")
    assert drafts(desk, "Hei") == []


def test_the_typing_mark_goes_on_once_and_off_after_four_idle_seconds() -> None:
    desk = a_desk(1)
    on, off = (ShowTyping(cid(1), on=shown, private=False) for shown in (True, False))
    assert on in drafts(desk, "H")
    assert on not in drafts(desk, "He")
    desk.now += 3
    drafts(desk, "Hei")
    assert desk.tell(e.Ticked(), after=3) == []
    assert desk.tell(e.Ticked(), after=1) == [off]
    assert desk.tell(e.Ticked(), after=1) == []
    assert on in drafts(desk, "Hei!")


def test_the_typing_mark_goes_off_when_the_text_is_taken_back() -> None:
    desk = a_desk(1)
    drafts(desk, "H")
    assert ShowTyping(cid(1), on=False, private=False) in drafts(desk, "")


def test_a_note_is_typed_in_private() -> None:
    desk = a_desk(1)
    assert ShowTyping(cid(1), on=True, private=True) in drafts(desk, "H", note=True)
    assert drafts(desk, "H", note=False)[1:] == [
        ShowTyping(cid(1), on=False, private=True),
        ShowTyping(cid(1), on=True, private=False),
    ]


def test_drafts_found_at_the_start_come_back_beside_their_customers() -> None:
    desk = a_desk(1, 2)
    drafts(desk, "newer")
    found = {cid(number): Draft(f"draft {number}") for number in (1, 2, 3)}
    desk.tell(e.DraftsRestored(found))
    desk.arrives(3)
    assert [desk.chat(number).draft.text for number in (1, 2, 3)] == ["newer", "draft 2", "draft 3"]


def test_a_disk_that_takes_no_drafts_is_told_at_most_once_a_minute() -> None:
    desk = a_desk()
    problem = Problem(Trouble.DISK)
    assert notices(desk.tell(e.StorageFailed(problem))) == [DraftsNotKept(problem)]
    assert desk.tell(e.StorageFailed(problem), after=30) == []
    assert notices(desk.tell(e.StorageFailed(problem), after=31)) == [DraftsNotKept(problem)]
