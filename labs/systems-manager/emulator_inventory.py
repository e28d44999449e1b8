"""Inventory: what an agent says of itself once it is asked to gather, what a client puts there, and nothing of what is on the disk."""
from __future__ import annotations

from typing import Any

from emulator.context import Context, make_uuid
from emulator.errors import fail
from emulator.filters import like
from emulator.pages import page
from emulator.services import service

ssm = service("ssm")
INSTANCE, COMPONENT = "AWS:InstanceInformation", "AWS:AWSComponent"
GATHER = "AWS-GatherSoftwareInventory"
STRING = "STRING"
SCHEMAS: dict[str, tuple[str, ...]] = {
    INSTANCE: ("AgentType", "AgentVersion", "ComputerName", "InstanceId", "InstanceStatus", "IpAddress", "PlatformName", "PlatformType",
               "PlatformVersion", "ResourceType"),
    COMPONENT: ("Name", "ApplicationType", "Publisher", "Version", "InstalledTime", "Architecture", "URL"),
    "AWS:Application": ("Name", "ApplicationType", "Publisher", "Version", "Release", "Epoch", "InstalledTime", "Architecture", "URL", "Summary", "PackageId"),
    "AWS:File": ("Name", "Size", "Description", "FileVersion", "InstalledDate", "ModificationTime", "LastAccessTime", "ProductName", "InstalledDir",
                 "ProductLanguage", "CompanyName", "ProductVersion"),
    "AWS:InstanceDetailedInformation": ("CPUModel", "CPUCores", "CPUs", "CPUSpeedMHz", "CPUSockets", "CPUHyperThreadEnabled", "OSServicePack"),
    "AWS:Network": ("Name", "SubnetMask", "Gateway", "DHCPServer", "DNSServer", "MacAddress", "IPV4", "IPV6"),
    "AWS:Service": ("Name", "DisplayName", "ServiceType", "Status", "DependentServices", "ServicesDependedOn", "StartType"),
    "AWS:Tag": ("Key", "Value"),
}


def fleet() -> Any:
    return ssm.kinds["Node"]


def gathered(c: Context, id_: str) -> str | None:
    """When the node last gathered its inventory, None where it never did."""
    associations: Any = ssm.kinds["Association"]
    commands: Any = ssm.kinds["Command"]
    times = [run["CreatedTime"] for a, run in associations.of_node(c, id_) if a["Name"] == GATHER and run["Status"] == "Success"]
    times += [r["RequestedDateTime"] for r in c.find("Command", DocumentName=GATHER) if id_ in r["__nodes"] and commands.state_of(r, id_) == "Success"]
    return f"{max(times):%Y-%m-%dT%H:%M:%SZ}" if times else None


