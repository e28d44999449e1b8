"""Snapshots, replicas and restored databases: what of the original they have, and what AWS gives them anew."""
from __future__ import annotations

from typing import Any

from emulator.clock import CLOCK
from emulator.context import Context, make_id, now
from emulator.errors import fail
from emulator.services import service

rds = service("rds")
SNAPSHOT, REPLICA, RESTORE = 0.5, 0.6, 0.6  # seconds; on AWS minutes


def backend(c: Context) -> Any:
    """moto's own RDS of the account and region, imported when somebody asks for it."""
    from moto.rds.models import rds_backends
    return rds_backends[c.account][c.region]


def later(c: Context, thing: Any, seconds: float, **changes: Any) -> None:
    due = thing.__dict__.setdefault("worklab_due", [])
    due.append((CLOCK.time() + (0 if c.within else seconds), changes))
    due.sort(key=lambda one: one[0])


def passes_time(database: Any) -> bool:
    """A database that our creation made, not one that moto has to itself."""
    return database is not None and "worklab_groups" in database.__dict__


def available(database: Any) -> None:
    if database.status != "available":
        raise fail("InvalidDBInstanceState", f"Instance {database.db_instance_identifier} is currently {database.status}.")


# ---------------------------------------------------------------- snapshots


@rds.around_moto("CreateDBSnapshot")
def snapshot(c: Context, moto: Any) -> dict[str, Any]:
    database = backend(c).databases.get(c.params["DBInstanceIdentifier"])
    if passes_time(database):
        available(database)
    answer = moto()
    made = backend(c).database_snapshots[c.params["DBSnapshotIdentifier"]]
    if passes_time(database):
        keep(made, database)
        made.status, made.PercentProgress = "creating", 0
        later(c, made, SNAPSHOT, status="available", PercentProgress=100)
        told = c.call("rds", "DescribeDBSnapshots", DBSnapshotIdentifier=made.db_snapshot_identifier)["DBSnapshots"][0]
        return {"DBSnapshot": {**told, "Status": "creating", "PercentProgress": 0}}
    return answer  # type: ignore[no-any-return]


def keep(made: Any, database: Any) -> None:
    """What a snapshot tells of the database that it was taken of."""
    group = database.__dict__.get("db_subnet_group")
    made.__dict__.update(
        AvailabilityZone=database.availability_zone, VpcId=group.vpc_id if group else None, LicenseModel=database.license_model,
        OptionGroupName=database.option_group_name, StorageType=database.storage_type, SnapshotTarget="region", MultiTenant=False,
        DedicatedLogVolume=False, DBSystemId=None, worklab_due=[], PercentProgress=100)


@rds.before_moto("DeleteDBSnapshot")
def deletable(c: Context) -> None:
    found = backend(c).database_snapshots.get(c.params["DBSnapshotIdentifier"])
    if found is None:
        return
    if found.snapshot_type == "automated":
        raise fail("InvalidDBSnapshotState", f"Only manual snapshots may be deleted: {found.db_snapshot_identifier}")
    if found.status == "creating":
        raise fail("InvalidDBSnapshotState", f"Cannot delete the snapshot because it is not currently in the available or failed state: "
                                             f"{found.db_snapshot_identifier}")


# ---------------------------------------------------------------- replicas


@rds.around_moto("CreateDBInstanceReadReplica")
def replicate(c: Context, moto: Any) -> dict[str, Any]:
    """moto's replica is a copy of its source, with the source's zones, backups, identity and secret."""
    asked, held = c.params, backend(c).databases
    source = held.get(asked.get("SourceDBInstanceIdentifier", "").split(":")[-1])
    if not passes_time(source):
        return moto()  # type: ignore[no-any-return]
    if asked["DBInstanceIdentifier"] in held:
        raise fail("DBInstanceAlreadyExists", "DB Instance already exists")
    available(source)
    if not source.backup_retention_period:
        raise fail("InvalidDBInstanceState", "Automated backups are not enabled for this database instance. To enable automated backups, use "
                                             "ModifyDBInstance to set the backup retention period to a non-zero value.")
    moto()
    replica = held[asked["DBInstanceIdentifier"]]
    replica.__dict__.pop("master_user_secret", None)
    plain = {"multi_az": bool(asked.get("MultiAZ")), "deletion_protection": bool(asked.get("DeletionProtection")), "manage_master_user_password": False,
             "tags": asked.get("Tags") or [], "enabled_cloudwatch_logs_exports": list(asked.get("EnableCloudwatchLogsExports") or []),
             "_backup_retention_period": 0, "publicly_accessible": bool(asked.get("PubliclyAccessible")), "_associated_roles": [],
             "vpc_security_group_ids": list(asked.get("VpcSecurityGroupIds") or source.vpc_security_group_ids)}
    anew(c, replica, plain, {"KmsKeyId": source.kms_key_id, "EngineLifecycleSupport": source.EngineLifecycleSupport, **asked}, REPLICA, "available",
         [("creation", "DB instance created"), ("read replica", "Replication for the Read Replica resumed")])
    replica.StatusInfos = [{"StatusType": "read replication", "Normal": True, "Status": "replicating"}]
    return {"DBInstance": c.call("rds", "DescribeDBInstances", DBInstanceIdentifier=replica.db_instance_identifier)["DBInstances"][0]}


