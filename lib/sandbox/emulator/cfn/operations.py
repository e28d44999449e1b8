"""CloudFormation's operations on stacks: parameters -> what the engine does, and how what it did is shown."""
from __future__ import annotations

import json
from typing import Any

from ..context import Context, make_uuid
from ..errors import fail
from ..pages import page
from ..services import service
from ..shapes import fit, project
from . import engine, update, watching
from .asking import check_name, request_of
from .changes import changes_of, only_said_again
from .plan import Plan
from .stacks import Resource, Stack, describe, exports, find, importers, living, stacks
from .templates import invalid

cfn = service("cloudformation", invalid="ValidationError", missing="ValidationError")
UPDATABLE = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE", "UPDATE_FAILED", "CREATE_FAILED")


def new_stack(c: Context, name: str) -> Stack:
    made = Stack(c.arn(f"stack/{name}/{make_uuid()}"), name, c.account, c.region)
    stacks(c.account, c.region)[made.id] = made
    return made


def existing(c: Context, name: str) -> Stack | None:
    return next((s for s in living(c) if s.name == name), None)


# ---------------------------------------------------------------- make, change, delete


@cfn.op("CreateStack")
def create_stack(c: Context) -> dict[str, Any]:
    name = check_name(c.params.get("StackName"))
    before = existing(c, name)
    if before:
        token = c.params.get("ClientRequestToken")
        if token and before.options.get("ClientRequestToken") == token:
            return {"StackId": before.id}
        raise fail("AlreadyExistsException", f"Stack [{name}] already exists")
    if c.params.get("DisableRollback") is not None and c.params.get("OnFailure"):
        raise invalid("Specify either DisableRollback or OnFailure, not both")
    request = request_of(c, None)
    stack = new_stack(c, name)
    stack.protected = bool(c.params.get("EnableTerminationProtection"))
    stack.policy = c.params.get("StackPolicyBody") or ""
    try:
        Plan(stack, request, guess=True)  # what is wrong with the template is told before there is a stack
    except Exception:
        del stacks(c.account, c.region)[stack.id]
        raise
    engine.create(stack, request, c.params.get("OnFailure") or ("DO_NOTHING" if c.params.get("DisableRollback") else "ROLLBACK"))
    return {"StackId": stack.id}


@cfn.op("UpdateStack")
def update_stack(c: Context) -> dict[str, Any]:
    stack = find(c, c.params["StackName"], alive=True)
    can_change(stack)
    request = request_of(c, stack)
    if not changes_of(stack, request) and only_said_again(stack, request):
        raise invalid("No updates are to be performed.")
    update.update(stack, request, bool(c.params.get("DisableRollback")))
    return {"StackId": stack.id}


def can_change(stack: Stack) -> None:
    if stack.status not in UPDATABLE:
        raise invalid(f"Stack:{stack.id} is in {stack.status} state and can not be updated.")


@cfn.op("DeleteStack")
def delete_stack(c: Context) -> dict[str, Any]:
    named = c.params["StackName"]
    stack = next((s for s in stacks(c.account, c.region).values() if s.alive and named in (s.name, s.id)), None)
    if stack is None:
        return {}  # deleting what is not there is no error
    retain = list(c.params.get("RetainResources") or [])
    if retain and stack.status != "DELETE_FAILED":
        raise invalid("Invalid operation on stack. RetainResources can only be specified for stacks in DELETE_FAILED state")
    if stack.parent and find(c, stack.parent).alive and stack.status != "DELETE_FAILED" and not c.within:
        raise invalid(f"Nested stack {stack.id} cannot be deleted directly; delete its root stack")
    engine.delete(stack, retain)
    return {}


@cfn.op("RollbackStack", "ContinueUpdateRollback")
def roll_back(c: Context) -> dict[str, Any]:
    stack = find(c, c.params["StackName"], alive=True)
    if c.operation.name == "ContinueUpdateRollback":
        if stack.status != "UPDATE_ROLLBACK_FAILED":
            raise invalid(f"Stack:{stack.id} is in {stack.status} state and can not be continued to roll back.")
        skip = list(c.params.get("ResourcesToSkip") or [])
        stack.turn("UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated")
        update.back(stack, stack.undone, skip)
        return {}
    if stack.status not in ("CREATE_FAILED", "UPDATE_FAILED"):
        raise invalid(f"Stack:{stack.id} is in {stack.status} state and can not be rolled back.")
    if stack.status == "CREATE_FAILED":
        engine.undo_create(stack, engine.Failed(None, "Rollback requested."), "ROLLBACK")
    else:
        stack.turn("UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated")
        stack.turn("UPDATE_ROLLBACK_COMPLETE")
    return {"StackId": stack.id}


@cfn.op("CancelUpdateStack")
def cancel_update(c: Context) -> dict[str, Any]:
    stack = find(c, c.params["StackName"], alive=True)
    if stack.status != "UPDATE_IN_PROGRESS":
        raise invalid(f"CancelUpdateStack cannot be called from current stack status: {stack.status}")
    watching.settle(stack, cancelled="User Initiated")
    return {}


