"""Every action that asks the server for something: it works, is refused, loses the race, is taken back.

On real sockets, from the agent's doing to the server and back; which key does it is tested by keys in
``tests/workstation``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent_tui.desk import events as d
from agent_tui.desk import failure_notice as f
from agent_tui.desk import filed
from agent_tui.desk import notice as n
from agent_tui.desk.carried import ExportSaved, NotExported, ToolFailed, ToolFinished
from agent_tui.desk.file_notice import FileTrouble
from agent_tui.desk.record import Form
from agent_tui.desk.steps import Holds
from agent_tui.desk.transcript import Fate, Older
from agent_tui.engine.local_files import chosen
from agent_tui.keymap import ASKS
from api_client.models.conversation import Priority, Status
from api_client.models.identity import EchoId
from api_client.models.people import Availability, ContactChanges
from api_client.testing.bench import reply
from practice.embedded import EmbeddedDesk
from practice.scenario.loader import load
from tests.engine.scene import Scene, scene

Act = Callable[[Scene], Awaitable[None]]
Why = str
"""Why there is nothing to prove."""

READS = "it changes nothing, so nobody can be faster"
NOT_UNDONE = "it changes nothing that could be put back"
ANOTHER_WAY = "it is put back by doing the opposite"
ECHO = EchoId("an-echo")


@dataclass(frozen=True)
class Row:
    """One doing. Each act ends when what it proves has been seen."""

    do: Callable[[Scene], None]
    works: Act
    refused: Act | Why
    raced: Act | Why
    undone: Act | Why
    mine: bool = True
    rows: int = 0
    """Written before the agent came."""
    before: Act | None = None
    rival: Act | None = None
    """What the colleague does first; without it they take the conversation."""
    operations: tuple[str, ...] = ()
    """Refused by the door, where the server asks for no membership."""


def shows(fact: Callable[[Scene], bool]) -> Act:
    """The agent's desk has it so."""

    async def seen(at: Scene) -> None:
        await at.until(lambda: fact(at))

    return seen


def says(*notices: type, and_then: Callable[[Scene], bool] = lambda _: True) -> Act:
    """The agent is told, and the desk stands so."""

    async def told(at: Scene) -> None:
        for notice in notices:
            await at.told(notice)
        await at.until(lambda: and_then(at))

    return told


def both(*acts: Act) -> Act:
    """One after the other."""

    async def done(at: Scene) -> None:
        for act in acts:
            await act(at)

    return done


def with_colleague(*, status: Status = Status.OPEN) -> Act:
    """The server says that the colleague has it, so it does at the agent's desk, and its tab is gone."""

    async def theirs(at: Scene) -> None:
        them = await at.them()
        await at.until(lambda: at.chat.assignee is not None and at.chat.assignee.id == them)
        await at.until(lambda: at.id not in at.desk.state.tabs)
        found = await at.there()
        assert (found.assignee and found.assignee.id, found.status) == (them, status)

    return theirs


async def still_mine(at: Scene) -> None:
    """Nobody has noticed anything."""
    found = await at.there()
    assert (found.assignee and found.assignee.id, found.status) == (at.me, Status.OPEN)
    await at.until(lambda: at.id in at.desk.state.tabs)


async def opened_again(at: Scene) -> None:
    await at.until(lambda: at.id in at.desk.state.tabs)
    await still_mine(at)


def on_server(status: Status, *, mine: bool) -> Act:
    """So it is there, and no longer before the agent."""

    async def seen(at: Scene) -> None:
        await at.until_there(lambda found: found.status is status and (found.assignee is not None) is mine)
        await at.until(lambda: at.id not in at.desk.state.tabs)

    return seen


async def tagged_by_colleague(at: Scene) -> None:
    await at.other.set_tags(at.id, add=frozenset({"theirs"}), remove=frozenset())


def tags_are(*tags: str) -> Act:
    """On the server and at the desk."""

    async def seen(at: Scene) -> None:
        await at.until_there(lambda found: sorted(found.tags) == sorted(tags))
        await at.until(lambda: sorted(tag.value for tag in at.chat.tags) == sorted(tags))

    return seen


async def tag_and_wait(at: Scene) -> None:
    at.desk.state.holds = Holds(doings=1000.0)
    at.do(d.TagsChosen(at.id, frozenset({"mine"})))
    await tags_are("mine")(at)


