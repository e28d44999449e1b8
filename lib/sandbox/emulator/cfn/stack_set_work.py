"""What an operation on a stack set does: its stacks made, changed, looked at and removed, in accounts and regions."""
from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from ..clock import CLOCK, now
from ..context import Context, make_uuid
from ..errors import Refused, fail
from ..state import Record
from .stacks import Stack, stacks
from .templates import invalid

RUNS = 1.0  # seconds that an operation is seen to run; AWS takes minutes
Target = tuple[str, str]  # account, region


def find(c: Context, named: str) -> Record:
    """By name or id; one that was deleted is shown by its id alone."""
    for record in c.records("StackSet").values():
        if named == record["StackSetId"] or (named == record["StackSetName"] and record["Status"] == "ACTIVE"):
            return record
    raise fail("StackSetNotFoundException", f"StackSet {named} not found", 404)


def values(rows: list[dict[str, Any]]) -> dict[str, str]:
    return {r["ParameterKey"]: r["ParameterValue"] for r in rows}


# ---------------------------------------------------------------- operations


def running(operation: Record) -> bool:
    return bool(operation["Status"] == "RUNNING" and CLOCK.time() < operation["until"])


def settled(operation: Record) -> Record:
    """An operation as it is by now: its work is done at once, and told when its time is over."""
    return operation if operation["Status"] != "RUNNING" or running(operation) else {**operation, "Status": operation["ends"], "EndTimestamp": operation["ended"]}


def idle(c: Context, record: Record) -> None:
    """One operation at a time; a set with managed execution lets the others wait."""
    if not c.within and any(map(running, record["operations"])) and not record["ManagedExecution"].get("Active"):
        raise fail("OperationInProgressException", f"Another Operation on StackSet {record['StackSetId']} is in progress", 409)


