"""Databases: what moto's RDS lets pass at their creation, forgets of what was asked, and does at once that takes its time."""
from __future__ import annotations

import copy
import datetime
import random
import re
import string
from typing import Any

from emulator.clock import CLOCK
from emulator.context import Context, now
from emulator.errors import Refused, fail
from emulator.services import service

rds = service("rds")
ENGINES = ("mysql", "postgres")  # moto has the others to itself
SHOWING = ("DescribeDBInstances", "StartDBInstance", "StopDBInstance")  # the others answer what the first of these shows
CREATING, BACKING_UP = 0.6, 0.2  # seconds; on AWS minutes
TOO_SMALL = re.compile(r"db\.t(2|3|4g)\.(micro|small)")
ZONE_OF_ENDPOINTS = "Z2R2ITUGPM61AM"


def backend(c: Context) -> Any:
    """moto's own RDS of the account and region, imported when somebody asks for it."""
    from moto.rds.models import rds_backends
    return rds_backends[c.account][c.region]


def later(c: Context, thing: Any, seconds: float, **changes: Any) -> None:
    """CloudFormation goes on when it is done: what it asks for happens at once."""
    due = thing.__dict__.setdefault("worklab_due", [])
    due.append((CLOCK.time() + (0 if c.within else seconds), changes))
    due.sort(key=lambda one: one[0])


# ---------------------------------------------------------------- creation


@rds.around_moto("CreateDBInstance")
def create(c: Context, moto: Any) -> dict[str, Any]:
    asked = c.params
    if asked.get("DBClusterIdentifier") or asked["Engine"] not in ENGINES:
        return moto()  # type: ignore[no-any-return]
    version = version_of(c, asked["Engine"], asked.get("EngineVersion"))
    supported(c, asked["Engine"], version, asked.get("EngineLifecycleSupport"))
    fits(c, asked)
    first = moto(EngineVersion=version, VpcSecurityGroupIds=groups(c, asked), PubliclyAccessible=bool(asked.get("PubliclyAccessible")))
    made(c, backend(c).databases[asked["DBInstanceIdentifier"]], asked, [("creation", "DB instance created")])
    told = c.call("rds", "DescribeDBInstances", DBInstanceIdentifier=asked["DBInstanceIdentifier"])["DBInstances"][0]
    return {"DBInstance": {**told, **secret_in(first)}}


def secret_in(first: dict[str, Any]) -> dict[str, Any]:
    """The secret as moto first told it, being created or rotated: moto calls it active at the next look."""
    return {"MasterUserSecret": first["DBInstance"]["MasterUserSecret"]} if first["DBInstance"].get("MasterUserSecret") else {}


def version_of(c: Context, engine: str, wanted: str | None) -> str:
    """A major version alone stands for the minor that is the default of it."""
    chosen = {"EngineVersion": wanted} if wanted else {}
    rows = c.call("rds", "DescribeDBEngineVersions", Engine=engine, **chosen)["DBEngineVersions"]
    if not any(r["EngineVersion"] == wanted for r in rows):
        rows = c.call("rds", "DescribeDBEngineVersions", Engine=engine, DefaultOnly=True, **chosen)["DBEngineVersions"]
    if not rows:
        raise fail("InvalidParameterCombination", f"Cannot find version {wanted} for {engine}")
    return str(rows[0]["EngineVersion"])


def supported(c: Context, engine: str, version: str, lifecycle: str | None) -> None:
    major = c.call("rds", "DescribeDBEngineVersions", Engine=engine, EngineVersion=version)["DBEngineVersions"][0]["MajorEngineVersion"]
    lives = c.call("rds", "DescribeDBMajorEngineVersions", Engine=engine, MajorEngineVersion=major)["DBMajorEngineVersions"][0]
    over = lives["SupportedEngineLifecycles"][0]["LifecycleSupportEndDate"] < now()
    if over and lifecycle == "open-source-rds-extended-support-disabled":
        raise fail("InvalidParameterCombination", f"{engine} {version} is past its end of standard support, and extended support is disabled.")


