"""What moto lacks of AWS Backup: what is said of a vault, and the settings of the account. Plans, jobs, recovery points: in the parts."""
from __future__ import annotations

from typing import Any

from emulator.base.conditions import Malformed
from emulator.base.policy import read
from emulator.context import Context, now
from emulator.errors import Refused, fail
from emulator.pages import page
from emulator.services import service

backup = service("backup")

# ---------------------------------------------------------------- vaults

EVENTS = {  # API reference of PutBackupVaultNotifications, 2026-11-22
    "BACKUP_JOB_STARTED", "BACKUP_JOB_COMPLETED", "BACKUP_JOB_SUCCESSFUL", "BACKUP_JOB_FAILED", "BACKUP_JOB_EXPIRED", "RESTORE_JOB_STARTED",
    "RESTORE_JOB_COMPLETED", "RESTORE_JOB_SUCCESSFUL", "RESTORE_JOB_FAILED", "COPY_JOB_STARTED", "COPY_JOB_SUCCESSFUL", "COPY_JOB_FAILED",
    "RECOVERY_POINT_MODIFIED", "BACKUP_PLAN_CREATED", "BACKUP_PLAN_MODIFIED", "S3_BACKUP_OBJECT_FAILED", "S3_RESTORE_OBJECT_FAILED",
    "CONTINUOUS_BACKUP_INTERRUPTED", "RECOVERY_POINT_INDEX_COMPLETED", "RECOVERY_POINT_INDEX_DELETED", "RECOVERY_POINT_INDEXING_FAILED",
}


def vault(c: Context) -> dict[str, Any]:
    """The vault that the request names; moto's own error where there is none."""
    return c.call("backup", "DescribeBackupVault", BackupVaultName=c.params["BackupVaultName"])


def points(c: Context, name: str) -> int:
    return len(c.find("RecoveryPoint", BackupVaultName=name))


@backup.after_moto("CreateBackupVault")
def keyed(c: Context, answer: dict[str, Any]) -> None:
    """Without a key of its own a vault has AWS Backup's, which cannot be shared with another account."""
    key = c.params.get("EncryptionKeyArn") or f"arn:{c.partition}:kms:{c.region}:{c.account}:key/aws-backup"
    c.records("Vault")[c.params["BackupVaultName"]] = {"EncryptionKeyArn": key}


@backup.around_moto("DescribeBackupVault")
def describe(c: Context, moto: Any) -> dict[str, Any]:
    name = c.params["BackupVaultName"]
    for one in c.call("backup", "ListBackupVaults")["BackupVaultList"]:
        if one["BackupVaultName"] == name:
            return one  # type: ignore[no-any-return]
    raise fail("ResourceNotFoundException", f"Backup vault {name} not found.")


@backup.after_moto("ListBackupVaults")
def counted(c: Context, answer: dict[str, Any]) -> dict[str, Any]:
    rows = answer["BackupVaultList"]
    for row in rows:
        own = c.records("Vault").get(row["BackupVaultName"], {})
        row.update(NumberOfRecoveryPoints=points(c, row["BackupVaultName"]), VaultType="BACKUP_VAULT", VaultState="AVAILABLE", **own)
        row.setdefault("Locked", False)
    return answer if c.within else page(c, rows)


@backup.before_moto("DeleteBackupVault")
def empty(c: Context) -> None:
    name = vault(c)["BackupVaultName"]
    if points(c, name):
        raise fail("InvalidRequestException", "Backup vault cannot be deleted because it contains recovery points.")
    for kind in ("Vault", "Policy", "Notifications"):
        c.records(kind).pop(name, None)


@backup.op("PutBackupVaultAccessPolicy")
def put_policy(c: Context) -> None:
    found, policy = vault(c), c.params.get("Policy")
    if not policy:
        raise fail("MissingParameterValueException", "Policy is missing.")
    try:
        statements = read(policy, kind="Resource Policy").statements()
    except Malformed as error:
        raise fail("InvalidParameterValueException", f"Invalid policy document: {error}") from None
    if any("Principal" not in s.body and "NotPrincipal" not in s.body for s in statements):
        raise fail("InvalidParameterValueException", "Invalid policy document: a statement names no principal.")
    c.records("Policy")[found["BackupVaultName"]] = {**found, "Policy": policy}


@backup.op("GetBackupVaultAccessPolicy")
def get_policy(c: Context) -> dict[str, Any]:
    return said(c, "Policy", "policy", ("BackupVaultName", "BackupVaultArn", "Policy"))


