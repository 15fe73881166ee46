"""The lead's board: what is listed, what is asked of the server, who calls for help and until when."""

from __future__ import annotations

from typing import Any

from agent_tui.desk import events as e
from agent_tui.desk.effects import Notify, SendReply
from agent_tui.desk.help_calls import open_calls
from agent_tui.desk.lead_effects import AssignTo, MoveTo, Whisper
from agent_tui.desk.lead_events import (
    CallHeard,
    GivenTo,
    GivingTakenBack,
    HelpCalled,
    LeadDone,
    LeadFailed,
    MovedTo,
    WhisperWritten,
)
from agent_tui.desk.lead_notes import call_for_help, whisper
from agent_tui.desk.lead_rows import MOST, case_rows
from agent_tui.desk.leading import failures
from agent_tui.desk.model import Colleague, DeskState
from agent_tui.desk.notice import LeadWrote
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.desk.selectors import tab_rows
from agent_tui.desk.text import Displayable
from agent_tui.desk.update import update
from agent_tui.widgets.case_columns import CASE_COLUMNS
from agent_tui.widgets.columns import arranged, fitting
from agent_tui.widgets.queue_columns import QUEUE_COLUMNS
from agent_tui.widgets.tab_rows import tab_pieces
from api_client.models.conversation import Status
from api_client.models.identity import AgentId, EchoId
from api_client.models.message import MessageKind
from tests.desk.stage import AINO, BENGT, TAX, cid, facts, line

ECHO = EchoId("word")


def board(*chats: e.ChatFacts) -> DeskState:
    """A lead's own state that knows these conversations."""
    state = DeskState(me=AINO)
    state.colleagues = {one.id: one for one in (AINO, BENGT)}
    update(state, e.ConversationsListed(chats, whole=True), 1.0)
    return state


def note(state: DeskState, text: str, *, number: int = 7) -> list[Any]:
    said = Displayable(text)
    told = line(number, MessageKind.NOTE, 200.0 + number, text=said, raw=text, author=BENGT.name)
    return update(state, e.MessageReceived(cid(1), told, None, None), 2.0)


def test_a_list_keeps_its_order_leaves_out_what_sleeps_and_finds_by_customer_or_agent() -> None:
    state = board(facts(1), facts(2, assignee=BENGT), facts(3, status=Status.SNOOZED))
    ids = [cid(2), cid(9), cid(3), cid(1)]
    assert [row.conversation for row in case_rows(state, ids)] == [cid(2), cid(1)]
    assert [row.conversation for row in case_rows(state, ids, BENGT.name[:3].upper())] == [cid(2)]
    assert case_rows(state, ids, "no such name") == []


def test_a_long_list_costs_what_is_shown() -> None:
    state = board(*(facts(number) for number in range(1, MOST + 50)))
    asked = (cid(number) for number in range(1, MOST + 50))
    assert len(case_rows(state, asked)) == MOST
    assert next(asked) == cid(MOST + 1)


def test_rows_are_sorted_by_any_column_and_those_without_a_figure_come_last() -> None:
    state = board(facts(1, waiting_since=50.0), facts(2, assignee=BENGT), facts(3, waiting_since=20.0))
    rows = case_rows(state, [cid(1), cid(2), cid(3)])
    assert [row.conversation for row in arranged(rows, CASE_COLUMNS, "wait")][:2] == [cid(3), cid(1)]
    assert arranged(rows, CASE_COLUMNS, "with")[-1].agent == BENGT.name


def test_where_room_is_short_the_columns_that_matter_least_go_first() -> None:
    shown = [[column.id for column in fitting(QUEUE_COLUMNS, cells)] for cells in (40, 78, 200)]
    assert shown[0][:3] == ["queue", "waiting", "longest"]
    assert set(shown[0]) < set(shown[1]) < set(shown[2])
    assert shown[2] == [column.id for column in QUEUE_COLUMNS]


