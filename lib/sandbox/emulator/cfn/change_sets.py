"""CloudFormation's operations on change sets."""
from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from ..context import Context, make_uuid
from ..errors import fail
from ..pages import page
from ..services import service
from . import engine, update
from .asking import check_name, request_of
from .changes import changes_of, only_said_again
from .drift import differing
from .operations import can_change, existing, new_stack
from .parameters import shown
from .plan import Plan, Request
from .stacks import EXECUTED, GONE, ChangeSet, Stack, change_set_of, find, stacks
from .templates import invalid

cfn = service("cloudformation")
NOTHING = "The submitted information didn't contain changes. Submit different information to create a change set."


@cfn.op("CreateChangeSet")
def create_change_set(c: Context) -> dict[str, Any]:
    kind, name = c.params.get("ChangeSetType") or "UPDATE", c.params["ChangeSetName"]
    check_change_set_name(name)
    stack, new = target(c, kind)
    if any(s.name == name and s.execution != EXECUTED for s in stack.change_sets.values()):
        raise fail("AlreadyExistsException", f"ChangeSet {name} already exists")
    try:
        request = request_of(c, None if new else stack)
        plan = Plan(stack, request, guess=True)
        assert plan.order
    except Exception:
        if new:
            del stacks(c.account, c.region)[stack.id]
        raise
    made = ChangeSet(c.arn(f"changeSet/{name}/{make_uuid()}"), name, kind, request.body, request.template, request.given, request.parameters,
                     request.tags, request.capabilities, request.options)
    made.mode = c.params.get("DeploymentMode") or ""
    with drift_aware(stack, made.mode) as drifted:
        made.changes = changes_of(stack, request)
    for row in made.changes:
        name = row["ResourceChange"]["LogicalResourceId"]
        if made.mode:
            row["ResourceChange"]["ResourceDriftStatus"] = "IN_SYNC" if name not in drifted else "DELETED" if drifted[name] is None else "MODIFIED"
    if kind == "UPDATE" and not made.changes and only_said_again(stack, request):
        made.status, made.reason, made.execution = "FAILED", NOTHING, "UNAVAILABLE"
    if new:
        stack.turn("REVIEW_IN_PROGRESS", "User Initiated")
    stack.change_sets[made.id] = made
    return {"Id": made.id, "StackId": stack.id}


@contextlib.contextmanager
def drift_aware(stack: Stack, mode: str, keep: bool = False) -> Iterator[dict[str, Any]]:
    """Takes a stack's resources for what they really are; with `keep`, from then on: an update then starts from there, and so does its rollback."""
    drifted = differing(stack) if mode == "REVERT_DRIFT" else {}
    before = {n: (stack.resources[n].properties, stack.resources[n].found, stack.resources[n].status) for n in drifted}
    for name, actual in drifted.items():
        if actual is None:
            stack.resources[name].found, stack.resources[name].status = {}, GONE
        else:
            stack.resources[name].properties = actual
    yield drifted
    if not keep:
        for name, was in before.items():
            stack.resources[name].properties, stack.resources[name].found, stack.resources[name].status = was


def check_change_set_name(name: str) -> None:
    import re
    if not re.fullmatch(r"[a-zA-Z][-a-zA-Z0-9]{0,127}", name):
        raise invalid(f"1 validation error detected: Value '{name}' at 'changeSetName' failed to satisfy constraint: Member must satisfy "
                      "regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*")


def target(c: Context, kind: str) -> tuple[Stack, bool]:
    """(the stack, whether it is a new one)"""
    named = c.params["StackName"]
    if kind == "IMPORT":
        raise fail("ValidationError", "the sandbox does not emulate the import of resources")
    if kind == "CREATE" and c.params.get("DeploymentMode"):
        raise invalid("DeploymentMode can only be specified for change sets of type UPDATE")
    if kind == "CREATE":
        before = existing(c, named.split("/")[1] if named.startswith("arn:") else named)
        if before and before.status != "REVIEW_IN_PROGRESS":
            raise invalid(f"Stack [{before.name}] already exists and cannot be created again with the changeSet [{c.params['ChangeSetName']}].")
        return (before, False) if before else (new_stack(c, check_name(named)), True)
    stack = find(c, named, alive=True)
    if stack.status == "REVIEW_IN_PROGRESS":
        raise invalid(f"Stack [{named}] does not exist")
    can_change(stack)
    return stack, False


