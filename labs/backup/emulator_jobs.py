"""Jobs of AWS Backup on EBS volumes: backups, restores and copies that run through their states, and what they leave."""
from __future__ import annotations

import datetime
import json
from typing import Any
from urllib.parse import unquote

from emulator.clock import CLOCK
from emulator.context import Context, make_uuid, now
from emulator.errors import Refused, fail
from emulator.kinds import Kind, States
from emulator.services import service

backup = service("backup")
INVALID, NOT_FOUND = "InvalidParameterValueException", "ResourceNotFoundException"
WAITING, RUNNING = 0.4, 0.8  # seconds; minutes on AWS
START_WINDOW = 480  # minutes that a job may take to begin, unless said otherwise (API reference of StartBackupJob, 2026-11-22)
GIB = 1024 ** 3
RENAMED = {"ByState": "State", "ByStatus": "Status", "ByResourceArn": "ResourceArn", "ByResourceType": "ResourceType", "ByAccountId": "AccountId",
           "ByBackupVaultName": "BackupVaultName", "ByDestinationVaultArn": "DestinationBackupVaultArn",
           "BySourceRecoveryPointArn": "SourceRecoveryPointArn", "ByParentJobId": "ParentJobId", "ByMessageCategory": "MessageCategory"}
DATES = {"ByCreatedAfter": ("CreationDate", 1), "ByCreatedBefore": ("CreationDate", -1), "ByCompleteAfter": ("CompletionDate", 1),
         "ByCompleteBefore": ("CompletionDate", -1)}


def aware(limit: datetime.datetime) -> datetime.datetime:
    """A time of a request comes without its zone, which is UTC."""
    return limit if limit.tzinfo else limit.replace(tzinfo=datetime.timezone.utc)


class Job(Kind):
    """`__failure` says why it fails, `__then` what is known of it when it is done, `__aborted` when somebody stopped it."""

    def settled(self, record: dict[str, Any]) -> dict[str, Any]:
        assert self.states
        word = self.states.field
        state = self.states.at(CLOCK.time() - record["__since"])
        if record.get("__aborted"):
            state, record["StatusMessage"] = "ABORTED", "The job was stopped."
        elif state != self.states.steps[0][0] and record.get("__failure"):
            state, record["StatusMessage"] = "FAILED", record["__failure"]
        elif state == "COMPLETED":
            record.update(record["__then"])
        record[word] = state
        record["PercentDone"] = "100.0" if state == "COMPLETED" else "0.0"
        if state in ("COMPLETED", "FAILED", "ABORTED"):
            record.setdefault("CompletionDate", now())
        return record

    def rows(self, c: Context) -> list[dict[str, Any]]:
        """The newest first."""
        rows = super().rows(c)
        for name, (member, sign) in DATES.items():
            limit = c.params.get(name)
            if limit:
                rows = [r for r in rows if r.get(member) and sign * (r[member] - aware(limit)).total_seconds() >= 0]
        return sorted(rows, key=lambda r: r["CreationDate"], reverse=True)

    def begin(self, c: Context, record: dict[str, Any]) -> dict[str, Any]:
        return self.keep(c, {"AccountId": c.account, "CreationDate": now(), "ResourceType": "EBS", "IsParent": False, "__then": {}, **record})


def steps(field: str, waiting: str) -> States:
    return States(field, ((waiting, WAITING), ("RUNNING", RUNNING)), "COMPLETED")


BACKUPS = Job(backup, "BackupJob", key="BackupJobId", get="DescribeBackupJob", list="ListBackupJobs", rename=RENAMED, states=steps("State", "CREATED"),
              missing=(NOT_FOUND, "Backup job {} was not found."), made={"BackupJobId": make_uuid})
RESTORES = Job(backup, "RestoreJob", key="RestoreJobId", get="DescribeRestoreJob", list="ListRestoreJobs", rename=RENAMED,
               states=steps("Status", "PENDING"), missing=(NOT_FOUND, "Restore job {} was not found."), made={"RestoreJobId": make_uuid})