# ---------------------------------------------------------------- show


@cfn.op("DescribeStacks")
def describe_stacks(c: Context) -> dict[str, Any]:
    named = c.params.get("StackName")
    return page(c, [describe(find(c, named))] if named else [describe(s) for s in reversed(living(c))], size=50)


@cfn.op("ListStacks")
def list_stacks(c: Context) -> dict[str, Any]:
    wanted = c.params.get("StackStatusFilter") or []
    rows = []
    for stack in reversed(list(stacks(c.account, c.region).values())):
        if not wanted or stack.status in wanted:
            shown = describe(stack)
            rows.append({**shown, "TemplateDescription": shown.get("Description"), "DriftInformation": stack.drift})
    return page(c, rows)


@cfn.op("DescribeStackEvents")
def describe_stack_events(c: Context) -> dict[str, Any]:
    return page(c, list(reversed(find(c, c.params.get("StackName") or "").events)))


def shown(stack: Stack, resource: Resource) -> dict[str, Any]:
    out = {"StackName": stack.name, "StackId": stack.id, "LogicalResourceId": resource.logical, "ResourceType": resource.type,
           "Timestamp": resource.updated, "LastUpdatedTimestamp": resource.updated, "ResourceStatus": resource.status,
           "DriftInformation": {"StackResourceDriftStatus": resource.drift.get("StackResourceDriftStatus", "NOT_CHECKED")}}
    if resource.physical:
        out["PhysicalResourceId"] = resource.physical
    if resource.reason:
        out["ResourceStatusReason"] = resource.reason
    if resource.metadata is not None:
            out["Metadata"] = json.dumps(resource.metadata)
    return out


@cfn.op("DescribeStackResources")
def describe_stack_resources(c: Context) -> dict[str, Any]:
    physical, named, logical = c.params.get("PhysicalResourceId"), c.params.get("StackName"), c.params.get("LogicalResourceId")
    if physical and not named:
        owner = next((s for s in living(c) if any(r.physical == physical for r in s.resources.values())), None)
        if owner is None:
            raise invalid(f"Stack for {physical} does not exist")
    elif named:
        owner = find(c, named)
    else:
        raise invalid("Must specify either a stack name or a physical resource id")
    rows = [shown(owner, r) for r in owner.resources.values() if logical in (None, r.logical)]
    member = c.operation.output_shape.members["StackResources"].member
    return {"StackResources": [fit(member, r) for r in rows]}


@cfn.op("DescribeStackResource")
def describe_stack_resource(c: Context) -> dict[str, Any]:
    stack = find(c, c.params["StackName"])
    resource = stack.resources.get(c.params["LogicalResourceId"])
    if resource is None:
        raise invalid(f"Resource {c.params['LogicalResourceId']} does not exist for stack {c.params['StackName']}")
    return {"StackResourceDetail": project(c.operation.output_shape.members["StackResourceDetail"], shown(stack, resource), 1)}


@cfn.op("ListStackResources")
def list_stack_resources(c: Context) -> dict[str, Any]:
    stack = find(c, c.params["StackName"])
    return page(c, [shown(stack, r) for r in stack.resources.values()])


# ---------------------------------------------------------------- exports, protection, policy


@cfn.op("ListExports")
def list_exports(c: Context) -> dict[str, Any]:
    return page(c, [{"ExportingStackId": s.id, "Name": n, "Value": o.value} for n, (s, o) in sorted(exports(c).items())])


@cfn.op("ListImports")
def list_imports(c: Context) -> dict[str, Any]:
    named = c.params["ExportName"]
    users = importers(c, named)
    if not users:
        raise invalid(f"Export '{named}' is not imported by any stack.")
    return page(c, [s.name for s in users])


@cfn.op("UpdateTerminationProtection")
def protect(c: Context) -> dict[str, Any]:
    stack = find(c, c.params["StackName"], alive=True)
    stack.protected = bool(c.params["EnableTerminationProtection"])
    return {"StackId": stack.id}


def with_policy(c: Context) -> Stack:
    named = c.params["StackName"]
    found = next((s for s in living(c) if named in (s.name, s.id)), None)
    if found is None:
        raise invalid(f"Stack: {named} does not exist")
    return found


@cfn.op("SetStackPolicy")
def set_policy(c: Context) -> dict[str, Any]:
    stack = with_policy(c)
    body, url = c.params.get("StackPolicyBody"), c.params.get("StackPolicyURL")
    if body and url:
        raise invalid("You cannot specify both StackPolicyURL and StackPolicyBody")
    text = fetched(c, url, "StackPolicyURL") if url else body or ""
    try:
        json.loads(text or "{}")
    except ValueError:
        raise invalid("Error validating stack policy: Invalid stack policy") from None
    stack.policy = text
    return {}


@cfn.op("GetStackPolicy")
def get_policy(c: Context) -> dict[str, Any]:
    stack = with_policy(c)
    return {"StackPolicyBody": stack.policy} if stack.policy else {}

