"""DataSync's tasks: what they refuse, what they default to, and the network interfaces that they bring."""
from __future__ import annotations

import copy
import re
from typing import Any

from emulator.cfn.declared import cfn_type
from emulator.cfn.types import Found, Work
from emulator.context import Context, make_id, now
from emulator.errors import Refused, fail
from emulator.kinds import Kind, States
from emulator.pages import page
from emulator.services import service
from emulator.state import Record

INVALID = "InvalidRequestException"
datasync = service("datasync")
ARCHIVES = ("GLACIER", "DEEP_ARCHIVE")
# What a task does where nothing is said (https://docs.aws.amazon.com/datasync/latest/userguide/API_Options.html, 2026-11-22).
DEFAULTS: dict[str, Any] = {
    "OverwriteMode": "ALWAYS", "Atime": "BEST_EFFORT", "Mtime": "PRESERVE", "Uid": "INT_VALUE", "Gid": "INT_VALUE", "PreserveDeletedFiles": "PRESERVE",
    "PreserveDevices": "NONE", "PosixPermissions": "PRESERVE", "BytesPerSecond": -1, "TaskQueueing": "ENABLED", "TransferMode": "CHANGED",
    "SecurityDescriptorCopyFlags": "NONE", "ObjectTags": "PRESERVE",
}
CREATING = 0.5  # seconds
INTERFACES = 4  # that a task has in the subnet of each EFS location: datasync user guide, "Network interfaces", 2026-11-22
RUNNING = ("QUEUED", "LAUNCHING", "PREPARING", "TRANSFERRING", "VERIFYING", "CANCELLING")


def refuse(sentence: str) -> Refused:
    return fail(INVALID, sentence)


def location(c: Context, arn: str) -> Record:
    found = c.records("Location").get(arn)
    if found is None:
        raise refuse(f"Location {arn} is not found.")
    return found


# ---------------------------------------------------------------- what is refused


def check(c: Context, task: Record) -> None:
    if task["SourceLocationArn"] == task["DestinationLocationArn"]:
        raise refuse("Source and destination locations must be different.")
    target = location(c, task["DestinationLocationArn"])
    source, options = location(c, task["SourceLocationArn"]), task["Options"]
    if {source["Kind"], target["Kind"]} <= {"Nfs", "Smb"}:
        raise refuse("At least one location has to be an AWS storage service.")
    if options["VerifyMode"] == "POINT_IN_TIME_CONSISTENT" and task["TaskMode"] == "ENHANCED":
        raise refuse("VerifyMode POINT_IN_TIME_CONSISTENT is not supported by task mode ENHANCED.")
    if options["VerifyMode"] == "POINT_IN_TIME_CONSISTENT" and target.get("S3StorageClass") in ARCHIVES:
        raise refuse(f"VerifyMode POINT_IN_TIME_CONSISTENT is not supported for destinations of the storage class {target['S3StorageClass']}.")
    if options["LogLevel"] != "OFF" and not task.get("CloudWatchLogGroupArn"):
        raise refuse("A log level needs a log group.")
    if options["BytesPerSecond"] == 0:
        raise refuse("BytesPerSecond has to be at least 1, or -1 for all the bandwidth there is.")
    logs_to(c, task.get("CloudWatchLogGroupArn"))
    scheduled(task.get("Schedule"))
    reported(c, task.get("TaskReportConfig"))


def logs_to(c: Context, arn: str | None) -> None:
    if not arn:
        return
    name = arn.split(":log-group:")[-1].removesuffix(":*")
    groups = c.call("logs", "DescribeLogGroups", logGroupNamePrefix=name)["logGroups"]
    if not any(g["logGroupName"] == name for g in groups):
        raise refuse(f"The log group {arn} does not exist.")


def scheduled(schedule: Record | None) -> None:
    said = (schedule or {}).get("ScheduleExpression")
    if not said:
        return
    rate = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", said)
    cron = re.fullmatch(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)", said)
    if not rate and not cron:
        raise refuse(f"Invalid schedule expression: {said}")
    often = (rate and int(rate[1]) * {"minute": 1, "hour": 60, "day": 1440}[rate[2]] < 60) or (cron and not cron[1].isdigit())
    if often:
        raise refuse("The minimum interval of a schedule is one hour.")


def reported(c: Context, report: Record | None) -> None:
    to = ((report or {}).get("Destination") or {}).get("S3")
    if not report:
        return
    if not to:
        raise refuse("A task report needs a destination.")
    if not c.exists("s3", "GetBucketVersioning", Bucket=to["S3BucketArn"].rsplit(":", 1)[-1]):
        raise refuse(f"The bucket {to['S3BucketArn']} of the task report does not exist.")


# ---------------------------------------------------------------- tasks


def options_of(c: Context, task: Record, asked: Record) -> Record:
    """Depends on the mode, and on whether there is a log group."""
    verify = "ONLY_FILES_TRANSFERRED" if task["TaskMode"] == "ENHANCED" else "POINT_IN_TIME_CONSISTENT"
    level = "BASIC" if task.get("CloudWatchLogGroupArn") else "OFF"
    return {**DEFAULTS, "VerifyMode": verify, "LogLevel": level, **asked}


tasks = Kind(
    datasync, "Task", key="TaskArn", arn="TaskArn", type="datasync:task", missing=(INVALID, "Task {} is not found."),
    states=States("Status", (("CREATING", CREATING),), "AVAILABLE"),
    made={"TaskArn": lambda c, r: c.arn(f"task/task-{make_id()}"), "CreationTime": lambda c, r: now()},
)