async def answered_by_colleague(at: Scene) -> None:
    await at.other.send(at.id, reply("I know this one"))


def sent(text: str, *, first: str = "") -> Act:
    """It has arrived once, behind what came before."""

    async def seen(at: Scene) -> None:
        await at.until(lambda: Fate.SENT in at.desk.fates(at.id))
        texts = [one.text for one in (await at.other.messages(at.id)).items]
        assert texts.count(text) == 1
        if first:
            assert texts.index(first) < texts.index(text)
            await at.until(lambda: first in {line.text for line in at.chat.transcript.lines})

    return seen


unsent = says(f.SendingFailed, and_then=lambda at: at.chat.transcript.lines[-1].fate is Fate.FAILED)


def send(at: Scene) -> None:
    at.do(d.ReplySubmitted(at.id, "Moi", note=False, echo=ECHO))


async def attach(at: Scene) -> None:
    path = Path(__file__)
    await asyncio.to_thread(chosen, str(path), 10**6)
    at.do(filed.PathPicked(at.id, str(path)))
    await at.until(lambda: bool(at.chat.draft.files))


async def with_its_file(at: Scene) -> None:
    await sent("Moi")(at)
    assert [file.name for file in await at.other.files(at.id)] == [Path(__file__).name]


async def failed_once(at: Scene) -> None:
    at.door.close(["send"])
    send(at)
    await unsent(at)
    at.door.close([])


async def renamed_by_colleague(at: Scene) -> None:
    await at.other.update_contact((await at.there()).contact.id, ContactChanges(name="Olga Aalto"))


async def noted_by_colleague(at: Scene) -> None:
    await at.other.add_contact_note((await at.there()).contact.id, "theirs")


def notes_there(*texts: str) -> Act:
    async def seen(at: Scene) -> None:
        await at.told(n.CustomerSaved)
        contact = (await at.there()).contact.id
        assert sorted(note.text for note in await at.other.contact_notes(contact)) == sorted(texts)

    return seen


def address(at: Scene) -> str:
    """Nobody else's."""
    return f"olga-{at.id}@example.test"


async def both_details(at: Scene) -> None:
    await at.until(lambda: (at.chat.card.name, at.chat.card.email) == ("Olga Aalto", address(at)))


async def asleep(at: Scene) -> None:
    at.do(d.SnoozeRequested(at.id, None))
    await at.until(lambda: at.id not in at.desk.state.tabs)


async def unread_in_background(at: Scene) -> None:
    await at.came_before()
    await at.desk.take(at.earlier)
    await at.olga.say("Are you there?")
    await at.until(lambda: at.chat.unread > 0)


async def read_there(at: Scene) -> None:
    await at.until(lambda: at.chat.unread == 0)
    await at.until_there(lambda found: found.unread == 0)


async def priority_of_colleague(at: Scene) -> None:
    await at.other.set_priority(at.id, Priority.LOW)


async def urgent_for_both(at: Scene) -> None:
    await at.until_there(lambda found: found.priority is Priority.URGENT)
    await at.until(lambda: at.chat.priority is Priority.URGENT)


async def paused_and_back(at: Scene) -> None:
    await at.until_known_as(Availability.BUSY)
    at.do(d.AvailabilityChosen(Availability.ONLINE))
    await at.until_known_as(Availability.ONLINE)


async def put_back(at: Scene) -> None:
    at.do(d.UndoRequested())
    await at.told(n.StillYours)
    await still_mine(at)


async def tags_put_back(at: Scene) -> None:
    await tags_are("mine")(at)
    at.do(d.UndoRequested())
    await tags_are()(at)


