"""Taking back: what is held back, what is undone on the server, and what comes in between."""

from __future__ import annotations

from agent_tui.desk import events as e
from agent_tui.desk.effects import (
    DeskEffect,
    DropText,
    HandOver,
    KeepText,
    Mute,
    PutBack,
    Resolve,
    SaveDraft,
    SendReply,
    SetTags,
    Snooze,
)
from agent_tui.desk.failure_notice import ResolvingFailed
from agent_tui.desk.holding import newest_step
from agent_tui.desk.model import Draft
from agent_tui.desk.notice import NothingToUndo, StillYours, TakenAway, WroteMeanwhile
from agent_tui.desk.passages import Field, Marks
from agent_tui.desk.steps import Holds, Parting
from agent_tui.desk.transcript import Fate
from agent_tui.desk.undoing import put_before
from api_client.models.conversation import Status
from api_client.models.identity import EchoId
from tests.desk.stage import AINO, BENGT, UNREACHABLE, Desk, a_desk, cid, facts, label, notices


def holding(*mine: int, texts: float = 0.0) -> Desk:
    desk = a_desk(*mine)
    desk.state.holds = Holds(5.0, texts)
    return desk


def test_a_closed_chat_leaves_the_bar_at_once_and_the_server_five_seconds_later() -> None:
    desk = holding(1, 2)
    assert Resolve(cid(1)) not in desk.tell(e.ResolveRequested(cid(1)))
    assert desk.state.tabs == [cid(2)]
    assert desk.tell(e.Ticked(), after=4.9) == []
    assert desk.tell(e.Ticked(), after=0.2) == [Resolve(cid(1))]
    desk.tell(e.Resolved(facts(1, assignee=AINO, status=Status.RESOLVED, updated_at=200.0)))
    assert (desk.state.handled, desk.state.steps) == (1, [])


def test_taken_back_it_stands_where_it_stood_and_the_server_hears_nothing() -> None:
    desk = holding(1, 2, 3)
    desk.tell(e.ResolveRequested(cid(2)))
    told = notices(desk.tell(e.UndoRequested(), after=3.0))
    assert told == [StillYours(desk.chat(2).card.name)]
    assert desk.state.tabs == [cid(1), cid(2), cid(3)]
    assert desk.state.active == cid(2)
    assert desk.tell(e.Ticked(), after=9.0) == []


def test_every_way_of_parting_can_be_taken_back() -> None:
    ways: dict[Parting, DeskEffect] = {
        e.HandOverRequested(cid(1), agent=BENGT.id): HandOver(cid(1), BENGT.id, None),
        e.HandOverRequested(cid(1)): HandOver(cid(1), None, None),
        e.SnoozeRequested(cid(1), None): Snooze(cid(1), None),
        e.MuteRequested(cid(1)): Mute(cid(1)),
    }
    for doing, effect in ways.items():
        for undone in (True, False):
            desk = holding(1)
            assert desk.tell(doing) == []
            assert desk.tell(doing) == []
            if undone:
                desk.tell(e.UndoRequested())
                assert desk.state.tabs == [cid(1)]
            assert desk.tell(e.Ticked(), after=6.0) == ([] if undone else [effect])


def test_the_note_of_a_hand_over_waits_with_it() -> None:
    desk = holding(1)
    wanted = e.HandOverRequested(cid(1), agent=BENGT.id, comment="Knows it all", echo=EchoId("n1"))
    assert desk.tell(wanted) == []
    assert desk.lines(1) == []
    effects = desk.tell(e.Ticked(), after=6.0)
    assert [type(effect) for effect in effects] == [SendReply, HandOver]


def test_the_newest_step_goes_first_and_then_the_one_before() -> None:
    desk = holding(1, 2)
    desk.tell(e.TagsChosen(cid(1), frozenset({"refund"})))
    desk.tell(e.ResolveRequested(cid(1)))
    desk.tell(e.TabClosed(cid(2)))
    desk.tell(e.UndoRequested())
    assert desk.state.tabs == [cid(2)]
    desk.tell(e.UndoRequested())
    assert set(desk.state.tabs) == {cid(1), cid(2)}
    assert SetTags(
        cid(1), add=frozenset(), remove=frozenset({"refund"}), was=(label("refund"),)
    ) in desk.tell(e.UndoRequested())
    assert notices(desk.tell(e.UndoRequested())) == [NothingToUndo()]


def test_old_tags_come_back_and_those_of_a_colleague_stay() -> None:
    desk = holding(1)
    desk.tell(e.TagsChosen(cid(1), frozenset({"refund"})))
    desk.tell(e.TagsSaved(cid(1), (label("refund"), label("vero"))))
    desk.tell(e.UndoRequested())
    assert desk.chat(1).tags == (label("vero"),)


def test_tags_that_were_not_saved_cannot_be_taken_back() -> None:
    desk = holding(1)
    desk.tell(e.TagsChosen(cid(1), frozenset({"refund"})))
    desk.tell(e.TagsFailed(cid(1), (), UNREACHABLE))
    assert notices(desk.tell(e.UndoRequested())) == [NothingToUndo()]