@datasync.op("CreateTask")
def create(c: Context) -> dict[str, Any]:
    task = copy.deepcopy(c.params)
    tasks.tagged(task)
    task.setdefault("TaskMode", "BASIC")
    task["Options"] = options_of(c, task, task.get("Options") or {})
    if task.get("Schedule"):
        task["Schedule"].setdefault("Status", "ENABLED")
    check(c, task)
    task["SourceNetworkInterfaceArns"] = interfaces(c, location(c, task["SourceLocationArn"]))
    task["DestinationNetworkInterfaceArns"] = interfaces(c, location(c, task["DestinationLocationArn"]))
    return tasks.result(c, tasks.keep(c, task))


def interfaces(c: Context, place: Record) -> list[str]:
    config = place.get("Ec2Config")
    if not config:
        return []
    groups = [arn.rsplit("/", 1)[-1] for arn in config["SecurityGroupArns"]]
    subnet = config["SubnetArn"].rsplit("/", 1)[-1]
    made = [c.call("ec2", "CreateNetworkInterface", SubnetId=subnet, Groups=groups, Description="AWS created network interface for DataSync")
            for _ in range(INTERFACES)]
    return [c.arn(f"network-interface/{m['NetworkInterface']['NetworkInterfaceId']}", "ec2") for m in made]


def executions(c: Context, arn: str) -> list[Record]:
    """As they are by now: the listing of executions brings them there."""
    c.call("datasync", "ListTaskExecutions", TaskArn=arn)
    return c.find("Execution", TaskArn=arn)


@datasync.op("DescribeTask")
def describe(c: Context) -> dict[str, Any]:
    task = tasks.one(c)
    shown = tasks.result(c, task)
    running = [e for e in executions(c, task["TaskArn"]) if e["Status"] in RUNNING]
    if running:
        queued = all(e["Status"] == "QUEUED" for e in running)
        shown.update(Status="QUEUED" if queued else "RUNNING", CurrentTaskExecutionArn=running[0]["TaskExecutionArn"])
    return shown


@datasync.op("ListTasks")
def listed(c: Context) -> dict[str, Any]:
    rows = []
    for task in c.records("Task").values():
        running = any(e["Status"] in RUNNING for e in executions(c, task["TaskArn"]))
        shown = {**tasks.settled(task), **({"Status": "RUNNING"} if running else {})}
        if all(chosen(shown, f) for f in c.params.get("Filters") or []):
            rows.append(shown)
    return page(c, rows, "TaskArn", invalid=INVALID)


def chosen(task: Record, wanted: dict[str, Any]) -> bool:
    if wanted["Name"] != "LocationId" or wanted["Operator"] not in ("Equals", "In"):
        raise NotImplementedError("the sandbox filters tasks by the ids of their locations alone")
    ids = {task[n].rsplit("/", 1)[-1] for n in ("SourceLocationArn", "DestinationLocationArn")}
    return bool(ids & {v.rsplit("/", 1)[-1] for v in wanted["Values"]})


@datasync.op("UpdateTask")
def update(c: Context) -> dict[str, Any]:
    task = tasks.one(c)
    asked = copy.deepcopy({k: v for k, v in c.params.items() if k != "TaskArn"})
    changed = {**task, **asked, "Options": {**task["Options"], **(asked.get("Options") or {})}}
    check(c, changed)
    task.update(changed)
    return {}


@datasync.op("DeleteTask")
def delete(c: Context) -> dict[str, Any]:
    task = tasks.one(c)
    held = executions(c, task["TaskArn"])
    if any(e["Status"] in RUNNING for e in held):
        raise refuse(f"Task {task['TaskArn']} has an execution that is in progress.")
    for arn in [*task["SourceNetworkInterfaceArns"], *task["DestinationNetworkInterfaceArns"]]:
        id_ = arn.rsplit("/", 1)[-1]
        if c.exists("ec2", "DescribeNetworkInterfaces", NetworkInterfaceIds=[id_]):
            c.call("ec2", "DeleteNetworkInterface", NetworkInterfaceId=id_)
    for execution in held:
        c.records("Execution").pop(execution["TaskExecutionArn"])
    del c.records("Task")[task["TaskArn"]]
    return {}


def retag(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    if gone:
        work.call("datasync", "UntagResource", ResourceArn=found["TaskArn"], Keys=gone)
    if put:
        work.call("datasync", "TagResource", ResourceArn=found["TaskArn"], Tags=[{"Key": k, "Value": v} for k, v in put.items()])


def deletes(operation: str, name: str) -> Any:
    """DataSync has one error for everything; CloudFormation takes "not found" for deleted."""
    def delete(work: Work, found: Found) -> None:
        try:
            work.call("datasync", operation, **{name: found[name]})
        except Refused as error:
            if not error.message.endswith("is not found."):
                raise
    return delete


cfn_type("AWS::DataSync::Task", "datasync", "CreateTask", deletes("DeleteTask", "TaskArn"), "TaskArn", attrs={"TaskArn": "TaskArn"}, retag=retag,
         live={n: (lambda c, f, n=n: c.call("datasync", "DescribeTask", TaskArn=f["TaskArn"]).get(n)) for n in (
             "Status", "SourceNetworkInterfaceArns", "DestinationNetworkInterfaceArns")},
         update="UpdateTask", replace=("SourceLocationArn", "DestinationLocationArn", "TaskMode"),
         updatable=("Options", "Schedule", "Name", "CloudWatchLogGroupArn", "Excludes", "Includes", "TaskReportConfig", "ManifestConfig"))
