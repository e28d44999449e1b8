"""What RDS offers: engine versions, classes, certificates; and what waits for a database. moto has none of it."""
from __future__ import annotations

import datetime
from typing import Any

from emulator.context import Context, now
from emulator.errors import fail
from emulator.pages import page
from emulator.services import service

rds = service("rds")
UTC = datetime.timezone.utc

# Minor versions as CloudFormation's rules in the CDK list them, and the end of standard support, 2026-11-25:
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html and .../PostgreSQLReleaseNotes/
MAJORS: dict[tuple[str, str], tuple[list[str], str, str]] = {
    ("mysql", "8.0"): ([f"8.0.{n}" for n in range(40, 47)], "2018-10-23", "2026-07-31"),
    ("mysql", "8.4"): ([f"8.4.{n}" for n in range(3, 12)], "2024-11-21", "2029-07-31"),
    ("postgres", "16"): ([f"16.{n}" for n in range(8, 14)], "2023-09-17", "2029-02-28"),
    ("postgres", "17"): ([f"17.{n}" for n in range(4, 10)], "2024-11-14", "2030-02-28"),
}
DEFAULT_MAJOR = {"mysql": "8.4", "postgres": "17"}
NAMES = {"mysql": ("MySQL Community Edition", "MySQL"), "postgres": ("PostgreSQL", "PostgreSQL")}
LOGS = {"mysql": ["audit", "error", "general", "iam-db-auth-error", "slowquery"], "postgres": ["iam-db-auth-error", "postgresql", "upgrade"]}
CLASSES = tuple(f"db.{family}.{size}" for family in ("t3", "t4g") for size in ("micro", "small", "medium", "large"))
# Too small for Database Insights, but on PostgreSQL (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html, 2026-11-25)
TOO_SMALL = {f"db.{family}.{size}" for family in ("t2", "t3", "t4g") for size in ("micro", "small")}
# Valid until (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html, 2026-11-25)
CERTIFICATES = {
    "rds-ca-rsa2048-g1": ("7c40cb42714b6fdb2b296f9bbd0e8bb364436a76", (2021, 5, 24, 21, 59), (2061, 5, 24, 22, 59)),
    "rds-ca-rsa4096-g1": ("19da4f2af579a8ae1f6a0fa77aa5befd874b4cab", (2021, 5, 24, 22, 3), (2121, 5, 24, 23, 3)),
    "rds-ca-ecc384-g1": ("2ee3dcc06e50192559b13929e73484354f23387d", (2021, 5, 24, 22, 6), (2121, 5, 24, 23, 6)),
}


def day(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=UTC)


# ---------------------------------------------------------------- engine versions


def described(engine: str, major: str, version: str) -> dict[str, Any]:
    return {"Engine": engine, "EngineVersion": version, "MajorEngineVersion": major, "DBParameterGroupFamily": f"{engine}{major}",
            "DBEngineDescription": NAMES[engine][0], "DBEngineVersionDescription": f"{NAMES[engine][1]} {version}",
            "ValidUpgradeTarget": [*targets(engine, major, version)], "ExportableLogTypes": LOGS[engine], "SupportsLogExportsToCloudwatchLogs": True,
            "SupportsReadReplica": True, "SupportedFeatureNames": [], "Status": "available", "SupportsParallelQuery": False,
            "SupportsGlobalDatabases": False, "SupportsBabelfish": False, "SupportsLimitlessDatabase": False, "SupportsIntegrations": False,
            "SupportsLocalWriteForwarding": False, "SupportsCertificateRotationWithoutRestart": True,
            "SupportedCACertificateIdentifiers": [*CERTIFICATES]}


def targets(engine: str, major: str, version: str) -> Any:
    """Later versions of the same major, then those of a later major that the version can be brought to."""
    own = MAJORS[engine, major][0]
    rows = [(v, False) for v in own[own.index(version) + 1:]]
    rows += [(v, True) for (e, m), (all_, _, _) in MAJORS.items() if e == engine and float(m) > float(major) for v in all_]
    for target, is_major in rows:
        yield {"Engine": engine, "EngineVersion": target, "Description": f"{NAMES[engine][1]} {target}",
               "AutoUpgrade": target == own[-1], "IsMajorVersionUpgrade": is_major, "SupportedEngineModes": [],
               "SupportsParallelQuery": False, "SupportsGlobalDatabases": False, "SupportsBabelfish": False}


@rds.op("DescribeDBEngineVersions")
def engine_versions(c: Context) -> dict[str, Any]:
    engine, version, family = (c.params.get(n) for n in ("Engine", "EngineVersion", "DBParameterGroupFamily"))
    rows = [described(e, m, v) for (e, m), (all_, _, _) in MAJORS.items() for v in all_
            if engine in (None, e) and version in (None, v, m) and family in (None, f"{e}{m}")]
    if c.params.get("DefaultOnly"):
        rows = [r for r in rows if r["EngineVersion"] == MAJORS[r["Engine"], r["MajorEngineVersion"]][0][-2]
                and (version or family or DEFAULT_MAJOR[r["Engine"]] == r["MajorEngineVersion"])]
    return page(c, rows, invalid="InvalidParameterValue")


@rds.op("DescribeDBMajorEngineVersions")
def major_versions(c: Context) -> dict[str, Any]:
    engine, version = c.params.get("Engine"), c.params.get("MajorEngineVersion")
    rows = [{"Engine": e, "MajorEngineVersion": m, "SupportedEngineLifecycles": [
        {"LifecycleSupportName": "open-source-rds-standard-support", "LifecycleSupportStartDate": day(start), "LifecycleSupportEndDate": day(end)},
        {"LifecycleSupportName": "open-source-rds-extended-support", "LifecycleSupportStartDate": day(end) + datetime.timedelta(days=1),
         "LifecycleSupportEndDate": day(end) + datetime.timedelta(days=3 * 365)}]}
        for (e, m), (_, start, end) in MAJORS.items() if engine in (None, e) and version in (None, m)]
    return page(c, rows, invalid="InvalidParameterValue")


