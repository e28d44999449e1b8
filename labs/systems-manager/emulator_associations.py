"""State Manager: associations, and their runs on the nodes that they name, one after the other through their states."""
from __future__ import annotations

import datetime
from typing import Any

from emulator.base.schedules import interval, well_formed
from emulator.clock import CLOCK
from emulator.context import Context, make_uuid, now
from emulator.errors import Refused, fail
from emulator.kinds import Kind
from emulator.pages import page
from emulator.services import service

ssm = service("ssm")
PENDING, RUNNING = 0.2, 0.4  # seconds of a run; about a minute on AWS
SHORTEST = 1800  # seconds between runs (User Guide, "Cron and rate expressions for associations", 2026-11-22)
KEPT = ("AssociationId", "Name", "Targets", "DocumentVersion", "InstanceId", "Date", "Tags", "AssociationName", "Status")


def fleet() -> Any:
    return ssm.kinds["Node"]


def library() -> Any:
    return ssm.kinds["Library"]


def fits(c: Context, record: dict[str, Any]) -> None:
    """What AWS looks at, of a new association and of a changed one."""
    try:
        description = library().find(c, record["Name"], "Command")
    except Refused:
        description = library().find(c, record["Name"], "Automation")
    library().fits(c, description, record.get("Parameters") or {})
    schedule = record.get("ScheduleExpression")
    if schedule is not None and (not well_formed(schedule) or (interval(schedule) or SHORTEST) < SHORTEST):
        raise fail("InvalidSchedule", f"The schedule {schedule} is invalid: cron, at, or a rate of 30 minutes at least.")


def new(c: Context, record: dict[str, Any]) -> None:
    fits(c, record)
    id_ = record.get("InstanceId")
    if id_:
        if c.find("Association", Name=record["Name"], InstanceId=id_):
            raise fail("AssociationAlreadyExists", f"Document {record['Name']} is associated with {id_} already.")
        record["Targets"] = [{"Key": "InstanceIds", "Values": [id_]}]
    record.setdefault("Targets", [])
    ids = [v for t in record["Targets"] if t.get("Key", "").lower() == "instanceids" for v in t.get("Values", [])]
    if len(ids) == 1 and ids != ["*"]:
        record.setdefault("InstanceId", ids[0])