def operate(c: Context, record: Record, action: str, chosen: list[Target], retain: bool | None = None) -> dict[str, Any]:
    """Works through the targets, region by region; more failures in a region than are tolerated end the operation there."""
    id_ = c.params.get("OperationId") or make_uuid()
    if any(o["OperationId"] == id_ for o in record["operations"]):
        raise fail("OperationIdAlreadyExistsException", f"An Operation with id {id_} already exists", 409)
    preferences = c.params.get("OperationPreferences") or {}
    order = preferences.get("RegionOrder") or list(dict.fromkeys(r for _, r in chosen))
    results: list[Record] = []
    stopped = False
    for region in order:
        there = [t for t in chosen if t[1] == region]
        failures = 0
        tolerated = int(preferences.get("FailureToleranceCount") or len(there) * int(preferences.get("FailureTolerancePercentage") or 0) // 100)
        for target in there:
            result: Record = {"Account": target[0], "Region": region, "Status": "CANCELLED", "StatusReason": "Cancelled since failure tolerance has exceeded"}
            if not stopped:
                reason = WORK[action](c, record, target, id_, retain)
                result = {**result, "Status": "FAILED" if reason else "SUCCEEDED", "StatusReason": reason or None, "AccountGateResult": gate(target)}
                failures += bool(reason)
                stopped = failures > tolerated
            results.append(result)
    ends, lasts = "FAILED" if stopped else "SUCCEEDED", 0 if c.within else RUNS
    roles = {k: record[k] for k in ("AdministrationRoleARN", "ExecutionRoleName") if k in record}
    record["operations"].append({
        "OperationId": id_, "StackSetId": record["StackSetId"], "Action": action, "Status": "RUNNING", "ends": ends, "until": CLOCK.time() + lasts,
        "CreationTimestamp": now(), "ended": now(), "OperationPreferences": preferences or None, "RetainStacks": retain, "results": results, **roles,
        "DeploymentTargets": c.params.get("DeploymentTargets"), "StatusDetails": {"FailedStackInstancesCount": sum(r["Status"] == "FAILED" for r in results)},
    })
    return {"OperationId": id_}


def gate(target: Target) -> dict[str, str]:
    account, region = target
    return {"Status": "SKIPPED", "StatusReason": f"Function not found: arn:aws:lambda:{region}:{account}:function:AWSCloudFormationStackSetAccountGate"}


# ---------------------------------------------------------------- whom it concerns


def targets(c: Context, record: Record) -> list[Target]:
    asked, accounts = c.params.get("DeploymentTargets") or {}, list(c.params.get("Accounts") or [])
    units, regions = asked.get("OrganizationalUnitIds") or [], c.params.get("Regions") or []
    if not regions:
        raise invalid("At least one region is required")
    if record["PermissionModel"] == "SERVICE_MANAGED":
        if not units:
            raise invalid("StackSets with SERVICE_MANAGED permission model can only have OrganizationalUnit as target" if not asked
                          else "OrganizationalUnitIds are required")
        accounts = [a for unit in units for a in members(c, unit)]
    else:
        if units:
            raise invalid("StackSets with SELF_MANAGED permission model can only have accounts as target")
        accounts = accounts or asked.get("Accounts") or []
        if not accounts:
            raise invalid("Either Accounts or DeploymentTargets must be specified")
        administrated(c, record)
    return [(a, r) for r in regions for a in dict.fromkeys(accounts)]


def members(c: Context, unit: str) -> list[str]:
    """The accounts in a unit and in the units below it; the management account is never among them."""
    manager = c.call("organizations", "DescribeOrganization")["Organization"]["MasterAccountId"]
    below = [a for o in c.call("organizations", "ListOrganizationalUnitsForParent", ParentId=unit)["OrganizationalUnits"] for a in members(c, o["Id"])]
    own = [a["Id"] for a in c.call("organizations", "ListAccountsForParent", ParentId=unit)["Accounts"]]
    return [a for a in [*own, *below] if a != manager]


def trusts(c: Context, role: str, *whom: str) -> bool:
    try:
        policy = c.call("iam", "GetRole", RoleName=role)["Role"]["AssumeRolePolicyDocument"]
    except Refused:
        return False
    said = policy if isinstance(policy, str) else json.dumps(policy)
    return any(w in unquote(said) for w in whom)


def administrated(c: Context, record: Record) -> None:
    role = record["AdministrationRoleARN"].rsplit("/", 1)[-1]
    if not trusts(c, role, "cloudformation."):
        raise invalid(f"Account {c.account} should have '{role}' role with trust relationship to CloudFormation service.")


def executed(c: Context, record: Record, account: str) -> str:
    """Why the set may not work in an account, if it may not: the role that it takes there."""
    if record["PermissionModel"] == "SERVICE_MANAGED":
        return ""
    role, administration = record["ExecutionRoleName"], record["AdministrationRoleARN"]
    there = Context("cloudformation", None, {}, account, c.region)
    if trusts(there, role, administration, f"{c.account}:root", f'"{c.account}"'):
        return ""
    return f"Account {account} should have '{role}' role with trust relationship to Role '{administration.rsplit('/', 1)[-1]}'."


# ---------------------------------------------------------------- the work


def outcome(instance: Record, reason: str, stack: Stack | None = None) -> str:
    instance.update(Status="OUTDATED" if reason else "CURRENT", StatusReason=reason or None,
                    StackInstanceStatus={"DetailedStatus": "FAILED" if reason else "SUCCEEDED"})
    if stack:
        instance["StackId"] = stack.id
    return reason


def why(stack: Stack) -> str:
    """What the set says of a stack that did not come to be what was asked."""
    if stack.status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        return ""
    failed = next((e for e in stack.events if e["ResourceStatus"].endswith("_FAILED") and "ROLLBACK" not in e["ResourceStatus"]), None)
    if failed is None:
        return stack.reason or stack.status
    return f"ResourceLogicalId:{failed['LogicalResourceId']}, ResourceType:{failed['ResourceType']}, ResourceStatusReason:{failed.get('ResourceStatusReason', '')}."


def asked(record: Record, instance: Record) -> dict[str, Any]:
    merged = {**values(record["Parameters"]), **values(instance["ParameterOverrides"])}
    return {"TemplateBody": record["TemplateBody"], "Capabilities": ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"], "Tags": record["Tags"],
            "Parameters": [{"ParameterKey": k, "ParameterValue": v} for k, v in merged.items()]}


def place(instance: Record) -> Context:
    return Context("cloudformation", None, {}, instance["Account"], instance["Region"])


def make(c: Context, record: Record, target: Target, operation: str, retain: bool | None) -> str:
    if target in record["instances"] and record["instances"][target]["Status"] == "CURRENT":
        return ""  # there already: nothing to do
    instance = record["instances"].setdefault(target, {"Account": target[0], "Region": target[1], "StackSetId": record["StackSetId"], "StackId": None})
    instance.update(ParameterOverrides=c.params.get("ParameterOverrides") or instance.get("ParameterOverrides") or [], LastOperationId=operation)
    refusal = executed(c, record, target[0])
    if refusal:
        return outcome(instance, refusal)
    there = place(instance)
    standing = instance["StackId"] and stacks(*target).get(instance["StackId"])
    if standing and standing.alive:  # left over from an attempt that failed
        there.call("cloudformation", "DeleteStack", StackName=standing.id)
    try:
        made = there.call("cloudformation", "CreateStack", StackName=f"StackSet-{record['StackSetName'][:80]}-{make_uuid()}", **asked(record, instance))
    except Refused as error:
        return outcome(instance, error.message)
    stack = stacks(*target)[made["StackId"]]
    return outcome(instance, why(stack), stack)


def change(c: Context, record: Record, target: Target, operation: str, retain: bool | None) -> str:
    instance = record["instances"][target]
    if c.params.get("ParameterOverrides") is not None:
        instance["ParameterOverrides"] = c.params["ParameterOverrides"]
    instance["LastOperationId"] = operation
    standing = stacks(*target).get(instance["StackId"] or "")
    if standing is None or not standing.alive or standing.status == "ROLLBACK_COMPLETE":
        instance["Status"] = "OUTDATED"
        return make(c, record, target, operation, retain)
    refusal = executed(c, record, target[0])
    if refusal:
        return outcome(instance, refusal)
    try:
        place(instance).call("cloudformation", "UpdateStack", StackName=standing.id, **asked(record, instance))
    except Refused as error:
        return outcome(instance, "" if "No updates" in error.message else error.message)
    return outcome(instance, why(standing))


def remove(c: Context, record: Record, target: Target, operation: str, retain: bool | None) -> str:
    instance = record["instances"].get(target)
    if instance is None:
        return ""
    standing = stacks(*target).get(instance["StackId"] or "")
    if standing and standing.alive and not retain:
        refusal = executed(c, record, target[0])
        if refusal:
            return outcome(instance, refusal)
        place(instance).call("cloudformation", "DeleteStack", StackName=standing.id)
        if standing.alive:
            instance.update(Status="INOPERABLE", StatusReason=standing.reason, StackInstanceStatus={"DetailedStatus": "INOPERABLE"})
            return str(standing.reason)
    del record["instances"][target]
    return ""


def look(c: Context, record: Record, target: Target, operation: str, retain: bool | None) -> str:
    instance = record["instances"][target]
    standing = stacks(*target).get(instance["StackId"] or "")
    if standing is None or not standing.alive:
        return f"Stack {instance['StackId']} does not exist"
    place(instance).call("cloudformation", "DetectStackDrift", StackName=standing.id)
    instance.update(DriftStatus=standing.drift["StackDriftStatus"], LastDriftCheckTimestamp=now(), LastOperationId=operation)
    return ""


WORK = {"CREATE": make, "UPDATE": change, "DELETE": remove, "DETECT_DRIFT": look}