taking = Row(
    do=lambda at: at.do(d.ConversationPicked(at.id)),
    works=opened_again,
    refused=says(f.TakingFailed, and_then=lambda at: at.id not in at.desk.state.tabs),
    raced=both(says(n.ColleagueWasFaster), with_colleague()),
    undone=ANOTHER_WAY,
    mine=False,
)
going = Row(
    do=lambda at: at.do(d.TabSelected(at.id)),
    works=read_there,
    refused=shows(lambda at: at.desk.state.active == at.id and not at.desk.told),
    raced="a colleague who has read it changes nothing for the agent",
    undone=NOT_UNDONE,
    before=unread_in_background,
    operations=("mark_seen",),
)
sending = Row(
    do=send,
    works=sent("Moi"),
    refused=unsent,
    raced=sent("Moi", first="I know this one"),
    undone="texts held back are taken back in tests/workstation/test_taking_back.py",
    rival=answered_by_colleague,
)
parting = {
    "resolve": Row(
        do=lambda at: at.do(d.ResolveRequested(at.id)),
        works=on_server(Status.RESOLVED, mine=True),
        refused=both(says(f.ResolvingFailed), still_mine),
        raced=both(says(n.TakenAway), with_colleague()),
        undone=put_back,
    ),
    "return": Row(
        do=lambda at: at.do(d.HandOverRequested(at.id)),
        works=both(says(n.HandedOver), on_server(Status.OPEN, mine=False)),
        refused=both(says(f.PartingFailed), still_mine),
        raced=both(says(n.TakenAway), with_colleague()),
        undone=put_back,
    ),
    "snooze": Row(
        do=lambda at: at.do(d.SnoozeRequested(at.id, None)),
        works=both(says(n.FellAsleep), on_server(Status.SNOOZED, mine=True)),
        refused=both(says(f.PartingFailed), still_mine),
        raced=both(says(n.TakenAway), with_colleague()),
        undone=put_back,
    ),
    "mute": Row(
        do=lambda at: at.do(d.MuteRequested(at.id)),
        works=both(says(n.Muted), on_server(Status.RESOLVED, mine=True)),
        refused=both(says(f.PartingFailed), still_mine),
        raced=both(says(n.TakenAway), with_colleague()),
        undone=put_back,
    ),
}


async def give_to_third(at: Scene) -> None:
    """Set where the conversation is to go."""
    known = {at.me, await at.them()}
    at.receiver = next(one for one in sorted(at.desk.state.colleagues) if one not in known)


handing = Row(
    do=lambda at: at.do(d.HandOverRequested(at.id, agent=at.receiver, comment="Knows", echo=ECHO)),
    works=both(
        says(n.HandedOver),
        shows(lambda at: at.chat.assignee is not None and at.chat.assignee.id == at.receiver),
    ),
    refused=says(f.SendingFailed, and_then=lambda at: at.id in at.desk.state.tabs),
    raced=both(says(n.TakenAway), with_colleague()),
    undone=put_back,
    before=give_to_third,
)
tagging = Row(
    do=lambda at: at.do(d.TagsChosen(at.id, frozenset({"mine"}))),
    works=tags_are("mine"),
    refused=both(says(f.TaggingFailed), tags_are()),
    raced=tags_are("mine", "theirs"),
    undone=tags_put_back,
    rival=tagged_by_colleague,
)
reading_back = Row(
    do=lambda at: at.do(d.OlderRequested(at.id)),
    works=shows(lambda at: at.desk.log(at.id)[0] == "Which tax card do I need?"),
    refused=shows(lambda at: at.chat.transcript.older is Older.MORE),
    raced=READS,
    undone=NOT_UNDONE,
    rows=25,
)
exporting = Row(
    do=lambda at: at.do(d.ExportRequested((at.id,), Form.TEXT, notes=False)),
    works=says(ExportSaved),
    refused=says(NotExported),
    raced=READS,
    undone=NOT_UNDONE,
)
pausing = Row(
    do=lambda at: at.do(d.AvailabilityChosen(Availability.BUSY)),
    works=paused_and_back,
    refused=says(
        f.AvailabilityNotChanged, and_then=lambda at: at.desk.state.availability is Availability.ONLINE
    ),
    raced="nobody else changes it",
    undone=ANOTHER_WAY,
    operations=("set_availability",),
)

