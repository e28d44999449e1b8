"""Maintenance windows: their targets, their tasks, and the runs of those that open at a rate. A cron expression's time is not played."""
from __future__ import annotations

import datetime
from typing import Any

from emulator.base.schedules import interval, well_formed
from emulator.clock import CLOCK
from emulator.context import Context, make_id, make_uuid, now
from emulator.errors import Refused, fail
from emulator.kinds import Kind, Parent
from emulator.pages import page
from emulator.services import service

ssm = service("ssm")
TASK = 0.8  # seconds that a run takes
MISSING = ("DoesNotExistException", "Maintenance window {} does not exist.")


def fits(c: Context, window: dict[str, Any]) -> None:
    """A window closes for new tasks before it ends (User Guide, "Create a maintenance window", 2026-11-22)."""
    if not well_formed(window["Schedule"]):
        raise fail("ValidationException", f"Invalid schedule expression: {window['Schedule']}")
    if window["Cutoff"] >= window["Duration"]:
        raise fail("ValidationException", "Cutoff must be less than the duration of the maintenance window.")


class Filtered(Kind):
    """Rows under Filters of their own: {Key, Values} by the fields that `keys` names."""

    keys: dict[str, str] = {}

    def rows(self, c: Context) -> list[dict[str, Any]]:
        rows = list(c.records(self.name).values())
        if "WindowId" in c.params:
            self.service.kinds["MaintenanceWindow"].one(c)
            rows = [r for r in rows if r["WindowId"] == c.params["WindowId"]]
        for one in c.params.get("Filters") or []:
            if one.get("Key") not in self.keys:
                raise fail("ValidationException", f"The filter {one.get('Key')} is not valid.")
            said = self.keys[one["Key"]]
            rows = [r for r in rows if str(r.get(said)).lower() in [v.lower() for v in one.get("Values") or []]]
        return rows


class Windows(Filtered):
    keys = {"Name": "Name", "Enabled": "Enabled"}

    def one(self, c: Context) -> dict[str, Any]:
        found = c.records(self.name).get(c.params["WindowId"])
        if found is None:
            raise self.not_found(c.params["WindowId"])
        return found

    def do_delete(self, c: Context) -> dict[str, Any]:
        """Its targets and tasks go with it; one that is not there is gone already."""
        id_ = c.params["WindowId"]
        c.records(self.name).pop(id_, None)
        for kind, key in (("WindowTarget", "WindowTargetId"), ("WindowTask", "WindowTaskId"), ("WindowRun", "WindowExecutionId")):
            for row in c.find(kind, WindowId=id_):
                c.records(kind).pop(row[key])
        return {"WindowId": id_}

    def do_update(self, c: Context) -> dict[str, Any]:
        record = self.one(c)
        given = {k: v for k, v in c.params.items() if v is not None and k != "Replace"}
        fits(c, {**record, **given})
        record.update({**given, "ModifiedDate": now()})
        return self.result(c, record)

    def result(self, c: Context, record: dict[str, Any]) -> dict[str, Any]:
        return super().result(c, {**record, **next_time(c, record)})


def next_time(c: Context, window: dict[str, Any]) -> dict[str, Any]:
    every = interval(window["Schedule"])
    if every is None or not window["Enabled"]:
        return {}
    gone = (CLOCK.time() - window["__since"]) // every
    return {"NextExecutionTime": (window["CreatedDate"] + datetime.timedelta(seconds=(gone + 1) * every)).strftime("%Y-%m-%dT%H:%MZ")}


windows = Windows(
    ssm, "MaintenanceWindow", key="WindowId", create="CreateMaintenanceWindow", get="GetMaintenanceWindow", list="DescribeMaintenanceWindows",
    update="UpdateMaintenanceWindow", delete="DeleteMaintenanceWindow", token="ClientToken", check=fits, missing=MISSING, arn="__arn",
    type="ssm:maintenancewindow", made={
        "WindowId": lambda c, r: make_id("mw-"), "Enabled": True, "CreatedDate": lambda c, r: now(), "ModifiedDate": lambda c, r: now(),
        "__arn": lambda c, r: c.arn(f"maintenancewindow/{r['WindowId']}")})


class Targets(Filtered):
    keys = {"Type": "ResourceType", "WindowTargetId": "WindowTargetId", "OwnerInformation": "OwnerInformation"}


def in_use(c: Context, target: dict[str, Any]) -> None:
    id_ = target["WindowTargetId"]
    used = any(id_ in t.get("Values", []) for task in c.records("WindowTask").values() for t in task.get("Targets") or [])
    if used and c.params.get("Safe"):
        raise fail("TargetInUseException", f"The target {id_} is in use by a task.")


