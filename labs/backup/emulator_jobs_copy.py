"""Copies of recovery points into a vault of another region."""
from __future__ import annotations

from typing import Any

from emulator.context import Context
from emulator.errors import fail
from emulator.services import service

backup = service("backup")
INVALID = "InvalidParameterValueException"
SECONDS = 1.2  # until the copy is one; minutes on AWS


def jobs() -> Any:
    return backup.kinds["CopyJob"]


def points() -> Any:
    return backup.kinds["RecoveryPoint"]


@backup.op("StartCopyJob")
def start_copy(c: Context) -> dict[str, Any]:
    before = jobs().asked_before(c)
    if before:
        return before  # type: ignore[no-any-return]
    source = c.call("backup", "DescribeBackupVault", BackupVaultName=c.params["SourceBackupVaultName"])
    record = points().completed(c, c.params["RecoveryPointArn"], source["BackupVaultName"])
    jobs().role(c)
    there = destination(c, source)
    vault = there.call("backup", "DescribeBackupVault", BackupVaultName=c.params["DestinationBackupVaultArn"].rpartition(":")[2])
    failure = jobs().outside_lock(vault, c.params.get("Lifecycle")) or jobs().refusal(c, "ec2:CopySnapshot", record["RecoveryPointArn"])
    job = jobs().begin(c, {
        "SourceBackupVaultArn": source["BackupVaultArn"], "SourceRecoveryPointArn": record["RecoveryPointArn"], "ResourceArn": record["ResourceArn"],
        "DestinationBackupVaultArn": vault["BackupVaultArn"], "DestinationRecoveryPointLifecycle": c.params.get("Lifecycle"),
        "BackupSizeInBytes": record["BackupSizeInBytes"], "__failure": failure,
    })
    if not failure:
        copied = copy(c, there, record, {**job, **{k: vault[k] for k in ("BackupVaultName", "BackupVaultArn")}})
        job["__then"] = {"DestinationRecoveryPointArn": copied["RecoveryPointArn"]}
    return jobs().result(c, job)


def destination(c: Context, source: dict[str, Any]) -> Context:
    """The vault's account and region. Another account has to be of the same organization, and the settings have to let copies out."""
    parts = c.params["DestinationBackupVaultArn"].split(":")
    if len(parts) != 7 or parts[2] != "backup" or parts[5] != "backup-vault":
        raise fail(INVALID, f"Invalid ARN: {c.params['DestinationBackupVaultArn']}")
    if parts[4] != c.account:
        settings = c.call("backup", "DescribeGlobalSettings")["GlobalSettings"]
        if settings.get("isCrossAccountBackupEnabled") != "true" or source["EncryptionKeyArn"].endswith("/aws-backup"):
            raise fail("InvalidRequestException", "Copies into another account have to be enabled, and need a key of the customer's.")
        raise NotImplementedError("copies into another account")
    there = Context("backup", None, {}, c.account, parts[3])
    there.access_key = c.access_key
    return there


def copy(c: Context, there: Context, record: dict[str, Any], job: dict[str, Any]) -> dict[str, Any]:
    snapshot = record["RecoveryPointArn"].rpartition("/")[2]
    tags = c.call("ec2", "DescribeSnapshots", SnapshotIds=[snapshot])["Snapshots"][0].get("Tags", [])
    made = there.call("ec2", "CopySnapshot", SourceRegion=c.region, SourceSnapshotId=snapshot, Description="This snapshot is created by the AWS Backup service.",
                      TagSpecifications=[{"ResourceType": "snapshot", "Tags": tags}] if tags else [])
    about = {**job, "SourceBackupVaultArn": record["BackupVaultArn"], "Lifecycle": c.params.get("Lifecycle"), "__metadata": record["__metadata"]}
    return points().make(there, made["SnapshotId"], about, SECONDS)  # type: ignore[no-any-return]
