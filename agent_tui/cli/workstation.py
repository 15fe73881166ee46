"""The workstation, on the saved connection or on a practice desk of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from agent_tui import profiles
from agent_tui.cli.connection import Connection, NoToken, saved_connection
from agent_tui.cli.folders import exports_folder
from agent_tui.cli.looking_on import lookout_means
from agent_tui.cli.parser import Given, practice_arguments
from agent_tui.cli.surroundings import Surroundings
from agent_tui.demo import PracticeDesk, PracticeFailed, PracticeReady
from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.launch import (
    Exit,
    Left,
    Refusal,
    SignInRefused,
    WorkstationOptions,
    check_terminal,
    has_terminal,
)
from agent_tui.lookout import LookoutMeans
from agent_tui.profiles import Whereabouts
from agent_tui.settings import ConnectionSettings, Settings, rules
from agent_tui.sign_in_words import Beginning

if TYPE_CHECKING:
    from agent_tui.engine.engine import Engine
    from agent_tui.engine.facts_kept import FactsKept


def work(around: Surroundings, given: Given) -> int:
    """The workstation on a saved connection, or one signed in to first; returns the exit code."""
    profile = ""
    held: dict[str, Connection] = {}
    while True:
        found = _way_in(around, given, profile, held)
        if found is None:
            return Exit.DONE
        held[found[1].profile] = found[1]
        left = at_desk(around, *found, present=given.present)
        if not left.profile:
            return left.code
        profile = left.profile


def _way_in(
    around: Surroundings, given: Given, profile: str, held: Mapping[str, Connection]
) -> tuple[Settings, Connection] | None:
    """The settings and connection to work with; nothing when the person would rather leave.

    ``held``: connections used since the start, by profile. Without a keyring their tokens are nowhere else.
    """
    settings = around.settings(given, profile)
    around.keys(settings)
    if profile in held:
        return settings, held[profile]
    reason = NOTHING
    # The screens that ask are no use to whoever works by lines: one line says what to type instead.
    asks = has_terminal() and not settings.desk.linear
    if settings.connection.url or not asks:
        try:
            return settings, saved_connection(around, settings)
        except NoToken as refusal:
            if not asks:
                raise
            reason = clean_line(str(refusal))
    chosen = _asked(around, settings, reason)
    if isinstance(chosen, str):
        return _way_in(around, given, chosen, held)
    return None if chosen is None else (around.settings(given, chosen.profile), chosen)


def _asked(around: Surroundings, settings: Settings, reason: Displayable) -> str | Connection | None:
    """The person chooses a profile by its name, or signs in."""
    check_terminal(around.environ)
    from agent_tui.cli import entrance  # noqa: PLC0415  the screen's toolkit costs 150 ms

    if not settings.connection.url and profiles.names(around.places):
        return entrance.choose(around, settings)
    known = Beginning(settings.connection.url, reason=reason)
    return entrance.sign_in(around, settings, known, settings.desk.profile)


def at_desk(
    around: Surroundings, settings: Settings, connection: Connection, *, present: bool = False
) -> Left:
    """Work until the agent leaves; a token that is no good any more is asked for anew."""
    try:
        return _worked(around, settings, connection, present=present)
    except SignInRefused as refusal:
        if not connection.profile or settings.desk.linear:
            raise
        from agent_tui.cli import entrance  # noqa: PLC0415  it is loaded already

        known = Beginning(settings.connection.url, reason=clean_line(str(refusal)))
        again = entrance.sign_in(around, settings, known, connection.profile)
        return Left(Exit.DONE) if again is None else _worked(around, settings, again, present=present)


def _worked(around: Surroundings, settings: Settings, connection: Connection, *, present: bool) -> Left:
    keys = around.keys(settings)
    check_terminal(around.environ, linear=settings.desk.linear)
    known = profiles.names(around.places)
    others = tuple(name for name in known if name != connection.profile)
    options = WorkstationOptions(
        engine=_engine(around, settings, connection),
        lookout=lookout_means(around, settings, connection),
        where=connection.settings.url,
        settings=settings,
        themes=around.places.themes,
        keys=keys,
        report=around.report,
        whereabouts=Whereabouts(profile=connection.profile, others=others),
        present=present,
        exports=exports_folder(around, settings),
        facts=partial(_facts, around.places.facts, connection.server),
    )
    with around.logging():
        return _shell(settings)(options)


def demo(around: Surroundings, given: Given) -> int:
    """The workstation on a practice desk that ends with it; returns the exit code."""
    settings = around.settings(given)
    keys = around.keys(settings)
    check_terminal(around.environ, linear=settings.desk.linear)
    with (
        around.logging(),
        PracticeDesk(practice_arguments(given), around.places.practice_log, around.environ) as desk,
    ):
        run = _shell(settings)  # loads while the practice desk starts
        ready = _ready(desk)
        around.scrub.know(ready.token.reveal())
        practised = Connection(ConnectionSettings(url=ready.url, account=str(ready.account_id)), ready.token)
        options = WorkstationOptions(
            engine=_engine(around, settings, practised, practice=True),
            lookout=LookoutMeans(
                practised.connect, ready.url, rules=rules(settings), team=around.team(settings)
            ),
            where=ready.url,
            settings=settings,
            themes=around.places.themes,
            keys=keys,
            report=around.report,
            whereabouts=Whereabouts(practice=True),
            present=given.present,
            exports=exports_folder(around, settings),
        )
        return run(options).code


def _engine(
    around: Surroundings, settings: Settings, connection: Connection, *, practice: bool = False
) -> Callable[[], Engine]:
    def make() -> Engine:
        from agent_tui.cli import equipment  # noqa: PLC0415  the engine's thread loads it

        engine = equipment.passing if practice else equipment.lasting
        return engine(around, settings, connection)

    return make


def _facts(path: Path, server: str) -> FactsKept:
    from agent_tui.engine.facts_kept import FactsKept  # noqa: PLC0415  whoever opens it loads it

    return FactsKept(path, server)


def _shell(settings: Settings) -> Callable[[WorkstationOptions], Left]:
    """What runs the desk: by lines, or on the whole screen. Neither pays for the other."""
    if settings.desk.linear:
        from agent_tui.linear.run import run_linear  # noqa: PLC0415  see above

        return run_linear
    from agent_tui.app import run_workstation  # noqa: PLC0415  the screen's toolkit costs 150 ms

    return run_workstation


def _ready(desk: PracticeDesk) -> PracticeReady:
    try:
        return desk.ready()
    except PracticeFailed as error:
        raise Refusal(str(error), error.code) from error
