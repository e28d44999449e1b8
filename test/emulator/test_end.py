"""Told to end, the sandbox ends at once, whatever it is busy with; its last words have a bound."""
from __future__ import annotations

import pathlib
import signal
import threading
import time
from contextlib import suppress

import pytest
from conftest import DECLARATIONS, HERE, Sandbox
from test_strict import send


def seconds_to_end(sandbox: Sandbox, told: int) -> float:
    began = time.monotonic()
    sandbox.process.send_signal(told)
    assert sandbox.process.wait(30) == 0
    return time.monotonic() - began


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("arguments", [(), ("--plain",)], ids=["whole", "plain"])
def test_at_once(told: int, arguments: tuple[str, ...]) -> None:
    sandbox = Sandbox("--port", "0", *arguments)
    sandbox.client("ec2").describe_vpcs()
    assert seconds_to_end(sandbox, told) < 2


@pytest.mark.parametrize("remembers", [False, True], ids=["forgets", "remembers"])
def test_in_the_middle_of_a_request_that_never_ends(tmp_path: pathlib.Path, remembers: bool) -> None:
    """With a state file it waits for the request, as long as the TypeScript side has patience (5 seconds)."""
    more = ("--state", str(tmp_path / "state")) if remembers else ()
    sandbox = Sandbox("--port", "0", *more, *DECLARATIONS, str(HERE / "declarations" / "stuck.py"))
    sandbox.client("iam").create_user(UserName="u")

    def ask() -> None:
        with suppress(OSError):
            send(sandbox, "storagegateway", '{"GatewayARN": "arn:aws:storagegateway:us-east-1:123456789012:gateway/sgw-12345678"}',
                 "StorageGateway_20130630.NotifyWhenUploaded")
    threading.Thread(target=ask, daemon=True).start()
    time.sleep(0.5)
    assert seconds_to_end(sandbox, signal.SIGTERM) < (5 if remembers else 2)