Targets(
    ssm, "WindowTarget", key="WindowTargetId", create="RegisterTargetWithMaintenanceWindow", list="DescribeMaintenanceWindowTargets",
    update="UpdateMaintenanceWindowTarget", delete="DeregisterTargetFromMaintenanceWindow", token="ClientToken", gone=in_use,
    parents=(Parent("WindowId", kind="MaintenanceWindow"),), missing=("DoesNotExistException", "Target {} does not exist."),
    made={"WindowTargetId": make_uuid, "OwnerInformation": ""})


class Tasks(Filtered):
    keys = {"WindowTaskId": "WindowTaskId", "TaskArn": "TaskArn", "TaskType": "TaskType", "Priority": "Priority"}


def aimed(c: Context, task: dict[str, Any]) -> None:
    """A task of Run Command has targets, and those that it names are the window's."""
    ids = [v for t in task.get("Targets") or [] if t["Key"] == "WindowTargetIds" for v in t["Values"]]
    strangers = [i for i in ids if not c.find("WindowTarget", WindowId=task["WindowId"], WindowTargetId=i)]
    if strangers:
        raise fail("DoesNotExistException", f"Target {strangers[0]} does not exist.")
    if task["TaskType"] == "RUN_COMMAND" and not task.get("Targets"):
        raise fail("ValidationException", "A task of the type RUN_COMMAND has targets.")


Tasks(
    ssm, "WindowTask", key="WindowTaskId", create="RegisterTaskWithMaintenanceWindow", get="GetMaintenanceWindowTask",
    list="DescribeMaintenanceWindowTasks", update="UpdateMaintenanceWindowTask", delete="DeregisterTaskFromMaintenanceWindow", token="ClientToken",
    parents=(Parent("WindowId", kind="MaintenanceWindow"),), check=aimed,
    missing=("DoesNotExistException", "Task {} does not exist."), made={
        "WindowTaskId": make_uuid, "Priority": 1, "TaskParameters": {}, "MaxConcurrency": "1", "MaxErrors": "1", "Type": lambda c, r: r["TaskType"],
        "ServiceRoleArn": lambda c, r: f"arn:{c.partition}:iam::{c.account}:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM"})


# ---------------------------------------------------------------- runs


def open_now(c: Context, window: dict[str, Any]) -> None:
    """Runs the window's tasks if its time has come since it was last looked at: once, however often it was."""
    every, runs = interval(window["Schedule"]), c.find("WindowRun", WindowId=window["WindowId"])
    last = max([r["__since"] for r in runs], default=window["__since"])
    if every is None or not window["Enabled"] or CLOCK.time() - last < every:
        return
    state = "SUCCESS"
    for task in sorted(c.find("WindowTask", WindowId=window["WindowId"]), key=lambda t: t["Priority"]):
        if task["TaskType"] == "RUN_COMMAND" and not sent(c, task):
            state = "FAILED"
    id_ = make_uuid()
    c.records("WindowRun")[id_] = {"WindowExecutionId": id_, "WindowId": window["WindowId"], "StartTime": now(), "__since": CLOCK.time(), "__ends": state}


def sent(c: Context, task: dict[str, Any]) -> bool:
    said = (task.get("TaskInvocationParameters") or {}).get("RunCommand") or {}
    targets = []
    for target in task["Targets"]:
        named = [c.records("WindowTarget")[v]["Targets"] for v in target["Values"]] if target["Key"] == "WindowTargetIds" else [[target]]
        targets += [t for ts in named for t in ts]
    try:
        commands: Any = ssm.kinds["Command"]
        commands.send(c, {"DocumentName": task["TaskArn"], "Targets": targets, "Parameters": said.get("Parameters") or {}, "Comment": said.get("Comment", "")})
    except Refused:
        return False
    return True


@ssm.op("DescribeMaintenanceWindowExecutions")
def executions(c: Context) -> dict[str, Any]:
    window = windows.one(c)
    open_now(c, window)
    rows = [told(r) for r in c.find("WindowRun", WindowId=window["WindowId"])]
    for one in c.params.get("Filters") or []:
        after = {"ExecutedAfter": True, "ExecutedBefore": False}.get(one.get("Key", ""))
        if after is None:
            raise fail("ValidationException", f"The filter {one.get('Key')} is not valid.")
        limit = datetime.datetime.fromisoformat(one["Values"][0].replace("Z", "+00:00"))
        rows = [r for r in rows if (r["StartTime"] >= limit) == after]
    return page(c, sorted(rows, key=lambda r: r["StartTime"], reverse=True))


def told(run: dict[str, Any]) -> dict[str, Any]:
    over = CLOCK.time() - run["__since"] >= TASK
    return {**run, "Status": run["__ends"] if over else "IN_PROGRESS", **({"EndTime": run["StartTime"] + datetime.timedelta(seconds=TASK)} if over else {})}
