"""A task's executions: launched, prepared, transferred, verified, each in its time. Between buckets, objects are really copied."""
from __future__ import annotations

import copy
import fnmatch
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from emulator.clock import CLOCK
from emulator.context import Context, make_id, now
from emulator.errors import Refused, fail
from emulator.kinds import Kind
from emulator.pages import page
from emulator.services import service
from emulator.state import Record

INVALID = "InvalidRequestException"
datasync, s3_service = service("datasync"), service("s3", regional=False)
# Seconds of each state here; an execution of a few files takes two to five minutes on AWS.
SECONDS = {"LAUNCHING": 0.6, "PREPARING": 0.6, "TRANSFERRING": 0.8, "VERIFYING": 0.6, "CANCELLING": 0.4}
SLOWEST = 3600.0  # seconds that a bandwidth limit may stretch a transfer to
OVER = ("SUCCESS", "ERROR")
UNREACHED = ("Nfs", "Smb")
CLASSES = {"GLACIER_INSTANT_RETRIEVAL": "GLACIER_IR"}  # a location's name for it -> S3's


def refuse(sentence: str) -> Refused:
    return fail(INVALID, sentence)


class Executions(Kind):
    """`until` is when the state that it is in ends."""

    def settled(self, record: Record) -> Record:
        return record

    def bring(self, c: Context, record: Record) -> Record:
        while record["Status"] not in OVER:
            if record["Status"] == "QUEUED":
                before = c.records("Execution").get(record["__behind"])
                if before is not None and self.bring(c, before)["Status"] not in OVER:
                    break
                begin(record, before["__until"] if before else CLOCK.time())
            elif CLOCK.time() < record["__until"]:
                break
            else:
                NEXT[record["Status"]](c, record)
        return record


executions = Executions(datasync, "Execution", key="TaskExecutionArn", arn="TaskExecutionArn", type="datasync:execution",
                        missing=(INVALID, "Task execution {} is not found."))


def named(c: Context) -> Record:
    """The execution that the request names, as it is by now."""
    found = c.records("Execution").get(c.params["TaskExecutionArn"])
    if found is None:
        raise executions.not_found(c.params["TaskExecutionArn"])
    return executions.bring(c, found)


def task_of(c: Context, record: Record) -> Record:
    found: Record | None = c.records("Task").get(record["TaskArn"])
    if found is None:
        raise refuse(f"Task {record['TaskArn']} is not found.")
    return found


def at(c: Context) -> Context:
    return c.at("datasync")


# ---------------------------------------------------------------- operations


@datasync.op("StartTaskExecution")
def start(c: Context) -> dict[str, Any]:
    task = task_of(c, c.params)
    places = [c.records("Location").get(task[n]) for n in ("SourceLocationArn", "DestinationLocationArn")]
    if any(p is not None and p["Kind"] in UNREACHED for p in places):
        raise NotImplementedError("the sandbox has no file server that an agent could read")
    options = {**task["Options"], **(c.params.get("OverrideOptions") or {})}
    running = [e for e in c.find("Execution", TaskArn=task["TaskArn"]) if executions.bring(c, e)["Status"] not in OVER]
    if running and options["TaskQueueing"] != "ENABLED":
        raise refuse("The task has an execution that is in progress.")
    shared = {n: copy.deepcopy(c.params.get(n) or task.get(n)) for n in ("Includes", "Excludes", "ManifestConfig", "TaskReportConfig")}
    record: Record = {
        **{k: v for k, v in shared.items() if v}, "TaskExecutionArn": f"{task['TaskArn']}/execution/exec-{make_id()}", "TaskArn": task["TaskArn"],
        "Options": options, "TaskMode": task["TaskMode"], "Status": "QUEUED", "StartTime": now(), "Tags": c.params.get("Tags") or [],
        "__behind": running[-1]["TaskExecutionArn"] if running else "", "__until": CLOCK.time(),
    }
    if not running:
        begin(record, CLOCK.time())
    executions.keep(c, record)
    log(c, record, f"[INFO] Request to start {record['TaskExecutionArn'].rsplit('/', 1)[-1]}.")
    return {"TaskExecutionArn": record["TaskExecutionArn"]}


