"""Run Command: commands and their invocations through their states. What a command prints is not played: nothing runs it."""
from __future__ import annotations

import datetime
from typing import Any

from emulator.clock import CLOCK
from emulator.context import Context, make_uuid, now
from emulator.errors import fail
from emulator.kinds import Kind
from emulator.pages import page
from emulator.services import service

ssm = service("ssm")
PENDING, RUNNING = 0.3, 0.4  # seconds that a command waits and runs; some seconds on AWS
TIMEOUT = 3600  # seconds that a node may take to begin, unless said otherwise (API reference of SendCommand, 2026-11-22)
UNPLAYED = "(not emulated: a managed node of the sandbox runs nothing and prints nothing)"
OVER = ("Success", "Cancelled", "TimedOut", "Failed")


def fleet() -> Any:
    return ssm.kinds["Node"]


def library() -> Any:
    return ssm.kinds["Library"]


def moment(text: str) -> datetime.datetime:
    found = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return found if found.tzinfo else found.replace(tzinfo=datetime.timezone.utc)


class Commands(Kind):
    """`__nodes`: node -> was it online when the command was sent."""

    def do_create(self, c: Context) -> dict[str, Any]:
        return self.result(c, self.send(c, c.params))

    def send(self, c: Context, given: dict[str, Any]) -> dict[str, Any]:
        description = library().find(c, given["DocumentName"], "Command")
        library().fits(c, description, given.get("Parameters") or {})
        nodes = self.nodes(c, given)
        record = {**{k: v for k, v in given.items() if v is not None}, "__nodes": {n["InstanceId"]: n["PingStatus"] == "Online" for n in nodes},
                  "__step": library().step(c, description["Name"]), "DocumentName": description["Name"], "TargetCount": len(nodes)}
        named = [v for t in given.get("Targets") or [] if t["Key"].lower() == "instanceids" for v in t["Values"]]
        record["InstanceIds"] = record.get("InstanceIds") or named
        return self.keep(c, record)

    def nodes(self, c: Context, given: dict[str, Any]) -> list[dict[str, Any]]:
        ids, targets, every = given.get("InstanceIds") or [], given.get("Targets") or [], fleet().every(c)
        if not ids and not targets:
            raise fail("InvalidInstanceId", "A command needs instance ids or targets.")
        if len(set(ids)) < len(ids):
            raise fail("DuplicateInstanceId", "You can't specify an instance ID more than once.")
        strangers = [i for i in ids if i not in [n["InstanceId"] for n in every]]
        if strangers:
            raise fail("InvalidInstanceId", f"Instances not in a valid state for account: {', '.join(strangers)}")
        return [n for n in every if n["InstanceId"] in ids] if ids else list(fleet().aimed(every, targets))

    def state_of(self, record: dict[str, Any], node: str) -> str:
        if node in record.get("__cancelled", {}):
            return "Cancelled"
        age = CLOCK.time() - record["__since"]
        if not record["__nodes"][node]:
            return "Pending" if age < (record.get("TimeoutSeconds") or TIMEOUT) else "TimedOut"
        return "Pending" if age < PENDING else "InProgress" if age < PENDING + RUNNING else "Success"

    def settled(self, record: dict[str, Any]) -> dict[str, Any]:
        states = [self.state_of(record, n) for n in record["__nodes"]]
        for name in ("TimedOut", "InProgress", "Pending", "Cancelled"):
            if name in states:
                record["Status"] = name
                break
        else:
            record["Status"] = "Success"
        record["StatusDetails"] = self.details(record["Status"]) if states else "NoInstancesInTag"
        record.update(CompletedCount=len([s for s in states if s in OVER]), ErrorCount=0, DeliveryTimedOutCount=states.count("TimedOut"))
        return record

    def details(self, state: str) -> str:
        return "DeliveryTimedOut" if state == "TimedOut" else state

    def chosen(self, c: Context) -> list[dict[str, Any]]:
        """The commands that a listing's parameters name, the newest first."""
        id_, node = c.params.get("CommandId"), c.params.get("InstanceId")
        rows = [self.settled(r) for r in c.records(self.name).values()]
        if id_ and not any(r["CommandId"] == id_ for r in rows):
            raise fail("InvalidCommandId", f"Command id {id_} is not valid.")
        rows = [r for r in rows if id_ in (None, r["CommandId"]) and (node is None or node in r["__nodes"])]
        for one in c.params.get("Filters") or []:
            rows = [r for r in rows if self.passes(r, one["key"], one["value"])]
        return sorted(rows, key=lambda r: r["__since"], reverse=True)

    def passes(self, record: dict[str, Any], key: str, value: str) -> bool:
        if key in ("InvokedAfter", "InvokedBefore"):
            sign = 1 if key == "InvokedAfter" else -1
            return sign * (record["RequestedDateTime"] - moment(value)).total_seconds() >= 0
        if key == "ExecutionStage":
            return (record["Status"] in OVER) == (value == "Complete")
        fields = {"Status": "Status", "DocumentName": "DocumentName"}
        if key not in fields:
            raise fail("InvalidFilterKey", f"The filter key {key} is not valid.")
        return bool(record[fields[key]] == value)

    def rows(self, c: Context) -> list[dict[str, Any]]:
        return self.chosen(c)

    def invocation(self, record: dict[str, Any], node: str) -> dict[str, Any]:
        state = self.state_of(record, node)
        return {**record, "InstanceId": node, "InstanceName": "", "Status": state, "StatusDetails": self.details(state), "ServiceRole": "",
                "StandardOutputUrl": "", "StandardErrorUrl": ""}

    def plugin(self, record: dict[str, Any], node: str) -> dict[str, Any]:
        """The one step, as an agent reports it."""
        state, begun = self.state_of(record, node), record["RequestedDateTime"] + datetime.timedelta(seconds=PENDING)
        out: dict[str, Any] = {"Name": record["__step"], "Status": state, "StatusDetails": self.details(state), "ResponseCode": 0 if state == "Success" else -1,
                               "StandardOutputUrl": "", "StandardErrorUrl": "", "OutputS3Region": "", "OutputS3BucketName": "", "OutputS3KeyPrefix": ""}
        if state == "Success":
            out.update(Output=UNPLAYED, ResponseStartDateTime=begun, ResponseFinishDateTime=begun + datetime.timedelta(seconds=RUNNING))
        return out


