"""Tokens, ids and passwords of a desk: repeatable from a seed, or from the system's randomness."""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import secrets
import uuid

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
WORDS = (
    "birch",
    "cloud",
    "ember",
    "fjord",
    "heron",
    "larch",
    "lemon",
    "maple",
    "otter",
    "pearl",
    "river",
    "tulip",
)
SCRYPT_COST = 2**12
"""Low on purpose: a practice password protects invented customers, and signing in must not stall the desk."""


class Tokens:
    """Makes what has to be unguessable, or with a ``seed`` what has to be the same every time.

    Each purpose draws from a stream of its own, so that a sign-in does not change the ids of customers.
    ``taken`` tells how much an earlier run with this seed has drawn already: any number that grows.
    """

    def __init__(self, seed: int | None, taken: int = 0) -> None:
        self._seed = seed
        self._taken = taken
        self._streams: dict[str, random.Random] = {}

    def _stream(self, purpose: str) -> random.Random:
        if self._seed is None:
            return secrets.SystemRandom()
        if purpose not in self._streams:
            self._streams[purpose] = random.Random(f"{self._seed}:{self._taken}:{purpose}")  # noqa: S311  wanted: repeatable
        return self._streams[purpose]

    def token(self, purpose: str) -> str:
        """24 characters of base58, as access, pubsub and inbox tokens are."""
        return "".join(self._stream(purpose).choices(BASE58, k=24))

    def uuid(self, purpose: str) -> str:
        """A random UUID in text form."""
        return str(uuid.UUID(int=self._stream(purpose).getrandbits(128), version=4))

    def password(self) -> str:
        """A password that can be read out in a classroom, e.g. ``otter-fjord-417``."""
        stream = self._stream("password")
        first, second = stream.sample(WORDS, k=2)
        return f"{first}-{second}-{stream.randint(100, 999)}"

    def code_secret(self) -> str:
        """What an app makes its codes from: 20 bytes in base32."""
        return base64.b32encode(self._stream("code secret").randbytes(20)).decode()

    def backup_codes(self) -> list[str]:
        """Ten codes for whoever has no app at hand, eight digits each."""
        stream = self._stream("backup codes")
        return [f"{stream.randrange(10**8):08}" for _ in range(10)]

    def salt(self) -> bytes:
        """Sixteen bytes for a password's hash."""
        return self._stream("salt").randbytes(16)


def password_hash(password: str, salt: bytes) -> str:
    """What is stored of a password: salt and scrypt digest, both in hex, joined by ``$``."""
    digest = hashlib.scrypt(password.encode(), salt=salt, n=SCRYPT_COST, r=8, p=1)
    return f"{salt.hex()}${digest.hex()}"


def password_matches(password: str, stored: str) -> bool:
    """Whether ``stored`` is the hash of ``password``."""
    salt, _, _ = stored.partition("$")
    return hmac.compare_digest(password_hash(password, bytes.fromhex(salt)), stored)


def token_hash(token: str) -> str:
    """What is stored of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()