@datasync.op("DescribeTaskExecution")
def describe(c: Context) -> dict[str, Any]:
    return executions.result(c, named(c))


@datasync.op("ListTaskExecutions")
def listed(c: Context) -> dict[str, Any]:
    wanted = c.params.get("TaskArn")
    if wanted:
        task_of(c, c.params)
    rows = [executions.bring(c, e) for e in list(c.records("Execution").values()) if wanted in (None, "", e["TaskArn"])]
    return page(c, rows, "TaskExecutionArn", invalid=INVALID)


@datasync.op("CancelTaskExecution")
def cancel(c: Context) -> dict[str, Any]:
    record = named(c)
    if record["Status"] in OVER:
        raise refuse(f"Task execution {record['TaskExecutionArn']} is not in progress.")
    turn(record, "CANCELLING", CLOCK.time())
    return {}


@datasync.op("UpdateTaskExecution")
def update(c: Context) -> dict[str, Any]:
    """The bandwidth of what is under way can be changed, and nothing else."""
    record = named(c)
    if record["Status"] in OVER:
        raise refuse(f"Task execution {record['TaskExecutionArn']} is not in progress.")
    if set(c.params["Options"]) != {"BytesPerSecond"}:
        raise refuse("Only BytesPerSecond can be changed while an execution is in progress.")
    record["Options"]["BytesPerSecond"] = c.params["Options"]["BytesPerSecond"]
    if record["Status"] == "TRANSFERRING":
        record["__until"] = CLOCK.time() + transfer_time(record)
    return {}


@s3_service.before_moto("ListObjectsV2", "ListObjects", "ListObjectVersions", "GetObject", "HeadObject")
def copied_by_now(c: Context) -> None:
    """Whoever looks into a bucket sees what an execution has copied by then."""
    if not c.within:
        there = at(c)
        for record in list(there.records("Execution").values()):
            executions.bring(there, record)


# ---------------------------------------------------------------- states


def turn(record: Record, status: str, since: float, seconds: float | None = None) -> None:
    record["Status"], record["__until"] = status, since + (SECONDS[status] if seconds is None else seconds)


def begin(record: Record, since: float) -> None:
    record["LaunchTime"], record["__began"] = now(), since
    record["Result"] = {n: "PENDING" for n in ("PrepareStatus", "TransferStatus", "VerifyStatus")}
    turn(record, "LAUNCHING", since)


def launched(c: Context, record: Record) -> None:
    turn(record, "PREPARING", record["__until"])


def prepared(c: Context, record: Record) -> None:
    """What differs between source and destination, as far as the filters let it through."""
    try:
        files, strangers, skipped, seen = compared(c, record)
    except Refused as error:
        end(c, record, "ERROR", error=error)
        return
    record["__files"], record["__strangers"] = files, strangers
    record.update(EstimatedFilesToTransfer=len(files), EstimatedBytesToTransfer=sum(f["Size"] for f in files), EstimatedFilesToDelete=len(strangers),
                  FilesSkipped=skipped, FilesPrepared=len(files))
    if record["TaskMode"] == "ENHANCED":
        record["FilesListed"] = {"AtSource": seen, "AtDestinationForDelete": len(strangers)}
    record["Result"].update(PrepareStatus="SUCCESS", PrepareDuration=int(SECONDS["PREPARING"] * 1000))
    turn(record, "TRANSFERRING", record["__until"], transfer_time(record))


def transfer_time(record: Record) -> float:
    rate = record["Options"]["BytesPerSecond"]
    stretched = record.get("EstimatedBytesToTransfer", 0) / rate if rate > 0 else 0.0
    return min(SECONDS["TRANSFERRING"] + stretched, SLOWEST)


