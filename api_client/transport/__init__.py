"""How bytes travel: httpx and websockets behind two small protocols, and an in-memory pair for tests."""

from __future__ import annotations

import sys

# Where click is installed httpx brings its command-line tool along: half of its import, and nobody runs it.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
