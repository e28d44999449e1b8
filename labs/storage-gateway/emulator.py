"""AWS Storage Gateway, which moto does not have: the appliance on its instance, its activation, the gateway that it becomes."""
from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from emulator.clock import CLOCK
from emulator.context import Context, make_id
from emulator.errors import fail
from emulator.hosts import host
from emulator.kinds import Kind
from emulator.services import service
from emulator.state import STATE, Record

sgw = service("storagegateway", invalid="ValidationException")
INVALID = "InvalidGatewayRequestException"
TYPES = ("STORED", "CACHED", "VTL", "FILE_S3")  # of those that ActivateGateway documents; FSx File Gateway takes no new customers
KEY_LASTS = 30 * 60  # seconds; storagegateway user guide, "Getting an activation key", 2026-11-22
CONNECTS_AFTER = 1.0  # seconds; on AWS up to minutes
DEFAULT_DRIVES = {"TapeDriveType": "IBM-ULT3580-TD5", "MediumChangerType": "AWS-Gateway-VTL"}


# ---------------------------------------------------------------- the appliance


def machines() -> Iterator[tuple[str, str, Any]]:
    """(account, region, instance) of every instance of the sandbox."""
    from moto.ec2.models import ec2_backends
    for account, regions in list(ec2_backends.items()):
        for region, backend in list(regions.items()):
            for reservation in list(backend.reservations.values()):
                yield from ((account, region, instance) for instance in reservation.instances)


def appliance_of(instance: Any) -> str:
    """The type of gateway that an instance's image is made for, "" for any other image."""
    image = instance.ec2_backend.amis.get(instance.image_id)
    name = (image.name or "") if image else ""
    return next((t for t in TYPES if name.startswith(f"aws-storage-gateway-{t}-")), "")


def lets_in(instance: Any, port: int) -> bool:
    rules = [rule for nic in instance.nics.values() for group in nic.group_set for rule in group.ingress_rules]
    return any(rule.ip_protocol == "-1" or (rule.from_port is not None and int(rule.from_port) <= port <= int(rule.to_port)) for rule in rules)


@host
def activation(address: str, path: str, query: dict[str, str]) -> str | None:
    """GET /?activationRegion=R&no_redirect: the key alone. The sandbox has no network: who asks is not looked at, the port is."""
    for account, region, instance in machines():
        if address in (instance.public_ip, instance.private_ip) and instance.state == "running" and appliance_of(instance) and lets_in(instance, 80):
            there = query.get("activationRegion") or region
            text = uuid.uuid4().hex.upper()[:25]
            key = "-".join(text[i:i + 5] for i in range(0, 25, 5))
            STATE.table(account, there, "storagegateway", "Activation")[key] = {
                "Key": key, "InstanceId": instance.id, "Region": region, "__since": CLOCK.time()}
            return key if "no_redirect" in query else f"https://console.aws.amazon.com/storagegateway/home?activationKey={key}&activationRegion={there}"
    return None


def instance_of(record: Record) -> Any:
    return next((i for _, _, i in machines() if i.id == record.get("Ec2InstanceId")), None)


# ---------------------------------------------------------------- gateways


def activated(c: Context, record: Record) -> None:
    """The key says which appliance it is; each makes one gateway, of the type that it is made for."""
    found = c.records("Activation").get(record.pop("ActivationKey"))
    if found is None:
        raise fail(INVALID, "The specified activation key was not found.")
    if CLOCK.time() - found["__since"] > KEY_LASTS:
        raise fail(INVALID, "The specified activation key has expired.")
    if record["GatewayRegion"] != c.region:
        raise fail(INVALID, "The specified region is invalid.")
    record["Ec2InstanceId"], record["Ec2InstanceRegion"] = found["InstanceId"], found["Region"]
    instance = instance_of(record)
    if instance is None or c.find("Gateway", Ec2InstanceId=found["InstanceId"]):
        raise fail(INVALID, "The specified activation key is no longer valid.")
    record.setdefault("GatewayType", "STORED")
    if record["GatewayType"] != appliance_of(instance):
        raise fail(INVALID, f"The gateway type {record['GatewayType']} is not valid for this gateway.")
    record["GatewayNetworkInterfaces"] = [{"Ipv4Address": instance.private_ip, "MacAddress": instance.nics[0].mac_address}]
    if record["GatewayType"] == "VTL":
        record.update({k: record.get(k) or v for k, v in DEFAULT_DRIVES.items()})


