"""What moto lacks of Systems Manager: managed nodes. An agent's reports are played; what it would run, print or reach is not."""
from __future__ import annotations

from typing import Any

from emulator.base.identity import attached, boundary
from emulator.base.policy import Policies, Request, decide, values
from emulator.base.way_out import way_out
from emulator.clock import CLOCK
from emulator.context import Context, now
from emulator.errors import Refused, fail
from emulator.filters import like
from emulator.kinds import Kind
from emulator.services import service

ssm = service("ssm")
FIRST_REPORT = 1.0  # seconds from the launch; one to two minutes on AWS
AGENT = "3.3.3050.0"
REPORTS = "ssm:UpdateInstanceInformation"
FILTERS = {"InstanceIds": "InstanceId", "PingStatus": "PingStatus", "PlatformTypes": "PlatformType", "AgentVersion": "AgentVersion",
           "ResourceType": "ResourceType", "AssociationStatus": "AssociationStatus", "SourceIds": "SourceId", "SourceTypes": "SourceType"}
READS = ("Describe", "Get", "List")
ELSEWHERE = ("ActivationIds", "IamRole")  # of machines outside EC2, of which there are none


def allows(c: Context, role: str, action: str, resource: str = "*", tags: dict[str, str] | None = None) -> bool:
    """Do the role's policies and its boundary allow it?"""
    try:
        shown = c.call("iam", "GetRole", RoleName=role)["Role"]
        policies = Policies(identity=tuple(attached(c, "Role", role)), boundary=boundary(c, shown))
    except Refused:
        return False  # the role is gone
    context = values({f"aws:ResourceTag/{k}": v for k, v in (tags or {}).items()})
    return decide(Request(action, resource, context), policies).allowed


