"""Volumes of volume gateways, cached and stored: their iSCSI targets, who may log in to them, their snapshots in EC2."""
from __future__ import annotations

from typing import Any

from emulator.context import Context, make_id, now
from emulator.errors import fail
from emulator.kinds import Block, Kind, States
from emulator.services import service
from emulator.state import Record

sgw = service("storagegateway")
gateways: Any = sgw.kinds["Gateway"]
INVALID = "InvalidGatewayRequestException"
MISSING = (INVALID, "The specified volume was not found.")
GIB = 1024 ** 3
LARGEST = {"CACHED": 32 * 1024 * GIB, "STORED": 16 * 1024 * GIB}  # storagegateway user guide, "Quotas", 2026-11-22
NEEDS = {"CACHED": {"CACHE STORAGE", "UPLOAD BUFFER"}, "STORED": {"UPLOAD BUFFER"}}
IQN = "iqn.1997-05.com.amazon"


def fits(c: Context, record: Record) -> None:
    """Of either mode: the gateway's type, what it needs of disks, its own address, a target that is new."""
    mode = "CACHED" if c.operation.name == "CreateCachediSCSIVolume" else "STORED"
    gateway = gateways.connected(c, record["GatewayARN"], mode)
    if not NEEDS[mode] <= set(gateway["Disks"].values()):
        raise fail(INVALID, "No disks are available: the gateway lacks cache or upload buffer.")
    if record["NetworkInterfaceId"] not in [i["Ipv4Address"] for i in gateway["GatewayNetworkInterfaces"]]:
        raise fail(INVALID, "The specified network interface is invalid.")
    if c.find("Volume", GatewayARN=record["GatewayARN"], TargetName=record["TargetName"]):
        raise fail(INVALID, "The specified target already exists.")
    if mode == "STORED":
        stored(c, gateway, record)
    if not 0 < record["VolumeSizeInBytes"] <= LARGEST[mode] or record["VolumeSizeInBytes"] % GIB:
        raise fail(INVALID, "The specified volume size is invalid.")
    record.update(VolumeType=f"{mode} iSCSI", GatewayId=gateway["GatewayId"], LunNumber=1 if mode == "STORED" else 0)


def stored(c: Context, gateway: Record, record: Record) -> None:
    """A stored volume is a disk of its gateway, whole."""
    disk = next((d for d in sgw.operations["ListLocalDisks"](c)["Disks"] if d["DiskId"] == record["DiskId"]), None)  # type: ignore[index]
    if disk is None:
        raise fail(INVALID, "The specified disk does not exist.")
    if disk["DiskAllocationType"] != "AVAILABLE":
        raise fail(INVALID, "The specified disk is already allocated.")
    gateway["Disks"][record["DiskId"]] = "STORED iSCSI VOLUME"
    record.update(VolumeSizeInBytes=disk["DiskSizeInBytes"], VolumeDiskId=record["DiskId"], PreservedExistingData=record["PreserveExistingData"])


def freed(c: Context, record: Record) -> None:
    c.records("Gateway")[record["GatewayARN"]]["Disks"].pop(record.get("VolumeDiskId"), None)


volumes = Kind(
    sgw, "Volume", key="VolumeARN", create="CreateCachediSCSIVolume", list="ListVolumes", delete="DeleteVolume", token="ClientToken", token_reused=INVALID,
    arn="VolumeARN", type="storagegateway:volume", check=fits, gone=freed, missing=MISSING,
    states=States("VolumeStatus", (("CREATING", 1.0),), "AVAILABLE"),
    blocks=(Block("DeleteGateway", "GatewayARN", "GatewayARN", (INVALID, "The gateway {} has volumes.")),),
    made={
        "VolumeId": lambda c, r: "vol-" + make_id("", 17).upper(), "VolumeARN": lambda c, r: f"{r['GatewayARN']}/volume/{r['VolumeId']}",
        "TargetARN": lambda c, r: f"{r['GatewayARN']}/target/{IQN}:{r['TargetName']}", "VolumeAttachmentStatus": "ATTACHED",
        "CreatedDate": lambda c, r: now(), "VolumeUsedInBytes": 0, "Tags": [], "Chap": {},
    },
)
sgw.operations["CreateStorediSCSIVolume"] = volumes.do_create


