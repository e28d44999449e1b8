"""A pytest plugin for moto's own tests: names that AWS refuses become names that it takes, so that the tests get on to what they are about.

Plain moto is asked in the same way. A test that compares with the name as it was written then fails on both, and says nothing of either.
"""
from __future__ import annotations

import itertools
import os
import random
import socket
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient

DRAWN, CALL, FOUND = uuid.uuid4, BaseClient._make_api_call, socket.getaddrinfo
ZONES = itertools.cycle("ab")
ROLE = "arn:aws:iam::123456789012:role/"
HERE, NAME, ENDPOINT = "127.0.0.1", "localhost", "SDK::Endpoint"


def found(host: Any, *more: Any, **named: Any) -> Any:
    """Names below localhost are this machine (RFC 6761), which not every resolver knows."""
    return FOUND(HERE if str(host).endswith(f".{NAME}") else host, *more, **named)


def named(client: Any) -> None:
    """S3 Control puts the account before the server's name, which has to be one then: no 123456789012.127.0.0.1."""
    known = client._ruleset_resolver._builtins
    known[ENDPOINT] = (known.get(ENDPOINT) or "").replace(HERE, NAME) or None


def begins_with_a_letter() -> uuid.UUID:
    """Stacks and groups are named by a UUID, which AWS refuses where it begins with a digit: ten times in sixteen."""
    return uuid.UUID(int=(DRAWN().int & ~(0xF << 124)) | (random.randrange(10, 16) << 124))


def asked_well(self: Any, operation: str, params: dict[str, Any]) -> Any:
    if self.meta.service_model.service_name == "s3control":
        named(self)
    if operation == "CreateSubnet" and "test_rds/" in os.environ.get("PYTEST_CURRENT_TEST", ""):
        params = {"AvailabilityZone": f"{self.meta.region_name}{next(ZONES)}", **params}  # moto draws one: two subnets stand in one zone, or do not
    change = WELL.get((self.meta.service_model.service_name, operation)) or WELL.get((self.meta.service_model.service_name, ""))
    answer = CALL(self, operation, {**params, **change(params)} if change else params)
    if self.meta.service_model.service_name == "rds" and not operation.startswith("Describe"):
        time_passes(self.meta.endpoint_url)
    if isinstance(answer.get("Target"), dict) and "RoleArn" in answer["Target"]:
        answer["Target"]["RoleArn"] = answer["Target"]["RoleArn"].removeprefix(ROLE)  # as it was written
    return answer


def time_passes(endpoint: str) -> None:
    """What AWS takes its time for is over before the next request, which no test waits for. Plain moto has no such clock."""
    with suppress(urllib.error.URLError):
        urllib.request.urlopen(urllib.request.Request(f"{endpoint}/_worklab/clock?advance=3600", method="POST"), timeout=30).close()


def stack_name(params: dict[str, Any]) -> dict[str, Any]:
    """A stack's name has no underscore: dozens of tests have a test_stack."""
    name = params.get("StackName")
    return {"StackName": name.replace("_", "-")} if isinstance(name, str) and not name.startswith("arn:") else {}


def master(params: dict[str, Any]) -> dict[str, Any]:
    """A database of one's own has a master user, and a password of eight characters."""
    if "DBClusterIdentifier" in params or str(params.get("Engine", "")).startswith("aurora"):
        return {}
    password = {} if params.get("ManageMasterUserPassword") else {"MasterUserPassword": params.get("MasterUserPassword", "").ljust(8, "0")}
    return {"MasterUsername": params.get("MasterUsername", "root"), **password}


def skipping(params: dict[str, Any]) -> dict[str, Any]:
    """A database goes with a final snapshot, or says that it needs none."""
    return {} if "SkipFinalSnapshot" in params or "FinalDBSnapshotIdentifier" in params else {"SkipFinalSnapshot": True}


def latest(params: dict[str, Any]) -> dict[str, Any]:
    """The point in time that a database is restored to is said."""
    return {} if "RestoreTime" in params else {"UseLatestRestorableTime": True}


def versioned(params: dict[str, Any]) -> dict[str, Any]:
    """A product comes with its first version, whose template lies somewhere."""
    if "ProvisioningArtifactParameters" in params:
        return {}
    bucket, s3 = "templates-of-products", boto3.client("s3", region_name="us-east-1")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="t.json", Body=b'{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}')
    kind, address = "CLOUD_FORMATION_TEMPLATE", f"https://{bucket}.s3.amazonaws.com/t.json"
    return {"ProvisioningArtifactParameters": {"Name": "v1", "Type": kind, "Info": {"LoadTemplateFromURL": address}}}


def scheduled(params: dict[str, Any]) -> dict[str, Any]:
    """What a schedule starts, it starts in a role."""
    return {"Target": {**params["Target"], "RoleArn": ROLE + params["Target"]["RoleArn"].removeprefix(ROLE)}}


def secured(params: dict[str, Any]) -> dict[str, Any]:
    """An issuer's address begins with https and has no query."""
    return {"Url": params["Url"].replace("http://", "https://").partition("?")[0]}


# (service, operation) -> what of the parameters is said otherwise; "" is every operation.
WELL = {
    ("cloudformation", ""): stack_name, ("rds", "CreateDBInstance"): master, ("rds", "DeleteDBInstance"): skipping,
    ("rds", "RestoreDBInstanceToPointInTime"): latest, ("iam", "CreateOpenIDConnectProvider"): secured,
    ("servicecatalog", "CreateProduct"): versioned,
    ("scheduler", "CreateSchedule"): scheduled, ("scheduler", "UpdateSchedule"): scheduled,
}

uuid.uuid4 = begins_with_a_letter
socket.getaddrinfo = found
BaseClient._make_api_call = asked_well


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: Any, nextitem: Any) -> Iterator[None]:
    """A class whose setup fails leaves its mock begun: then nothing after it would be reset, and fail for what is left of others."""
    yield
    if item.cls is not None and (nextitem is None or nextitem.cls is not item.cls):
        from moto.core.models import ServerModeMockAWS
        ServerModeMockAWS._nested_count = 0