def transferred(c: Context, record: Record) -> None:
    source, target = places(c, record)
    done: list[Record] = []
    for file in record["__files"]:
        try:
            copy_one(c, record, source, target, file)
            done.append(file)
            log(c, record, f"[INFO] Transferred file /{file['Name']}, {file['Size']} bytes", level="TRANSFER")
        except Refused as error:
            log(c, record, f"[ERROR] Cannot transfer file /{file['Name']}: {error}")
    for name in record["__strangers"]:
        c.call("s3", "DeleteObject", Bucket=target["__bucket"], Key=target["__prefix"] + name)
    written = sum(f["Size"] for f in done)
    record["__done"] = done
    record.update(FilesTransferred=len(done), BytesWritten=written, BytesTransferred=written, BytesCompressed=written, FilesDeleted=len(record["__strangers"]))
    failed = len(record["__files"]) - len(done)
    record["Result"].update(TransferStatus="ERROR" if failed else "SUCCESS", TransferDuration=int((record["__until"] - record["__began"]) * 1000))
    if failed:
        end(c, record, "ERROR", error=fail("PartialTransfer", f"{failed} files could not be transferred"))
    elif record["Options"]["VerifyMode"] == "NONE":
        end(c, record, "SUCCESS")
    else:
        turn(record, "VERIFYING", record["__until"])


def verified(c: Context, record: Record) -> None:
    """Everything at the destination, or what was transferred, once more against the source."""
    source, target = places(c, record)
    names = [f["Name"] for f in record["__done"]]
    if record["Options"]["VerifyMode"] == "POINT_IN_TIME_CONSISTENT":
        names = [n for n in contents(c, source) if chosen(record, n)]
    there, here = contents(c, target), contents(c, source)
    wrong = [n for n in names if n not in there or there[n]["Size"] != here.get(n, there[n])["Size"]]
    record["FilesVerified"] = len(names) - len(wrong)
    for name in wrong:
        log(c, record, f"[ERROR] Verification failed: /{name}")
    record["Result"].update(VerifyStatus="ERROR" if wrong else "SUCCESS", VerifyDuration=int(SECONDS["VERIFYING"] * 1000))
    end(c, record, "ERROR" if wrong else "SUCCESS", error=fail("VerificationFailed", f"{len(wrong)} files differ") if wrong else None)


def cancelled(c: Context, record: Record) -> None:
    end(c, record, "ERROR", error=fail("OpCanceled", "The execution was cancelled"))


NEXT = {"LAUNCHING": launched, "PREPARING": prepared, "TRANSFERRING": transferred, "VERIFYING": verified, "CANCELLING": cancelled}


def end(c: Context, record: Record, status: str, error: Refused | None = None) -> None:
    record["Status"], record["EndTime"] = status, now()
    record["Result"]["TotalDuration"] = int((record["__until"] - record["__began"]) * 1000)
    if error:
        record["Result"].update(ErrorCode=error.code, ErrorDetail=error.message)
    level = "INFO" if status == "SUCCESS" else "ERROR"
    log(c, record, f"[{level}] Execution {record['TaskExecutionArn'].rsplit('/', 1)[-1]} finished with status {status}.")
    report(c, record)


# ---------------------------------------------------------------- what is copied


def places(c: Context, record: Record) -> tuple[Record, Record]:
    """Source and destination, with bucket and prefix where they are S3's."""
    task, out = task_of(at(c), record), []
    for name in ("SourceLocationArn", "DestinationLocationArn"):
        place = dict(at(c).records("Location")[task[name]])
        if place["Kind"] == "S3":
            place["__bucket"], _, place["__prefix"] = place["LocationUri"].removeprefix("s3://").partition("/")
        out.append(place)
    return out[0], out[1]


def contents(c: Context, place: Record) -> dict[str, Record]:
    """Name below the location -> object. A file system of the sandbox has nobody to mount it, and so holds nothing."""
    return {o["Key"][len(place["__prefix"]):]: o for o in objects(c, place)} if place["Kind"] == "S3" else {}


def objects(c: Context, place: Record) -> Iterator[Record]:
    more: dict[str, str] = {}
    while True:
        told = c.call("s3", "ListObjectsV2", Bucket=place["__bucket"], Prefix=place["__prefix"], **more)
        yield from told.get("Contents") or []
        if not told.get("NextContinuationToken"):
            return
        more = {"ContinuationToken": told["NextContinuationToken"]}


def chosen(record: Record, name: str) -> bool:
    def hit(filters: list[Record]) -> bool:
        patterns = [p for f in filters for p in f["Value"].split("|")]
        return any(fnmatch.fnmatchcase(f"/{name}", p) or f"/{name}".startswith(f"{p.rstrip('/')}/") for p in patterns)
    return (not record.get("Includes") or hit(record["Includes"])) and not hit(record.get("Excludes") or [])