def fits(c: Context, asked: dict[str, Any]) -> None:
    """What AWS looks at before it makes anything."""
    wrong = "InvalidParameterCombination"
    if not re.fullmatch(r"db\.[a-z0-9-]+\.[a-z0-9]+", asked["DBInstanceClass"]):
        raise fail("InvalidParameterValue", f"Invalid DB Instance class: {asked['DBInstanceClass']}")
    if not asked.get("MasterUsername"):
        raise fail("InvalidParameterValue", "The parameter MasterUsername must be provided and must not be blank.")
    if asked.get("ManageMasterUserPassword") and asked.get("MasterUserPassword"):
        raise fail(wrong, "You can't specify MasterUserPassword for an instance with ManageMasterUserPassword enabled.")
    if not asked.get("ManageMasterUserPassword") and len(asked.get("MasterUserPassword") or "") < 8:
        raise fail("InvalidParameterValue", "The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters.")
    if asked.get("MultiAZ") and asked.get("AvailabilityZone"):
        raise fail(wrong, "Requesting a specific availability zone is not valid for Multi-AZ instances.")
    if not 0 <= asked.get("BackupRetentionPeriod", 1) <= 35:
        raise fail("InvalidParameterValue", f"Invalid backup retention period: {asked['BackupRetentionPeriod']}. Must be between 0 and 35.")
    insights_fit(asked["Engine"], asked["DBInstanceClass"], asked.get("EnablePerformanceInsights"))
    if asked.get("KmsKeyId"):
        key_of(c, asked["KmsKeyId"])


def insights_fit(engine: str, size: str, wanted: bool | None) -> None:
    if wanted and engine != "postgres" and TOO_SMALL.fullmatch(size):
        raise fail("InvalidParameterCombination", "Performance Insights not supported for this configuration.")


def groups(c: Context, asked: dict[str, Any]) -> list[str]:
    """Those that were named, if they are there; or the default one of the VPC that the database will stand in."""
    named = asked.get("VpcSecurityGroupIds") or []
    for id_ in named:
        if not c.exists("ec2", "DescribeSecurityGroups", GroupIds=[id_]):
            raise fail("InvalidParameterValue", f"Invalid security group , groupId= {id_}, groupName=.")
    if named or not asked.get("DBSubnetGroupName"):
        return named
    vpc = c.call("rds", "DescribeDBSubnetGroups", DBSubnetGroupName=asked["DBSubnetGroupName"])["DBSubnetGroups"][0]["VpcId"]
    filters = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": ["default"]}]
    return [c.call("ec2", "DescribeSecurityGroups", Filters=filters)["SecurityGroups"][0]["GroupId"]]


def key_of(c: Context, named: str | None) -> str:
    """A key's ARN; RDS has one of its own, which it makes in an account when it first needs it."""
    try:
        return str(c.call("kms", "DescribeKey", KeyId=named or "alias/aws/rds")["KeyMetadata"]["Arn"])
    except Refused:
        raise fail("KMSKeyNotAccessibleFault", f"The specified KMS key [{named}] does not exist, is not enabled or you do not have permissions "
                                               "to access it.") from None


