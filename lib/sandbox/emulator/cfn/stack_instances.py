"""CloudFormation's operations on the instances of a stack set, and on the operations that concern it."""
from __future__ import annotations

from typing import Any

from ..clock import now
from ..context import Context
from ..errors import fail
from ..pages import page
from ..services import service
from ..shapes import fit
from ..state import Record
from .stack_set_work import find, idle, operate, running, settled, targets

cfn = service("cloudformation")


@cfn.op("CreateStackInstances", "UpdateStackInstances", "DeleteStackInstances")
def instances(c: Context) -> dict[str, Any]:
    record = find(c, c.params["StackSetName"])
    idle(c, record)
    chosen = targets(c, record)
    action = {"C": "CREATE", "U": "UPDATE", "D": "DELETE"}[str(c.operation.name)[0]]
    if action == "UPDATE":
        absent = [t for t in chosen if t not in record["instances"]]
        if absent:
            raise fail("StackInstanceNotFoundException", f"StackInstance {absent[0][0]}/{absent[0][1]} of StackSet {record['StackSetName']} not found", 404)
    return operate(c, record, action, chosen, c.params.get("RetainStacks"))


@cfn.op("DetectStackSetDrift")
def detect(c: Context) -> dict[str, Any]:
    record = find(c, c.params["StackSetName"])
    idle(c, record)
    every = list(record["instances"])
    told = operate(c, record, "DETECT_DRIFT", every)
    drifted = sum(i.get("DriftStatus") == "DRIFTED" for i in record["instances"].values())
    details = {"DriftStatus": "DRIFTED" if drifted else "IN_SYNC", "DriftDetectionStatus": "COMPLETED", "LastDriftCheckTimestamp": now(),
               "TotalStackInstancesCount": len(every), "DriftedStackInstancesCount": drifted, "InSyncStackInstancesCount": len(every) - drifted,
               "InProgressStackInstancesCount": 0, "FailedStackInstancesCount": 0}
    record["StackSetDriftDetectionDetails"] = record["operations"][-1]["StackSetDriftDetectionDetails"] = details
    return told


def shown(record: Record, instance: Record) -> Record:
    """While the operation that concerns it runs, an instance is on its way."""
    last = next((o for o in record["operations"] if o["OperationId"] == instance.get("LastOperationId")), None)
    if last and running(last) and last["Action"] != "DETECT_DRIFT":
        return {**instance, "Status": "OUTDATED", "StackInstanceStatus": {"DetailedStatus": "RUNNING"}}
    return {"DriftStatus": "NOT_CHECKED", **instance}


@cfn.op("ListStackInstances")
def list_instances(c: Context) -> dict[str, Any]:
    record, p = find(c, c.params["StackSetName"]), c.params
    rows = [shown(record, i) for i in record["instances"].values()
            if p.get("StackInstanceAccount") in (None, i["Account"]) and p.get("StackInstanceRegion") in (None, i["Region"])]
    for one in p.get("Filters") or []:
        wanted = one["Values"].split(",")
        rows = [r for r in rows if filtered(r, one["Name"]) in wanted]
    return page(c, rows)


def filtered(row: Record, name: str) -> Any:
    return {"DETAILED_STATUS": row["StackInstanceStatus"]["DetailedStatus"], "LAST_OPERATION_ID": row.get("LastOperationId"),
            "DRIFT_STATUS": row.get("DriftStatus")}.get(name)


@cfn.op("DescribeStackInstance")
def describe_instance(c: Context) -> dict[str, Any]:
    record, p = find(c, c.params["StackSetName"]), c.params
    found = record["instances"].get((p["StackInstanceAccount"], p["StackInstanceRegion"]))
    if found is None:
        raise fail("StackInstanceNotFoundException", f"Stack instance for account {p['StackInstanceAccount']} and region {p['StackInstanceRegion']} was not found", 404)
    return {"StackInstance": fit(c.operation.output_shape.members["StackInstance"], shown(record, found))}


@cfn.op("ListStackSetOperations")
def list_operations(c: Context) -> dict[str, Any]:
    return page(c, [settled(o) for o in reversed(find(c, c.params["StackSetName"])["operations"])])


def operation(c: Context) -> Record:
    id_ = c.params["OperationId"]
    for one in find(c, c.params["StackSetName"])["operations"]:
        if one["OperationId"] == id_:
            return one  # type: ignore[no-any-return]
    raise fail("OperationNotFoundException", f"Operation {id_} not found", 404)


@cfn.op("DescribeStackSetOperation")
def describe_operation(c: Context) -> dict[str, Any]:
    return {"StackSetOperation": fit(c.operation.output_shape.members["StackSetOperation"], settled(operation(c)))}


@cfn.op("ListStackSetOperationResults")
def results(c: Context) -> dict[str, Any]:
    return page(c, operation(c)["results"])


@cfn.op("StopStackSetOperation")
def stop(c: Context) -> dict[str, Any]:
    found = operation(c)
    if not running(found):
        raise fail("InvalidOperationException", f"Operation {found['OperationId']} is not in a state that can be stopped")
    found.update(Status="STOPPED", EndTimestamp=now())
    return {}