def compared(c: Context, record: Record) -> tuple[list[Record], list[str], int, int]:
    """(files to transfer, names to delete, files that are left as they are, files seen)"""
    source, target = places(c, record)
    here, options = {n: o for n, o in contents(c, source).items() if chosen(record, n)}, record["Options"]
    there = contents(c, target)
    wanted = []
    for name, one in here.items():
        held = there.get(name)
        same = held is not None and held["ETag"] == one["ETag"] and options["TransferMode"] == "CHANGED"
        if not same and not (held is not None and options["OverwriteMode"] == "NEVER"):
            wanted.append({"Name": name, "Size": int(one["Size"])})
    strangers = sorted(set(there) - set(here)) if options["PreserveDeletedFiles"] == "REMOVE" else []
    return wanted, strangers, len(here) - len(wanted), len(here)


def copy_one(c: Context, record: Record, source: Record, target: Record, file: Record) -> None:
    storage = CLASSES.get(target["S3StorageClass"], target["S3StorageClass"])
    from_ = quote(f"{source['__bucket']}/{source['__prefix']}{file['Name']}")
    c.call("s3", "CopyObject", Bucket=target["__bucket"], Key=target["__prefix"] + file["Name"], CopySource=from_, StorageClass=storage)


# ---------------------------------------------------------------- what is told of it


def log(c: Context, record: Record, message: str, level: str = "BASIC") -> None:
    """Into the task's log group, if a resource policy lets DataSync write there: else nothing is said, as on AWS."""
    asked, arn = record["Options"].get("LogLevel", "OFF"), task_of(at(c), record).get("CloudWatchLogGroupArn")
    if not arn or asked == "OFF" or (level == "TRANSFER" and asked != "TRANSFER"):
        return
    policies = c.call("logs", "DescribeResourcePolicies").get("resourcePolicies") or []
    if not any("datasync.amazonaws.com" in p.get("policyDocument", "") for p in policies):
        return
    group = arn.split(":log-group:")[-1].removesuffix(":*")
    stream = "-".join(record["TaskExecutionArn"].split("/")[1::2])
    try:
        if not record.get("__stream"):
            c.call("logs", "CreateLogStream", logGroupName=group, logStreamName=stream)
            record["__stream"] = stream
        c.call("logs", "PutLogEvents", logGroupName=group, logStreamName=stream, logEvents=[{"timestamp": int(CLOCK.time() * 1000), "message": message}])
    except Refused:
        return  # the group is gone


def report(c: Context, record: Record) -> None:
    wanted = record.get("TaskReportConfig")
    if not wanted:
        return
    to, (task, execution) = wanted["Destination"]["S3"], record["TaskExecutionArn"].split("/")[1::2]
    folder = "Summary-Reports" if wanted.get("OutputType") == "SUMMARY_ONLY" else "Detailed-Reports"
    start_of = "/".join(p for p in ((to.get("Subdirectory") or "").strip("/"), folder, task, execution) if p)
    summary = {"TaskExecutionId": f"{task}/{execution}", "OverallStatus": record["Status"], "Result": {k: record.get(k, 0) for k in (
        "FilesTransferred", "BytesTransferred", "FilesVerified", "FilesSkipped", "FilesDeleted")}}
    files = {f"{execution}.json": summary}
    if folder == "Detailed-Reports" and wanted.get("ReportLevel") == "SUCCESSES_AND_ERRORS":
        rows = [{"RelativePath": f"/{f['Name']}", "SrcMetadata": {"Type": "Regular", "ContentSize": f["Size"]}} for f in record.get("__done", [])]
        files[f"{execution}.files-transferred-v1-00001.json"] = {"TaskExecutionId": f"{task}/{execution}", "Transferred": rows}
    try:
        for name, body in files.items():
            c.call("s3", "PutObject", Bucket=to["S3BucketArn"].rsplit(":", 1)[-1], Key=f"{start_of}/{name}", Body=json.dumps(body).encode())
        record["ReportResult"] = {"Status": "SUCCESS"}
    except Refused as error:
        record["ReportResult"] = {"Status": "ERROR", "ErrorCode": error.code, "ErrorDetail": error.message}
