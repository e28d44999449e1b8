"""What moto lacks of Systems Manager: managed nodes. An agent's reports are played; what it would run, print or reach is not."""
from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from emulator.base.policy import Policies, Request, decide, read, values
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
ANYWHERE = "0.0.0.0/0"


# ---------------------------------------------------------------- what a role may


def documents(c: Context, role: str) -> Iterator[str | dict[str, Any]]:
    """The policies of a role: attached and its own."""
    for attached in c.call("iam", "ListAttachedRolePolicies", RoleName=role)["AttachedPolicies"]:
        arn = attached["PolicyArn"]
        version = c.call("iam", "GetPolicy", PolicyArn=arn)["Policy"]["DefaultVersionId"]
        yield plain(c.call("iam", "GetPolicyVersion", PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"])
    for name in c.call("iam", "ListRolePolicies", RoleName=role)["PolicyNames"]:
        yield plain(c.call("iam", "GetRolePolicy", RoleName=role, PolicyName=name)["PolicyDocument"])


def plain(document: str | dict[str, Any]) -> str | dict[str, Any]:
    return unquote(document) if isinstance(document, str) else document


def allows(c: Context, role: str, action: str, resource: str = "*", tags: dict[str, str] | None = None) -> bool:
    try:
        identity = tuple(read(d) for d in documents(c, role))
    except Refused:
        return False  # the role is gone
    context = values({f"aws:ResourceTag/{k}": v for k, v in (tags or {}).items()})
    return decide(Request(action, resource, context), Policies(identity=identity)).allowed


# ---------------------------------------------------------------- the way out


def way_out(c: Context, instance: dict[str, Any]) -> bool:
    """Can it call Systems Manager: by an endpoint in its VPC, a NAT gateway, or the internet gateway and an address of its own?"""
    vpc, subnet = instance.get("VpcId"), instance.get("SubnetId")
    if not vpc or not lets_out(c, instance):
        return False
    endpoints = c.call("ec2", "DescribeVpcEndpoints", Filters=[{"Name": "vpc-id", "Values": [vpc]}]).get("VpcEndpoints", [])
    if any(e["ServiceName"] == f"com.amazonaws.{c.region}.ssm" for e in endpoints):
        return True
    routes = table_of(c, vpc, subnet or "").get("Routes", [])
    default: dict[str, Any] = next((r for r in routes if r.get("DestinationCidrBlock") == ANYWHERE), {})
    if default.get("GatewayId", "").startswith("igw-") or in_default_subnet(c, subnet or ""):
        return bool(instance.get("PublicIpAddress"))
    return any(default.get(k) for k in ("NatGatewayId", "TransitGatewayId", "InstanceId", "NetworkInterfaceId"))


def lets_out(c: Context, instance: dict[str, Any]) -> bool:
    """Does a security group allow HTTPS to somewhere? moto shows none where the VPC's default one is meant, which does."""
    ids = [g["GroupId"] for g in instance.get("SecurityGroups", [])]
    if not ids:
        return True
    groups = c.call("ec2", "DescribeSecurityGroups", GroupIds=ids)["SecurityGroups"]
    rules = [r for g in groups for r in g.get("IpPermissionsEgress", [])]
    return any(r["IpProtocol"] == "-1" or (r["IpProtocol"] == "tcp" and r.get("FromPort", 0) <= 443 <= r.get("ToPort", 65535)) for r in rules)


def table_of(c: Context, vpc: str, subnet: str) -> dict[str, Any]:
    tables = c.call("ec2", "DescribeRouteTables", Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]

    def holds(table: dict[str, Any], member: str, value: Any) -> bool:
        return any(a.get(member) == value for a in table.get("Associations", []))
    own = next((t for t in tables if holds(t, "SubnetId", subnet)), None)
    return own or next((t for t in tables if holds(t, "Main", True)), {})


def in_default_subnet(c: Context, subnet: str) -> bool:
    """moto's default VPC has no internet gateway; AWS's has."""
    found = c.call("ec2", "DescribeSubnets", SubnetIds=[subnet])["Subnets"] if subnet else []
    return any(s.get("DefaultForAz") for s in found)


# ---------------------------------------------------------------- nodes


FILTERS = {"InstanceIds": "InstanceId", "PingStatus": "PingStatus", "PlatformTypes": "PlatformType", "AgentVersion": "AgentVersion",
           "ResourceType": "ResourceType", "AssociationStatus": "AssociationStatus", "SourceIds": "SourceId", "SourceTypes": "SourceType"}
ELSEWHERE = ("ActivationIds", "IamRole")  # of machines outside EC2, of which there are none


class Nodes(Kind):
    """Instances whose agent has reported. What an account has is read off EC2 and IAM; only that a node was seen is remembered."""

    def every(self, c: Context) -> list[dict[str, Any]]:
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
        return bool(role) and allows(c, role, REPORTS) and way_out(c, instance)

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


# ---------------------------------------------------------------- documents

RUN, START, SHELL = "Command", "Automation", "Session"
OWNED: dict[str, tuple[str, str, tuple[str, ...]]] = {  # Amazon's own: type, step, parameters that must be given
    "AWS-RunShellScript": (RUN, "aws:runShellScript", ("commands",)), "AWS-RunPowerShellScript": (RUN, "aws:runPowerShellScript", ("commands",)),
    "AWS-RunPatchBaseline": (RUN, "PatchLinux", ("Operation",)), "AWS-UpdateSSMAgent": (RUN, "aws:updateSsmAgent", ()),
    "AWS-GatherSoftwareInventory": (RUN, "collectSoftwareInventoryItems", ()), "AWS-RunDocument": (RUN, "runDocument", ("sourceType",)),
    "AWS-ConfigureAWSPackage": (RUN, "configurePackage", ("action", "name")), "AmazonCloudWatch-ManageAgent": (RUN, "ControlCloudWatchAgentLinux", ("action",)),
    "AWS-RestartEC2Instance": (START, "", ("InstanceId",)), "AWS-StopEC2Instance": (START, "", ("InstanceId",)),
    "AWS-StartEC2Instance": (START, "", ("InstanceId",)), "AWS-StartSSHSession": (SHELL, "", ()), "AWS-StartPortForwardingSession": (SHELL, "", ()),
    "AWS-StartPortForwardingSessionToRemoteHost": (SHELL, "", ()), "AWS-StartInteractiveCommand": (SHELL, "", ("command",)),
    "SSM-SessionManagerRunShell": (SHELL, "", ()),
}


class Library(Kind):
    """Documents, as commands, associations, sessions and automations look for them: Amazon's own, and moto's for the account's."""

    def find(self, c: Context, name: str, kind: str, error: str = "InvalidDocument") -> dict[str, Any]:
        """The document's description; raises `error` where there is none, or one of another type."""
        name = name.rsplit("/", 1)[-1] if name.startswith("arn:") else name
        try:
            found = dict(c.call("ssm", "DescribeDocument", Name=name)["Document"])
        except Refused:
            raise fail(error, f"Document with name {name} does not exist.") from None
        if found["DocumentType"] != kind:
            raise fail(error, f"Document {name} is of the type {found['DocumentType']}, not {kind}.")
        return found

    def step(self, c: Context, name: str) -> str:
        """What the plugin of a command is called."""
        if name in OWNED:
            return OWNED[name][1]
        steps = self.content(c, name).get("mainSteps") or [{}]
        return str(steps[0].get("name") or steps[0].get("action") or "aws:runShellScript")

    def content(self, c: Context, name: str) -> dict[str, Any]:
        import yaml
        text = c.call("ssm", "GetDocument", Name=name)["Content"]
        found = text if isinstance(text, dict) else yaml.safe_load(text)  # JSON is YAML
        return dict(found)

    def fits(self, c: Context, description: dict[str, Any], given: dict[str, Any], error: str = "InvalidParameters") -> None:
        """Raises for parameters that the document lacks, or that it needs and did not get."""
        name = description["Name"]
        if name in OWNED:
            absent = [p for p in OWNED[name][2] if not given.get(p)]
            strays: list[str] = []
        else:
            rows = {p["Name"]: p for p in description.get("Parameters", [])}
            absent = [n for n, p in rows.items() if n not in given and p.get("DefaultValue") is None]
            strays = [n for n in given if n not in rows]
        if absent or strays:
            raise fail(error, f"Document {name}: {'missing' if absent else 'unknown'} parameters {', '.join(absent or strays)}")


library = Library(ssm, "Library", key="Name")


@ssm.around_moto("DescribeDocument")
def described(c: Context, moto: Any) -> dict[str, Any]:
    name = c.params["Name"].rsplit("/", 1)[-1] if c.params["Name"].startswith("arn:") else c.params["Name"]
    if name not in OWNED:
        return dict(moto(Name=name))
    kind, _, needed = OWNED[name]
    return {"Document": {
        "Name": name, "Owner": "Amazon", "DocumentType": kind, "DocumentFormat": "JSON", "Status": "Active", "DocumentVersion": "1", "DefaultVersion": "1",
        "LatestVersion": "1", "SchemaVersion": {RUN: "2.2", START: "0.3", SHELL: "1.0"}[kind], "PlatformTypes": ["Linux", "Windows", "MacOS"],
        "Parameters": [{"Name": p, "Type": "StringList"} for p in needed], "CreatedDate": datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)}}


@ssm.before_moto("DeleteDocument")
def not_associated(c: Context) -> None:
    if c.find("Association", Name=c.params["Name"]) and not c.params.get("Force"):
        raise fail("AssociatedInstances", f"The document {c.params['Name']} is associated with managed nodes.")


@ssm.before_moto("CreateDocument")
def says_what_it_is(c: Context) -> None:
    """A session's document has inputs where others have steps."""
    text = c.params["Content"]
    if c.params.get("DocumentFormat", "JSON") == "JSON":
        try:
            content = json.loads(text)
        except ValueError:
            raise fail("InvalidDocumentContent", "The content of the document is not valid JSON.") from None
        if c.params.get("DocumentType") == SHELL and "inputs" not in content:
            raise fail("InvalidDocumentContent", "A session document has inputs.")


# ---------------------------------------------------------------- tags of what is kept here

TAGGED = {"PatchBaseline": "PatchBaseline", "MaintenanceWindow": "MaintenanceWindow", "Association": "Association", "Automation": "Automation"}


def tagged(c: Context) -> dict[str, Any] | None:
    """The record that a tagging operation names, None where it is moto's."""
    kind = TAGGED.get(c.params["ResourceType"])
    if kind is None:
        return None
    found: dict[str, Any] | None = c.records(kind).get(c.params["ResourceId"])
    if found is None:
        raise fail("InvalidResourceId", f"The resource ID {c.params['ResourceId']} is not valid.")
    return found


@ssm.around_moto("AddTagsToResource")
def add_tags(c: Context, moto: Any) -> dict[str, Any]:
    record = tagged(c)
    if record is None:
        return dict(moto())
    named = {t["Key"]: t["Value"] for t in [*(record.get("Tags") or []), *c.params["Tags"]]}
    record["Tags"] = [{"Key": k, "Value": v} for k, v in named.items()]
    return {}


@ssm.around_moto("RemoveTagsFromResource")
def remove_tags(c: Context, moto: Any) -> dict[str, Any]:
    record = tagged(c)
    if record is None:
        return dict(moto())
    record["Tags"] = [t for t in record.get("Tags") or [] if t["Key"] not in c.params["TagKeys"]]
    return {}


@ssm.around_moto("ListTagsForResource")
def list_tags(c: Context, moto: Any) -> dict[str, Any]:
    record = tagged(c)
    return dict(moto()) if record is None else {"TagList": record.get("Tags") or []}

