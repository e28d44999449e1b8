"""CloudFormation's stack sets: what they are, and how they are made, changed, shown and deleted. Their instances: stack_instances.py."""
from __future__ import annotations

import copy
import re
from typing import Any

from ..context import Context, make_uuid
from ..errors import fail
from ..pages import page
from ..services import service
from ..state import Record
from .asking import body_of, check_capabilities, check_tags
from .parameters import text
from .stack_set_work import find, idle, operate, targets, values
from .templates import invalid, parse

cfn = service("cloudformation")
NAME = "[a-zA-Z][-a-zA-Z0-9]*"
NAME_OR_ID = NAME + "(?::[a-zA-Z0-9]{8}-[a-zA-Z0-9]{4}-[a-zA-Z0-9]{4}-[a-zA-Z0-9]{4}-[a-zA-Z0-9]{12})?"
ADMINISTRATION, EXECUTION = "AWSCloudFormationStackSetAdministrationRole", "AWSCloudFormationStackSetExecutionRole"


def check_name(named: str, pattern: str) -> None:
    if not re.fullmatch(pattern, named) or len(named) > 128 + 37:
        raise invalid(f"1 validation error detected: Value '{named}' at 'stackSetName' failed to satisfy constraint: Member must satisfy "
                      f"regular expression pattern: {pattern}")


@cfn.op("CreateStackSet")
def create(c: Context) -> dict[str, Any]:
    p, name = c.params, c.params["StackSetName"]
    check_name(name, NAME)
    if any(r["StackSetName"] == name and r["Status"] == "ACTIVE" for r in c.records("StackSet").values()):
        raise fail("NameAlreadyExistsException", f"StackSet {name} already exists", 409)
    body = body_of(c, None)
    model = p.get("PermissionModel") or "SELF_MANAGED"
    id_ = f"{name}:{make_uuid()}"
    record: Record = {
        "StackSetName": name, "StackSetId": id_, "StackSetARN": c.arn(f"stackset/{id_}"), "Status": "ACTIVE", "TemplateBody": body,
        "Description": p.get("Description") or "", "Capabilities": [], "Parameters": [], "Tags": [], "PermissionModel": model,
        "ManagedExecution": {"Active": False}, "instances": {}, "operations": [],
    }
    if model == "SELF_MANAGED":
        record.update(AdministrationRoleARN=f"arn:{c.partition}:iam::{c.account}:role/{ADMINISTRATION}", ExecutionRoleName=EXECUTION)
        if p.get("AutoDeployment"):
            raise invalid("AutoDeployment can only be specified for StackSets with the SERVICE_MANAGED permission model")
    adopt(c, record, body, {})
    c.records("StackSet")[id_] = record
    return {"StackSetId": id_}


def adopt(c: Context, record: Record, body: str, before: dict[str, str]) -> None:
    """What a request says of a set. Raises Refused for a template, parameters or capabilities that CloudFormation refuses."""
    p, template = c.params, parse(body)
    capabilities = p.get("Capabilities") or []
    check_capabilities(template, capabilities)
    given = chosen(p.get("Parameters") or [], before)
    absent = [n for n in given if n not in (template.get("Parameters") or {})]
    if absent:
        raise invalid(f"Parameters: [{', '.join(absent)}] do not exist in the template")
    missing = [n for n, about in (template.get("Parameters") or {}).items() if n not in given and "Default" not in about]
    if missing:
        raise invalid(f"Parameters: [{', '.join(missing)}] must have values")
    check_tags({t["Key"]: t["Value"] for t in p.get("Tags") or []})
    record.update(TemplateBody=body, Capabilities=capabilities, Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in given.items()])
    for name in ("Description", "Tags", "AdministrationRoleARN", "ExecutionRoleName", "PermissionModel", "AutoDeployment", "ManagedExecution"):
        if p.get(name) is not None:
            record[name] = copy.deepcopy(p[name])


def chosen(asked: list[dict[str, Any]], before: dict[str, str]) -> dict[str, str]:
    out = {}
    for one in asked:
        key = one["ParameterKey"]
        if one.get("UsePreviousValue"):
            if key not in before:
                raise invalid(f"Invalid input for parameter key {key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template")
            out[key] = before[key]
        else:
            out[key] = text(one.get("ParameterValue", ""))
    return out


@cfn.op("UpdateStackSet")
def update(c: Context) -> dict[str, Any]:
    record = find(c, c.params["StackSetName"])
    idle(c, record)
    if c.params.get("UsePreviousTemplate"):
        if c.params.get("TemplateBody") or c.params.get("TemplateURL"):
            raise invalid("You cannot specify both usePreviousTemplate and Template Body/Template URL.")
        body = record["TemplateBody"]
    else:
        body = body_of(c, None)
    concerned = targets(c, record) if c.params.get("Regions") else None
    absent = [t for t in concerned or [] if t not in record["instances"]]
    if absent:
        raise fail("StackInstanceNotFoundException", f"Stack instances {absent} were not found", 404)
    adopt(c, record, body, values(record["Parameters"]))
    for instance in record["instances"].values():
        instance["Status"] = "OUTDATED"
    return operate(c, record, "UPDATE", list(record["instances"]) if concerned is None else concerned)


@cfn.op("DeleteStackSet")
def delete(c: Context) -> dict[str, Any]:
    named = c.params["StackSetName"]
    check_name(named, NAME_OR_ID)
    record = next((r for r in c.records("StackSet").values() if r["Status"] == "ACTIVE" and named in (r["StackSetName"], r["StackSetId"])), None)
    if record is None:
        return {}  # deleting what is not there is no error
    idle(c, record)
    if record["instances"]:
        raise fail("StackSetNotEmptyException", "StackSet is not empty", 409)
    record["Status"] = "DELETED"
    return {}


def seen(record: Record) -> Record:
    """A set as it is shown: its regions and drift are its instances'."""
    regions = list(dict.fromkeys(i["Region"] for i in record["instances"].values()))
    units = list(dict.fromkeys(i["OrganizationalUnitId"] for i in record["instances"].values() if "OrganizationalUnitId" in i))
    drift = record.get("StackSetDriftDetectionDetails") or {}
    return {**record, "Regions": regions, "OrganizationalUnitIds": units, "DriftStatus": drift.get("DriftStatus", "NOT_CHECKED"),
            "LastDriftCheckTimestamp": drift.get("LastDriftCheckTimestamp")}


@cfn.op("DescribeStackSet")
def describe(c: Context) -> dict[str, Any]:
    from ..shapes import fit
    return {"StackSet": fit(c.operation.output_shape.members["StackSet"], seen(find(c, c.params["StackSetName"])))}


@cfn.op("ListStackSets")
def listed(c: Context) -> dict[str, Any]:
    wanted = c.params.get("Status")
    return page(c, [seen(r) for r in c.records("StackSet").values() if wanted in (None, r["Status"])])
