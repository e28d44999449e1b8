"""Compliance: what State Manager's runs say, and what clients put there. What a patch scan would say is not played."""
from __future__ import annotations

import datetime
from typing import Any

from emulator.context import Context
from emulator.errors import fail
from emulator.pages import page
from emulator.services import service

ssm = service("ssm")
NODE, GOOD, BAD = "ManagedInstance", "COMPLIANT", "NON_COMPLIANT"
SEVERITIES = ("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNSPECIFIED")
FIELDS = {"ComplianceType": "ComplianceType", "Status": "Status", "Severity": "Severity", "OverallSeverity": "Severity", "Id": "Id", "Title": "Title",
          "ResourceType": "ResourceType", "ResourceId": "ResourceId"}


def fleet() -> Any:
    return ssm.kinds["Node"]


def of_associations(c: Context, id_: str) -> list[dict[str, Any]]:
    associations: Any = ssm.kinds["Association"]
    out = []
    for a, newest in associations.of_node(c, id_):
        run = next((r for r in associations.runs(c, a) if id_ in r["__nodes"] and r["Status"] in ("Success", "Failed")), None)
        if run is None or a.get("SyncCompliance") == "MANUAL":
            continue
        out.append({"ComplianceType": "Association", "ResourceType": NODE, "ResourceId": id_, "Id": a["AssociationId"], "Title": a.get("AssociationName", ""),
                    "Status": GOOD if run["Status"] == "Success" else BAD, "Severity": a.get("ComplianceSeverity") or "UNSPECIFIED",
                    "ExecutionSummary": {"ExecutionTime": run["CreatedTime"]}, "Details": {"DocumentName": a["Name"], "DocumentVersion": "1"}})
    return out


def every(c: Context) -> list[dict[str, Any]]:
    """Of nodes that are there: what is said of an instance goes with it."""
    ids = [n["InstanceId"] for n in fleet().every(c)]
    items = [i for id_ in ids for i in of_associations(c, id_)]
    return items + [i for held in c.records("Compliance").values() if held["ResourceId"] in ids for i in held["Items"]]


def chosen(c: Context, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for one in c.params.get("Filters") or []:
        key, values, how = one.get("Key", ""), one.get("Values") or [], one.get("Type", "EQUAL")
        if key == "ExecutionTime":
            items = [i for i in items if when(i, values, how)]
            continue
        if key not in FIELDS:
            raise fail("InvalidFilter", f"The filter {key} is not valid.")
        tests = {"EQUAL": lambda v: v in values, "NOT_EQUAL": lambda v: v not in values, "BEGIN_WITH": lambda v: any(v.startswith(w) for w in values),
                 "LESS_THAN": lambda v: any(v < w for w in values), "GREATER_THAN": lambda v: any(v > w for w in values)}
        items = [i for i in items if tests[how](str(i.get(FIELDS[key], "")))]
    return items


def when(item: dict[str, Any], values: list[str], how: str) -> bool:
    limit = datetime.datetime.fromisoformat(values[0].replace("Z", "+00:00"))
    mine = item["ExecutionSummary"]["ExecutionTime"]
    mine = mine if mine.tzinfo else mine.replace(tzinfo=datetime.timezone.utc)  # a time of a request comes without its zone
    return bool({"GREATER_THAN": mine > limit, "LESS_THAN": mine < limit}.get(how, mine == limit))


def summary(items: list[dict[str, Any]], status: str) -> dict[str, Any]:
    of = [i["Severity"] for i in items if i["Status"] == status]
    return {"CompliantCount" if status == GOOD else "NonCompliantCount": len(of),
            "SeveritySummary": {f"{s.title()}Count": of.count(s) for s in SEVERITIES}}


def grouped(items: list[dict[str, Any]], *fields: str) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    out: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for one in items:
        out.setdefault(tuple(one[f] for f in fields), []).append(one)
    return out


@ssm.op("PutComplianceItems")
def put(c: Context) -> None:
    """Replaces all that was said of the resource under the type; an empty list takes it away."""
    id_, kind, said = c.params["ResourceId"], c.params["ComplianceType"], c.params["Items"]
    if c.params["ResourceType"] != NODE:
        raise fail("InvalidResourceType", f"The resource type {c.params['ResourceType']} is not valid.")
    if not any(n["InstanceId"] == id_ for n in fleet().every(c)):
        raise fail("InvalidResourceId", f"The resource ID {id_} is not valid.")
    if kind != "Patch" and kind != "Association" and not kind.startswith("Custom:"):
        raise fail("ValidationException", "A compliance type of a client's own begins with Custom:.")
    summed = c.params["ExecutionSummary"]
    rows = [{"ComplianceType": kind, "ResourceType": NODE, "ResourceId": id_, "Id": "", "Title": "", **i, "ExecutionSummary": summed} for i in said]
    c.records("Compliance").pop(f"{id_}|{kind}", None)
    if rows:
        c.records("Compliance")[f"{id_}|{kind}"] = {"ResourceId": id_, "ComplianceType": kind, "Items": rows}


@ssm.op("ListComplianceItems")
def items(c: Context) -> dict[str, Any]:
    ids, kinds = c.params.get("ResourceIds") or [], c.params.get("ResourceTypes") or []
    if any(k != NODE for k in kinds):
        raise fail("InvalidResourceType", "The resource type is not valid.")
    rows = [i for i in every(c) if not ids or i["ResourceId"] in ids]
    return page(c, chosen(c, rows))


@ssm.op("ListComplianceSummaries")
def summaries(c: Context) -> dict[str, Any]:
    rows = [{"ComplianceType": kind, "CompliantSummary": summary(held, GOOD), "NonCompliantSummary": summary(held, BAD)}
            for (kind,), held in grouped(chosen(c, every(c)), "ComplianceType").items()]
    return page(c, rows)


@ssm.op("ListResourceComplianceSummaries")
def resource_summaries(c: Context) -> dict[str, Any]:
    rows = []
    for (kind, id_), held in grouped(chosen(c, every(c)), "ComplianceType", "ResourceId").items():
        bad = [i["Severity"] for i in held if i["Status"] == BAD]
        worst = next((s for s in SEVERITIES if s in bad), "UNSPECIFIED")
        newest = max((i["ExecutionSummary"] for i in held), key=lambda s: s["ExecutionTime"].timestamp())
        rows.append({"ComplianceType": kind, "ResourceType": NODE, "ResourceId": id_, "Status": BAD if bad else GOOD, "OverallSeverity": worst,
                     "ExecutionSummary": newest, "CompliantSummary": summary(held, GOOD), "NonCompliantSummary": summary(held, BAD)})
    return page(c, rows)
