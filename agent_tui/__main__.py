"""``agent-tui``, also as ``python -m agent_tui``."""

from __future__ import annotations

import gc
import sys

gc.set_threshold(
    200_000, 20, 100
)  # Importing makes much that stays; one look over it costs the first screen 20 ms.

from agent_tui.cli.run import run  # noqa: E402  see above


def main() -> int:
    """Run the command line of this process; returns the exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