def test_a_customer_who_writes_meanwhile_keeps_the_chat_open() -> None:
    desk = holding(1, 2)
    desk.tell(e.ResolveRequested(cid(1)))
    told = notices(desk.customer_writes(1, 7, at=150.0))
    assert told == [WroteMeanwhile(desk.chat(1).card.name)]
    assert desk.state.tabs == [cid(2), cid(1)]
    assert desk.tell(e.Ticked(), after=9.0) == []


def test_a_customer_who_writes_meanwhile_goes_on_to_the_colleague() -> None:
    desk = holding(1, 2)
    desk.tell(e.HandOverRequested(cid(1), agent=BENGT.id))
    assert desk.customer_writes(1, 7, at=150.0) == []
    assert desk.tell(e.Ticked(), after=9.0) == [HandOver(cid(1), BENGT.id, None)]


def test_what_a_colleague_takes_meanwhile_is_theirs_and_is_not_closed_over_their_head() -> None:
    desk = holding(1)
    desk.tell(e.ResolveRequested(cid(1)))
    told = notices(desk.tell(e.ConversationChanged(facts(1, assignee=BENGT, updated_at=200.0))))
    assert told == [TakenAway(desk.chat(1).card.name, BENGT.name)]
    assert desk.tell(e.Ticked(), after=9.0) == []
    assert notices(desk.tell(e.UndoRequested())) == [NothingToUndo()]


def test_what_did_not_work_in_the_end_has_its_tab_again() -> None:
    desk = holding(1, 2)
    desk.tell(e.ResolveRequested(cid(1)))
    desk.tell(e.Ticked(), after=6.0)
    told = notices(desk.tell(e.ResolveFailed(cid(1), UNREACHABLE)))
    assert told == [ResolvingFailed(desk.chat(1).card.name, UNREACHABLE)]
    assert desk.state.tabs == [cid(2), cid(1)]


def test_leaving_carries_out_what_is_held_back_in_the_order_of_each_chat() -> None:
    desk = holding(1, 2, texts=10.0)
    desk.submits(1, "Bye", "e1")
    desk.tell(e.ResolveRequested(cid(1)))
    desk.tell(e.HandOverRequested(cid(2)))
    effects = desk.tell(e.LeavingRequested())
    assert [type(effect) for effect in effects] == [SendReply, Resolve, HandOver]
    assert desk.state.steps == []


def test_nothing_overtakes_a_text_that_is_held_back() -> None:
    desk = holding(1, texts=30.0)
    desk.submits(1, "Bye", "e1")
    desk.tell(e.ResolveRequested(cid(1)))
    effects = desk.tell(e.Ticked(), after=6.0)
    assert [type(effect) for effect in effects] == [SendReply, Resolve]


def test_a_text_is_written_down_at_once_and_leaves_when_nobody_took_it_back() -> None:
    desk = holding(1, texts=5.0)
    effects = desk.submits(1, "Moi", "e1")
    assert KeepText(cid(1), EchoId("e1"), "Moi", note=False, after=None) in effects
    assert desk.fates(1) == [Fate.QUEUED]
    desk.submits(1, "Moi taas", "e2")
    effects = desk.tell(e.Ticked(), after=6.0)
    assert [effect.text for effect in effects if isinstance(effect, SendReply)] == ["Moi", "Moi taas"]


def test_a_text_taken_back_is_a_draft_on_the_disk_before_the_outbox_forgets_it() -> None:
    desk = holding(1, texts=5.0)
    desk.submits(1, "Moi Olga", "e1")
    desk.tell(e.DraftChanged(cid(1), "and more", note=False))
    effects = desk.tell(e.UndoRequested())
    whole = "Moi Olga\nand more"
    assert effects[:2] == [SaveDraft(cid(1), whole, note=False), DropText(cid(1), EchoId("e1"))]
    assert PutBack(cid(1), "Moi Olga", note=False) in effects
    assert desk.lines(1) == []
    assert desk.chat(1).draft.text == whole
    assert not [effect for effect in desk.tell(e.Ticked(), after=9.0) if isinstance(effect, SendReply)]


def test_a_text_taken_back_has_its_fields_still_and_what_is_below_too() -> None:
    desk = holding(1, texts=5.0)
    marks = Marks((Field(4, 10, "when"),))
    desk.tell(e.ReplySubmitted(cid(1), "Moi ⟦when⟧", note=False, echo=EchoId("e1"), marks=marks))
    desk.tell(e.DraftChanged(cid(1), "and ⟦more⟧", note=False, marks=Marks((Field(4, 10, "more"),))))
    effects = desk.tell(e.UndoRequested())
    assert PutBack(cid(1), "Moi ⟦when⟧", note=False, marks=marks) in effects
    draft = desk.chat(1).draft
    assert [draft.text[field.start : field.end] for field in draft.marks.fields] == ["⟦when⟧", "⟦more⟧"]


def test_what_was_meant_for_colleagues_never_becomes_part_of_a_reply() -> None:
    assert put_before("secret", Draft("hello", note=False), note=True).note
    assert put_before("hello", Draft("secret", note=True), note=False).note
    assert not put_before("hello", Draft("", note=True), note=False).note


def test_a_step_is_over_when_its_time_is() -> None:
    desk = holding(1)
    desk.tell(e.TabClosed(cid(1)))
    assert newest_step(desk.state, desk.now + 4.9) is not None
    assert newest_step(desk.state, desk.now + 5.0) is None
