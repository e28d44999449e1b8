"""Tapes, the pools that they are archived to, and the tape library that a tape gateway shows to backup software."""
from __future__ import annotations

from typing import Any

from emulator.cfn.declared import cfn_type
from emulator.cfn.types import Found, Work
from emulator.context import Context, make_id, now
from emulator.errors import fail
from emulator.kinds import Block, Kind, States
from emulator.services import service
from emulator.state import Record

sgw = service("storagegateway")
gateways: Any = sgw.kinds["Gateway"]
INVALID = "InvalidGatewayRequestException"
MISSING = (INVALID, "The specified tape cartridge was not found.")
GIB = 1024 ** 3
SIZES = (100 * GIB, 15 * 1024 * GIB)  # storagegateway user guide, "Quotas for tapes", 2026-11-22
OWN_POOLS = ("GLACIER", "DEEP_ARCHIVE")

# ---------------------------------------------------------------- pools


def locked(c: Context, pool: Record) -> None:
    days, kind = pool.get("RetentionLockTimeInDays") or 0, pool.get("RetentionLockType") or "NONE"
    if (kind == "NONE") != (days == 0):
        raise fail(INVALID, "A retention lock needs a time in days, and a time in days a retention lock.")


pools = Kind(
    sgw, "TapePool", key="PoolARN", create="CreateTapePool", list="ListTapePools", delete="DeleteTapePool", arn="PoolARN", type="storagegateway:tapepool",
    unique=("PoolName",), exists=(INVALID, "A pool with the name {} already exists."), missing=(INVALID, "The specified pool was not found."),
    names={"PoolARNs": "PoolARN"}, check=locked,
    made={"PoolId": lambda c, r: "pool-" + make_id("", 8).upper(), "PoolARN": lambda c, r: c.arn(f"tapepool/{r['PoolId']}"), "PoolStatus": "ACTIVE",
          "RetentionLockType": "NONE", "RetentionLockTimeInDays": 0, "Tags": []},
)


@sgw.before_moto("DeleteTapePool")
def empty(c: Context) -> None:
    pool = c.records("TapePool").get(c.params["PoolARN"])
    if pool and c.find("Tape", PoolId=pool["PoolId"]):
        raise fail(INVALID, "The specified pool has tapes in it.")