class Gateways(Kind):
    """One is RUNNING while its instance runs, a moment after its activation; OFFLINE else."""

    def settled(self, record: Record) -> Record:
        instance = instance_of(record)
        running = instance is not None and instance.state == "running" and CLOCK.time() - record["__since"] >= CONNECTS_AFTER
        record["GatewayState"] = "RUNNING" if running else "OFFLINE"
        return record

    def known(self, c: Context, arn: str) -> Record:
        found = c.records(self.name).get(arn)
        if found is None:
            raise self.not_found(arn)
        return self.settled(found)

    def connected(self, c: Context, arn: str, *types: str) -> Record:
        """The gateway, if it can be asked to do something, and is of a type that does it."""
        found = self.known(c, arn)
        if found["GatewayState"] != "RUNNING":
            raise fail(INVALID, "The specified gateway is not connected.")
        if types and found["GatewayType"] not in types:
            raise fail(INVALID, "The specified operation is not supported.")
        return found


def log_group_there(c: Context) -> None:
    arn = c.params.get("CloudWatchLogGroupARN")
    if arn:
        name = arn.split(":log-group:")[-1].removesuffix(":*")
        groups = c.call("logs", "DescribeLogGroups", logGroupNamePrefix=name)["logGroups"]
        if not any(g["logGroupName"] == name for g in groups):
            raise fail(INVALID, f"The specified log group {arn} was not found.")


gateways = Gateways(
    sgw, "Gateway", key="GatewayARN", create="ActivateGateway", get="DescribeGatewayInformation", list="ListGateways",
    update="UpdateGatewayInformation", delete="DeleteGateway", arn="GatewayARN", type="storagegateway:gateway", check=activated,
    missing=(INVALID, "The specified gateway was not found."),
    made={
        "GatewayId": lambda c, r: "sgw-" + make_id("", 8).upper(), "GatewayARN": lambda c, r: c.arn(f"gateway/{r['GatewayId']}"),
        "GatewayOperationalState": "ACTIVE", "HostEnvironment": "EC2", "HostEnvironmentId": lambda c, r: r["Ec2InstanceId"],
        "EndpointType": "STANDARD", "SoftwareVersion": "2.8.3", "GatewayCapacity": "Small", "SupportedGatewayCapacities": ["Small", "Medium", "Large"],
        "Tags": [], "Disks": {},
    },
)
sgw.before["UpdateGatewayInformation"].append(log_group_there)

# ---------------------------------------------------------------- tags of everything that the service has


def tagged(c: Context) -> Record:
    arn = c.params["ResourceARN"]
    for kind in sgw.kinds.values():
        for record in c.records(kind.name).values():
            if kind.arn and record.get(kind.arn) == arn:
                return record
    raise fail(INVALID, f"The specified resource {arn} was not found.")


@sgw.op("AddTagsToResource")
def add_tags(c: Context) -> dict[str, Any]:
    record = tagged(c)
    tags = {t["Key"]: t["Value"] for t in [*(record.get("Tags") or []), *c.params["Tags"]]}
    record["Tags"] = [{"Key": k, "Value": v} for k, v in tags.items()]
    return {"ResourceARN": c.params["ResourceARN"]}


@sgw.op("RemoveTagsFromResource")
def remove_tags(c: Context) -> dict[str, Any]:
    record = tagged(c)
    record["Tags"] = [t for t in record.get("Tags") or [] if t["Key"] not in c.params["TagKeys"]]
    return {"ResourceARN": c.params["ResourceARN"]}


@sgw.op("ListTagsForResource")
def list_tags(c: Context) -> dict[str, Any]:
    from emulator.pages import page
    return {"ResourceARN": c.params["ResourceARN"], **page(c, tagged(c).get("Tags") or [])}


def of_a_gateway(c: Context) -> None:
    """A list that names a gateway is an error where there is none, not an empty list."""
    if c.params.get("GatewayARN"):
        gateways.known(c, c.params["GatewayARN"])


for listing in ("ListFileShares", "ListVolumes", "ListFileSystemAssociations"):
    sgw.before[listing].append(of_a_gateway)


@sgw.op("ListFileSystemAssociations")
def no_associations(c: Context) -> dict[str, Any]:
    """FSx File Gateway takes no new customers since 2024-10-28: nobody's gateway has one."""
    return {"FileSystemAssociationSummaryList": []}


@sgw.op("DisassociateFileSystem")
def no_association(c: Context) -> dict[str, Any]:
    raise fail(INVALID, f"The specified file system association {c.params['FileSystemAssociationARN']} was not found.")
