"""File shares of a file gateway: NFS and SMB, the bucket behind them, the role that the gateway takes on to reach it."""
from __future__ import annotations

import json
from typing import Any

from emulator.context import Context, make_id, make_uuid
from emulator.errors import Refused, fail
from emulator.kinds import Block, Kind, States
from emulator.services import service
from emulator.state import Record

sgw = service("storagegateway")
gateways: Any = sgw.kinds["Gateway"]
INVALID = "InvalidGatewayRequestException"
MISSING = (INVALID, "The specified file share was not found.")


def bucket_of(record: Record) -> str:
    return str(record["LocationARN"]).split(":::")[-1].split("/")[0]


def reachable(c: Context, record: Record) -> None:
    """What the service looks at before it makes a share."""
    gateway = gateways.connected(c, record["GatewayARN"], "FILE_S3")
    if "CACHE STORAGE" not in gateway["Disks"].values():
        raise fail(INVALID, "The specified gateway has no cache.")
    if not c.exists("s3", "HeadBucket", Bucket=bucket_of(record)):
        raise fail(INVALID, f"The specified bucket {bucket_of(record)} was not found.")
    if not assumable(c, record["Role"]):
        raise fail(INVALID, f"The specified role {record['Role']} cannot be assumed by storagegateway.amazonaws.com.")
    name = record.get("FileShareName") or bucket_of(record)
    if any(r["GatewayARN"] == record["GatewayARN"] and r["FileShareName"] == name for r in shares(c)):
        raise fail(INVALID, f"The file share name {name} is already in use on this gateway.")
    if c.operation.name == "CreateSMBFileShare":
        guests(gateway, record)


def guests(gateway: Record, record: Record) -> None:
    record["Authentication"] = record.get("Authentication") or "ActiveDirectory"
    if record["Authentication"] == "ActiveDirectory":
        raise fail(INVALID, "The specified gateway is not joined to a domain.")
    if not gateway.get("SMBGuestPasswordSet"):
        raise fail(INVALID, "The guest password of the specified gateway is not set.")


def assumable(c: Context, arn: str) -> bool:
    try:
        role = c.call("iam", "GetRole", RoleName=arn.rsplit("/", 1)[-1])["Role"]
    except Refused:
        return False
    said = role["AssumeRolePolicyDocument"]
    return "storagegateway.amazonaws.com" in (said if isinstance(said, str) else json.dumps(said))


def kind(name: str, protocol: str, made: dict[str, Any]) -> Kind:
    return Kind(
        sgw, name, key="FileShareARN", create=f"Create{protocol}FileShare", update=f"Update{protocol}FileShare", token="ClientToken",
        token_reused=INVALID, arn="FileShareARN", type="storagegateway:share", check=reachable, missing=MISSING,
        states=States("FileShareStatus", (("CREATING", 1.0),), "AVAILABLE"),
        blocks=(Block("DeleteGateway", "GatewayARN", "GatewayARN", (INVALID, "The gateway {} has file shares.")),),
        made={
            "FileShareId": lambda c, r: "share-" + make_id("", 8).upper(), "FileShareARN": lambda c, r: c.arn(f"share/{r['FileShareId']}"),
            "FileShareType": protocol, "FileShareName": lambda c, r: bucket_of(r), "Path": lambda c, r: f"/{r['FileShareName']}",
            "DefaultStorageClass": "S3_STANDARD", "ObjectACL": "private", "ReadOnly": False, "GuessMIMETypeEnabled": True, "RequesterPays": False,
            "KMSEncrypted": False, "EncryptionType": "SseS3", "NotificationPolicy": "{}", "Tags": [], **made,
        },
    )


NFS_DEFAULTS = {"FileMode": "0666", "DirectoryMode": "0777", "GroupId": 65534, "OwnerId": 65534}
nfs = kind("NFSFileShare", "NFS", {"NFSFileShareDefaults": NFS_DEFAULTS, "ClientList": ["0.0.0.0/0"], "Squash": "RootSquash"})
smb = kind("SMBFileShare", "SMB", {"SMBACLEnabled": False, "AccessBasedEnumeration": False, "AdminUserList": [], "ValidUserList": [], "InvalidUserList": [],
                                   "CaseSensitivity": "ClientSpecified", "OplocksEnabled": True})


def shares(c: Context) -> list[Record]:
    return [k.settled(r) for k in (nfs, smb) for r in c.records(k.name).values()]


def share_of(c: Context) -> tuple[Kind, Record]:
    for k in (nfs, smb):
        found = c.records(k.name).get(c.params["FileShareARN"])
        if found:
            return k, k.settled(found)
    raise fail(*MISSING)


@sgw.op("ListFileShares")
def list_shares(c: Context) -> dict[str, Any]:
    from emulator.pages import page
    wanted = c.params.get("GatewayARN")
    echo = {"Marker": c.params["Marker"]} if c.params.get("Marker") else {}  # NextMarker leads on, Marker is what was asked for
    return {**page(c, [r for r in shares(c) if wanted in (None, r["GatewayARN"])]), **echo}


@sgw.op("DescribeNFSFileShares", "DescribeSMBFileShares")
def describe(c: Context) -> dict[str, Any]:
    from emulator.shapes import project
    k, member = (nfs, "NFSFileShareInfoList") if c.operation.name == "DescribeNFSFileShares" else (smb, "SMBFileShareInfoList")
    records, shape = c.records(k.name), c.operation.output_shape.members[member].member
    if any(arn not in records for arn in c.params["FileShareARNList"]):
        raise fail(*MISSING)
    return {member: [project(shape, k.settled(records[arn]), 1) for arn in c.params["FileShareARNList"]]}


@sgw.op("DeleteFileShare")
def delete(c: Context) -> dict[str, Any]:
    """Without force the gateway has to be there to upload what is left in its cache."""
    k, record = share_of(c)
    if not c.params.get("ForceDelete"):
        gateways.connected(c, record["GatewayARN"])
    c.records(k.name).pop(record["FileShareARN"])
    return {"FileShareARN": record["FileShareARN"]}


@sgw.op("RefreshCache")
def refresh(c: Context) -> dict[str, Any]:
    _, record = share_of(c)
    gateways.connected(c, record["GatewayARN"])
    return {"FileShareARN": record["FileShareARN"], "NotificationId": make_uuid()}


@sgw.op("SetSMBGuestPassword")
def guest_password(c: Context) -> dict[str, Any]:
    gateway = gateways.connected(c, c.params["GatewayARN"], "FILE_S3")
    gateway["SMBGuestPasswordSet"] = True
    return {"GatewayARN": gateway["GatewayARN"]}


@sgw.op("DescribeSMBSettings")
def smb_settings(c: Context) -> dict[str, Any]:
    gateway = gateways.connected(c, c.params["GatewayARN"], "FILE_S3")
    return {"GatewayARN": gateway["GatewayARN"], "ActiveDirectoryStatus": "DETACHED", "SMBGuestPasswordSet": bool(gateway.get("SMBGuestPasswordSet")),
            "SMBSecurityStrategy": "MandatoryEncryption", "FileSharesVisible": True, "SMBLocalGroups": {"GatewayAdmins": []}}
