"""The whole suite. Derive a test class from it, give it a ``bench`` fixture, and pytest runs it."""

from api_client.testing.conversing import Conversing
from api_client.testing.filing import Filing
from api_client.testing.handling import Handling
from api_client.testing.knowing import Knowing
from api_client.testing.reconnecting import Reconnecting
from api_client.testing.searching import Searching
from api_client.testing.signing_in import SigningIn
from api_client.testing.taking_in import TakingIn


class BackendBehaviour(SigningIn, Conversing, Filing, Handling, Knowing, Searching, TakingIn, Reconnecting):
    """What every backend does, by its public interface alone.

    ``bench`` is a :class:`api_client.testing.bench.Bench`, fresh for each test.
    """