COPIES = Job(backup, "CopyJob", key="CopyJobId", get="DescribeCopyJob", list="ListCopyJobs", rename=RENAMED, states=steps("State", "CREATED"),
             output="CopyJob", missing=(NOT_FOUND, "Copy job {} was not found."), made={"CopyJobId": make_uuid})

# ---------------------------------------------------------------- who does it


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def taken_on(c: Context, arn: str | None) -> str:
    """The name of a role that AWS Backup may assume."""
    if not arn:
        raise fail("MissingParameterValueException", "IamRoleArn is missing.")
    name = arn.rsplit("/", 1)[-1]
    try:
        document = c.call("iam", "GetRole", RoleName=name)["Role"]["AssumeRolePolicyDocument"]
    except Refused:
        document = {}
    trust = json.loads(unquote(document)) if isinstance(document, str) else document
    trusted = [p for s in many(trust.get("Statement")) if isinstance(s.get("Principal"), dict) for p in many(s["Principal"].get("Service"))]
    if "backup.amazonaws.com" not in trusted:
        raise fail(INVALID, f"IAM Role {arn} cannot be assumed by AWS Backup")
    return name


def may(c: Context, role: str, action: str) -> bool:
    """Whether some policy of the role allows the action on something."""
    documents = [c.call("iam", "GetRolePolicy", RoleName=role, PolicyName=n)["PolicyDocument"]
                 for n in c.call("iam", "ListRolePolicies", RoleName=role)["PolicyNames"]]
    for one in c.call("iam", "ListAttachedRolePolicies", RoleName=role)["AttachedPolicies"]:
        version = c.call("iam", "GetPolicy", PolicyArn=one["PolicyArn"])["Policy"]["DefaultVersionId"]
        documents.append(c.call("iam", "GetPolicyVersion", PolicyArn=one["PolicyArn"], VersionId=version)["PolicyVersion"]["Document"])
    return any(s["Effect"] == "Allow" and any(covers(a, action) for a in many(s.get("Action")))
               for d in documents for s in many((json.loads(unquote(d)) if isinstance(d, str) else d)["Statement"]))


def covers(pattern: str, action: str) -> bool:
    start, star, _ = pattern.lower().partition("*")
    return action.lower().startswith(start) if star else pattern.lower() == action.lower()


def outside_lock(vault: dict[str, Any], lifecycle: dict[str, Any] | None) -> str:
    """Why a locked vault lets a job fail: its backup would be kept too short, or too long (without an end: for ever)."""
    days = (lifecycle or {}).get("DeleteAfterDays") or 36501
    if vault.get("Locked") and not vault.get("MinRetentionDays", 0) <= days <= vault.get("MaxRetentionDays", 36501):
        return "The retention period is outside of what the lock of the backup vault allows."
    return ""


# ---------------------------------------------------------------- backups


def volume_of(c: Context, arn: str) -> dict[str, Any]:
    if arn.count(":") < 5:
        raise fail(INVALID, f"Invalid ARN: {arn}")
    if ":volume/" not in arn:
        raise NotImplementedError(f"backups of {arn}")
    try:
        return c.call("ec2", "DescribeVolumes", VolumeIds=[arn.rpartition("/")[2]])["Volumes"][0]  # type: ignore[no-any-return]
    except Refused:
        raise fail(NOT_FOUND, f"Resource {arn} was not found.") from None


def same_token(c: Context, kind: str) -> dict[str, Any] | None:
    token = c.params.get("IdempotencyToken")
    return next(iter(c.find(kind, __token=token)), None) if token else None