commands = Commands(
    ssm, "Command", key="CommandId", create="SendCommand", list="ListCommands", output="Command", made={
        "CommandId": make_uuid, "RequestedDateTime": lambda c, r: now(), "DocumentVersion": "", "Comment": "", "Parameters": {}, "InstanceIds": [],
        "Targets": [], "MaxConcurrency": "50", "MaxErrors": "0", "OutputS3BucketName": "", "OutputS3KeyPrefix": "", "OutputS3Region": "", "ServiceRole": "",
        "NotificationConfig": {"NotificationArn": "", "NotificationEvents": [], "NotificationType": ""}, "TimeoutSeconds": TIMEOUT,
        "CloudWatchOutputConfig": {"CloudWatchLogGroupName": "", "CloudWatchOutputEnabled": False},
        "ExpiresAfter": lambda c, r: now() + datetime.timedelta(seconds=(r.get("TimeoutSeconds") or TIMEOUT) + TIMEOUT),
    })


@ssm.op("ListCommandInvocations")
def invocations(c: Context) -> dict[str, Any]:
    rows = []
    for record in commands.chosen(c):
        for node in record["__nodes"]:
            if c.params.get("InstanceId") in (None, node):
                plugins = [commands.plugin(record, node)] if c.params.get("Details") else []
                rows.append({**commands.invocation(record, node), "CommandPlugins": plugins})
    return page(c, rows)


@ssm.op("GetCommandInvocation")
def invocation(c: Context) -> dict[str, Any]:
    found, node = c.find("Command", CommandId=c.params["CommandId"]), c.params["InstanceId"]
    if not found or node not in found[0]["__nodes"]:
        raise fail("InvocationDoesNotExist", f"Command {c.params['CommandId']} was not sent to {node}.")
    record = found[0]
    if c.params.get("PluginName") not in (None, record["__step"]):
        raise fail("InvalidPluginName", f"The plugin name {c.params['PluginName']} is not valid.")
    plugin = commands.plugin(record, node)
    begun, ended = plugin.get("ResponseStartDateTime"), plugin.get("ResponseFinishDateTime")
    return {
        **{k: record[k] for k in ("CommandId", "Comment", "DocumentName", "DocumentVersion", "CloudWatchOutputConfig")}, "InstanceId": node,
        "PluginName": plugin["Name"], "ResponseCode": plugin["ResponseCode"], "Status": plugin["Status"], "StatusDetails": plugin["StatusDetails"],
        "ExecutionStartDateTime": written(begun), "ExecutionEndDateTime": written(ended), "ExecutionElapsedTime": f"PT{RUNNING}S" if ended else "",
        "StandardOutputContent": plugin.get("Output", ""), "StandardOutputUrl": "", "StandardErrorContent": "", "StandardErrorUrl": "",
    }


def written(time: datetime.datetime | None) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z") if time else ""


@ssm.op("CancelCommand")
def cancel(c: Context) -> None:
    found = c.find("Command", CommandId=c.params["CommandId"])
    if not found:
        raise fail("InvalidCommandId", f"Command id {c.params['CommandId']} is not valid.")
    record, ids = found[0], c.params.get("InstanceIds") or list(found[0]["__nodes"])
    if any(i not in record["__nodes"] for i in ids):
        raise fail("InvalidInstanceId", "The command was not sent to all of these instances.")
    for node in ids:
        if commands.state_of(record, node) not in OVER:
            record.setdefault("__cancelled", {})[node] = True
