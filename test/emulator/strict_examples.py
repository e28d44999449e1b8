"""How often would the validator refuse a request that AWS documents? Every example command of the services named is parsed by
the AWS client itself (nothing is sent) and its parameters are checked.

    python test/emulator/strict_examples.py ec2 ssm iam ...      prints the counts and each refusal, most suspicious first
"""
from __future__ import annotations

import collections
import io
import json
import logging
import os
import pathlib
import re
import shlex
import sys
from contextlib import redirect_stderr, redirect_stdout
from types import SimpleNamespace
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "lib" / "sandbox"), str(HERE)]
os.environ.update(AWS_ACCESS_KEY_ID="A", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="us-east-1", AWS_PAGER="", AWS_MAX_ATTEMPTS="1")

PLACEHOLDER = re.compile(r"example|xmpl|EXAMPLE|x{3,}|12345|abcd|\.\.\.|<|&|^my|my-|1111|0123|value|name|string|ABC|id$", re.IGNORECASE)


def commands(service: str, folder: pathlib.Path) -> list[tuple[str, str]]:
    """(page, command) of every example."""
    out = []
    for file in sorted((folder / service).glob("*.rst")):
        for found in re.finditer(r"^[ \t]+(aws (?:[^\n]*\\\s*\n)*[^\n]*)", file.read_text().expandtabs(4), re.MULTILINE):
            out.append((f"{service}/{file.stem}", re.sub(r"\s*\\\s*\n\s*", " ", found[1])))
    return out


class Ok:
    status_code, headers, content = 200, {}, b""


def main(services: list[str]) -> None:
    from awscli.clidriver import create_clidriver
    import awscli
    from emulator.strict import counts
    from emulator.validate import problems
    logging.disable(logging.CRITICAL)
    seen: dict[str, Any] = {}

    def check(params: Any, model: Any, **_: Any) -> None:
        seen["asked"] = model.name
        exchange = SimpleNamespace(asked=SimpleNamespace(operation=model), protocol=model.service_model.metadata["protocol"])
        found = problems(model.input_shape, params) if model.input_shape else []
        seen["found"] = [p for p in found if counts(p, exchange, False)]
    total: collections.Counter[str] = collections.Counter()
    refused = []
    for service in services:
        for page, command in commands(service, pathlib.Path(awscli.__file__).parent / "examples"):
            driver = create_clidriver()
            driver.session.register("before-parameter-build", check)
            driver.session.register("before-call", lambda **_: (Ok(), {}))
            seen.clear()
            total["commands"] += 1
            try:
                with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                    driver.main([*shlex.split(command)[1:], "--no-paginate"])
            except BaseException:  # noqa: BLE001 (files that are not there, shell variables)
                pass
            if "found" not in seen:
                total["not parsed (files, shell, custom commands)"] += 1
            elif seen["found"]:
                total["refused"] += 1
                problem = seen["found"][0]
                refused.append((bool(PLACEHOLDER.search(str(problem.value))), page, problem.path, str(problem.value)[:60], problem.sentence[:100]))
            else:
                total["accepted"] += 1
    print(json.dumps(total))
    for row in sorted(refused):
        print(*row, sep=" | ")


if __name__ == "__main__":
    main(sys.argv[1:])