@backup.op("StartBackupJob")
def start_backup(c: Context) -> dict[str, Any]:
    before = same_token(c, "BackupJob")
    if before:
        return BACKUPS.result(c, before)
    vault = c.call("backup", "DescribeBackupVault", BackupVaultName=c.params["BackupVaultName"])
    role = taken_on(c, c.params["IamRoleArn"])
    if c.params.get("StartWindowMinutes", START_WINDOW) < 60:
        raise fail(INVALID, "StartWindowMinutes must be at least 60.")
    volume, lifecycle = volume_of(c, c.params["ResourceArn"]), c.params.get("Lifecycle")
    if not c.call("backup", "DescribeRegionSettings")["ResourceTypeOptInPreference"]["EBS"]:
        raise fail("InvalidRequestException", "EBS is not opted in to AWS Backup in this Region.")
    failure = outside_lock(vault, lifecycle) or ("" if may(c, role, "ec2:CreateSnapshot") else "Access Denied: the role may not create snapshots.")
    job = BACKUPS.begin(c, {
        "BackupVaultName": vault["BackupVaultName"], "BackupVaultArn": vault["BackupVaultArn"], "ResourceArn": c.params["ResourceArn"],
        "IamRoleArn": c.params["IamRoleArn"], "RecoveryPointLifecycle": lifecycle, "__failure": failure, "__token": c.params.get("IdempotencyToken"),
        "StartBy": now() + datetime.timedelta(minutes=c.params.get("StartWindowMinutes", START_WINDOW)), "BackupSizeInBytes": volume["Size"] * GIB,
    })
    if not failure:
        taken = take(c, job, volume)
        job["__then"] = {"RecoveryPointArn": taken["RecoveryPointArn"], "BytesTransferred": 0, "IsEncrypted": bool(volume.get("Encrypted"))}
    out = BACKUPS.result(c, job)
    out.pop("RecoveryPointArn", None)
    return out


def take(c: Context, job: dict[str, Any], volume: dict[str, Any]) -> dict[str, Any]:
    """The snapshot, with the volume's tags, and the recovery point that it is."""
    tags = {**{t["Key"]: t["Value"] for t in volume.get("Tags", []) if not t["Key"].startswith("aws:")}, **(c.params.get("RecoveryPointTags") or {}),
            "aws:backup:source-resource": volume["VolumeId"]}
    made = c.call("ec2", "CreateSnapshot", VolumeId=volume["VolumeId"], Description="This snapshot is created by the AWS Backup service.",
                  TagSpecifications=[{"ResourceType": "snapshot", "Tags": [{"Key": k, "Value": v} for k, v in tags.items()]}])
    metadata = {"volumeId": volume["VolumeId"], "availabilityZone": volume["AvailabilityZone"], "volumeSize": str(volume["Size"]),
                "volumeType": volume["VolumeType"], "encrypted": str(bool(volume.get("Encrypted"))).lower()}
    return point(c, made["SnapshotId"], {**job, "Lifecycle": c.params.get("Lifecycle"), "__metadata": metadata, "__tags": []})


def point(c: Context, snapshot: str, about: dict[str, Any]) -> dict[str, Any]:
    arn = f"arn:{c.partition}:ec2:{c.region}::snapshot/{snapshot}"
    known = ("BackupVaultName", "BackupVaultArn", "SourceBackupVaultArn", "ResourceArn", "ResourceType", "IamRoleArn", "CreationDate", "BackupSizeInBytes",
             "Lifecycle", "EncryptionKeyArn", "__metadata", "__tags")
    record = {k: about[k] for k in known if about.get(k) is not None}
    record |= {"RecoveryPointArn": arn, "IsEncrypted": about["__metadata"]["encrypted"] == "true", "StorageClass": "WARM", "VaultType": "BACKUP_VAULT",
               "IsParent": False, "InitiationDate": about["CreationDate"], "__since": CLOCK.time(), "__ready": CLOCK.time() + WAITING + RUNNING,
               "CompletionDate": about["CreationDate"] + datetime.timedelta(seconds=WAITING + RUNNING)}
    c.records("RecoveryPoint")[arn] = record
    return record


@backup.op("StopBackupJob")
def stop_backup(c: Context) -> None:
    job = BACKUPS.one(c)
    if job["State"] not in ("CREATED", "PENDING", "RUNNING"):
        raise fail("InvalidRequestException", f"Backup job {job['BackupJobId']} is {job['State']} and cannot be stopped.")
    job["__aborted"] = True
    gone = c.records("RecoveryPoint").pop(job["__then"].get("RecoveryPointArn", ""), None)
    if gone:
        c.call("ec2", "DeleteSnapshot", SnapshotId=gone["RecoveryPointArn"].rpartition("/")[2])


