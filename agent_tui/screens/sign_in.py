"""The way in: address, e-mail, password or token, code; one question at a time, each failure explained."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Final, Protocol

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.worker import Worker

from agent_tui.desk.text import NOTHING, Displayable, clean_line
from agent_tui.sign_in_words import Beginning, Step, not_kept, unserved, why
from agent_tui.theming import Palette
from agent_tui.widgets.entry_line import EntryLine
from agent_tui.widgets.form import Answered, Form, Page
from agent_tui.widgets.pacing import PacedScreen
from agent_tui.widgets.picker import Asking, Picker
from agent_tui.widgets.picker_model import PickRow
from agent_tui.wording import say
from api_client.errors import ApiError, CodeTooLate
from api_client.secret import Secret
from themes.contract import Ink

if TYPE_CHECKING:
    from agent_tui.engine.admission import Admitted, Door

_BEFORE: Final = {
    Step.EMAIL: Step.ADDRESS,
    Step.PASSWORD: Step.EMAIL,
    Step.TOKEN: Step.EMAIL,
    Step.CODE: Step.PASSWORD,
}
_HIDDEN: Final = (Step.PASSWORD, Step.TOKEN, Step.CODE)


class Gate(Protocol):
    """What signing in needs of the world."""

    async def find(self, url: str) -> Door:
        """What lives at an address; raises ``ApiError``."""
        ...

    async def keep(self, admitted: Admitted) -> str:
        """Write the connection down and the token into the keyring; why that does not work, or nothing."""
        ...


class SignInScreen(PacedScreen[None]):
    """Asks until somebody is let in, and then calls ``done``.

    Passwords, tokens and codes show as dots and leave the screen with the Enter that hands them over.

    Args:
        known: what need not be asked.
        leave: ends the program; with Esc at the first question too.
    """

    DEFAULT_CSS = """
    SignInScreen Form { height: 1fr; }
    SignInScreen Picker { height: 10; }
    """

    def __init__(
        self,
        palette: Palette,
        gate: Gate,
        known: Beginning,
        *,
        done: Callable[[], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__()
        self._gate = gate
        self._done = done
        self._leave = leave
        self._url = known.url
        self._email = known.email
        self._form = Form(palette)
        self._picker = Picker(palette)
        self._step = Step.ADDRESS
        self._entry: EntryLine | None = None
        self._words = known.reason
        self._ink = Ink.WARNING if known.reason else Ink.QUIET
        self._door: Door | None = None
        self._admitted: Admitted | None = None
        self._asking: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """The questions; the list of accounts, when there are several."""
        yield self._form
        yield self._picker

    def on_mount(self) -> None:
        """Ask the first question; where the address is known, go on from there at once."""
        words = self._words
        self._ask(Step.ADDRESS, words, self._ink)
        if self._url and not words:
            self._answer()

    # --- asking --------------------------------------------------------------------------------------

    def _ask(self, step: Step, words: Displayable = NOTHING, ink: Ink = Ink.QUIET) -> None:
        """Ask for ``step``, with what came of the last answer. What was typed in secret is gone."""
        self._step, self._words, self._ink = step, words, ink
        known = {Step.ADDRESS: self._url, Step.EMAIL: self._email}.get(step, "")
        self._entry = EntryLine(_label(step), known, hidden=step in _HIDDEN)
        self._entry.key("end", None)
        self.show()

    def _wait(self, words: Displayable) -> None:
        self._entry, self._words, self._ink = None, words, Ink.QUIET
        self.show()

    def show(self) -> None:
        """Show where we are."""
        page = Page(
            title=say("agent-tui · sign in"),
            about=say(
                "Sign in to the chat server you work on. Nothing to sign in to yet? Leave, and practise on "
                "invented customers with: agent-tui demo"
            ),
            answered=tuple(self._answered()),
            words=self._words,
            ink=self._ink,
            keys=say("Enter: go on · Esc: back · Ctrl+Q: leave"),
        )
        self._form.show(page, self._entry, _hint(self._step))

    def _answered(self) -> list[Answered]:
        given = []
        if self._door is not None and self._step is not Step.ADDRESS:
            found = self._door.found
            version = clean_line(f"{found.url}  ✓ {found.kind.capitalize()} {found.version}".rstrip())
            given.append(Answered(_label(Step.ADDRESS), version))
        if self._step in {Step.PASSWORD, Step.CODE}:
            given.append(Answered(_label(Step.EMAIL), clean_line(self._email)))
        if self._step is Step.CODE:
            given.append(Answered(_label(Step.PASSWORD), Displayable("✓")))
        return given

    # --- keys ----------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Type, go on, go back, leave."""
        event.stop()
        event.prevent_default()
        key = event.key
        if key in {"ctrl+q", "ctrl+c"}:
            self._leave()
        elif self._picker.take_key(key, event.character):
            return
        elif key == "escape":
            self._back()
        elif key == "enter":
            self._answer()
        elif self._entry is not None and self._entry.key(key, event.character):
            self.show()

    def on_paste(self, event: events.Paste) -> None:
        """A paste goes where the cursor is."""
        event.stop()
        if self._entry is not None:
            self._entry.paste(event.text)
            self.show()

    def _back(self) -> None:
        if self._asking is not None and self._asking.is_running:
            self._asking.cancel()
            self._ask(self._step)
        elif self._admitted is not None:
            self._done()
        elif self._step in _BEFORE:
            self._ask(_BEFORE[self._step])
        else:
            self._leave()

    # --- answering -----------------------------------------------------------------------------------

    def _answer(self) -> None:
        """Take what was typed; an answer that the server has to look at is waited for."""
        if self._admitted is not None and not self._picker.is_open:
            self._done()
            return
        if self._entry is None:
            return
        typed = self._entry.text
        match self._step:
            case Step.EMAIL:
                self._email = typed.strip()
                self._ask(Step.PASSWORD if self._email else Step.TOKEN)
            case Step.ADDRESS:
                self._url = typed.strip()
                if self._url:
                    self._work(self._find(self._url), say("Asking {url} …", url=clean_line(self._url)))
            case Step.PASSWORD | Step.TOKEN | Step.CODE if typed:
                secret = Secret(typed if self._step is Step.PASSWORD else typed.strip())
                self._work(self._hand_over(secret), say("Signing in …"))
            case _:
                pass

    def _work(self, work: Coroutine[None, None, None], words: Displayable) -> None:
        self._wait(words)
        self._asking = self.run_worker(work, exclusive=True)

    async def _find(self, url: str) -> None:
        try:
            door = await self._gate.find(url)
        except ApiError as error:
            self._ask(Step.ADDRESS, why(error, Step.ADDRESS, url), Ink.WARNING)
            return
        if door.served:
            self._door, self._url = door, door.found.url
            self._ask(Step.EMAIL)
        else:
            self._ask(Step.ADDRESS, unserved(door.found.kind, door.found.url), Ink.WARNING)

    async def _hand_over(self, secret: Secret) -> None:
        step, door = self._step, self._door
        if door is None:
            return
        try:
            admitted = await self._let_in(door, step, secret)
        except ApiError as error:
            again = Step.PASSWORD if isinstance(error, CodeTooLate) else step
            self._ask(again, why(error, step, self._url), Ink.WARNING)
            return
        if admitted is None:
            self._ask(Step.CODE, say("Your account asks for a code as well."))
        elif len(admitted.accounts) > 1:
            self._choose_account(admitted)
        else:
            await self._keep(admitted)

    async def _let_in(self, door: Door, step: Step, secret: Secret) -> Admitted | None:
        """Let in, or ``None`` when a code is asked for."""
        if step is Step.TOKEN:
            return await door.by_token(secret)
        if step is Step.CODE:
            return await door.by_code(secret)
        return await door.by_password(self._email, secret)

    def _choose_account(self, admitted: Admitted) -> None:
        rows = [PickRow(one.id, clean_line(one.name)) for one in admitted.accounts]
        rows.sort(key=lambda row: row.id != admitted.account)
        asking = Asking(
            say("Which account?"), NOTHING, lambda ids: self._chosen(admitted, ids[0]), self._back
        )
        self._wait(NOTHING)
        self._picker.open(asking, rows)

    def _chosen(self, admitted: Admitted, account: str) -> None:
        self._work(self._keep(replace(admitted, account=account)), say("Signing in …"))

    async def _keep(self, admitted: Admitted) -> None:
        self._wait(say("Signed in as {name}. Keeping it …", name=clean_line(admitted.name)))
        reason = await self._gate.keep(admitted)
        self._admitted = admitted
        if reason:
            self._entry, self._words, self._ink = None, not_kept(reason), Ink.WARNING
            self.show()
        else:
            self._done()


def _label(step: Step) -> Displayable:
    words = {
        Step.ADDRESS: say("Server:"),
        Step.EMAIL: say("E-mail:"),
        Step.PASSWORD: say("Password:"),
        Step.TOKEN: say("Access token:"),
        Step.CODE: say("Code:"),
    }
    return words[step]


def _hint(step: Step) -> Displayable:
    words = {
        Step.ADDRESS: say("its address, such as chat.example.org"),
        Step.EMAIL: say("leave it empty to sign in with an access token"),
        Step.PASSWORD: say("it does not show while you type"),
        Step.TOKEN: say("from your profile settings in the browser; it does not show"),
        Step.CODE: say("from your app, or a backup code"),
    }
    return words[step]