class Nodes(Kind):
    """Instances whose agent has reported. What an account has is read off EC2 and IAM; only that a node was seen is remembered."""

    def every(self, c: Context) -> list[dict[str, Any]]:
        """Looked at once in a request that only reads: a look asks EC2 and IAM about every machine, and a list asks for each node and association."""
        if not str(getattr(c.operation, "name", "")).startswith(READS):
            return self.look(c)
        if "nodes" not in c.__dict__:
            c.__dict__["nodes"] = self.look(c)
        return c.__dict__["nodes"]  # type: ignore[no-any-return]

    def look(self, c: Context) -> list[dict[str, Any]]:
        seen, out = c.records("Seen", "ssm"), []
        for reservation in c.call("ec2", "DescribeInstances")["Reservations"]:
            for instance in reservation["Instances"]:
                if instance["State"]["Name"] in ("terminated", "shutting-down"):
                    seen.pop(instance["InstanceId"], None)
                    continue
                if self.reports(c, instance):
                    seen[instance["InstanceId"]] = {"LastPingDateTime": now()}
                    out.append(self.node(c, instance, "Online"))
                elif instance["InstanceId"] in seen:
                    out.append(self.node(c, instance, "ConnectionLost"))
        return out

    def reports(self, c: Context, instance: dict[str, Any]) -> bool:
        if instance["State"]["Name"] != "running" or CLOCK.time() - instance["LaunchTime"].timestamp() < FIRST_REPORT:
            return False
        role = self.role(c, instance)
        return bool(role) and allows(c, role, REPORTS) and way_out(c, instance, "ssm")

    def role(self, c: Context, instance: dict[str, Any]) -> str:
        arn = (instance.get("IamInstanceProfile") or {}).get("Arn", "")
        if not arn:
            return ""
        try:
            roles = c.call("iam", "GetInstanceProfile", InstanceProfileName=arn.rsplit("/", 1)[-1])["InstanceProfile"]["Roles"]
        except Refused:
            return ""
        return str(roles[0]["RoleName"]) if roles else ""

    def node(self, c: Context, instance: dict[str, Any], status: str) -> dict[str, Any]:
        id_, windows = instance["InstanceId"], str(instance.get("Platform", "")).lower() == "windows"
        return {
            "InstanceId": id_, "PingStatus": status, "LastPingDateTime": c.records("Seen", "ssm")[id_]["LastPingDateTime"], "AgentVersion": AGENT,
            "IsLatestVersion": True, "PlatformType": "Windows" if windows else "Linux", "ResourceType": "EC2Instance",
            "PlatformName": "Microsoft Windows Server" if windows else "Amazon Linux", "PlatformVersion": "2022" if windows else "2023",
            "IPAddress": instance.get("PrivateIpAddress", ""), "ComputerName": instance.get("PrivateDnsName", ""), "SourceId": id_,
            "SourceType": "AWS::EC2::Instance", "__tags": {t["Key"]: t["Value"] for t in instance.get("Tags", [])},
        }

    def online(self, c: Context) -> list[dict[str, Any]]:
        return [n for n in self.every(c) if n["PingStatus"] == "Online"]

    def known(self, c: Context, id_: str) -> dict[str, Any]:
        found = next((n for n in self.every(c) if n["InstanceId"] == id_), None)
        if found is None:
            raise fail("InvalidInstanceId", f"Instance id {id_} is not a managed node of the account.")
        return found

    def aimed(self, nodes: list[dict[str, Any]], targets: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those of the nodes that every target names: by id, by "*", by tag:<key>, by tag-key."""
        return [n for n in nodes if targets and all(self.is_named(n, t) for t in targets)]

    def is_named(self, node: dict[str, Any], target: dict[str, Any]) -> bool:
        key, values = target.get("Key", ""), target.get("Values", [])
        if key.lower() == "instanceids":
            return node["InstanceId"] in values or "*" in values
        if key == "tag-key":
            return any(v in node["__tags"] for v in values)
        return key.startswith("tag:") and any(like(v, node["__tags"].get(key[4:], "")) for v in values)

    def rows(self, c: Context) -> list[dict[str, Any]]:
        chosen = [(f["Key"], f["Values"]) for f in c.params.get("Filters") or []]
        chosen += [(f["key"], f["valueSet"]) for f in c.params.get("InstanceInformationFilterList") or []]
        strays = [k for k, _ in chosen if not k.startswith("tag") and k not in (*FILTERS, *ELSEWHERE)]
        if strays:
            raise fail("InvalidFilterKey", f"The filter key {strays[0]} is not valid.")
        rows = [{**n, **self.service.kinds["Association"].told_of(c, n["InstanceId"])} for n in self.every(c)]  # type: ignore[attr-defined]
        for key, values in chosen:
            rows = [r for r in rows if self.chosen(r, key, values)]
        return rows

    def chosen(self, row: dict[str, Any], key: str, values: list[str]) -> bool:
        if key.startswith("tag"):
            return self.is_named(row, {"Key": key, "Values": values})
        return key in FILTERS and row.get(FILTERS[key]) in values

    def may(self, c: Context, role: str, action: str, instance: str = "") -> bool:
        """Do the role's policies allow it, on an instance or on no resource in particular? For what acts in a role's name."""
        if not instance:
            return allows(c, role, action)
        named = [{"Name": "resource-id", "Values": [instance]}]
        tags = {t["Key"]: t["Value"] for t in c.call("ec2", "DescribeTags", Filters=named)["Tags"]}
        return allows(c, role, action, c.arn(f"instance/{instance}", "ec2"), tags)


fleet = Nodes(ssm, "Node", key="InstanceId", list="DescribeInstanceInformation")


@ssm.op("GetConnectionStatus")
def connection(c: Context) -> dict[str, Any]:
    """Of the agent's own channel, which is as good as its reports."""
    there = any(n["InstanceId"] == c.params["Target"] for n in fleet.online(c))
    return {"Target": c.params["Target"], "Status": "connected" if there else "notconnected"}