def told(stack: Stack, made: ChangeSet) -> dict[str, Any]:
    out: dict[str, Any] = {
        "ChangeSetName": made.name, "ChangeSetId": made.id, "StackId": stack.id, "StackName": stack.name, "CreationTime": made.created,
        "ExecutionStatus": made.execution, "Status": made.status, "Capabilities": made.capabilities, "IncludeNestedStacks": False,
        "Tags": [{"Key": k, "Value": v} for k, v in made.tags.items()], "Parameters": shown(made.template, made.given, made.parameters),
        "NotificationARNs": made.options.get("NotificationARNs") or [], "RollbackConfiguration": made.options.get("RollbackConfiguration") or {},
    }
    if made.mode:
        out["DeploymentMode"] = made.mode
    if made.reason:
        out["StatusReason"] = made.reason
    for name in ("Description", "OnStackFailure"):
        if made.options.get(name):
            out[name] = made.options[name]
    return out


@cfn.op("DescribeChangeSet")
def describe_change_set(c: Context) -> dict[str, Any]:
    stack, made = change_set_of(c, c.params["ChangeSetName"], c.params.get("StackName") or "")
    changes = made.changes
    if not c.params.get("IncludePropertyValues"):
        hidden = ("BeforeValue", "AfterValue", "Path", "AttributeChangeType")
        changes = [{**row, "ResourceChange": {**row["ResourceChange"], "Details": [
            {**d, "Target": {k: v for k, v in d["Target"].items() if k not in hidden}} for d in row["ResourceChange"].get("Details", [])]}}
            for row in changes]
    return {**told(stack, made), **page(c, changes)}


@cfn.op("ListChangeSets")
def list_change_sets(c: Context) -> dict[str, Any]:
    stack = find(c, c.params["StackName"])
    return page(c, [{**told(stack, m), "Description": m.options.get("Description")} for m in stack.change_sets.values() if m.execution != EXECUTED])


@cfn.op("DeleteChangeSet")
def delete_change_set(c: Context) -> dict[str, Any]:
    try:
        stack, made = change_set_of(c, c.params["ChangeSetName"], c.params.get("StackName") or "")
    except Exception as error:
        if getattr(error, "code", "") == "ChangeSetNotFound":
            return {}  # deleting what is not there is no error
        raise
    del stack.change_sets[made.id]
    return {}


@cfn.op("ExecuteChangeSet")
def execute_change_set(c: Context) -> dict[str, Any]:
    stack, made = change_set_of(c, c.params["ChangeSetName"], c.params.get("StackName") or "")
    if made.execution != "AVAILABLE":
        raise fail("InvalidChangeSetStatus", f"ChangeSet [{made.id}] cannot be executed in its current status of [{made.status}]")
    options = {**made.options, **({"ClientRequestToken": c.params["ClientRequestToken"]} if c.params.get("ClientRequestToken") else {})}
    stack.options.pop("ClientRequestToken", None)
    request = Request(made.body, made.template, made.given, made.parameters, made.tags, made.capabilities, options, made.id)
    made.execution = EXECUTED
    stack.change_sets = {made.id: made}  # the others are gone once one is executed
    keep = bool(c.params.get("DisableRollback"))
    if made.kind == "CREATE" and stack.status == "REVIEW_IN_PROGRESS":
        on_failure = made.options.get("OnStackFailure") or ("DO_NOTHING" if keep else "ROLLBACK")
        engine.create(stack, request, on_failure)
    else:
        can_change(stack)
        with drift_aware(stack, made.mode, keep=True):
            update.update(stack, request, keep or made.options.get("OnStackFailure") == "DO_NOTHING")
    return {}