ROWS: Mapping[str, Row] = {
    **dict.fromkeys(("take", "waiting.take", "waiting.number", "peek.take"), taking),
    **dict.fromkeys(("urgent", "tab.previous", "tab.next", "tab.pick", "pane.next"), going),
    **dict.fromkeys(("send", "send.anyway", "send.only"), sending),
    **dict.fromkeys(("log.up", "log.start", "find"), reading_back),
    **dict.fromkeys(("export", "export.several"), exporting),
    **dict.fromkeys(("availability", "pause"), pausing),
    **parting,
    "transfer": handing,
    "tags": tagging,
    "takeback": Row(
        do=lambda at: at.do(d.UndoRequested()),
        works=tags_are(),
        refused=both(says(f.TaggingFailed), tags_are("mine")),
        raced=tags_are("theirs"),
        undone=ANOTHER_WAY,
        before=tag_and_wait,
        rival=tagged_by_colleague,
    ),
    "tags.closed": Row(
        do=lambda at: at.do(d.TagsAdded((at.id,), frozenset({"mine"}))),
        works=both(says(n.SeveralTagged), tags_are("mine")),
        refused=both(says(f.TaggingFailed), tags_are()),
        raced=tags_are("mine", "theirs"),
        undone=ANOTHER_WAY,
        before=Scene.closed,
        rival=tagged_by_colleague,
    ),
    "attach": Row(
        do=send,
        works=with_its_file,
        refused=unsent,
        raced=sending.raced,
        undone=sending.undone,
        before=attach,
        rival=answered_by_colleague,
    ),
    "retry": Row(
        do=lambda at: at.do(d.RetryRequested(at.id, ECHO)),
        works=sent("Moi"),
        refused=unsent,
        raced=sent("Moi", first="I know this one"),
        undone=sending.undone,
        before=failed_once,
        rival=answered_by_colleague,
    ),
    "handed.read": Row(
        do=lambda at: at.do(d.CardRead(at.id, "Read it", ECHO)),
        works=sent("Read it"),
        refused=unsent,
        raced=sent("Read it", first="I know this one"),
        undone="what colleagues may have read stands",
        rival=answered_by_colleague,
    ),
    "link": Row(
        do=lambda at: at.do(d.LinksSearched("", None)),
        works=shows(lambda at: bool(at.desk.state.links)),
        refused=says(f.LinkSearchFailed),
        raced=READS,
        undone=NOT_UNDONE,
        operations=("search_articles",),
    ),
    "reopen": Row(
        do=lambda at: at.do(d.ConversationPicked(at.id)),
        works=opened_again,
        refused=says(f.TakingFailed, and_then=lambda at: at.id not in at.desk.state.tabs),
        raced=both(says(n.ColleagueWasFaster), with_colleague()),
        undone=ANOTHER_WAY,
        before=Scene.closed,
        rival=Scene.opened_by_colleague,
    ),
    "previous": Row(
        do=lambda at: at.do(d.PreviousRequested(at.id)),
        works=shows(lambda at: [hit.conversation for hit in at.chat.previous or ()] == [at.earlier]),
        refused=says(f.PreviousNotLoaded),
        raced=READS,
        undone=NOT_UNDONE,
        before=Scene.came_before,
        operations=("contact_conversations",),
    ),
    "sleeping": Row(
        do=lambda at: at.do(d.SleepingRequested()),
        works=shows(lambda at: at.id in {hit.conversation for hit in at.desk.state.sleeping or ()}),
        refused=says(f.LookingFailed),
        raced=READS,
        undone=NOT_UNDONE,
        before=asleep,
        operations=("conversations",),
    ),
    "priority": Row(
        do=lambda at: at.do(d.PriorityChosen(at.id, Priority.URGENT)),
        works=urgent_for_both,
        refused=says(f.PriorityNotSet, and_then=lambda at: at.chat.priority is None),
        raced=urgent_for_both,
        undone=ANOTHER_WAY,
        rival=priority_of_colleague,
    ),
    "customer.note": Row(
        do=lambda at: at.do(d.CustomerNoteWritten(at.id, "mine")),
        works=notes_there("mine"),
        refused=says(f.CustomerNotSaved, and_then=lambda at: not at.chat.notes),
        raced=notes_there("mine", "theirs"),
        undone="what colleagues may have read stands",
        rival=noted_by_colleague,
        operations=("add_contact_note",),
    ),
    "customer.edit": Row(
        do=lambda at: at.do(d.CustomerChanged(at.id, ContactChanges(email=address(at)))),
        works=both(says(n.CustomerSaved), shows(lambda at: at.chat.card.email == address(at))),
        refused=says(f.CustomerNotSaved, and_then=lambda at: not at.chat.card.email),
        raced=both_details,
        undone=ANOTHER_WAY,
        rival=renamed_by_colleague,
        operations=("update_contact",),
    ),
    "search": Row(
        do=lambda at: at.do(d.SearchRequested("Olga")),
        works=shows(lambda at: bool(at.desk.state.search.hits)),
        refused=shows(lambda at: at.desk.state.search.problem is not None),
        raced=READS,
        undone=NOT_UNDONE,
        operations=("search",),
    ),
    "pipe": Row(
        do=lambda at: at.do(d.ToolRequested(at.id, "shout")),
        works=says(ToolFinished),
        refused=says(ToolFailed),
        raced=READS,
        undone=NOT_UNDONE,
    ),
    "waiting.peek": Row(
        do=lambda at: at.do(d.PeekRequested(at.id)),
        works=shows(lambda at: "Which tax card do I need?" in at.desk.log(at.id)),
        refused=says(f.LoadingFailed),
        raced=shows(lambda at: at.chat.assignee is not None and at.desk.state.peeked == at.id),
        undone=NOT_UNDONE,
        mine=False,
    ),
    "health": Row(
        do=lambda at: at.do(d.RoundTripWanted()),
        works=shows(lambda at: at.desk.state.round_trip is not None),
        refused="a refusal is an answer too slow to be one: the row shows no time",
        raced=READS,
        undone=NOT_UNDONE,
    ),
    "files": Row(
        do=lambda at: at.do(filed.FilesRequested(at.id)),
        works=shows(lambda at: at.desk.state.files.listed == ()),
        refused=says(FileTrouble),
        raced=READS,
        undone=NOT_UNDONE,
    ),
}
"""By the ids of the actions; those that do the same share a row."""

