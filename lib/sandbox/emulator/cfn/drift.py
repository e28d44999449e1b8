"""What a stack's resources really are, against what their template asked for."""
from __future__ import annotations

import json
from typing import Any

from ..clock import now
from ..context import Context, make_uuid
from ..pages import page
from ..services import service
from .engine import work_of
from .stacks import GONE, Resource, Stack, find
from .templates import invalid
from .types import known_type

cfn = service("cloudformation")


def look(stack: Stack, resource: Resource) -> dict[str, Any]:
    """A resource's drift as DescribeStackResourceDrifts shows it; NOT_CHECKED where the type cannot be read."""
    expected = {k: v for k, v in resource.properties.items() if k != "Tags"}
    base = {"StackId": stack.id, "LogicalResourceId": resource.logical, "PhysicalResourceId": resource.physical, "ResourceType": resource.type,
            "ExpectedProperties": json.dumps(expected, default=str, sort_keys=True), "Timestamp": now()}
    try:
        actual = known_type(resource.type).read(work_of(stack, resource, resource.tags), resource.found)
    except NotImplementedError:
        resource.drift = {"StackResourceDriftStatus": "NOT_CHECKED"}
        return {**base, "StackResourceDriftStatus": "NOT_CHECKED"}
    if actual is None:
        resource.drift = {"StackResourceDriftStatus": "DELETED", "LastCheckTimestamp": now()}
        return {**base, "StackResourceDriftStatus": "DELETED", "PropertyDifferences": []}
    seen = {k: actual.get(k) for k in expected if k in actual}
    differences = [difference(k, expected[k], v) for k, v in sorted(seen.items()) if plain(v) != plain(expected[k])]
    status = "MODIFIED" if differences else "IN_SYNC"
    resource.drift = {"StackResourceDriftStatus": status, "LastCheckTimestamp": now()}
    return {**base, "StackResourceDriftStatus": status, "PropertyDifferences": differences,
            "ActualProperties": json.dumps({**expected, **seen}, default=str, sort_keys=True)}


def differing(stack: Stack) -> dict[str, dict[str, Any] | None]:
    """Logical id -> the properties as they really are, of each resource that is not what its template says; None: it is gone."""
    out: dict[str, dict[str, Any] | None] = {}
    for name, resource in stack.resources.items():
        if not resource.found or resource.status == GONE:
            continue
        try:
            actual = known_type(resource.type).read(work_of(stack, resource, resource.tags), resource.found)
        except NotImplementedError:
            continue
        seen = {k: actual[k] for k, v in resource.properties.items() if actual and k != "Tags" and k in actual and plain(actual[k]) != plain(v)}
        if actual is None or seen:
            out[name] = None if actual is None else {**resource.properties, **seen}
    return out


def difference(name: str, expected: Any, actual: Any) -> dict[str, str]:
    kind = "REMOVE" if actual is None else "NOT_EQUAL"
    return {"PropertyPath": f"/{name}", "ExpectedValue": said(expected), "ActualValue": said(actual), "DifferenceType": kind}


def said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)


def plain(value: Any) -> Any:
    """Values that mean the same are the same: "8" and 8, true and "true", lists in any order."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return sorted((plain(v) for v in value), key=lambda v: json.dumps(v, sort_keys=True, default=str))
    return str(value).lower() if isinstance(value, bool) else str(value)


@cfn.op("DetectStackDrift")
def detect(c: Context) -> dict[str, Any]:
    stack = find(c, c.params["StackName"], alive=True)
    if not stack.status.endswith(("CREATE_COMPLETE", "UPDATE_COMPLETE", "ROLLBACK_COMPLETE", "FAILED")):
        raise invalid(f"Drift detection cannot be performed on stack in {stack.status} state")
    chosen = c.params.get("LogicalResourceIds") or list(stack.resources)
    found = [look(stack, r) for n, r in stack.resources.items() if n in chosen and r.found]
    drifted = [d for d in found if d["StackResourceDriftStatus"] in ("MODIFIED", "DELETED")]
    status = "DRIFTED" if drifted else "IN_SYNC"
    stack.drift = {"StackDriftStatus": status, "LastCheckTimestamp": now()}
    id_ = make_uuid()
    c.records("Drift")[id_] = {"StackId": stack.id, "StackDriftDetectionId": id_, "StackDriftStatus": status, "DetectionStatus": "DETECTION_COMPLETE",
                               "DriftedStackResourceCount": len(drifted), "Timestamp": now()}
    c.records("Drifts")[stack.id] = {"found": found}
    return {"StackDriftDetectionId": id_}


@cfn.op("DescribeStackDriftDetectionStatus")
def status(c: Context) -> dict[str, Any]:
    found = c.records("Drift").get(c.params["StackDriftDetectionId"])
    if found is None:
        raise invalid(f"Drift detection operation {c.params['StackDriftDetectionId']} does not exist")
    return found


@cfn.op("DescribeStackResourceDrifts")
def drifts(c: Context) -> dict[str, Any]:
    stack = find(c, c.params["StackName"], alive=True)
    found = (c.records("Drifts").get(stack.id) or {"found": []})["found"]
    wanted = c.params.get("StackResourceDriftStatusFilters") or []
    rows = [d for d in found if (d["StackResourceDriftStatus"] in wanted if wanted else d["StackResourceDriftStatus"] != "NOT_CHECKED")]
    return page(c, rows)


@cfn.op("DetectStackResourceDrift")
def one(c: Context) -> dict[str, Any]:
    stack = find(c, c.params["StackName"], alive=True)
    resource = stack.resources.get(c.params["LogicalResourceId"])
    if resource is None or not resource.found:
        raise invalid(f"Resource {c.params['LogicalResourceId']} does not exist for stack {stack.name}")
    found = look(stack, resource)
    if found["StackResourceDriftStatus"] == "NOT_CHECKED":
        raise invalid(f"Drift detection is not supported for resource type {resource.type}.")
    return {"StackResourceDrift": found}
