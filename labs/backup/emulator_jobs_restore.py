"""Restores of EBS volumes: a job that runs through its states, and a volume that stands in no stack."""
from __future__ import annotations

from typing import Any

from emulator.context import Context, now
from emulator.errors import Refused, fail
from emulator.services import service

backup = service("backup")
INVALID = "InvalidParameterValueException"


def jobs() -> Any:
    return backup.kinds["RestoreJob"]


def points() -> Any:
    return backup.kinds["RecoveryPoint"]


@backup.op("StartRestoreJob")
def start_restore(c: Context) -> dict[str, Any]:
    """A volume of its own, which carries no tag unless those of its source were asked for."""
    before = jobs().asked_before(c)
    if before:
        return before  # type: ignore[no-any-return]
    record, metadata = points().completed(c, c.params["RecoveryPointArn"]), {k.lower(): v for k, v in c.params["Metadata"].items()}
    jobs().role(c)
    if c.params.get("ResourceType", "EBS") != "EBS":
        raise fail(INVALID, f"The recovery point is not one of {c.params['ResourceType']}.")
    if not metadata.get("availabilityzone"):
        raise fail(INVALID, "Invalid restore metadata: availabilityZone is missing.")
    job = jobs().begin(c, {
        "RecoveryPointArn": record["RecoveryPointArn"], "SourceResourceArn": record["ResourceArn"], "BackupVaultArn": record["BackupVaultArn"],
        "BackupSizeInBytes": record["BackupSizeInBytes"], "RecoveryPointCreationDate": record["CreationDate"],
        "__failure": jobs().refusal(c, "ec2:CreateVolume", f"arn:{c.partition}:ec2:{c.region}:{c.account}:volume/vol-0"),
    })
    if not job["__failure"]:
        restored(c, job, record, metadata)
    return jobs().result(c, job)


def restored(c: Context, job: dict[str, Any], record: dict[str, Any], metadata: dict[str, str]) -> None:
    snapshot = record["RecoveryPointArn"].rpartition("/")[2]
    tags = c.call("ec2", "DescribeSnapshots", SnapshotIds=[snapshot])["Snapshots"][0].get("Tags", [])
    own = [t for t in tags if not t["Key"].startswith("aws:")] if c.params.get("CopySourceTagsToRestoredResource") else []
    try:
        made = c.call("ec2", "CreateVolume", AvailabilityZone=metadata["availabilityzone"], SnapshotId=snapshot,
                      Size=int(metadata.get("volumesize", record["__metadata"]["volumeSize"])),
                      VolumeType=metadata.get("volumetype", record["__metadata"]["volumeType"]),
                      Encrypted=record["IsEncrypted"] or metadata.get("encrypted", "false").lower() == "true",
                      TagSpecifications=[{"ResourceType": "volume", "Tags": own}] if own else [])
    except (Refused, ValueError) as error:
        job["__failure"] = str(error)
        return
    job["__then"] = {"CreatedResourceArn": f"arn:{c.partition}:ec2:{c.region}:{c.account}:volume/{made['VolumeId']}"}
    record["LastRestoreTime"] = now()