def retag(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    arn = found["PoolARN"]
    if gone:
        work.call("storagegateway", "RemoveTagsFromResource", ResourceARN=arn, TagKeys=gone)
    if put:
        work.call("storagegateway", "AddTagsToResource", ResourceARN=arn, Tags=[{"Key": k, "Value": v} for k, v in put.items()])


def delete_pool(work: Work, found: Found) -> None:
    if found["PoolARN"] in work.context.at("storagegateway").records("TapePool"):  # what is gone already is deleted
        work.call("storagegateway", "DeleteTapePool", PoolARN=found["PoolARN"])


cfn_type("AWS::StorageGateway::TapePool", "storagegateway", "CreateTapePool", delete_pool, "PoolARN", name="PoolName", length=100, attrs={"PoolARN": "PoolARN"},
         retag=retag, replace=("PoolName", "StorageClass", "RetentionLockType", "RetentionLockTimeInDays"),
         reader=lambda w, f: w.context.at("storagegateway").records("TapePool").get(f["PoolARN"]))

# ---------------------------------------------------------------- tapes

tapes = Kind(
    sgw, "Tape", key="TapeARN", list="ListTapes", arn="TapeARN", type="storagegateway:tape", missing=MISSING, names={"TapeARNs": "TapeARN"},
    states=States("TapeStatus", (("CREATING", 1.0),), "AVAILABLE"),
    blocks=(Block("DeleteGateway", "GatewayARN", "GatewayARN", (INVALID, "The gateway {} has tapes.")),),
    made={"TapeCreatedDate": lambda c, r: now(), "TapeUsedInBytes": 0, "Worm": False, "PoolId": "GLACIER", "PoolEntryDate": lambda c, r: now(), "Tags": []},
)


@sgw.op("CreateTapes")
def create(c: Context) -> dict[str, Any]:
    gateway = gateways.connected(c, c.params["GatewayARN"], "VTL")
    before = [r for r in c.records("Tape").values() if r.get("ClientToken") == c.params["ClientToken"]]
    if before and before[0]["__request"] != c.params:
        raise fail(INVALID, "The token was used before with other parameters.")
    if before:
        return {"TapeARNs": [r["TapeARN"] for r in before]}
    if not {"CACHE STORAGE", "UPLOAD BUFFER"} <= set(gateway["Disks"].values()):
        raise fail(INVALID, "No disks are available: the gateway lacks cache or upload buffer.")
    if not SIZES[0] <= c.params["TapeSizeInBytes"] <= SIZES[1] or c.params["TapeSizeInBytes"] % GIB:
        raise fail(INVALID, "The specified tape size is invalid.")
    pool = c.params.get("PoolId", "GLACIER")
    if pool not in OWN_POOLS and not c.find("TapePool", PoolId=pool):
        raise fail(INVALID, "The specified pool was not found.")
    return {"TapeARNs": [cartridge(c)["TapeARN"] for _ in range(c.params["NumTapesToCreate"])]}


def cartridge(c: Context) -> Record:
    barcode = c.params["TapeBarcodePrefix"] + make_id("", 8).upper()
    return tapes.keep(c, {**c.params, "TapeBarcode": barcode, "TapeARN": c.arn(f"tape/{barcode}")})


@sgw.op("DescribeTapes")
def describe(c: Context) -> dict[str, Any]:
    from emulator.pages import page
    gateways.known(c, c.params["GatewayARN"])
    wanted = c.params.get("TapeARNs")
    there = [tapes.settled(r) for r in c.find("Tape", GatewayARN=c.params["GatewayARN"]) if not wanted or r["TapeARN"] in wanted]
    if wanted and len(there) < len(wanted):
        raise fail(*MISSING)
    return page(c, there)


@sgw.op("DeleteTape")
def delete(c: Context) -> dict[str, Any]:
    gateways.known(c, c.params["GatewayARN"])
    if not c.find("Tape", TapeARN=c.params["TapeARN"], GatewayARN=c.params["GatewayARN"]):
        raise fail(*MISSING)
    c.records("Tape").pop(c.params["TapeARN"])
    return {"TapeARN": c.params["TapeARN"]}


@sgw.op("DescribeTapeArchives")
def archives(c: Context) -> dict[str, Any]:
    """Backup software archives a tape by ejecting it, and here is none: the shelf is empty."""
    if c.params.get("TapeARNs"):
        raise fail(*MISSING)
    return {"TapeArchives": []}


@sgw.op("DeleteTapeArchive")
def delete_archive(c: Context) -> dict[str, Any]:
    raise fail(*MISSING)


@sgw.op("DescribeVTLDevices")
def devices(c: Context) -> dict[str, Any]:
    """Ten drives and a medium changer."""
    from emulator.pages import page
    gateway = gateways.connected(c, c.params["GatewayARN"], "VTL")
    vendor, product = gateway["TapeDriveType"].split("-", 1)
    drives = [device(gateway, f"tapedrive_{n:02}", "Tape Drive", vendor, product) for n in range(1, 11)]
    changer = device(gateway, "mediachanger", "Medium Changer", "STK", gateway["MediumChangerType"].removeprefix("STK-"))
    wanted = c.params.get("VTLDeviceARNs")
    every = [d for d in [changer, *drives] if not wanted or d["VTLDeviceARN"] in wanted]
    if wanted and len(every) < len(wanted):
        raise fail(INVALID, "The specified device was not found.")
    return {"GatewayARN": gateway["GatewayARN"], **page(c, every)}


def device(gateway: Record, name: str, kind: str, vendor: str, product: str) -> Record:
    arn = f"{gateway['GatewayARN']}/device/AMZN_{gateway['GatewayId'].upper()}_{name.upper()}"
    iqn = f"{gateway['GatewayARN']}/target/iqn.1997-05.com.amazon:{gateway['GatewayId'].lower()}-{name}"
    address = gateway["GatewayNetworkInterfaces"][0]["Ipv4Address"]
    return {"VTLDeviceARN": arn, "VTLDeviceType": kind, "VTLDeviceVendor": vendor, "VTLDeviceProductIdentifier": product,
            "DeviceiSCSIAttributes": {"TargetARN": iqn, "NetworkInterfaceId": address, "NetworkInterfacePort": 3260, "ChapEnabled": False}}