@backup.op("PutBackupVaultNotifications")
def put_notifications(c: Context) -> None:
    found, events = vault(c), c.params["BackupVaultEvents"]
    unknown = [e for e in events if e not in EVENTS]
    if unknown or not events:
        raise fail("InvalidParameterValueException", f"Invalid backup vault events: {', '.join(unknown)}")
    if not c.exists("sns", "GetTopicAttributes", TopicArn=c.params["SNSTopicArn"]):
        raise fail("InvalidParameterValueException", f"SNS topic {c.params['SNSTopicArn']} does not exist.")
    c.records("Notifications")[found["BackupVaultName"]] = {**found, "SNSTopicArn": c.params["SNSTopicArn"], "BackupVaultEvents": events}


@backup.op("GetBackupVaultNotifications")
def get_notifications(c: Context) -> dict[str, Any]:
    return said(c, "Notifications", "notifications", ("BackupVaultName", "BackupVaultArn", "SNSTopicArn", "BackupVaultEvents"))


def said(c: Context, kind: str, word: str, members: tuple[str, ...]) -> dict[str, Any]:
    name = vault(c)["BackupVaultName"]
    record = c.records(kind).get(name)
    if record is None:
        raise fail("ResourceNotFoundException", f"Backup vault {name} has no {word}.")
    return {m: record[m] for m in members}


@backup.op("DeleteBackupVaultAccessPolicy")
def delete_policy(c: Context) -> None:
    c.records("Policy").pop(vault(c)["BackupVaultName"], None)


@backup.op("DeleteBackupVaultNotifications")
def delete_notifications(c: Context) -> None:
    c.records("Notifications").pop(vault(c)["BackupVaultName"], None)


# ---------------------------------------------------------------- settings

TYPES = ("Aurora", "CloudFormation", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "Redshift", "S3",
         "SAP HANA on Amazon EC2", "Storage Gateway", "Timestream", "VirtualMachine")
MANAGED = ("CloudFormation", "DynamoDB", "EFS")  # the types whose management can be chosen


def settings(c: Context) -> dict[str, Any]:
    """Of the region. All types are opted in, as in an account that has been asked once; a test or a learner turns one off."""
    made = {"ResourceTypeOptInPreference": dict.fromkeys(TYPES, True), "ResourceTypeManagementPreference": dict.fromkeys(MANAGED, True)}
    return c.records("Settings").setdefault("region", made)


@backup.op("DescribeRegionSettings")
def region_settings(c: Context) -> dict[str, Any]:
    return settings(c)


@backup.op("UpdateRegionSettings")
def update_region_settings(c: Context) -> None:
    for name, allowed in (("ResourceTypeOptInPreference", TYPES), ("ResourceTypeManagementPreference", MANAGED)):
        given = c.params.get(name) or {}
        strangers = sorted(set(given) - set(allowed))
        if strangers:
            raise fail("InvalidParameterValueException", f"Unsupported resource type: {', '.join(strangers)}")
        settings(c)[name].update(given)


@backup.op("GetSupportedResourceTypes")
def supported(c: Context) -> dict[str, Any]:
    return {"ResourceTypes": list(TYPES)}


def organization(c: Context) -> dict[str, Any]:
    try:
        return c.call("organizations", "DescribeOrganization")["Organization"]
    except Refused:
        raise fail("InvalidRequestException", "The account is not a member of an organization in AWS Organizations.") from None


def global_records(c: Context) -> dict[str, Any]:
    """One for all regions."""
    return c.at("backup", regional=False).records("GlobalSettings")


@backup.op("DescribeGlobalSettings")
def global_settings(c: Context) -> dict[str, Any]:
    organization(c)
    return global_records(c).get("global") or {"GlobalSettings": {"isCrossAccountBackupEnabled": "false"}, "LastUpdateTime": now()}


@backup.op("UpdateGlobalSettings")
def update_global_settings(c: Context) -> None:
    """The organization's management account alone may."""
    if organization(c)["MasterAccountId"] != c.account:
        raise fail("InvalidRequestException", "Only the management account of the organization can change the global settings.")
    given = c.params.get("GlobalSettings") or {}
    known = ("isCrossAccountBackupEnabled", "isDelegatedAdministratorEnabled", "isMpaEnabled")
    if not given or any(k not in known or v not in ("true", "false") for k, v in given.items()):
        raise fail("InvalidParameterValueException", f"Invalid global settings: {given}")
    before = global_records(c).get("global", {}).get("GlobalSettings", {"isCrossAccountBackupEnabled": "false"})
    global_records(c)["global"] = {"GlobalSettings": {**before, **given}, "LastUpdateTime": now()}