# ---------------------------------------------------------------- restored databases


@rds.around_moto("RestoreDBInstanceFromDBSnapshot")
def restore(c: Context, moto: Any) -> dict[str, Any]:
    taken = backend(c).database_snapshots.get((c.params.get("DBSnapshotIdentifier") or "").split(":snapshot:")[-1])
    if taken is None or not passes_time(taken.database):
        return moto()  # type: ignore[no-any-return]
    if taken.status != "available":
        raise fail("InvalidDBSnapshotState", f"The snapshot {taken.db_snapshot_identifier} is {taken.status}.")
    return restored(c, moto, taken.database, c.params["DBInstanceIdentifier"], f"Restored from snapshot {taken.db_snapshot_identifier}")


@rds.around_moto("RestoreDBInstanceToPointInTime")
def to_point_in_time(c: Context, moto: Any) -> dict[str, Any]:
    source = backend(c).databases.get(c.params.get("SourceDBInstanceIdentifier") or "")
    if not passes_time(source):
        return moto()  # type: ignore[no-any-return]
    if not source.backup_retention_period:
        raise fail("PointInTimeRestoreNotEnabled", f"Automated backups are not enabled for {source.db_instance_identifier}.")
    if bool(c.params.get("RestoreTime")) == bool(c.params.get("UseLatestRestorableTime")):
        raise fail("InvalidParameterCombination", "Specify either RestoreTime or UseLatestRestorableTime.")
    target = c.params["TargetDBInstanceIdentifier"]
    secret = source.__dict__.pop("master_user_secret", None)  # moto copies everything under a source, RDS and Secrets Manager included
    try:
        return restored(c, moto, source, target, f"Restored from DB instance {source.db_instance_identifier} to {target}")
    finally:
        if secret is not None:
            source.master_user_secret = secret


def restored(c: Context, moto: Any, original: Any, target: str, message: str) -> dict[str, Any]:
    """Storage and its encryption are the original's; everything around it is as asked, or as it is by default."""
    asked = c.params
    moto()
    database = backend(c).databases[target]
    if database.manage_master_user_password and not asked.get("ManageMasterUserPassword"):
        database.update(manage_master_user_password=False)
    plain = {"multi_az": bool(asked.get("MultiAZ")), "deletion_protection": bool(asked.get("DeletionProtection")), "tags": asked.get("Tags") or [],
             "publicly_accessible": bool(asked.get("PubliclyAccessible")), "is_replica": False, "replicas": [], "source_db_instance_identifier": None,
             "enabled_cloudwatch_logs_exports": list(asked.get("EnableCloudwatchLogsExports") or []), "kms_key_id": original.kms_key_id,
             "storage_encrypted": original.storage_encrypted}
    anew(c, database, plain, {"KmsKeyId": original.kms_key_id, **asked}, RESTORE, "available", [("restoration", message)])
    return {"DBInstance": c.call("rds", "DescribeDBInstances", DBInstanceIdentifier=target)["DBInstances"][0]}


