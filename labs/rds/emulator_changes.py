"""Databases change: at once or in their maintenance window, with a restart where one is needed; fail over; go."""
from __future__ import annotations

import datetime
from typing import Any

from emulator.clock import CLOCK
from emulator.context import Context, now
from emulator.errors import fail
from emulator.services import service

rds = service("rds")
ENGINES = ("mysql", "postgres")
CHANGING, UPGRADING, RESTARTING, DELETING = 0.5, 0.6, 0.4, 0.5  # seconds; on AWS minutes
# What waits for the maintenance window unless it is to be applied immediately; everything else is changed as soon as it is asked for
# (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html, 2026-11-25). Parameter -> moto's attribute.
WAITS = {"AllocatedStorage": "allocated_storage", "DBInstanceClass": "db_instance_class", "EngineVersion": "engine_version", "MultiAZ": "multi_az",
         "BackupRetentionPeriod": "backup_retention_period", "StorageType": "storage_type", "Iops": "iops", "StorageThroughput": "storage_throughput",
         "CACertificateIdentifier": "ca_certificate_identifier"}
OURS = {"EnablePerformanceInsights": "PerformanceInsightsEnabled", "PerformanceInsightsRetentionPeriod": "PerformanceInsightsRetentionPeriod",
        "DatabaseInsightsMode": "DatabaseInsightsMode", "NetworkType": "NetworkType"}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def backend(c: Context) -> Any:
    """moto's own RDS of the account and region, imported when somebody asks for it."""
    from moto.rds.models import rds_backends
    return rds_backends[c.account][c.region]


def later(c: Context, thing: Any, seconds: float, **changes: Any) -> None:
    due = thing.__dict__.setdefault("worklab_due", [])
    due.append((CLOCK.time() + (0 if c.within else seconds), changes))
    due.sort(key=lambda one: one[0])


def ours(c: Context) -> Any:
    """The database that the request names, where it is one that passes its time here; None where moto has it to itself."""
    found = backend(c).databases.get((c.params.get("DBInstanceIdentifier") or "").lower())
    return found if found is not None and "worklab_groups" in found.__dict__ else None


def shown(c: Context, database: Any) -> dict[str, Any]:
    return {"DBInstance": c.call("rds", "DescribeDBInstances", DBInstanceIdentifier=database.db_instance_identifier)["DBInstances"][0]}


def available(database: Any, also: tuple[str, ...] = ()) -> None:
    if database.status not in ("available", *also):
        raise fail("InvalidDBInstanceState", f"Database instance {database.db_instance_identifier} is not in available state.")


# ---------------------------------------------------------------- modify


@rds.around_moto("ModifyDBInstance")
def modify(c: Context, moto: Any) -> dict[str, Any]:
    database = ours(c)
    if database is None:
        return moto()  # type: ignore[no-any-return]
    available(database, also=("storage-optimization",))
    asked = dict(c.params)
    check(c, database, asked)
    group = database.db_parameter_groups()[0].name
    default_there(c, asked.get("DBParameterGroupName") or "")
    waiting = {n: asked[n] for n in WAITS if n in asked and asked[n] != getattr(database, WAITS[n])}
    if "EngineVersion" in asked:
        waiting.pop("EngineVersion", None)
        wanted = upgrade(c, database, asked)
        waiting.update({"EngineVersion": wanted} if wanted != database.engine_version else {})
    again = asked.get("ManageMasterUserPassword") and database.manage_master_user_password  # moto would make a second secret
    first = moto(**dict.fromkeys(WAITS), CloudwatchLogsExportConfiguration=None, ApplyImmediately=True, **({"ManageMasterUserPassword": None} if again else {}))
    for name in (n for n in OURS if n in asked):
        setattr(database, OURS[name], asked[name])
    if asked.get("EnablePerformanceInsights"):
        database.PerformanceInsightsRetentionPeriod = asked.get("PerformanceInsightsRetentionPeriod") or 7
        database.PerformanceInsightsKMSKeyId = c.call("kms", "DescribeKey", KeyId="alias/aws/rds")["KeyMetadata"]["Arn"]
    export(c, database, asked.get("CloudwatchLogsExportConfiguration") or {})
    named = asked.get("DBParameterGroupName")
    if named and named != group:  # its parameters are taken over with the next restart
        database.worklab_groups = {named: "pending-reboot"}
    call_off(database, [n for n in WAITS if n in asked])  # asked for as it is: that is how a change is called off
    begin(c, database, waiting, bool(asked.get("ApplyImmediately")))
    secret = first["DBInstance"].get("MasterUserSecret")  # moto calls it active at the next look, and that is made here
    return {"DBInstance": {**shown(c, database)["DBInstance"], **({"MasterUserSecret": secret} if secret else {})}}


