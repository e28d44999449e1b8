"""DataSync's locations: between what a task copies. moto keeps three kinds of them and looks at nothing that they name."""
from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from emulator.cfn.declared import cfn_type
from emulator.cfn.types import Found, Work
from emulator.context import Context, make_id, now
from emulator.errors import Refused, fail
from emulator.kinds import Kind
from emulator.pages import page
from emulator.services import service
from emulator.state import Record

INVALID = "InvalidRequestException"
datasync = service("datasync", invalid=INVALID, missing=INVALID)


def refuse(sentence: str) -> Refused:
    return fail(INVALID, sentence)


locations = Kind(
    datasync, "Location", key="LocationArn", arn="LocationArn", type="datasync:location", missing=(INVALID, "Location {} is not found."),
    made={"LocationArn": lambda c, r: c.arn(f"location/loc-{make_id()}"), "CreationTime": lambda c, r: now()},
)

# ---------------------------------------------------------------- what a location names


def bucket_of(arn: str) -> str:
    return arn.rsplit(":", 1)[-1].split("/")[0]


def path(value: str | None) -> str:
    """"/a/b" or "a/b/" -> "a/b/", "" for the top."""
    inner = (value or "").strip("/")
    return f"{inner}/" if inner else ""


def s3(c: Context, record: Record) -> None:
    """DataSync takes the role on and looks into the bucket before it takes the location."""
    bucket = bucket_of(record["S3BucketArn"])
    trusted(c, record["S3Config"]["BucketAccessRoleArn"])
    if not c.exists("s3", "GetBucketVersioning", Bucket=bucket):
        raise refuse(f"DataSync location access test failed: could not perform s3:ListObjectsV2 in bucket {bucket}. The specified bucket does not exist.")
    record.setdefault("S3StorageClass", "STANDARD")
    record["LocationUri"] = f"s3://{bucket}/{path(record.get('Subdirectory'))}"


def trusted(c: Context, arn: str) -> None:
    try:
        said = c.call("iam", "GetRole", RoleName=arn.rsplit("/", 1)[-1])["Role"]["AssumeRolePolicyDocument"]
    except Refused:
        said = "{}"
    text = unquote(said) if isinstance(said, str) else json.dumps(said)
    if "datasync.amazonaws.com" not in text:
        raise refuse(f"DataSync location access test failed: Unable to assume role. Reason: Access denied when calling sts:AssumeRole on {arn}")


def efs(c: Context, record: Record) -> None:
    """It is reached through a mount target in the zone of the subnet."""
    id_, subnet_id = record["EfsFilesystemArn"].rsplit("/", 1)[-1], record["Ec2Config"]["SubnetArn"].rsplit("/", 1)[-1]
    groups = [arn.rsplit("/", 1)[-1] for arn in record["Ec2Config"]["SecurityGroupArns"]]
    try:
        subnet = c.call("ec2", "DescribeSubnets", SubnetIds=[subnet_id])["Subnets"][0]
        c.call("ec2", "DescribeSecurityGroups", GroupIds=groups)
        targets = c.call("efs", "DescribeMountTargets", FileSystemId=id_)["MountTargets"]
    except Refused as error:
        raise refuse(f"Invalid parameter: {error.message}") from None
    if not any(t.get("AvailabilityZoneName") == subnet["AvailabilityZone"] for t in targets):
        raise refuse(f"No mount target of file system {id_} is in the availability zone of subnet {subnet_id}.")
    record.setdefault("InTransitEncryption", "NONE")
    record["LocationUri"] = f"efs://{c.region}.{id_}/{path(record.get('Subdirectory'))}"


def agents_there(c: Context, arns: list[str]) -> None:
    for arn in arns:
        if not c.find("Agent", AgentArn=arn):
            raise refuse(f"Agent {arn} is not found.")


def nfs(c: Context, record: Record) -> None:
    agents_there(c, record["OnPremConfig"]["AgentArns"])
    record.setdefault("MountOptions", {"Version": "AUTOMATIC"})
    record["LocationUri"] = f"nfs://{record['ServerHostname']}/{path(record['Subdirectory'])}"


def smb(c: Context, record: Record) -> None:
    agents_there(c, record["AgentArns"])
    record.pop("Password", None)
    record.setdefault("MountOptions", {"Version": "AUTOMATIC"})
    record.setdefault("AuthenticationType", "NTLM")
    if record["AuthenticationType"] == "NTLM" and not record.get("User"):
        raise refuse("User is required for NTLM authentication.")
    record["LocationUri"] = f"smb://{record['ServerHostname']}/{path(record['Subdirectory'])}"


# ---------------------------------------------------------------- operations


def operations(kind: str, look: Callable[[Context, Record], None]) -> None:
    """Create, Describe and Update of one kind of location."""

    @datasync.op(f"CreateLocation{kind}")
    def create(c: Context) -> dict[str, Any]:
        record: Record = {**c.params, "Kind": kind}
        locations.tagged(record)
        look(c, record)
        return locations.result(c, locations.keep(c, record))

    @datasync.op(f"DescribeLocation{kind}")
    def describe(c: Context) -> dict[str, Any]:
        return locations.result(c, of_kind(c))

    @datasync.op(f"UpdateLocation{kind}")
    def update(c: Context) -> dict[str, Any]:
        record = of_kind(c)
        changed = {**record, **c.params}
        look(c, changed)
        record.update(changed)
        return {}

    def of_kind(c: Context) -> Record:
        record = locations.one(c)
        if record["Kind"] != kind:
            raise refuse(f"Invalid Location type: {record['Kind']}")
        return record


