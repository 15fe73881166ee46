"""Files at the desk: they stay with the draft, leave with the text, and come back when it is taken back."""

from __future__ import annotations

import pytest

from agent_tui.desk import events as e
from agent_tui.desk import filed as f
from agent_tui.desk.effects import ListPaths, LookForReply, Notify, PutBack, SaveDraft, SendReply, TakeBack
from agent_tui.desk.file_model import MOST_FILES, Chosen, FileLine, PathRow
from agent_tui.desk.file_notice import MayHaveLeft, NothingToTakeBack, TooManyFiles
from agent_tui.desk.problems import Problem, Trouble
from agent_tui.desk.text import Displayable
from agent_tui.desk.transcript import Unsent
from api_client.models.identity import EchoId
from tests.desk.stage import Desk, a_desk, cid


def chosen(name: str = "form.pdf") -> Chosen:
    return Chosen(f"/home/aino/{name}", Displayable(name), Displayable("application/pdf"), 2048, 1.0)


@pytest.fixture
def desk() -> Desk:
    return a_desk(1)


def submitted(text: str = "", echo: str = "e1") -> e.ReplySubmitted:
    return e.ReplySubmitted(cid(1), text, note=False, echo=EchoId(echo))


def test_a_chosen_file_stays_with_the_draft_while_the_text_changes(desk: Desk) -> None:
    effects = desk.tell(f.FileChosen(cid(1), chosen()))
    assert effects == [SaveDraft(cid(1), "", note=False, files=(chosen(),))]
    saved = desk.tell(e.DraftChanged(cid(1), "Here", note=False))
    assert SaveDraft(cid(1), "Here", note=False, files=(chosen(),)) in saved
    assert desk.chat(1).draft.files == (chosen(),)


def test_a_file_leaves_without_a_text_and_the_draft_is_empty(desk: Desk) -> None:
    desk.tell(f.FileChosen(cid(1), chosen()))
    sending = [one for one in desk.tell(submitted()) if isinstance(one, SendReply)]
    assert [one.files for one in sending] == [(chosen(),)]
    assert desk.chat(1).draft.empty
    assert desk.chat(1).transcript.lines[-1].files == (
        FileLine(Displayable("form.pdf"), Displayable("application/pdf"), 2048),
    )


def test_nothing_leaves_without_a_text_or_a_file(desk: Desk) -> None:
    assert desk.tell(submitted(" ")) == []


def test_the_same_file_goes_once_and_no_more_than_a_message_takes(desk: Desk) -> None:
    for number in range(MOST_FILES):
        desk.tell(f.FileChosen(cid(1), chosen(f"{number}.pdf")))
    desk.tell(f.FileChosen(cid(1), chosen("3.pdf")))
    assert len(desk.chat(1).draft.files) == MOST_FILES
    assert desk.tell(f.FileChosen(cid(1), chosen("more.pdf"))) == [Notify(TooManyFiles(MOST_FILES))]


def test_a_dropped_file_does_not_go(desk: Desk) -> None:
    desk.tell(f.FileChosen(cid(1), chosen("a.pdf")))
    desk.tell(f.FileChosen(cid(1), chosen("b.pdf")))
    desk.tell(f.FileDropped(cid(1), "/home/aino/a.pdf"))
    assert [file.name for file in desk.chat(1).draft.files] == ["b.pdf"]


def test_a_failed_upload_is_sent_again_with_its_files(desk: Desk) -> None:
    desk.tell(f.FileChosen(cid(1), chosen()))
    desk.tell(submitted("Here"))
    desk.tell(e.ReplyFailed(cid(1), EchoId("e1"), Problem(Trouble.UNREACHABLE)))
    again = desk.tell(e.RetryRequested(cid(1), EchoId("e1")))
    assert [one.files for one in again if isinstance(one, SendReply)] == [(chosen(),)]


def test_an_upload_shows_how_far_it_is(desk: Desk) -> None:
    desk.tell(f.FileChosen(cid(1), chosen()))
    desk.tell(submitted())
    desk.tell(f.UploadProgressed(cid(1), EchoId("e1"), 42))
    assert desk.chat(1).transcript.lines[-1].handed == 42


def test_a_text_taken_back_returns_with_its_files(desk: Desk) -> None:
    desk.tell(f.FileChosen(cid(1), chosen()))
    desk.tell(submitted("Here"))
    assert desk.tell(f.TakeBackRequested(cid(1))) == [TakeBack(cid(1), EchoId("e1"))]
    desk.tell(f.FileChosen(cid(1), chosen("other.pdf")))
    effects = desk.tell(f.ReplyTakenBack(cid(1), EchoId("e1")))
    assert PutBack(cid(1), "Here", note=False) in effects
    assert [file.name for file in desk.chat(1).draft.files] == ["form.pdf", "other.pdf"]
    assert desk.chat(1).transcript.sending == 0


def test_what_may_be_with_the_customer_is_not_taken_back(desk: Desk) -> None:
    desk.tell(submitted("Here"))
    desk.tell(e.ReplyFailed(cid(1), EchoId("e1"), Problem(Trouble.UNCERTAIN)))
    effects = desk.tell(f.TakeBackRequested(cid(1)))
    assert effects == [Notify(MayHaveLeft(desk.chat(1).card.name))]


def test_without_an_unsent_text_there_is_nothing_to_take_back(desk: Desk) -> None:
    assert desk.tell(f.TakeBackRequested(cid(1))) == [Notify(NothingToTakeBack())]


def test_files_of_an_earlier_run_are_looked_for_with_their_text(desk: Desk) -> None:
    left = Unsent(cid(1), EchoId("e9"), "", note=False, after=None, files=(chosen(),))
    looks = desk.tell(e.UnsentRestored((left,)))
    assert [one.files for one in looks if isinstance(one, LookForReply)] == [(chosen(),)]


def test_only_the_answer_to_what_was_typed_last_counts(desk: Desk) -> None:
    assert desk.tell(f.PathTyped("~/a")) == [ListPaths("~/a")]
    desk.tell(f.PathTyped("~/ab"))
    desk.tell(f.PathsListed("~/a", (PathRow("~/a.txt", Displayable("a.txt"), folder=False),)))
    assert desk.state.files.paths is None
    desk.tell(f.PathsListed("~/ab", ()))
    assert desk.state.files.paths == ()
