"""moto's own test suite (it is in its source package) through the sandbox, in server mode: which tests fail here that plain moto passes?

    python test/emulator/moto_suite.py [folder of moto's tests ...]      for example: iam ssm

Each failure that plain moto does not have must stand in moto_suite_accepted.json, with the fault of moto's that the test asserts and that is
repaired here; a stranger makes the run fail, and so does an entry whose test passes. Takes about a quarter of an hour for all folders.
"""
from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree as Xml
from collections.abc import Iterator
from importlib.metadata import version

from conftest import DECLARATIONS, Sandbox

ACCEPTED = pathlib.Path(__file__).with_name("moto_suite_accepted.json")
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "worklab" / f"moto-{version('moto')}"
NEEDED_BY_THE_TESTS = ["freezegun"]  # and is not among the sandbox's own packages
FOLDERS = [  # the services that the labs use, by their checks, their templates or their parts of the sandbox
    "backup", "budgets", "ce", "cloudformation", "cloudtrail", "cloudwatch", "config", "datasync", "ec2", "ec2instanceconnect", "efs", "events",
    "glacier", "iam", "kms", "logs", "organizations", "ram", "rds", "resourcegroupstaggingapi", "route53", "route53domains", "route53resolver", "s3",
    "s3control", "scheduler", "secretsmanager", "servicecatalog", "sns", "sqs", "ssm", "sts",
]


def source() -> pathlib.Path:
    """The folder of the installed version's source package, fetched once."""
    root = CACHE / f"moto-{version('moto')}"
    if not root.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "download", f"moto=={version('moto')}", "--no-binary", "moto", "--no-deps", "-q", "-d", CACHE], check=True)
        with tarfile.open(next(CACHE.glob("*.tar.gz"))) as package:
            package.extractall(CACHE, filter="data")
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", CACHE / "more"]
        subprocess.run([*pip, *NEEDED_BY_THE_TESTS], check=True)
    return root


def failures(endpoint: str, what: list[str]) -> tuple[dict[str, str], int]:
    """The tests that fail or cannot be set up, as "tests/test_iam/test_iam.py::name[parameters]", with why; and how many were run."""
    report = pathlib.Path(tempfile.mkdtemp()) / "report.xml"
    path = os.pathsep.join([str(CACHE / "more"), str(pathlib.Path(__file__).parent)])
    environment = {**os.environ, "TEST_SERVER_MODE": "true", "TEST_SERVER_MODE_ENDPOINT": endpoint, "PYTHONPATH": path,
                   "AWS_ACCESS_KEY_ID": "FOOBARKEY", "AWS_SECRET_ACCESS_KEY": "FOOBARSECRET", "AWS_DEFAULT_REGION": "us-east-1"}
    subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "moto_suite_plugin", "--continue-on-collection-errors", "--tb=no", f"--junitxml={report}", *what],
                   cwd=source(), env=environment, stdout=subprocess.DEVNULL, check=False)
    cases = Xml.parse(report).getroot().findall(".//testcase")
    failed = ((case, case.find("failure") if case.find("failure") is not None else case.find("error")) for case in cases)
    return {name(case): (why.get("message") or "").split("\n")[0][:300] for case, why in failed if why is not None}, len(cases)


def name(case: Xml.Element) -> str:
    """pytest's own id, from the dotted name of the report: the class, where there is one, begins with a capital letter."""
    if not case.get("classname"):  # a module that cannot be collected
        return (case.get("name") or "").replace(".", "/") + ".py"
    parts = (case.get("classname") or "").split(".")
    inside = [p for p in parts if p[:1].isupper()]
    return "::".join(["/".join(parts[: len(parts) - len(inside)]) + ".py", *inside, case.get("name") or ""])


class PlainMoto:
    """moto's server as it comes."""

    def __init__(self) -> None:
        import socket
        import time
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.endpoint = f"http://127.0.0.1:{port}"
        code = "import sys; from moto.server import main; main(sys.argv[1:])"
        self.process = subprocess.Popen([sys.executable, "-c", code, "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):  # a minute: other programs may keep the machine busy
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("moto's server does not answer")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:  # it waits for a request that does not end
            self.process.kill()
            self.process.wait(20)


def compare(folder: str) -> Iterator[tuple[str, str]]:
    """Tests of the folder that fail through the sandbox and pass on plain moto, with what they said here."""
    here = Sandbox("--port", "0", *DECLARATIONS)
    try:
        ours, count = failures(here.endpoint, [f"tests/test_{folder}"])
    finally:
        here.stop()
    plain: dict[str, str] = {}
    if ours:
        moto = PlainMoto()
        try:
            plain, _ = failures(moto.endpoint, sorted(ours))
        finally:
            moto.stop()
    print(f"{folder}: {count} run, {len(ours)} fail through the sandbox, {len(ours.keys() & plain)} of them on plain moto as well", flush=True)
    yield from sorted((test, why) for test, why in ours.items() if test not in plain)


def main(folders: list[str]) -> int:
    accepted: dict[str, str] = json.loads(ACCEPTED.read_text()) if ACCEPTED.exists() else {}
    asked = folders or FOLDERS
    found: list[str] = []
    for folder in asked:
        for test, why in compare(folder):
            found.append(test)
            if test not in accepted:
                print(f"not accepted: {test}: {why}", flush=True)
    strangers = [test for test in found if test not in accepted]
    passing = [test for test in accepted if test not in found and test.split("/")[1].removeprefix("test_") in asked]
    for test in passing:
        print(f"accepted, and passes: {test}")
    print(f"{len(found)} failures that plain moto does not have, {len(found) - len(strangers)} of them accepted with a reason")
    return 1 if strangers or passing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
