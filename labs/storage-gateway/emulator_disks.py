"""A gateway's disks: what of its instance's volumes is cache or upload buffer; and how much of the line it may take."""
from __future__ import annotations

from typing import Any

from emulator.context import Context
from emulator.errors import fail
from emulator.services import service
from emulator.state import Record

sgw = service("storagegateway")
gateways: Any = sgw.kinds["Gateway"]
INVALID = "InvalidGatewayRequestException"
GIB = 1024 ** 3
SMALLEST = 150 * GIB  # cache and upload buffer; storagegateway user guide, "Requirements", 2026-11-22
FREE, CACHE, BUFFER = "AVAILABLE", "CACHE STORAGE", "UPLOAD BUFFER"


def attached(gateway: Record) -> list[Record]:
    """The volumes of its instance beside the root, as a Nitro instance numbers them."""
    instance = next(i for r in backend(gateway).reservations.values() for i in r.instances if i.id == gateway["Ec2InstanceId"])
    volumes = [v for v in backend(gateway).volumes.values() if v.attachment and v.attachment.instance.id == instance.id]
    data = sorted((v for v in volumes if v.attachment.device != instance.root_device_name), key=lambda v: str(v.attachment.device))
    return [{"DiskId": f"/dev/nvme{n}n1", "DiskPath": f"/dev/nvme{n}n1", "DiskNode": v.attachment.device, "DiskStatus": "present",
             "DiskSizeInBytes": int(v.size) * GIB, "DiskAllocationType": gateway["Disks"].get(f"/dev/nvme{n}n1", FREE),
             "DiskAllocationResource": "none", "DiskAttributeList": []} for n, v in enumerate(data, 1)]


def backend(gateway: Record) -> Any:
    from moto.ec2.models import ec2_backends
    return ec2_backends[gateway["GatewayARN"].split(":")[4]][gateway["Ec2InstanceRegion"]]


@sgw.op("ListLocalDisks")
def disks(c: Context) -> dict[str, Any]:
    gateway = gateways.connected(c, c.params["GatewayARN"])
    return {"GatewayARN": gateway["GatewayARN"], "Disks": attached(gateway)}


def take(c: Context, use: str, *types: str) -> dict[str, Any]:
    """Gives free disks a use, for good: the API has no way to take it back."""
    gateway = gateways.connected(c, c.params["GatewayARN"], *types)
    there = {d["DiskId"]: d for d in attached(gateway)}
    for id_ in c.params["DiskIds"]:
        if id_ not in there:
            raise fail(INVALID, "The specified disk does not exist.")
        if there[id_]["DiskAllocationType"] != FREE:
            raise fail(INVALID, "The specified disk is already allocated.")
        if there[id_]["DiskSizeInBytes"] < SMALLEST:
            raise fail(INVALID, "The specified disk is too small.")
    gateway["Disks"].update(dict.fromkeys(c.params["DiskIds"], use))
    return {"GatewayARN": gateway["GatewayARN"]}


def taken(c: Context, use: str, *types: str) -> tuple[Record, list[str], int]:
    """(gateway, ids, bytes) of the disks with a use."""
    gateway = gateways.connected(c, c.params["GatewayARN"], *types)
    found = [d for d in attached(gateway) if d["DiskAllocationType"] == use]
    return gateway, [d["DiskId"] for d in found], sum(d["DiskSizeInBytes"] for d in found)


@sgw.op("AddCache")
def add_cache(c: Context) -> dict[str, Any]:
    return take(c, CACHE, "CACHED", "VTL", "FILE_S3")


@sgw.op("AddUploadBuffer")
def add_buffer(c: Context) -> dict[str, Any]:
    return take(c, BUFFER, "CACHED", "VTL", "STORED")


@sgw.op("DescribeCache")
def cache(c: Context) -> dict[str, Any]:
    gateway, ids, size = taken(c, CACHE, "CACHED", "VTL", "FILE_S3")
    used = dict.fromkeys(("CacheUsedPercentage", "CacheDirtyPercentage", "CacheHitPercentage", "CacheMissPercentage"), 0.0)
    return {"GatewayARN": gateway["GatewayARN"], "DiskIds": ids, "CacheAllocatedInBytes": size, **used}