def default_there(c: Context, named: str) -> None:
    """A family's default group is there as soon as somebody names it."""
    if named.startswith("default.") and named not in backend(c).db_parameter_groups:
        family = named.removeprefix("default.")
        c.call("rds", "CreateDBParameterGroup", DBParameterGroupName=named, DBParameterGroupFamily=family,
               Description=f"Default parameter group for {family}")


def check(c: Context, database: Any, asked: dict[str, Any]) -> None:
    wrong = "InvalidParameterCombination"
    if asked.get("EnablePerformanceInsights") and database.engine != "postgres" and database.db_instance_class.endswith((".micro", ".small")):
        raise fail(wrong, "Performance Insights not supported for this configuration.")
    if asked.get("BackupRetentionPeriod") == 0 and database.replicas:
        raise fail(wrong, "A source instance cannot have its automated backups turned off while it has read replicas.")
    if asked.get("AllocatedStorage") is not None and asked["AllocatedStorage"] < database.allocated_storage:
        raise fail(wrong, "Requested storage size is smaller than the current storage size.")
    rotation(database, asked)
    named = asked.get("OptionGroupName")
    if named and named not in backend(c).option_groups and not named.startswith("default:"):
        raise fail("OptionGroupNotFoundFault", f"Specified OptionGroupName: {named} not found.", 404)


def rotation(database: Any, asked: dict[str, Any]) -> None:
    if not asked.get("RotateMasterUserPassword"):
        return
    if not database.manage_master_user_password:
        raise fail("InvalidParameterCombination", "You can't rotate the master user password of an instance for which RDS does not manage it.")
    if not asked.get("ApplyImmediately"):
        raise fail("InvalidParameterCombination", "You must specify apply immediately when rotating the master user password.")


def upgrade(c: Context, database: Any, asked: dict[str, Any]) -> str:
    """Only to a version that this one can be brought to; replicas first, since a replica may not be older than its source."""
    wanted = str(asked["EngineVersion"])
    if wanted == database.engine_version:
        return wanted
    rows = c.call("rds", "DescribeDBEngineVersions", Engine=database.engine, EngineVersion=database.engine_version)["DBEngineVersions"]
    target = next((t for t in (rows[0]["ValidUpgradeTarget"] if rows else []) if t["EngineVersion"] == wanted), None)
    if target is None:
        raise fail("InvalidParameterCombination", f"Cannot upgrade {database.engine} from {database.engine_version} to {wanted}")
    if target["IsMajorVersionUpgrade"] and not asked.get("AllowMajorVersionUpgrade"):
        raise fail("InvalidParameterCombination", "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.")
    older = [r for r in database.replicas if r in backend(c).databases and backend(c).databases[r].engine_version != wanted]
    if older and database.engine == "mysql":
        raise fail("DBUpgradeDependencyFailure", f"One or more of the DB instance's read replicas need to be upgraded: {', '.join(older)}")
    return wanted


def export(c: Context, database: Any, asked: dict[str, Any]) -> None:
    kept = [k for k in database.enabled_cloudwatch_logs_exports if k not in asked.get("DisableLogTypes", [])]
    database.enabled_cloudwatch_logs_exports = [*kept, *(k for k in asked.get("EnableLogTypes", []) if k not in kept)]
    for kind in asked.get("EnableLogTypes", []):
        name = f"/aws/rds/instance/{database.db_instance_identifier}/{kind}"
        if not c.call("logs", "DescribeLogGroups", logGroupNamePrefix=name)["logGroups"]:
            c.call("logs", "CreateLogGroup", logGroupName=name)


def call_off(database: Any, names: Any) -> None:
    """What waits for the window waits no more."""
    for name in [n for n in names if n in database.PendingModifiedValues]:
        database.PendingModifiedValues = {k: v for k, v in database.PendingModifiedValues.items() if k != name}
        for _, changes in database.worklab_due:
            for attribute in (WAITS[name], *(["SecondaryAvailabilityZone"] if name == "MultiAZ" else [])):
                changes.pop(attribute, None)


