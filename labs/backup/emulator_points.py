"""Recovery points: EBS snapshots that only AWS Backup may delete, and then only where neither lock nor policy stands in the way."""
from __future__ import annotations

import datetime
from typing import Any

from emulator.base.policy import Caller, Request, applying, names, read, values
from emulator.clock import CLOCK
from emulator.context import Context
from emulator.errors import fail
from emulator.kinds import Kind
from emulator.pages import page
from emulator.services import service

backup = service("backup")
ec2 = service("ec2")
NOT_FOUND = "ResourceNotFoundException"
SNAPSHOT = ":snapshot/"


KEPT = ("BackupVaultName", "BackupVaultArn", "SourceBackupVaultArn", "ResourceArn", "ResourceType", "IamRoleArn", "CreationDate", "BackupSizeInBytes",
        "Lifecycle", "IsParent", "__metadata")  # what a recovery point has of its job


class Points(Kind):
    """A record's `__ready` is the time at which its job is done: until then it is being created."""

    def settled(self, record: dict[str, Any]) -> dict[str, Any]:
        record["Status"] = "COMPLETED" if CLOCK.time() >= record["__ready"] else "CREATING"
        days = (record.get("Lifecycle") or {}).get("DeleteAfterDays")
        if days:
            record["CalculatedLifecycle"] = {"DeleteAt": record["CreationDate"] + datetime.timedelta(days=days)}
        return record

    def make(self, c: Context, snapshot: str, about: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The recovery point that a snapshot is, `seconds` after its job began."""
        done = about["CreationDate"] + datetime.timedelta(seconds=seconds)
        record = {k: about[k] for k in KEPT if about.get(k) is not None} | {
            "RecoveryPointArn": f"arn:{c.partition}:ec2:{c.region}::snapshot/{snapshot}", "IsEncrypted": about["__metadata"]["encrypted"] == "true",
            "StorageClass": "WARM", "VaultType": "BACKUP_VAULT", "InitiationDate": about["CreationDate"], "CompletionDate": done,
            "__since": CLOCK.time(), "__ready": about["__since"] + seconds, "__tags": [],  # with its job, however long the making took
        }
        c.records(self.name)[record["RecoveryPointArn"]] = record
        return record

    def completed(self, c: Context, arn: str, name: str | None = None) -> dict[str, Any]:
        """The recovery point (of the vault of that name), if it can be restored or copied by now."""
        record = c.records(self.name).get(arn)
        if record is None or (name and record["BackupVaultName"] != name):
            raise self.not_found(arn)
        if self.settled(record)["Status"] == "CREATING":
            raise fail("InvalidRequestException", "The recovery point is still being created.")
        return record

    def one(self, c: Context) -> dict[str, Any]:
        vault(c)
        return super().one(c)

    def rows(self, c: Context) -> list[dict[str, Any]]:
        vault(c)
        after, before = aware(c.params.get("ByCreatedAfter")), aware(c.params.get("ByCreatedBefore"))
        plan = c.params.get("ByBackupPlanId")
        return [r for r in super().rows(c) if (not after or r["CreationDate"] >= after) and (not before or r["CreationDate"] <= before)
                and (not plan or (r.get("CreatedBy") or {}).get("BackupPlanId") == plan)]


def aware(limit: datetime.datetime | None) -> datetime.datetime | None:
    """A time of a request comes without its zone, which is UTC."""
    return limit.replace(tzinfo=datetime.timezone.utc) if limit and not limit.tzinfo else limit


def vault(c: Context) -> dict[str, Any]:
    return c.call("backup", "DescribeBackupVault", BackupVaultName=c.params["BackupVaultName"])


RECOVERY_POINTS = Points(
    backup, "RecoveryPoint", key="RecoveryPointArn", get="DescribeRecoveryPoint", list="ListRecoveryPointsByBackupVault", tags="__tags",
    rename={"ByResourceArn": "ResourceArn", "ByResourceType": "ResourceType"},
    missing=(NOT_FOUND, "Recovery point {} was not found."),
)

# ---------------------------------------------------------------- what stands in the way of a deletion


def refuse_by_policy(c: Context, action: str) -> None:
    """A Deny of the vault's access policy binds everybody whom it names, administrators too."""
    held = c.records("Policy").get(c.params["BackupVaultName"])
    if held is None:
        return
    caller = str(c.call("sts", "GetCallerIdentity")["Arn"])
    request = Request(action, c.params["RecoveryPointArn"], values({"aws:PrincipalArn": caller, "aws:PrincipalAccount": c.account}), Caller(caller))
    if any(s.denies and names(s, request.caller) for s in applying([read(held["Policy"])], request)):
        raise fail("AccessDeniedException", f"Insufficient privileges to perform this action: the vault's access policy denies {action}.", 403)


def deletable(c: Context) -> dict[str, Any]:
    record = RECOVERY_POINTS.one(c)
    if record["Status"] == "CREATING":
        raise fail("InvalidResourceStateException", "The recovery point is still being created.")
    if vault(c).get("Locked"):
        raise fail("InvalidRequestException", "Recovery point cannot be deleted or disassociated (Backup vault configured with Lock)")
    return record


@backup.op("DeleteRecoveryPoint")
def delete_point(c: Context) -> None:
    refuse_by_policy(c, "backup:DeleteRecoveryPoint")
    record = deletable(c)
    c.records("RecoveryPoint").pop(record["RecoveryPointArn"])
    snapshot = record["RecoveryPointArn"].rpartition("/")[2]
    if c.exists("ec2", "DescribeSnapshots", SnapshotIds=[snapshot]):
        c.call("ec2", "DeleteSnapshot", SnapshotId=snapshot)


@backup.op("DisassociateRecoveryPoint")
def disassociate(c: Context) -> None:
    """For continuous backups alone: AWS Backup lets go of them, and their own service goes on keeping them."""
    refuse_by_policy(c, "backup:DisassociateRecoveryPoint")
    record = deletable(c)
    if not record.get("__continuous"):
        raise fail("InvalidRequestException", "Only continuous recovery points can be disassociated.")
    c.records("RecoveryPoint").pop(record["RecoveryPointArn"])


@backup.op("UpdateRecoveryPointLifecycle")
def update_lifecycle(c: Context) -> dict[str, Any]:
    refuse_by_policy(c, "backup:UpdateRecoveryPointLifecycle")
    record, held = RECOVERY_POINTS.one(c), vault(c)
    given = c.params.get("Lifecycle") or {}
    days = given.get("DeleteAfterDays")
    if given.get("MoveToColdStorageAfterDays"):
        raise fail("InvalidRequestException", "Moving EBS backups to cold storage is done by a plan that opts in to the archive.")
    if days is not None and days < 1:
        raise fail("InvalidParameterValueException", "DeleteAfterDays must be at least 1.")
    if held.get("Locked") and not within_lock(held, days):
        raise fail("InvalidRequestException", "The lifecycle is outside of what the vault's lock allows.")
    record["Lifecycle"] = given
    return {k: RECOVERY_POINTS.settled(record).get(k) for k in ("BackupVaultArn", "RecoveryPointArn", "Lifecycle", "CalculatedLifecycle")}


def within_lock(held: dict[str, Any], days: int | None) -> bool:
    """A backup without an end is kept for ever."""
    return held.get("MinRetentionDays", 0) <= (days or 36501) <= held.get("MaxRetentionDays", 36501)


@ec2.before_moto("DeleteSnapshot")
def only_by_backup(c: Context) -> None:
    """EC2's words (github.com/cloud-custodian/cloud-custodian issue 9459, 2024)."""
    for arn in c.at("backup").records("RecoveryPoint"):
        if arn.endswith(f"{SNAPSHOT}{c.params['SnapshotId']}"):
            raise fail("InvalidParameterValue", "This snapshot is managed by the AWS Backup service and cannot be deleted via EC2 APIs. "
                                                "If you wish to delete this snapshot, please do so via the Backup console.")


# ---------------------------------------------------------------- what is protected, and how it was


@backup.op("GetRecoveryPointRestoreMetadata")
def restore_metadata(c: Context) -> dict[str, Any]:
    record = RECOVERY_POINTS.one(c)
    return {k: v for k, v in record.items() if k in ("BackupVaultArn", "RecoveryPointArn", "ResourceType")} | {"RestoreMetadata": record["__metadata"]}


@backup.op("ListRecoveryPointsByResource")
def by_resource(c: Context) -> dict[str, Any]:
    if c.params["ResourceArn"].count(":") < 5:
        raise fail("InvalidParameterValueException", f"Invalid ARN: {c.params['ResourceArn']}")
    rows = [RECOVERY_POINTS.settled(r) for r in c.find("RecoveryPoint", ResourceArn=c.params["ResourceArn"])]
    return page(c, [{**r, "BackupSizeBytes": r.get("BackupSizeInBytes")} for r in rows])


def protected(c: Context) -> list[dict[str, Any]]:
    """Each resource with a completed backup, by the last of them."""
    last: dict[str, dict[str, Any]] = {}
    for record in sorted(c.records("RecoveryPoint").values(), key=lambda r: r["CreationDate"]):
        if RECOVERY_POINTS.settled(record)["Status"] == "COMPLETED":
            last[record["ResourceArn"]] = record
    return [{"ResourceArn": arn, "ResourceType": r["ResourceType"], "LastBackupTime": r["CreationDate"], "LastBackupVaultArn": r["BackupVaultArn"],
             "LastRecoveryPointArn": r["RecoveryPointArn"]} for arn, r in last.items()]


@backup.op("ListProtectedResources")
def list_protected(c: Context) -> dict[str, Any]:
    return page(c, protected(c), invalid="InvalidParameterValueException")


@backup.op("DescribeProtectedResource")
def describe_protected(c: Context) -> dict[str, Any]:
    for one in protected(c):
        if one["ResourceArn"] == c.params["ResourceArn"]:
            return one
    raise fail(NOT_FOUND, f"Resource {c.params['ResourceArn']} is not protected.")