def made(c: Context, database: Any, asked: dict[str, Any], told: list[tuple[str, str]]) -> None:
    """What moto does not ask for or makes up; then the database begins to come about."""
    insights = bool(asked.get("EnablePerformanceInsights"))
    more = {
        "dbi_resource_id": "db-" + "".join(random.choices(string.ascii_uppercase + string.digits, k=26)), "PendingModifiedValues": {},
        "kms_key_id": key_of(c, asked.get("KmsKeyId") or known(database.kms_key_id)) if database.storage_encrypted else None,
        "ca_certificate_identifier": asked.get("CACertificateIdentifier") or "rds-ca-rsa2048-g1",
        "EngineLifecycleSupport": asked.get("EngineLifecycleSupport") or "open-source-rds-extended-support",
        "DatabaseInsightsMode": asked.get("DatabaseInsightsMode") or "standard", "PerformanceInsightsEnabled": insights,
        "PerformanceInsightsRetentionPeriod": (asked.get("PerformanceInsightsRetentionPeriod") or 7) if insights else None,
        "PerformanceInsightsKMSKeyId": key_of(c, asked.get("PerformanceInsightsKMSKeyId")) if insights else None,
        "CustomerOwnedIpEnabled": False, "BackupTarget": "region", "NetworkType": asked.get("NetworkType") or "IPV4", "MultiTenant": False,
        "DedicatedLogVolume": False, "ActivityStreamStatus": "stopped", "IsStorageConfigUpgradeAvailable": False, "status": "creating",
        "worklab_due": [], "worklab_groups": {},
    }
    for name, value in more.items():
        setattr(database, name, value)
    for taken in backend(c).database_snapshots.values():  # moto took the first automated one before all that
        if taken.db_instance_identifier == database.db_instance_identifier:
            taken.database, taken.dbi_resource_id, taken.kms_key_id = copy.copy(database), database.dbi_resource_id, database.kms_key_id
    certify(c, database)
    place(c, database, asked.get("AvailabilityZone"))
    logs(c, database)
    if not database.backup_retention_period:
        forget_backups(c, database)
    elif not database.is_replica:
        later(c, database, CREATING, status="backing-up")
    later(c, database, CREATING + (BACKING_UP if database.backup_retention_period else 0), status="available", told=told)


def known(key: str | None) -> str | None:
    return None if key == "default_kms_key_id" else key


def certify(c: Context, database: Any) -> None:
    """The server's own certificate, for a year, by a CA that there is."""
    named = database.ca_certificate_identifier
    c.call("rds", "DescribeCertificates", CertificateIdentifier=named)
    database.CertificateDetails = {"CAIdentifier": named, "ValidTill": now() + datetime.timedelta(days=365)}


def place(c: Context, database: Any, zone: str | None = None) -> None:
    """The zones of its subnet group: the standby is in another one than the database."""
    group = database.__dict__.get("db_subnet_group")
    zones = sorted({s["SubnetAvailabilityZone"]["Name"] for s in group.subnets}) if group else [f"{c.region}a", f"{c.region}b"]
    database.availability_zone = zone or (database.availability_zone if database.availability_zone in zones else zones[0])
    others = [z for z in zones if z != database.availability_zone]
    database.SecondaryAvailabilityZone = others[0] if database.multi_az and others else None


def logs(c: Context, database: Any) -> None:
    """RDS makes a log group for each log that it exports, and leaves it there for good."""
    for kind in database.enabled_cloudwatch_logs_exports:
        name = f"/aws/rds/instance/{database.db_instance_identifier}/{kind}"
        if not any(g["logGroupName"] == name for g in c.call("logs", "DescribeLogGroups", logGroupNamePrefix=name)["logGroups"]):
            c.call("logs", "CreateLogGroup", logGroupName=name)


def forget_backups(c: Context, database: Any) -> None:
    held = backend(c).database_snapshots
    for name in [n for n, s in held.items() if s.snapshot_type == "automated" and s.db_instance_identifier == database.db_instance_identifier]:
        held.pop(name)


# ---------------------------------------------------------------- what is shown


@rds.after_moto(*SHOWING)
def shown(c: Context, answer: dict[str, Any]) -> None:
    for told in answer.get("DBInstances") or [answer.get("DBInstance") or {}]:
        database = backend(c).databases.get(told.get("DBInstanceIdentifier", ""))
        if database is not None and "worklab_groups" in database.__dict__:
            complete(told, database)


def complete(told: dict[str, Any], database: Any) -> None:
    told["DBInstanceStatus"] = database.status
    if database.status == "creating":
        for name in ("Endpoint", "InstanceCreateTime", "LatestRestorableTime"):
            told.pop(name, None)
    elif told.get("Endpoint"):
        told["Endpoint"]["HostedZoneId"] = ZONE_OF_ENDPOINTS
    if not database.backup_retention_period:
        told.pop("LatestRestorableTime", None)
    for group in told.get("DBParameterGroups") or []:
        group["ParameterApplyStatus"] = database.worklab_groups.get(group["DBParameterGroupName"], "in-sync")
    told["PendingModifiedValues"] = dict(database.PendingModifiedValues)
    told["DbInstancePort"] = 0