# ---------------------------------------------------------------- restores


def completed(c: Context, arn: str, vault: str | None = None) -> dict[str, Any]:
    """The recovery point, if it can be restored or copied by now."""
    record = c.records("RecoveryPoint").get(arn)
    if record is None or (vault and record["BackupVaultName"] != vault):
        raise fail(NOT_FOUND, f"Recovery point {arn} was not found.")
    if CLOCK.time() < record["__ready"]:
        raise fail("InvalidRequestException", "The recovery point is still being created.")
    return record


@backup.op("StartRestoreJob")
def start_restore(c: Context) -> dict[str, Any]:
    """A volume of its own, which carries no tag unless those of its source were asked for."""
    before = same_token(c, "RestoreJob")
    if before:
        return RESTORES.result(c, before)
    record, metadata = completed(c, c.params["RecoveryPointArn"]), {k.lower(): v for k, v in c.params["Metadata"].items()}
    role = taken_on(c, c.params.get("IamRoleArn"))
    if c.params.get("ResourceType", "EBS") != "EBS":
        raise fail(INVALID, f"The recovery point is not one of {c.params['ResourceType']}.")
    if not metadata.get("availabilityzone"):
        raise fail(INVALID, "Invalid restore metadata: availabilityZone is missing.")
    job = RESTORES.begin(c, {
        "RecoveryPointArn": record["RecoveryPointArn"], "SourceResourceArn": record["ResourceArn"], "BackupVaultArn": record["BackupVaultArn"],
        "IamRoleArn": c.params["IamRoleArn"], "BackupSizeInBytes": record["BackupSizeInBytes"], "RecoveryPointCreationDate": record["CreationDate"],
        "__failure": "" if may(c, role, "ec2:CreateVolume") else "Access Denied: the role may not create volumes.", "__token": c.params.get("IdempotencyToken"),
    })
    if not job["__failure"]:
        restored(c, job, record, metadata)
    return RESTORES.result(c, job)


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


# ---------------------------------------------------------------- copies


@backup.op("StartCopyJob")
def start_copy(c: Context) -> dict[str, Any]:
    before = same_token(c, "CopyJob")
    if before:
        return COPIES.result(c, before)
    source = c.call("backup", "DescribeBackupVault", BackupVaultName=c.params["SourceBackupVaultName"])
    record = completed(c, c.params["RecoveryPointArn"], source["BackupVaultName"])
    role, there = taken_on(c, c.params["IamRoleArn"]), destination(c, source)
    vault = there.call("backup", "DescribeBackupVault", BackupVaultName=c.params["DestinationBackupVaultArn"].rpartition(":")[2])
    failure = outside_lock(vault, c.params.get("Lifecycle")) or ("" if may(c, role, "ec2:CopySnapshot") else "Access Denied: the role may not copy snapshots.")
    job = COPIES.begin(c, {
        "SourceBackupVaultArn": source["BackupVaultArn"], "SourceRecoveryPointArn": record["RecoveryPointArn"], "ResourceArn": record["ResourceArn"],
        "DestinationBackupVaultArn": vault["BackupVaultArn"], "DestinationRecoveryPointLifecycle": c.params.get("Lifecycle"),
        "IamRoleArn": c.params["IamRoleArn"], "BackupSizeInBytes": record["BackupSizeInBytes"], "__failure": failure,
        "__token": c.params.get("IdempotencyToken"),
    })
    if not failure:
        copied = copy(c, there, record, {**job, **{k: vault[k] for k in ("BackupVaultName", "BackupVaultArn")}})
        job["__then"] = {"DestinationRecoveryPointArn": copied["RecoveryPointArn"]}
    return COPIES.result(c, job)


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
    about = {**job, "SourceBackupVaultArn": record["BackupVaultArn"], "Lifecycle": c.params.get("Lifecycle"), "__metadata": record["__metadata"], "__tags": []}
    return point(there, made["SnapshotId"], about)