def test_a_whisper_mentions_who_has_the_chat_and_comes_back_when_it_did_not_leave() -> None:
    state = board(facts(1, assignee=BENGT), facts(2))
    (sent,) = update(state, WhisperWritten(cid(1), "ask the year", ECHO), 2.0)
    assert sent == Whisper(cid(1), ECHO, f"☞ @{BENGT.name} ask the year", "ask the year")
    assert update(state, WhisperWritten(cid(2), "nobody reads it", ECHO), 2.0) == []
    update(state, LeadFailed(sent, Problem(Trouble.UNREACHABLE)), 3.0)
    assert state.lead.unsaid == {cid(1): "ask the year"}
    assert [one for one, _ in failures(state)] == [cid(1)]


def test_what_was_given_away_is_given_back_to_who_had_it() -> None:
    state = board(facts(1, assignee=BENGT))
    (given,) = update(state, GivenTo(cid(1), AINO.id), 2.0)
    assert given == AssignTo(cid(1), AINO.id)
    update(state, LeadDone(given, facts(1, assignee=AINO, updated_at=300.0)), 3.0)
    assert update(state, GivenTo(cid(1), AINO.id), 3.0) == []
    assert update(state, GivingTakenBack(), 4.0) == [AssignTo(cid(1), BENGT.id, back=True)]
    assert update(state, GivingTakenBack(), 4.0) == []


def test_only_those_who_still_wait_are_moved_and_each_answer_is_counted() -> None:
    state = board(facts(1), facts(2), facts(3, assignee=BENGT))
    moves = update(state, MovedTo((cid(1), cid(2), cid(3)), TAX), 2.0)
    assert moves == [MoveTo(cid(1), TAX), MoveTo(cid(2), TAX)]
    assert (state.lead.wanted, state.lead.under_way) == (2, 2)
    update(state, LeadDone(MoveTo(cid(1), TAX)), 3.0)
    update(state, LeadFailed(MoveTo(cid(2), TAX), Problem(Trouble.REFUSED)), 3.0)
    assert state.lead.under_way == 0
    assert [one for one, _ in failures(state)] == [cid(2)]


def test_an_agent_calls_the_leads_by_name_with_a_reason_and_keeps_the_draft() -> None:
    state = board(facts(1, assignee=AINO))
    lead = Colleague(AgentId("9"), Displayable("Pirjo"), leads=True)
    state.colleagues[lead.id] = lead
    state.chats[cid(1)].draft.text = "half a sentence"
    effects = update(state, HelpCalled(cid(1), "angry", ECHO), 2.0)
    assert [one.text for one in effects if isinstance(one, SendReply)] == ["☏ @Pirjo · angry"]
    assert state.chats[cid(1)].draft.text == "half a sentence"
    assert call_for_help((), "") == "☏"


def test_a_call_stands_until_a_lead_whispers_takes_over_or_has_heard_it() -> None:
    for answer in (
        lambda state: note(state, whisper(BENGT.name, "I come"), number=8),
        lambda state: update(state, GivenTo(cid(1), AINO.id), 3.0),
        lambda state: update(state, CallHeard(cid(1)), 3.0),
        lambda state: update(state, e.ConversationChanged(facts(1, status=Status.RESOLVED)), 3.0),
    ):
        state = board(facts(1, assignee=BENGT))
        note(state, call_for_help([AINO.name], "angry"))
        (call,) = open_calls(state)
        assert (call.conversation, call.agent, call.reason) == (cid(1), BENGT.name, "angry")
        answer(state)
        assert open_calls(state) == []


def test_a_note_like_any_other_calls_nobody_and_a_leads_word_is_told_to_its_agent() -> None:
    state = board(facts(1, assignee=AINO))
    note(state, "@Aino look at this")
    assert open_calls(state) == []
    told = note(state, whisper(AINO.name, "well done"), number=8)
    assert Notify(LeadWrote(state.chats[cid(1)].card.name, BENGT.name)) in told


def test_a_leads_word_marks_the_tab_until_the_agent_goes_there() -> None:
    state = board(facts(1, assignee=AINO), facts(2, assignee=AINO))
    update(state, e.TabSelected(cid(2)), 3.0)
    note(state, whisper(AINO.name, "well done"))
    (row, _) = tab_rows(state)
    assert row.word_waits
    assert "◆" in "".join(piece.text for piece in tab_pieces(1, row, 0.0))
    update(state, e.TabSelected(cid(1)), 4.0)
    note(state, whisper(AINO.name, "and this"), number=9)
    assert not any(row.word_waits for row in tab_rows(state))
