"""Jobs of AWS Backup on EBS volumes: backups, restores and copies that run through their states, and what they leave."""
from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import unquote

from emulator.base.conditions import Malformed
from emulator.base.policy import Caller, Request, is_about, names, read
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
        return self.keep(c, {"AccountId": c.account, "CreationDate": now(), "ResourceType": "EBS", "IsParent": False, "__then": {},
                             "IamRoleArn": c.params["IamRoleArn"], "__token": c.params.get("IdempotencyToken"), **record})

    def asked_before(self, c: Context) -> dict[str, Any] | None:
        """The answer to an earlier request with the same idempotency token."""
        token = c.params.get("IdempotencyToken")
        known = c.find(self.name, __token=token) if token else []
        return self.result(c, known[0]) if known else None

    def role(self, c: Context) -> str:
        """The name of the role that AWS Backup is asked to take on, if it may."""
        return taken_on(c, c.params.get("IamRoleArn"))

    def refusal(self, c: Context, action: str, resource: str) -> str:
        """Why the job fails for want of a permission."""
        return "" if may(c, self.role(c), action, resource) else f"Access Denied: the role may not perform {action}."

    def outside_lock(self, vault: dict[str, Any], lifecycle: dict[str, Any] | None) -> str:
        """Why a locked vault lets a job fail: its backup would be kept too short, or too long (without an end: for ever)."""
        days = (lifecycle or {}).get("DeleteAfterDays") or 36501
        if vault.get("Locked") and not vault.get("MinRetentionDays", 0) <= days <= vault.get("MaxRetentionDays", 36501):
            return "The retention period is outside of what the lock of the backup vault allows."
        return ""


def steps(field: str, waiting: str) -> States:
    return States(field, ((waiting, WAITING), ("RUNNING", RUNNING)), "COMPLETED")


BACKUPS = Job(backup, "BackupJob", key="BackupJobId", get="DescribeBackupJob", list="ListBackupJobs", rename=RENAMED, states=steps("State", "CREATED"),
              missing=(NOT_FOUND, "Backup job {} was not found."), made={"BackupJobId": make_uuid})
RESTORES = Job(backup, "RestoreJob", key="RestoreJobId", get="DescribeRestoreJob", list="ListRestoreJobs", rename=RENAMED,
               states=steps("Status", "PENDING"), missing=(NOT_FOUND, "Restore job {} was not found."), made={"RestoreJobId": make_uuid})
COPIES = Job(backup, "CopyJob", key="CopyJobId", get="DescribeCopyJob", list="ListCopyJobs", rename=RENAMED, states=steps("State", "CREATED"),
             output="CopyJob", missing=(NOT_FOUND, "Copy job {} was not found."), made={"CopyJobId": make_uuid})

# ---------------------------------------------------------------- who does it


def taken_on(c: Context, arn: str | None) -> str:
    """The name of a role that AWS Backup may assume."""
    if not arn:
        raise fail("MissingParameterValueException", "IamRoleArn is missing.")
    name = arn.rsplit("/", 1)[-1]
    try:
        document = c.call("iam", "GetRole", RoleName=name)["Role"]["AssumeRolePolicyDocument"]
    except Refused:
        document = {}
    if not trusts(unquote(document) if isinstance(document, str) else document):
        raise fail(INVALID, f"IAM Role {arn} cannot be assumed by AWS Backup")
    return name


def trusts(document: Any) -> bool:
    """Whether a trust policy lets AWS Backup take the role on. (moto keeps any text as one.)"""
    try:
        statements = read(document, kind="Trust policy").statements() if document else []
    except Malformed:
        return False
    asked = Request("sts:AssumeRole", caller=Caller("backup.amazonaws.com", "Service"))
    return any(not s.denies and is_about(s, asked) and names(s, asked.caller) for s in statements)


def may(c: Context, role: str, action: str, resource: str) -> bool:
    """Whether the role's policies let it, their conditions aside."""
    documents = [c.call("iam", "GetRolePolicy", RoleName=role, PolicyName=n)["PolicyDocument"]
                 for n in c.call("iam", "ListRolePolicies", RoleName=role)["PolicyNames"]]
    for one in c.call("iam", "ListAttachedRolePolicies", RoleName=role)["AttachedPolicies"]:
        version = c.call("iam", "GetPolicy", PolicyArn=one["PolicyArn"])["Policy"]["DefaultVersionId"]
        documents.append(c.call("iam", "GetPolicyVersion", PolicyArn=one["PolicyArn"], VersionId=version)["PolicyVersion"]["Document"])
    request = Request(action, resource)
    about = [s for d in documents for s in read(unquote(d) if isinstance(d, str) else d).statements() if is_about(s, request)]
    return bool(about) and not any(s.denies for s in about)


# ---------------------------------------------------------------- backups


def points() -> Any:
    return backup.kinds["RecoveryPoint"]


def volume_of(c: Context, arn: str) -> dict[str, Any]:
    if arn.count(":") < 5:
        raise fail(INVALID, f"Invalid ARN: {arn}")
    if ":volume/" not in arn:
        raise NotImplementedError(f"backups of {arn}")
    try:
        return c.call("ec2", "DescribeVolumes", VolumeIds=[arn.rpartition("/")[2]])["Volumes"][0]  # type: ignore[no-any-return]
    except Refused:
        raise fail(NOT_FOUND, f"Resource {arn} was not found.") from None


@backup.op("StartBackupJob")
def start_backup(c: Context) -> dict[str, Any]:
    before = BACKUPS.asked_before(c)
    if before:
        return before
    vault = c.call("backup", "DescribeBackupVault", BackupVaultName=c.params["BackupVaultName"])
    BACKUPS.role(c)
    if c.params.get("StartWindowMinutes", START_WINDOW) < 60:
        raise fail(INVALID, "StartWindowMinutes must be at least 60.")
    volume, lifecycle = volume_of(c, c.params["ResourceArn"]), c.params.get("Lifecycle")
    if not c.call("backup", "DescribeRegionSettings")["ResourceTypeOptInPreference"]["EBS"]:
        raise fail("InvalidRequestException", "EBS is not opted in to AWS Backup in this Region.")
    failure = BACKUPS.outside_lock(vault, lifecycle) or BACKUPS.refusal(c, "ec2:CreateSnapshot", c.params["ResourceArn"])
    job = BACKUPS.begin(c, {
        "BackupVaultName": vault["BackupVaultName"], "BackupVaultArn": vault["BackupVaultArn"], "ResourceArn": c.params["ResourceArn"],
        "RecoveryPointLifecycle": lifecycle, "__failure": failure,
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
    return points().make(c, made["SnapshotId"], {**job, "Lifecycle": c.params.get("Lifecycle"), "__metadata": metadata}, WAITING + RUNNING)  # type: ignore[no-any-return]


@backup.op("StopBackupJob")
def stop_backup(c: Context) -> None:
    job = BACKUPS.one(c)
    if job["State"] not in ("CREATED", "PENDING", "RUNNING"):
        raise fail("InvalidRequestException", f"Backup job {job['BackupJobId']} is {job['State']} and cannot be stopped.")
    job["__aborted"] = True
    gone = c.records("RecoveryPoint").pop(job["__then"].get("RecoveryPointArn", ""), None)
    if gone:
        c.call("ec2", "DeleteSnapshot", SnapshotId=gone["RecoveryPointArn"].rpartition("/")[2])
