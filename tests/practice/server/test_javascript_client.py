"""An independent Chatwoot client in JavaScript serves a customer at the desk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.practice.server.house import House

PACKAGE = "@figuro/chatwoot-sdk@1.1.17"
SCRIPT = Path(__file__).with_name("javascript_client.cjs")
LOUD = """
*** NOT TESTED: a Chatwoot client in JavaScript. {why}
*** Install Node and npm (Debian: apt-get install nodejs npm), go online, and run the tests again.
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder with the client in it."""
    here = tmp_path_factory.mktemp("packages")
    why = _install(here)
    if why:
        capture = request.config.pluginmanager.getplugin("capturemanager")
        with capture.global_and_fixture_disabled():
            sys.stderr.write(LOUD.format(why=why))
        pytest.skip(why)
    return here / "node_modules"


def _install(here: Path) -> str:
    """Why the client is not to be had; empty when it is there."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "There is no Node on this machine."
    command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", PACKAGE]
    try:
        subprocess.run(command, cwd=here, check=True, capture_output=True, timeout=120)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return "The package could not be fetched."
    return ""


def test_a_client_in_javascript_serves_a_customer(packages: Path, house: House) -> None:
    node = shutil.which("node")
    assert node is not None
    environ = {
        "PATH": os.environ["PATH"],
        "NODE_PATH": str(packages),
        "DESK": house.url,
        "INBOX": house.ready["inboxes"][0]["identifier"],
        "TOKEN": house.mara.token,
    }
    done = subprocess.run(
        [node, str(SCRIPT)], check=False, env=environ, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    assert (seen["name"], seen["listed"], seen["labels"]) == ("Mara Lindqvist", True, ["delivery"])
    assert (seen["status"], seen["found"]) == ("resolved", ["Olle Berg"])
    assert seen["read"][:1] == ["Finns det hattar?"]
    assert "Ja, gröna." in seen["read"]
    assert (seen["refused"], seen["missing"]) == (401, 404)