EACH = {"+".join(name for name, one in ROWS.items() if one is row): row for row in ROWS.values()}
"""Each row once, by the ids of all its actions."""


@pytest.fixture(scope="module")
def practice() -> Iterator[EmbeddedDesk]:
    """One server for all: each test brings a customer of its own."""
    served = EmbeddedDesk.of(load("tax"))
    with closing(served.desk), served:
        yield served


ELSEWHERE = frozenset(
    {"auto.take", "help.call", "board.open", "board.call", "board.whisper", "board.take", "board.give"}
    | {"board.undo", "board.move"}
)
"""Not done at the agent's own desk by one doing: the lead's board, and what the desk does by itself."""


def test_every_action_that_asks_the_server_has_a_row() -> None:
    assert ROWS.keys() | ELSEWHERE == ASKS.keys()
    assert not ROWS.keys() & ELSEWHERE


@pytest.mark.parametrize("actions", EACH)
async def test_it_works(actions: str, practice: EmbeddedDesk, tmp_path: Path) -> None:
    row = EACH[actions]
    async with scene(practice, tmp_path, mine=row.mine, rows=row.rows) as at:
        await prepared(at, row)
        row.do(at)
        await row.works(at)


@pytest.mark.parametrize("actions", [actions for actions, row in EACH.items() if callable(row.refused)])
async def test_refused_by_role_it_is_told_and_all_stays(
    actions: str, practice: EmbeddedDesk, tmp_path: Path
) -> None:
    row = EACH[actions]
    async with scene(practice, tmp_path, mine=row.mine, rows=row.rows) as at:
        await prepared(at, row)
        at.door.close(row.operations)
        async with nullcontext() if row.operations else at.shut_out():
            row.do(at)
            await proved(row.refused, at)


@pytest.mark.parametrize("actions", [actions for actions, row in EACH.items() if callable(row.raced)])
async def test_when_a_colleague_is_faster_theirs_stays(
    actions: str, practice: EmbeddedDesk, tmp_path: Path
) -> None:
    row = EACH[actions]
    async with scene(practice, tmp_path, mine=row.mine, rows=row.rows) as at:
        await prepared(at, row)
        rival = row.rival or Scene.taken_by_colleague
        asked = {name for action in actions.split("+") for name in ASKS[action]}
        at.door.let_first(lambda: rival(at), before={"conversation", *asked})
        row.do(at)
        await proved(row.raced, at)


@pytest.mark.parametrize("actions", [actions for actions, row in EACH.items() if callable(row.undone)])
async def test_it_can_be_taken_back(actions: str, practice: EmbeddedDesk, tmp_path: Path) -> None:
    row = EACH[actions]
    async with scene(practice, tmp_path, mine=row.mine, rows=row.rows) as at:
        await prepared(at, row)
        at.desk.state.holds = Holds(doings=1000.0)
        row.do(at)
        await proved(row.undone, at)


async def prepared(at: Scene, row: Row) -> None:
    if row.before is not None:
        await row.before(at)
    at.desk.told.clear()


async def proved(act: Act | Why, at: Scene) -> None:
    assert callable(act)
    await act(at)