def items_of(c: Context, node: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Type -> item. Of its own types an agent of the sandbox knows itself alone."""
    id_ = node["InstanceId"]
    about = {"AgentType": "amazon-ssm-agent", "AgentVersion": node["AgentVersion"], "ComputerName": node["ComputerName"], "InstanceId": id_,
             "InstanceStatus": "Active" if node["PingStatus"] == "Online" else "Stopped", "IpAddress": node["IPAddress"],
             "PlatformName": node["PlatformName"], "PlatformType": node["PlatformType"], "PlatformVersion": node["PlatformVersion"],
             "ResourceType": node["ResourceType"]}
    out = {INSTANCE: item(INSTANCE, f"{node['LastPingDateTime']:%Y-%m-%dT%H:%M:%SZ}", [about])}
    when = gathered(c, id_)
    if when:
        agent = {"Name": "amazon-ssm-agent", "ApplicationType": "admin", "Publisher": "Amazon.com", "Version": node["AgentVersion"]}
        out[COMPONENT] = item(COMPONENT, when, [agent])
    for put in c.find("Inventory", InstanceId=id_):
        out[put["TypeName"]] = put
    return out


def item(kind: str, captured: str, content: list[dict[str, str]]) -> dict[str, Any]:
    return {"TypeName": kind, "SchemaVersion": "1.0", "CaptureTime": captured, "Content": content}


def known_type(c: Context, kind: str) -> None:
    if kind not in SCHEMAS and not kind.startswith("Custom:"):
        raise fail("InvalidTypeNameException", f"The inventory type name {kind} is not valid.")


@ssm.op("GetInventory")
def inventory(c: Context) -> dict[str, Any]:
    if c.params.get("Aggregators"):
        raise NotImplementedError
    wanted = [a["TypeName"] for a in c.params.get("ResultAttributes") or []] or [INSTANCE]
    for kind in wanted:
        known_type(c, kind)
    rows = []
    for node in fleet().every(c):
        items = items_of(c, node)
        if all(passes(items, one) for one in c.params.get("Filters") or []):
            rows.append({"Id": node["InstanceId"], "Data": {k: v for k, v in items.items() if k in wanted}})
    return page(c, rows)


def passes(items: dict[str, dict[str, Any]], one: dict[str, Any]) -> bool:
    kind, _, field = one["Key"].rpartition(".")
    if not kind:
        raise fail("InvalidFilter", f"The filter {one['Key']} is not valid: a type and one of its attributes.")
    values = [str(row.get(field, "")) for row in (items.get(kind) or {}).get("Content", [])]
    how = one.get("Type", "Equal")
    tests = {"Equal": lambda v, w: v == w, "BeginWith": lambda v, w: v.startswith(w), "LessThan": lambda v, w: v < w, "GreaterThan": lambda v, w: v > w}
    if how == "Exists":
        return bool(values)
    if how == "NotEqual":
        return not any(v in one["Values"] for v in values)
    return any(tests[how](v, w) for v in values for w in one["Values"])


@ssm.op("ListInventoryEntries")
def entries(c: Context) -> dict[str, Any]:
    kind = c.params["TypeName"]
    known_type(c, kind)
    found = items_of(c, fleet().known(c, c.params["InstanceId"])).get(kind) or {}
    rows = found.get("Content", [])
    for one in c.params.get("Filters") or []:
        rows = [r for r in rows if any(like(v, str(r.get(one["Key"], ""))) for v in one["Values"])]
    said = {k: found[k] for k in ("SchemaVersion", "CaptureTime") if k in found}
    return {"TypeName": kind, "InstanceId": c.params["InstanceId"], **said, "Entries": rows}


@ssm.op("PutInventory")
def put(c: Context) -> dict[str, Any]:
    id_ = fleet().known(c, c.params["InstanceId"])["InstanceId"]
    for one in c.params["Items"]:
        if not one["TypeName"].startswith("Custom:"):
            raise fail("InvalidTypeNameException", "A client puts types of its own, which begin with Custom:.")
        c.records("Inventory")[f"{id_}|{one['TypeName']}"] = {"InstanceId": id_, "Content": [], **one}
    return {"Message": "Inventory was successfully put."}


@ssm.op("DeleteInventory")
def delete(c: Context) -> dict[str, Any]:
    kind = c.params["TypeName"]
    if not kind.startswith("Custom:"):
        raise fail("InvalidTypeNameException", "Only custom types can be deleted.")
    found = c.find("Inventory", TypeName=kind)
    if not c.params.get("DryRun"):
        for one in found:
            c.records("Inventory").pop(f"{one['InstanceId']}|{kind}")
    count = len(found)
    rows = [{"Version": "1.0", "Count": count, "RemainingCount": count}] if count else []
    return {"DeletionId": make_uuid(), "TypeName": kind, "DeletionSummary": {"TotalCount": count, "RemainingCount": count, "SummaryItems": rows}}


@ssm.op("GetInventorySchema")
def schemas(c: Context) -> dict[str, Any]:
    kind = c.params.get("TypeName")
    rows = [{"TypeName": k, "Version": "1.0", "Attributes": [{"Name": n, "DataType": STRING} for n in names]} for k, names in sorted(SCHEMAS.items())
            if kind is None or k.startswith(kind)]
    if kind is not None and not rows and not kind.startswith("Custom:"):
        raise fail("InvalidTypeNameException", f"The inventory type name {kind} is not valid.")
    return page(c, rows)