def anew(c: Context, database: Any, plain: dict[str, Any], asked: dict[str, Any], seconds: float, state: str, told: list[tuple[str, str]]) -> None:
    """A database of its own: its own id, zones, settings and time."""
    for name, value in plain.items():
        setattr(database, name, value)
    zones = sorted({s["SubnetAvailabilityZone"]["Name"] for s in database.db_subnet_group.subnets}) if "db_subnet_group" in database.__dict__ else []
    zone = asked.get("AvailabilityZone") or (zones[-1] if zones else f"{c.region}a")
    insights = bool(asked.get("EnablePerformanceInsights"))
    database.__dict__.update(
        availability_zone=zone, SecondaryAvailabilityZone=next((z for z in zones if z != zone), None) if database.multi_az else None,
        dbi_resource_id=make_id("db-", 26).upper().replace("DB-", "db-"), created=now().replace(tzinfo=None), instance_create_time=now().replace(tzinfo=None),
        PendingModifiedValues={}, PerformanceInsightsEnabled=insights, PerformanceInsightsRetentionPeriod=7 if insights else None,
        EngineLifecycleSupport=asked.get("EngineLifecycleSupport") or "open-source-rds-extended-support", DatabaseInsightsMode="standard",
        CertificateDetails={"CAIdentifier": database.ca_certificate_identifier, "ValidTill": now()}, NetworkType="IPV4", BackupTarget="region",
        CustomerOwnedIpEnabled=False, MultiTenant=False, DedicatedLogVolume=False, ActivityStreamStatus="stopped", IsStorageConfigUpgradeAvailable=False,
        StatusInfos=None, status="creating", worklab_due=[], worklab_groups={})
    later(c, database, seconds, status=state, told=told)


# ---------------------------------------------------------------- automated backups


def backups(c: Context) -> list[dict[str, Any]]:
    """One for each database that is backed up; and one for each that is gone and whose backups were kept."""
    kept: dict[str, list[Any]] = {}
    for taken in backend(c).database_snapshots.values():
        if taken.snapshot_type == "automated":
            kept.setdefault(taken.db_instance_identifier, []).append(taken)
    rows = []
    for name, snapshots in kept.items():
        living = backend(c).databases.get(name)
        of = living if living is not None else snapshots[0].database
        if living is not None and not living.backup_retention_period:
            continue
        region, id_ = c.region, of.dbi_resource_id
        rows.append({
            "DBInstanceArn": of.arn, "DbiResourceId": id_, "Region": region, "DBInstanceIdentifier": name, "AllocatedStorage": of.allocated_storage,
            "Status": "retained" if living is None else "creating" if living.status == "creating" else "active", "Port": of.port, "Engine": of.engine,
            "RestoreWindow": {"EarliestTime": of.created, "LatestTime": now()} if living is not None else {}, "AvailabilityZone": of.availability_zone,
            "EngineVersion": of.engine_version, "LicenseModel": of.license_model, "InstanceCreateTime": of.created, "MasterUsername": of.master_username,
            "OptionGroupName": of.option_group_name, "Encrypted": bool(of.storage_encrypted), "StorageType": of.storage_type, "KmsKeyId": of.kms_key_id,
            "IAMDatabaseAuthenticationEnabled": bool(of.enable_iam_database_authentication), "BackupRetentionPeriod": of.backup_retention_period,
            "DBInstanceAutomatedBackupsArn": c.arn(f"auto-backup:ab-{id_.removeprefix('db-').lower()}"), "BackupTarget": "region", "TagList": of.tags,
            "VpcId": of.db_subnet_group.vpc_id if "db_subnet_group" in of.__dict__ else ""})
    return rows


def chosen(c: Context) -> list[dict[str, Any]]:
    named = {n: c.params[n] for n in ("DbiResourceId", "DBInstanceIdentifier", "DBInstanceAutomatedBackupsArn") if c.params.get(n)}
    rows = [r for r in backups(c) if all(r[n] == v for n, v in named.items())]
    if named and not rows:
        raise fail("DBInstanceAutomatedBackupNotFound", f"DBInstanceAutomatedBackup {', '.join(named.values())} not found.", 404)
    return rows


@rds.op("DescribeDBInstanceAutomatedBackups")
def automated(c: Context) -> dict[str, Any]:
    from emulator.filters import matching
    from emulator.pages import page
    filters = {"status": "Status", "db-instance-id": "DBInstanceIdentifier", "dbi-resource-id": "DbiResourceId"}
    return page(c, matching(chosen(c), c.params.get("Filters") or [], filters), invalid="InvalidParameterValue")


@rds.op("DeleteDBInstanceAutomatedBackup")
def forget(c: Context) -> dict[str, Any]:
    row = chosen(c)[0]
    if row["Status"] != "retained":
        raise fail("InvalidDBInstanceAutomatedBackupState", "The automated backup is in an invalid state: its DB instance is there.")
    held = backend(c).database_snapshots
    for name in [n for n, s in held.items() if s.snapshot_type == "automated" and s.db_instance_identifier == row["DBInstanceIdentifier"]]:
        held.pop(name)
    return {"DBInstanceAutomatedBackup": {**row, "Status": "deleting"}}