@sgw.op("DescribeCachediSCSIVolumes", "DescribeStorediSCSIVolumes")
def describe(c: Context) -> dict[str, Any]:
    from emulator.shapes import project
    mode = "CACHED" if c.operation.name == "DescribeCachediSCSIVolumes" else "STORED"
    member = f"{mode.title()}iSCSIVolumes"
    found = [c.records("Volume").get(arn) for arn in c.params["VolumeARNs"]]
    if any(r is None or r["VolumeType"] != f"{mode} iSCSI" for r in found):
        raise fail(*MISSING)
    shape = c.operation.output_shape.members[member].member
    return {member: [project(shape, {**volumes.settled(r), "VolumeiSCSIAttributes": target(r)}, 1) for r in found if r]}


def target(record: Record) -> Record:
    return {"TargetARN": record["TargetARN"], "NetworkInterfaceId": record["NetworkInterfaceId"], "NetworkInterfacePort": 3260,
            "LunNumber": record["LunNumber"], "ChapEnabled": bool(record["Chap"])}


# ---------------------------------------------------------------- CHAP: who may log in to a target


def target_of(c: Context) -> Record:
    found = c.find("Volume", TargetARN=c.params["TargetARN"])
    if not found:
        raise fail(INVALID, "The specified target was not found.")
    gateways.connected(c, found[0]["GatewayARN"])
    return found[0]


@sgw.op("UpdateChapCredentials")
def credentials(c: Context) -> dict[str, Any]:
    record = target_of(c)
    secrets = [c.params[k] for k in ("SecretToAuthenticateInitiator", "SecretToAuthenticateTarget") if c.params.get(k) is not None]
    if not all(12 <= len(s.encode()) <= 16 for s in secrets):  # Windows' initiator wants so; API reference, 2026-11-22
        raise fail(INVALID, "A CHAP secret must have between 12 and 16 bytes.")
    if len(set(secrets)) < len(secrets):
        raise fail(INVALID, "The secrets of the initiator and of the target must differ.")
    record["Chap"][c.params["InitiatorName"]] = dict(c.params)
    return {"TargetARN": record["TargetARN"], "InitiatorName": c.params["InitiatorName"]}


@sgw.op("DescribeChapCredentials")
def all_credentials(c: Context) -> dict[str, Any]:
    return {"ChapCredentials": list(target_of(c)["Chap"].values())}


@sgw.op("DeleteChapCredentials")
def no_credentials(c: Context) -> dict[str, Any]:
    record = target_of(c)
    if record["Chap"].pop(c.params["InitiatorName"], None) is None:
        raise fail(INVALID, "The specified CHAP credentials were not found.")
    return {"TargetARN": record["TargetARN"], "InitiatorName": c.params["InitiatorName"]}


# ---------------------------------------------------------------- snapshots: they are EC2's


@sgw.op("CreateSnapshot")
def snapshot(c: Context) -> dict[str, Any]:
    from moto.ec2.models import ec2_backends
    from moto.ec2.models.elastic_block_store import Snapshot, Volume
    record = c.records("Volume").get(c.params["VolumeARN"])
    if record is None:
        raise fail(*MISSING)
    if volumes.settled(record)["VolumeStatus"] != "AVAILABLE":
        raise fail(INVALID, "The specified volume is not ready.")
    gateways.connected(c, record["GatewayARN"])
    ec2, id_ = ec2_backends[c.account][c.region], make_id("snap-")
    source = Volume(ec2, record["VolumeId"].lower(), record["VolumeSizeInBytes"] // GIB, ec2.get_zone_by_name(f"{c.region}a"))  # not in EC2's own lists
    ec2.snapshots[id_] = made = Snapshot(ec2, id_, source, c.params["SnapshotDescription"])
    made.add_tags({t["Key"]: t["Value"] for t in c.params.get("Tags") or []})
    return {"VolumeARN": record["VolumeARN"], "SnapshotId": id_}
