"""Getting in at a server: what lives there, and the agent's token for a password, a code, or a token."""

from __future__ import annotations

from msgspec import Struct

from api_client.chatwoot import signin
from api_client.chatwoot.signin import AccountRef, MfaRequired
from api_client.detect import DetectedBackend, detect
from api_client.errors import CodeTooLate
from api_client.open import KINDS, open_backend
from api_client.secret import Secret


class Admitted(Struct, frozen=True):
    """The agent is let in. Names are text from outside."""

    url: str
    backend: str
    token: Secret
    account: str
    """The one used last; empty where the server says."""
    name: str
    accounts: tuple[AccountRef, ...] = ()
    """All accounts of the agent, when the server tells."""


class Door:
    """The way in at one server. Every call may raise any :class:`api_client.errors.ApiError`.

    Args:
        found: what answers there.
        allow_plain: lets plain http go to another machine.
    """

    def __init__(self, found: DetectedBackend, *, allow_plain: bool) -> None:
        self.found = found
        self._plain = allow_plain
        self._begun: MfaRequired | None = None
        """A sign-in by password that waits for its code."""

    @property
    def served(self) -> bool:
        """Whether this is a backend that the workstation can serve."""
        return self.found.kind in KINDS

    async def by_password(self, email: str, password: Secret) -> Admitted | None:
        """Let in by password; ``None`` when a code is asked for as well."""
        url = self.found.url
        signed = await signin.sign_in_with_password(url, email, password, allow_plain=self._plain)
        if isinstance(signed, MfaRequired):
            self._begun = signed
            return None
        return self._admitted(signed)

    async def by_code(self, code: Secret) -> Admitted:
        """Let in by the code that was asked for after the password.

        Raises:
            CodeTooLate: no password was given, or too long ago.
        """
        if self._begun is None:
            raise CodeTooLate("no password was given")
        url, begun = self.found.url, self._begun.token
        return self._admitted(await signin.finish_sign_in(url, begun, code.reveal(), allow_plain=self._plain))

    async def by_token(self, token: Secret) -> Admitted:
        """Let in by an access token."""
        found = self.found
        backend = open_backend(found.kind, found.url, token, allow_plain=self._plain)
        try:
            me = await backend.sign_in()
        finally:
            await backend.aclose()
        return Admitted(found.url, found.kind, token, "", me.agent.name)

    def _admitted(self, signed: signin.SignedIn) -> Admitted:
        found = self.found
        return Admitted(found.url, found.kind, signed.token, signed.account_id, signed.name, signed.accounts)


async def find(url: str, *, allow_plain: bool = False) -> Door:
    """Ask what lives at ``url``.

    Raises:
        ApiError: nobody answers there, or nobody who is a chat backend; see ``api_client.detect``.
    """
    return Door(await detect(url, allow_plain=allow_plain), allow_plain=allow_plain)
