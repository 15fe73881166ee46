"""``agent-tui``, also as ``python -m agent_tui``."""

from __future__ import annotations

import sys

from agent_tui.cli.run import run


def main() -> int:
    """Run the command line of this process; returns the exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
