"""A sandbox of the tests' own, and clients that talk to it as a learner's would."""
from __future__ import annotations

import contextlib
import functools
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
DECLARATIONS = sorted(str(p) for p in ROOT.glob("labs/*/emulator.py"))
sys.path.insert(0, str(ROOT / "lib" / "sandbox"))


def lab_examples() -> list[Any]:
    """Each lab's examples.py: SETUPS, NOT_REPLAYED, ERRORS for the operations that its emulator.py adds, and `before_errors`."""
    found = []
    for file in sorted(ROOT.glob("labs/*/examples.py")):
        spec = importlib.util.spec_from_file_location(f"examples_of_{file.parent.name.replace('-', '_')}", file)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found.append(module)
    return found


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "MOTO_", "WORKLAB_"))}
    return {**kept, "PYTHONPATH": str(ROOT / "lib" / "sandbox"), **more}


class Sandbox:
    """A process with the emulator; `line` is what it said when it was ready."""

    def __init__(self, *arguments: str, log: pathlib.Path | None = None, **env: str):
        self.log = open(log or os.devnull, "w")  # noqa: SIM115 (closed with the process)
        self.process = subprocess.Popen([sys.executable, "-m", "emulator", *arguments], cwd=ROOT, env=environment(**env), text=True,
                                        stdout=subprocess.PIPE, stderr=self.log)
        assert self.process.stdout
        said = self.process.stdout.readline()
        self.line: dict[str, Any] = json.loads(said) if said else {}
        self.endpoint: str = self.line.get("ready", "")

    @functools.cache  # noqa: B019 (few, and each for as long as the tests run): a client takes longer to make than to ask
    def client(self, service: str, region: str = "us-east-1", validate: bool = True, key: str = "AKIAIOSFODNN7EXAMPLE") -> Any:
        return boto3.client(service, region_name=region, endpoint_url=self.endpoint, aws_access_key_id=key, aws_secret_access_key="x", config=Config(
            retries={"total_max_attempts": 1}, parameter_validation=validate, s3={"addressing_style": "path"}, read_timeout=60))

    def post(self, path: str) -> Any:
        with urllib.request.urlopen(urllib.request.Request(f"{self.endpoint}{path}", method="POST"), timeout=30) as answer:
            return json.loads(answer.read())

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(f"{self.endpoint}{path}", timeout=30) as answer:
            return json.loads(answer.read())

    def reset(self) -> None:
        self.post("/moto-api/reset")

    def turn(self, seconds: float) -> None:
        self.post(f"/_worklab/clock?advance={seconds}")

    @contextlib.contextmanager
    def stopped(self) -> Iterator[None]:
        """Its clock stands still, but for `turn`: for tests of what comes after what."""
        self.post("/_worklab/clock?stopped=yes")
        try:
            yield
        finally:
            self.post("/_worklab/clock?stopped=no")

    def stop(self) -> int:
        self.process.terminate()
        code = self.process.wait(60)
        self.log.close()
        return code


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    parts = [*DECLARATIONS, str(HERE / "declarations" / "pretended.py")]
    made = Sandbox("--port", "0", *parts, log=tmp_path_factory.mktemp("log") / "emulator.log", WORKLAB_SANDBOX_TOKEN="a-token")
    yield made
    made.stop()


@pytest.fixture
def aws(sandbox: Sandbox) -> Callable[..., Any]:
    """aws("ec2") is a client of a sandbox that has just forgotten everything."""
    sandbox.reset()
    return sandbox.client


@functools.cache
def service_model(service: str) -> Any:
    """botocore's, read once."""
    return botocore.session.get_session().get_service_model(service)


def until(look: Callable[[], Any]) -> Any:
    """What `look` finds, as soon as it finds something; within five seconds."""
    for _ in range(100):
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come about within five seconds")


def refused(call: Callable[..., Any], **params: Any) -> str:
    """The code of the error that the call answers."""
    with pytest.raises(ClientError) as caught:
        call(**params)
    return str(caught.value.response["Error"]["Code"])


def message(call: Callable[..., Any], **params: Any) -> str:
    with pytest.raises(ClientError) as caught:
        call(**params)
    return str(caught.value.response["Error"]["Message"])