class Associations(Kind):
    def runs(self, c: Context, a: dict[str, Any]) -> list[dict[str, Any]]:
        """The newest first."""
        return sorted((self.told(r) for r in c.find("Run", AssociationId=a["AssociationId"])), key=lambda r: r["__since"], reverse=True)

    def told(self, run: dict[str, Any]) -> dict[str, Any]:
        age = CLOCK.time() - run["__since"]
        run["Status"] = run["DetailedStatus"] = "Pending" if age < PENDING else "InProgress" if age < PENDING + RUNNING else run["__ends"]
        run["ResourceCountByStatus"] = f"{{{run['Status']}={len(run['__nodes'])}}}"
        return run

    def begin(self, c: Context, a: dict[str, Any], nodes: list[dict[str, Any]]) -> None:
        ends = "Success" if c.exists("ssm", "DescribeDocument", Name=a["Name"]) else "Failed"
        id_ = make_uuid()
        c.records("Run")[id_] = {"ExecutionId": id_, "AssociationId": a["AssociationId"], "AssociationVersion": a["AssociationVersion"], "__ends": ends,
                                 "CreatedTime": now(), "__since": CLOCK.time(), "__nodes": [n["InstanceId"] for n in nodes],
                                 "OutputSource": {"OutputSourceId": make_uuid(), "OutputSourceType": "RunCommand"}}

    def catch_up(self, c: Context, a: dict[str, Any]) -> dict[str, Any]:
        """Runs what is due by now: on nodes that have not had this version, and by its rate on all of them."""
        runs, nodes = self.runs(c, a), fleet().aimed(fleet().online(c), a["Targets"])
        had = {n for r in runs if r["AssociationVersion"] == a["AssociationVersion"] for n in r["__nodes"]}
        every, newest = interval(a.get("ScheduleExpression")), runs[0]["__since"] if runs else a["__since"]
        if every is not None and CLOCK.time() - newest >= every:
            fresh = nodes
        else:
            fresh = [] if a.get("ApplyOnlyAtCronInterval") else [n for n in nodes if n["InstanceId"] not in had]
        if fresh:
            self.begin(c, a, fresh)
        return self.overview(c, a)

    def overview(self, c: Context, a: dict[str, Any]) -> dict[str, Any]:
        runs = self.runs(c, a)
        by_node: dict[str, str] = {}
        for run in runs:
            for node in run["__nodes"]:
                by_node.setdefault(node, run["Status"])
        states = list(by_node.values())
        state = next((s for s in ("Failed", "InProgress", "Pending") if s in states), "Success" if states else "Pending")
        a["Overview"] = {"Status": state, "DetailedStatus": state if states else "Associated",
                         "AssociationStatusAggregatedCount": {s: states.count(s) for s in states}}
        over = [r["CreatedTime"] for r in runs if r["Status"] in ("Success", "Failed")]
        well = [r["CreatedTime"] for r in runs if r["Status"] == "Success"]
        a.update({k: v[0] for k, v in (("LastExecutionDate", over), ("LastSuccessfulExecutionDate", well)) if v})
        return a

    def one(self, c: Context) -> dict[str, Any]:
        return self.catch_up(c, super().one(c))

    def by_id(self, c: Context, id_: str) -> dict[str, Any]:
        found = c.records(self.name).get(id_)
        if found is None:
            raise self.not_found(id_)
        return self.catch_up(c, found)

    def rows(self, c: Context) -> list[dict[str, Any]]:
        rows = [self.catch_up(c, a) for a in c.records(self.name).values()]
        for one in c.params.get("AssociationFilterList") or []:
            rows = [a for a in rows if self.passes(c, a, one["key"], one["value"])]
        return rows

    def passes(self, c: Context, a: dict[str, Any], key: str, value: str) -> bool:
        if key == "InstanceId":
            return any(n["InstanceId"] == value for n in fleet().aimed(fleet().every(c), a["Targets"]))
        if key == "AssociationStatusName":
            return bool(a["Overview"]["Status"] == value)
        return bool(a.get(key) == value)

    def of_node(self, c: Context, id_: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """[(association, its newest run)] on a node."""
        found = []
        for a in c.records(self.name, "ssm").values():
            self.catch_up(c, a)
            run = next((r for r in self.runs(c, a) if id_ in r["__nodes"]), None)
            if run:
                found.append((a, run))
        return found

    def told_of(self, c: Context, id_: str) -> dict[str, Any]:
        """What a node's information says of its associations."""
        runs = [run for _, run in self.of_node(c, id_)]
        if not runs:
            return {}
        states = [r["Status"] for r in runs]
        state = next((s for s in ("Failed", "InProgress", "Pending") if s in states), "Success")
        well = [r["CreatedTime"] for r in runs if r["Status"] == "Success"]
        return {"AssociationStatus": state, "LastAssociationExecutionDate": max(r["CreatedTime"] for r in runs),
                **({"LastSuccessfulAssociationExecutionDate": max(well)} if well else {}),
                "AssociationOverview": {"DetailedStatus": state, "InstanceAssociationStatusAggregatedCount": {s: states.count(s) for s in states}}}

    def do_update(self, c: Context) -> dict[str, Any]:
        """A new version, which runs at once. Optional parameters that are left out are dropped (API reference, 2026-11-22)."""
        record, given = self.one(c), {k: v for k, v in c.params.items() if k != "AssociationVersion" and v is not None}
        changed = {"ApplyOnlyAtCronInterval": False, **{k: record[k] for k in KEPT if k in record}, **given, "AssociationVersion": str(int(record["AssociationVersion"]) + 1)}
        fits(c, changed)
        hidden = {k: v for k, v in record.items() if k.startswith(("__", "Last"))}
        record.clear()
        record.update({**hidden, **changed, "LastUpdateAssociationDate": now(), "Overview": {"Status": "Pending", "DetailedStatus": "Creating"}})
        return self.result(c, record)


def forgotten(c: Context, a: dict[str, Any]) -> None:
    for run in c.find("Run", AssociationId=a["AssociationId"]):
        c.records("Run").pop(run["ExecutionId"])


associations = Associations(
    ssm, "Association", key="AssociationId", create="CreateAssociation", get="DescribeAssociation", list="ListAssociations", update="UpdateAssociation",
    delete="DeleteAssociation", check=new, gone=forgotten, arn="__arn", type="ssm:association",
    missing=("AssociationDoesNotExist", "The specified association {} does not exist."),
    made={"AssociationId": make_uuid, "AssociationVersion": "1", "Date": lambda c, r: now(), "LastUpdateAssociationDate": lambda c, r: now(),
          "DocumentVersion": "$DEFAULT", "Overview": {"Status": "Pending", "DetailedStatus": "Creating"}, "ApplyOnlyAtCronInterval": False,
          "Status": lambda c, r: {"Date": now(), "Message": f"Associated with {r['Name']}", "Name": "Associated"},
          "__arn": lambda c, r: c.arn(f"association/{r['AssociationId']}")})


@ssm.op("DescribeAssociationExecutions")
def executions(c: Context) -> dict[str, Any]:
    rows = associations.runs(c, associations.by_id(c, c.params["AssociationId"]))
    for one in c.params.get("Filters") or []:
        rows = [r for r in rows if passes(r, one)]
    return page(c, rows)


def passes(run: dict[str, Any], one: dict[str, Any]) -> bool:
    mine, value = run[one["Key"]], one["Value"]
    if one["Key"] == "CreatedTime":
        value = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    return bool({"EQUAL": mine == value, "LESS_THAN": mine < value, "GREATER_THAN": mine > value}[one["Type"]])


@ssm.op("DescribeAssociationExecutionTargets")
def execution_targets(c: Context) -> dict[str, Any]:
    a = associations.by_id(c, c.params["AssociationId"])
    run = next((r for r in associations.runs(c, a) if r["ExecutionId"] == c.params["ExecutionId"]), None)
    if run is None:
        raise fail("AssociationExecutionDoesNotExist", f"The execution {c.params['ExecutionId']} does not exist.")
    rows = [{**run, "ResourceId": n, "ResourceType": "ManagedInstance", "LastExecutionDate": run["CreatedTime"]} for n in run["__nodes"]]
    for one in c.params.get("Filters") or []:
        rows = [r for r in rows if r.get(one["Key"]) == one["Value"]]
    return page(c, rows)


@ssm.op("StartAssociationsOnce")
def run_once(c: Context) -> None:
    chosen = [associations.by_id(c, i) for i in c.params["AssociationIds"]]
    for a in chosen:
        nodes = fleet().aimed(fleet().online(c), a["Targets"])
        if nodes:
            associations.begin(c, a, nodes)


@ssm.op("DescribeInstanceAssociationsStatus")
def status_of_node(c: Context) -> dict[str, Any]:
    id_ = fleet().known(c, c.params["InstanceId"])["InstanceId"]
    rows = [{**run, **a, "Status": run["Status"], "DetailedStatus": run["Status"], "ExecutionDate": run["CreatedTime"], "InstanceId": id_,
             "ExecutionSummary": summary(run["Status"])} for a, run in associations.of_node(c, id_)]
    return page(c, rows)


def summary(state: str) -> str:
    done = state in ("Success", "Failed")
    return f"{int(done)} out of 1 plugin processed, {int(state == 'Success')} success, {int(state == 'Failed')} failed, 0 timedout, 0 skipped. "