@rds.around_moto("DescribeOrderableDBInstanceOptions")
def orderable(c: Context, moto: Any) -> dict[str, Any]:
    engine, wanted = c.params["Engine"], c.params.get("DBInstanceClass")
    if engine not in NAMES:
        return moto()  # type: ignore[no-any-return]
    zones = [{"Name": z["ZoneName"]} for z in c.call("ec2", "DescribeAvailabilityZones")["AvailabilityZones"]]
    rows = [{"Engine": engine, "EngineVersion": v, "DBInstanceClass": k, "LicenseModel": "general-public-license" if engine == "mysql" else "postgresql-license",
             "AvailabilityZones": zones, "MultiAZCapable": True, "ReadReplicaCapable": True, "Vpc": True, "SupportsStorageEncryption": True,
             "StorageType": "gp3", "SupportsIops": False, "SupportsEnhancedMonitoring": True, "SupportsIAMDatabaseAuthentication": True,
             "SupportsPerformanceInsights": engine == "postgres" or k not in TOO_SMALL, "MinStorageSize": 20, "MaxStorageSize": 65536,
             "AvailableProcessorFeatures": [], "SupportedEngineModes": [], "SupportsStorageAutoscaling": True, "SupportsKerberosAuthentication": True}
            for (e, _), (all_, _, _) in MAJORS.items() if e == engine for v in all_ for k in CLASSES
            if c.params.get("EngineVersion") in (None, v) and wanted in (None, k)]
    return page(c, rows, invalid="InvalidParameterValue")


# ---------------------------------------------------------------- certificates


@rds.op("DescribeCertificates")
def certificates(c: Context) -> dict[str, Any]:
    wanted = c.params.get("CertificateIdentifier")
    if wanted and wanted not in CERTIFICATES:
        raise fail("CertificateNotFound", f"Certificate not found: {wanted}", 404)
    rows = [{"CertificateIdentifier": name, "CertificateType": "CA", "Thumbprint": thumb, "ValidFrom": datetime.datetime(*since, tzinfo=UTC),
             "ValidTill": datetime.datetime(*until, tzinfo=UTC), "CertificateArn": f"arn:{c.partition}:rds:{c.region}::cert:{name}", "CustomerOverride": False}
            for name, (thumb, since, until) in CERTIFICATES.items() if wanted in (None, name)]
    return {**page(c, rows, invalid="InvalidParameterValue"), "DefaultCertificateForNewLaunches": "rds-ca-rsa2048-g1"}


# ---------------------------------------------------------------- what waits for a database


def waiting(c: Context) -> list[dict[str, Any]]:
    """The newest minor version waits for who lets minor versions come by themselves."""
    rows = []
    for database in c.call("rds", "DescribeDBInstances").get("DBInstances", []):
        newest = next((v[-1] for (e, m), (v, _, _) in MAJORS.items() if e == database["Engine"] and database["EngineVersion"] in v[:-1]), None)
        if newest and database.get("AutoMinorVersionUpgrade") and database["DBInstanceStatus"] == "available":
            rows.append({"ResourceIdentifier": database["DBInstanceArn"], "PendingMaintenanceActionDetails": [
                {"Action": "db-upgrade", "Description": f"Automatic minor version upgrade to {newest}", "__to": newest}]})
    return rows


def of_resource(c: Context) -> list[dict[str, Any]]:
    wanted = c.params.get("ResourceIdentifier")
    if wanted and not any(d["DBInstanceArn"] == wanted for d in c.call("rds", "DescribeDBInstances").get("DBInstances", [])):
        raise fail("ResourceNotFoundFault", f"Resource not found: {wanted}", 404)
    return [r for r in waiting(c) if wanted in (None, r["ResourceIdentifier"])]


@rds.op("DescribePendingMaintenanceActions")
def pending(c: Context) -> dict[str, Any]:
    rows = of_resource(c)
    for chosen in c.params.get("Filters") or []:
        if chosen["Name"] not in ("db-instance-id", "db-cluster-id"):
            raise fail("InvalidParameterValue", f"Unrecognized filter name: {chosen['Name']}")
        rows = [r for r in rows if {r["ResourceIdentifier"], r["ResourceIdentifier"].split(":")[-1]} & set(chosen["Values"])]
    return page(c, rows, invalid="InvalidParameterValue")


@rds.op("ApplyPendingMaintenanceAction")
def apply(c: Context) -> dict[str, Any]:
    row = next(iter(of_resource(c)), None)
    action = next((a for a in (row or {}).get("PendingMaintenanceActionDetails", []) if a["Action"] == c.params["ApplyAction"]), None)
    if row is None or action is None:
        raise fail("InvalidParameterCombination", f"The action {c.params['ApplyAction']} is not pending for {c.params['ResourceIdentifier']}.")
    told = {"Action": action["Action"], "Description": action["Description"], "OptInStatus": c.params["OptInType"], "CurrentApplyDate": now()}
    if c.params["OptInType"] == "immediate":
        c.call("rds", "ModifyDBInstance", DBInstanceIdentifier=row["ResourceIdentifier"].split(":")[-1], EngineVersion=action["__to"], ApplyImmediately=True)
    return {"ResourcePendingMaintenanceActions": {"ResourceIdentifier": row["ResourceIdentifier"], "PendingMaintenanceActionDetails": [told]}}
