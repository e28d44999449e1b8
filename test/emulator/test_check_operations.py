"""Every operation by which an exercise is checked, as the specification beside the checkout lists them, is answered by the sandbox.

Answered: with a result, or with an error that AWS has for it; not with "the sandbox lacks it", and not with a fault of its own.
"""
from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError
from conftest import DECLARATIONS, ROOT, Sandbox

SPECIFICATION = ROOT.parent / "shared" / "design" / "coverage.json"
CLIENTS = {"sso": "sso-admin"}  # where the client has another name than the IAM prefix
NO_ANSWER = {"NotImplemented", "NotImplementedError", "NotYetImplemented", "InvalidAction", "UnknownOperationException", "MissingAction", "InternalFailure",
             "InternalError", "InternalServiceError", "ServiceUnavailable"}
ENOUGH = 80  # of the 92 rows that are practised
USUAL = {"AccountId": "123456789012", "VpcId": "vpc-0123456789abcdef0", "InstanceId": "i-0123456789abcdef0", "Bucket": "a-bucket", "PolicyId": "p-abcdefgh"}

# What is not answered, and why. An answer that comes in is removed from here.
NO_LANDING_ZONE = "a landing zone is not emulated: an empty list would fail what the learner cannot do here"
NO_REGISTRY = "whether a domain is free and what it costs is known to the registries alone"
GAPS = {
    "cloudformation:DescribeEvents": "the exercise reads DescribeStackEvents, which has the same events of a stack",
    "config:DescribeComplianceByConfigRule": "nothing evaluates a rule here",
    "controltower:GetLandingZone": NO_LANDING_ZONE,
    "controltower:ListEnabledBaselines": NO_LANDING_ZONE,
    "controltower:ListEnabledControls": NO_LANDING_ZONE,
    "controltower:ListLandingZones": NO_LANDING_ZONE,
    "organizations:DescribeEffectivePolicy": "the exercise reads the policies and where they are attached",
    "route53domains:CheckDomainAvailability": NO_REGISTRY,
    "route53domains:ListPrices": NO_REGISTRY,
}


@pytest.fixture(scope="module")
def lenient() -> Iterator[Sandbox]:
    """Without the check of requests before they are served: what answers here is the operation itself."""
    made = Sandbox("--port", "0", "--lenient", *DECLARATIONS)
    yield made
    made.stop()


def rows() -> list[dict[str, Any]]:
    if not SPECIFICATION.exists():
        pytest.skip(f"no specification here: {SPECIFICATION.name} is kept beside the checkout, not in it")
    return [row for row in json.loads(SPECIFICATION.read_text()) if row["kind"] != "concept" and not row["achievementsOnly"]]


def smallest(shape: Any, name: str = "") -> Any:
    """The smallest request of this shape: what is required, each value one that its model allows as far as a model says."""
    kind = shape.type_name
    if kind == "structure":
        return {member: smallest(shape.members[member], member) for member in shape.required_members}
    if kind == "list":
        return [smallest(shape.member, name)]
    if kind == "map":
        return {}
    if kind == "string":
        told = shape.enum[0] if shape.enum else USUAL.get(name, "x" * 20)
        return told.ljust(shape.metadata.get("min", 0), "x")
    return {"boolean": True, "timestamp": 1_700_000_000, "blob": b"x"}.get(kind, max(1, int(shape.metadata.get("min", 1))))


def without_account(request: Any, **_: Any) -> None:
    """S3 Control puts the account's number before the host's name, which a loopback address cannot have."""
    request.url = request.url.replace(f"//{USUAL['AccountId']}.", "//")


def answer(sandbox: Sandbox, called: str) -> str | None:
    """Why the operation is not answered; None if it is."""
    prefix, operation = called.split(":")
    client = sandbox.client(CLIENTS.get(prefix, prefix), validate=False)
    client.meta.events.register("before-send.s3-control", without_account, unique_id="without-account")
    model = client.meta.service_model.operation_model(operation)
    try:
        getattr(client, xform_name(operation))(**(smallest(model.input_shape) if model.input_shape else {}))
    except ClientError as error:
        code, status = error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
        return f"{status} {code}: {error.response['Error'].get('Message', '')}" if code in NO_ANSWER or status >= 500 else None
    return None


def test_every_operation_that_a_check_asks_answers(lenient: Sandbox) -> None:
    practised = rows()
    asked = sorted({called for row in practised for called in row["checkOps"]})
    silent = {called: why for called in asked if (why := answer(lenient, called))}
    whole = [row["id"] for row in practised if not set(row["checkOps"]) & set(silent)]
    assert set(silent) == set(GAPS), silent
    assert len(practised) == 92 and len(whole) >= ENOUGH, sorted({row["id"] for row in practised} - set(whole))