for name, about in (("S3", s3), ("Efs", efs), ("Nfs", nfs), ("Smb", smb)):
    operations(name, about)

COMPARE: dict[str, Callable[[str, list[str]], bool]] = {
    "Equals": lambda v, w: v == w[0], "NotEquals": lambda v, w: v != w[0], "In": lambda v, w: v in w, "Contains": lambda v, w: w[0] in v,
    "NotContains": lambda v, w: w[0] not in v, "BeginsWith": lambda v, w: v.startswith(w[0]), "LessThan": lambda v, w: v < w[0],
    "LessThanOrEqual": lambda v, w: v <= w[0], "GreaterThan": lambda v, w: v > w[0], "GreaterThanOrEqual": lambda v, w: v >= w[0],
}


def fits(record: Record, chosen: dict[str, Any]) -> bool:
    shown = {"LocationUri": record["LocationUri"], "LocationType": record["Kind"].upper(), "CreationTime": record["CreationTime"].isoformat()}
    return COMPARE[chosen["Operator"]](shown[chosen["Name"]], chosen["Values"])


@datasync.op("ListLocations")
def listed(c: Context) -> dict[str, Any]:
    rows = [r for r in c.records("Location").values() if all(fits(r, f) for f in c.params.get("Filters") or [])]
    return page(c, rows, "LocationArn", invalid=INVALID)


@datasync.op("DeleteLocation")
def delete(c: Context) -> dict[str, Any]:
    arn = locations.one(c)["LocationArn"]
    if any(arn in (t["SourceLocationArn"], t["DestinationLocationArn"]) for t in c.records("Task").values()):
        raise refuse(f"Location {arn} is in use by a task.")
    del c.records("Location")[arn]
    return {}


# ---------------------------------------------------------------- tags


def tagged(c: Context) -> Record:
    arn = c.params["ResourceArn"]
    for kind in ("Location", "Task", "Agent", "Execution"):
        found = c.records(kind).get(arn)
        if found is not None:
            return found
    raise refuse(f"Resource {arn} is not found.")


@datasync.op("ListTagsForResource")
def tags(c: Context) -> dict[str, Any]:
    return page(c, tagged(c).get("Tags") or [], invalid=INVALID)


@datasync.op("TagResource")
def tag(c: Context) -> dict[str, Any]:
    record = tagged(c)
    held = {t["Key"]: t.get("Value", "") for t in [*(record.get("Tags") or []), *c.params["Tags"]]}
    record["Tags"] = [{"Key": k, "Value": v} for k, v in held.items()]
    return {}


@datasync.op("UntagResource")
def untag(c: Context) -> dict[str, Any]:
    record = tagged(c)
    record["Tags"] = [t for t in record.get("Tags") or [] if t["Key"] not in c.params["Keys"]]
    return {}


# ---------------------------------------------------------------- types


def retag(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    arn = found.get("TaskArn") or found.get("AgentArn") or found["LocationArn"]
    if gone:
        work.call("datasync", "UntagResource", ResourceArn=arn, Keys=gone)
    if put:
        work.call("datasync", "TagResource", ResourceArn=arn, Tags=[{"Key": k, "Value": v} for k, v in put.items()])


def deletes(operation: str, name: str) -> Any:
    """DataSync has one error for everything; CloudFormation takes "not found" for deleted."""
    def delete(work: Work, found: Found) -> None:
        try:
            work.call("datasync", operation, **{name: found[name]})
        except Refused as error:
            if not error.message.endswith("is not found."):
                raise
    return delete


def location_type(name: str, kind: str, *replace: str, updatable: tuple[str, ...] = ("Subdirectory",)) -> None:
    uri = {"LocationUri": lambda c, f: c.call("datasync", f"DescribeLocation{kind}", LocationArn=f["LocationArn"])["LocationUri"]}
    cfn_type(f"AWS::DataSync::{name}", "datasync", f"CreateLocation{kind}", deletes("DeleteLocation", "LocationArn"), "LocationArn",
             attrs={"LocationArn": "LocationArn"}, live=uri, replace=replace, retag=retag, update=f"UpdateLocation{kind}", updatable=updatable)


location_type("LocationS3", "S3", "S3BucketArn", updatable=("Subdirectory", "S3StorageClass", "S3Config"))
location_type("LocationEFS", "Efs", "EfsFilesystemArn", "Ec2Config")
location_type("LocationNFS", "Nfs", updatable=("Subdirectory", "OnPremConfig", "MountOptions", "ServerHostname"))
location_type("LocationSMB", "Smb", updatable=("Subdirectory", "User", "Domain", "Password", "AgentArns", "MountOptions", "ServerHostname"))