def begin(c: Context, database: Any, waiting: dict[str, Any], immediately: bool) -> None:
    if immediately:  # and with it what has waited so far
        before = database.PendingModifiedValues
        call_off(database, list(before))
        waiting = {**before, **waiting}
    if not waiting:
        return
    changed = {WAITS[n]: v for n, v in waiting.items()}
    told = []
    if "MultiAZ" in waiting:
        group = database.__dict__.get("db_subnet_group")
        zones = sorted({s["SubnetAvailabilityZone"]["Name"] for s in group.subnets}) if group else [f"{c.region}a", f"{c.region}b"]
        changed["SecondaryAvailabilityZone"] = next((z for z in zones if z != database.availability_zone), None) if waiting["MultiAZ"] else None
        told.append(("configuration change", f"Finished applying modification to convert to a {'Multi' if waiting['MultiAZ'] else 'Single'}-AZ DB Instance"))
    if "EngineVersion" in waiting:
        told.append(("maintenance", f"DB instance engine version upgraded to {waiting['EngineVersion']}"))
    database.PendingModifiedValues = {**database.PendingModifiedValues, **waiting}
    done = {**changed, "status": "available", "PendingModifiedValues": {}, "told": told}
    if not immediately:
        later(c, database, until_window(database), **done)
        return
    takes = UPGRADING if "EngineVersion" in waiting else CHANGING
    later(c, database, 0, status="upgrading" if "EngineVersion" in waiting else "modifying")
    later(c, database, takes, **done)


def until_window(database: Any) -> float:
    """Seconds until the maintenance window opens next."""
    day, hour, minute = database.preferred_maintenance_window.split("-")[0].split(":")
    at = now()
    opens = at.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0) + datetime.timedelta(days=(DAYS.index(day) - at.weekday()) % 7)
    return ((opens if opens > at else opens + datetime.timedelta(days=7)) - at).total_seconds()


# ---------------------------------------------------------------- restart, promote, delete


@rds.around_moto("RebootDBInstance")
def reboot(c: Context, moto: Any) -> dict[str, Any]:
    database = ours(c)
    if database is None:
        return moto()  # type: ignore[no-any-return]
    available(database)
    done: dict[str, Any] = {"status": "available", "worklab_groups": {}, "told": [("availability", "DB instance restarted")]}
    if c.params.get("ForceFailover"):
        if not database.multi_az:
            raise fail("InvalidParameterCombination", "Cannot force a failover of a DB instance that is not configured for Multi-AZ.")
        done.update(availability_zone=database.SecondaryAvailabilityZone, SecondaryAvailabilityZone=database.availability_zone)
        done["told"] = [("failover", "Multi-AZ instance failover started."), *done["told"], ("failover", "Multi-AZ instance failover completed")]
    database.status = "rebooting"
    later(c, database, RESTARTING, **done)
    return shown(c, database)


@rds.around_moto("PromoteReadReplica")
def promote(c: Context, moto: Any) -> dict[str, Any]:
    database = ours(c)
    if database is None:
        return moto()  # type: ignore[no-any-return]
    available(database)
    if not database.is_replica:
        raise fail("InvalidDBInstanceState", f"DB Instance is not a read replica: {database.db_instance_identifier}")
    source = backend(c).databases.get(database.source_db_instance_identifier or "")
    moto()
    if source is not None and database.db_instance_identifier in source.replicas:
        source.replicas.remove(database.db_instance_identifier)
    database.is_replica, database.source_db_instance_identifier, database.status = False, None, "modifying"
    later(c, database, CHANGING, status="available", backup_retention_period=c.params.get("BackupRetentionPeriod", 1))
    return shown(c, database)


@rds.around_moto("DeleteDBInstance")
def delete(c: Context, moto: Any) -> dict[str, Any]:
    database = ours(c)
    if database is None:
        return moto()  # type: ignore[no-any-return]
    final, skip = c.params.get("FinalDBSnapshotIdentifier"), c.params.get("SkipFinalSnapshot")
    if database.status == "deleting":
        raise fail("InvalidDBInstanceState", f"Instance {database.db_instance_identifier} is already being deleted.")
    if database.deletion_protection:
        raise fail("InvalidParameterCombination", "Cannot delete protected DB Instance, please disable deletion protection and try again.")
    if not skip and not final:
        raise fail("InvalidParameterCombination", "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.")
    if final and database.is_replica:
        raise fail("InvalidParameterCombination", "A final snapshot cannot be taken of a read replica.")
    if final and not skip:
        c.call("rds", "CreateDBSnapshot", DBInstanceIdentifier=database.db_instance_identifier, DBSnapshotIdentifier=final)
    database.status, database.worklab_due = "deleting", []
    database.worklab_forget = c.params.get("DeleteAutomatedBackups", True)
    answer = shown(c, database)
    later(c, database, DELETING, gone=True, told=[("deletion", "DB instance deleted")])
    if c.within:
        c.call("rds", "DescribeEvents")  # what is due happens
    return answer
