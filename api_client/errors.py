"""What can go wrong with a backend, as one tree.

::

    ApiError
    ├── Unreachable            the request did not get an answer
    │   ├── ConnectFailed      nothing was sent: safe to repeat
    │   ├── BadAddress         what was typed is not the address of a server
    │   ├── InsecureAddress    plain http or ws beyond this machine: refused here
    │   ├── CertificateRefused the server could not prove who it is
    │   └── AnswerLost         sent, but no answer came: look before you repeat
    ├── NotSignedIn            the token or password is not accepted
    │   └── CodeTooLate        the code may be right, but the password was too long ago
    ├── NotAllowed             signed in, but not for this
    ├── NotFound               no such thing
    ├── Refused                understood and declined (validation)
    │   └── TooLarge           more bytes than the server takes, or than were asked for
    ├── AlreadyTaken           a colleague has the conversation
    ├── RateLimited            too many requests; ``retry_after`` seconds
    ├── ServerFault            the server failed (5xx)
    ├── BadAnswer              the answer is not what the interface promises
    │   └── NotABackend        a server, but none of the chat backends this client knows
    └── Unsupported            this backend cannot do that (see ``Capability``)

The text of an error never holds a token. ``detail`` is the server's own words: text from outside.
"""

from __future__ import annotations


class ApiError(Exception):
    """Base of all. ``detail`` holds the server's words, raw, or an empty string."""

    def __init__(self, message: str, *, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


class Unreachable(ApiError):
    """The request did not get an answer."""


class ConnectFailed(Unreachable):
    """No connection was made, so nothing was sent."""


class BadAddress(Unreachable):
    """What was typed is not the address of a server."""


class InsecureAddress(Unreachable):
    """Plain http or ws to another machine, which this client refuses."""


class CertificateRefused(Unreachable):
    """The server's certificate does not prove who it is."""


class AnswerLost(Unreachable):
    """The request may have arrived; its answer did not."""


class NotSignedIn(ApiError):
    """The token or password is not accepted."""


class CodeTooLate(NotSignedIn):
    """The second step of signing in came too long after the first one."""


class NotAllowed(ApiError):
    """The agent may not do this."""


class NotFound(ApiError):
    """No such thing, or not for this agent to see."""


class Refused(ApiError):
    """The server understood and declined."""


class TooLarge(Refused):
    """More bytes than the server takes, or than the caller wants."""


class AlreadyTaken(ApiError):
    """A colleague has the conversation."""

    def __init__(self, message: str, *, by: str) -> None:
        super().__init__(message)
        self.by = by
        """The colleague's name: text from outside."""


class RateLimited(ApiError):
    """Too many requests."""

    def __init__(self, message: str, *, retry_after: float | None = None, detail: str = "") -> None:
        super().__init__(message, detail=detail)
        self.retry_after = retry_after
        """Seconds to wait, when the server said so."""


class ServerFault(ApiError):
    """The server failed."""

    def __init__(self, message: str, *, retry_after: float | None = None, detail: str = "") -> None:
        super().__init__(message, detail=detail)
        self.retry_after = retry_after
        """Seconds to wait, when the server said so."""


class BadAnswer(ApiError):
    """The answer is not what the interface promises."""


class NotABackend(BadAnswer):
    """A server answers at the address, but none of the chat backends this client knows."""


class Unsupported(ApiError):
    """This backend cannot do that."""