@sgw.op("DescribeUploadBuffer")
def buffer(c: Context) -> dict[str, Any]:
    gateway, ids, size = taken(c, BUFFER, "CACHED", "VTL", "STORED")
    return {"GatewayARN": gateway["GatewayARN"], "DiskIds": ids, "UploadBufferUsedInBytes": 0, "UploadBufferAllocatedInBytes": size}


# ---------------------------------------------------------------- bandwidth

RATES = ("AverageUploadRateLimitInBitsPerSec", "AverageDownloadRateLimitInBitsPerSec")


@sgw.op("UpdateBandwidthRateLimit")
def limit(c: Context) -> dict[str, Any]:
    """For a file gateway there is the schedule alone."""
    gateway = gateways.connected(c, c.params["GatewayARN"], "STORED", "CACHED", "VTL")
    said = {k: c.params[k] for k in RATES if c.params.get(k) is not None}
    if not said:
        raise fail(INVALID, "You must specify at least one of the upload or the download rate limit.")
    gateway["Rates"] = {**gateway.get("Rates", {}), **said}
    return {"GatewayARN": gateway["GatewayARN"]}


@sgw.op("DescribeBandwidthRateLimit")
def limits(c: Context) -> dict[str, Any]:
    """A limit that is not set is not in the answer."""
    gateway = gateways.connected(c, c.params["GatewayARN"], "STORED", "CACHED", "VTL")
    return {"GatewayARN": gateway["GatewayARN"], **gateway.get("Rates", {})}


@sgw.op("DeleteBandwidthRateLimit")
def unlimited(c: Context) -> dict[str, Any]:
    gateway = gateways.connected(c, c.params["GatewayARN"], "STORED", "CACHED", "VTL")
    gone = {"UPLOAD": RATES[:1], "DOWNLOAD": RATES[1:], "ALL": RATES}.get(c.params["BandwidthType"])
    if gone is None:
        raise fail(INVALID, "The specified bandwidth type is invalid.")
    gateway["Rates"] = {k: v for k, v in gateway.get("Rates", {}).items() if k not in gone}
    return {"GatewayARN": gateway["GatewayARN"]}


def minutes(interval: Record, end: str) -> int:
    return int(interval[f"{end}HourOfDay"]) * 60 + int(interval[f"{end}MinuteOfHour"])


@sgw.op("UpdateBandwidthRateLimitSchedule")
def schedule(c: Context) -> dict[str, Any]:
    """The whole schedule at once; an empty one takes it away. A file gateway limits uploads only."""
    gateway = gateways.connected(c, c.params["GatewayARN"])
    intervals = c.params["BandwidthRateLimitIntervals"]
    for interval in intervals:
        if minutes(interval, "End") <= minutes(interval, "Start"):
            raise fail(INVALID, "The end of an interval must be after its start.")
        if not any(interval.get(k) for k in RATES):
            raise fail(INVALID, "An interval must have a rate limit.")
        if gateway["GatewayType"] == "FILE_S3" and interval.get(RATES[1]):
            raise fail(INVALID, "The download rate limit is not supported for this gateway type.")
    spans = sorted((day, minutes(i, "Start"), minutes(i, "End")) for i in intervals for day in i["DaysOfWeek"])
    if any(a[0] == b[0] and b[1] <= a[2] for a, b in zip(spans, spans[1:])):
        raise fail(INVALID, "Intervals must not overlap.")
    gateway["Schedule"] = intervals
    return {"GatewayARN": gateway["GatewayARN"]}


@sgw.op("DescribeBandwidthRateLimitSchedule")
def schedules(c: Context) -> dict[str, Any]:
    gateway = gateways.connected(c, c.params["GatewayARN"])
    return {"GatewayARN": gateway["GatewayARN"], "BandwidthRateLimitIntervals": gateway.get("Schedule", [])}
