"""What is kept of a sign-in: the connection under a profile's name, the token in the keyring."""

from __future__ import annotations

from agent_tui import keychain, profiles
from agent_tui.cli.connection import Connection, entry
from agent_tui.cli.surroundings import Surroundings
from agent_tui.desk.text import clean_line
from agent_tui.engine.admission import Admitted
from agent_tui.launch import Exit, Refusal
from agent_tui.settings import SettingsError, load
from agent_tui.wording import say, shown


def name_of(around: Surroundings, url: str, wanted: str) -> str:
    """What the profile is called: as wanted, as the one that is there for this server, else after it."""
    known = profiles.names(around.places)
    same = (
        name for name in known if load(profiles.file_of(around.places, name), {}, {}).connection.url == url
    )
    return wanted or next(same, "") or profiles.name_for(url, known)


def save(around: Surroundings, admitted: Admitted, wanted: str, *, allow_plain: bool) -> Connection:
    """Write the connection down under a profile's name; the token is in what is returned and nowhere else.

    Raises:
        Refusal: it cannot be written.
    """
    around.scrub.know(admitted.token.reveal())
    try:
        name = name_of(around, admitted.url, wanted)
        connection = Connection.of(admitted, name, allow_plain=allow_plain)
        profiles.save(around.places, name, connection.settings)
    except SettingsError as error:
        raise Refusal(str(error), Exit.FAILED) from error
    except OSError as error:
        why = clean_line(error.strerror or "")
        words = say("{file} cannot be written ({why}).", file=shown(around.places.profiles), why=why)
        raise Refusal(words, Exit.FAILED) from error
    return connection


def keep(connection: Connection) -> None:
    """Put the token into the keyring. Waits for it at most as long as :mod:`agent_tui.keychain` says.

    Raises:
        NoKeychain: there is none, or it is locked.
    """
    keychain.keep(entry(connection.settings.url, connection.profile), connection.token)
