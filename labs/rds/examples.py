"""The AWS CLI's documented examples of what this lab adds to the sandbox, and an error that AWS documents for each."""
from __future__ import annotations

from typing import Any

PASSWORD = "not-a-real-one"


def available(rds: Any, name: str) -> None:
    rds.get_waiter("db_instance_available").wait(DBInstanceIdentifier=name, WaiterConfig={"Delay": 1, "MaxAttempts": 20})


def database(aws: Any, name: str = "database", **more: Any) -> Any:
    rds = aws("rds")
    rds.create_db_instance(DBInstanceIdentifier=name, DBInstanceClass="db.t4g.micro", Engine="mysql", EngineVersion="8.4.7", MasterUsername="admin",
                           MasterUserPassword=PASSWORD, AllocatedStorage=20, **more)
    available(rds, name)
    return rds


def behind(aws: Any) -> dict[str, str]:
    """A MySQL database for which a newer minor version waits; the example's is an Aurora cluster, for which a system update does."""
    database(aws, "my-db")
    return {"cluster:my-db-cluster": "db:my-db", "system-update": "db-upgrade"}


def kept(aws: Any) -> dict[str, str]:
    """The backups of a database that is gone; the example's were copied from another region."""
    rds = database(aws)
    rds.delete_db_instance(DBInstanceIdentifier="database", SkipFinalSnapshot=True, DeleteAutomatedBackups=False)
    rds.get_waiter("db_instance_deleted").wait(DBInstanceIdentifier="database", WaiterConfig={"Delay": 1, "MaxAttempts": 20})
    arn = rds.describe_db_instance_automated_backups()["DBInstanceAutomatedBackups"][0]["DBInstanceAutomatedBackupsArn"]
    return {r"arn:aws:rds:us-west-2:123456789012:auto-backup:\w+-\w+": arn}


def backed_up(aws: Any) -> dict[str, str]:
    """The example's database is an Oracle one in another region."""
    database(aws, "new-orcl-db")
    return {}


def subscribed(aws: Any) -> None:
    topic = aws("sns").create_topic(Name="interesting-events")["TopicArn"]
    aws("rds").create_event_subscription(SubscriptionName="my-instance-events", SnsTopicArn=topic, SourceType="db-instance",
                                         EventCategories=["backup", "recovery"])


SETUPS: dict[tuple[str, str], list[Any]] = {
    ("rds", "ApplyPendingMaintenanceAction"): [behind], ("rds", "DescribePendingMaintenanceActions"): [behind],
    ("rds", "DeleteDBInstanceAutomatedBackup"): [kept], ("rds", "DescribeCertificates"): [None],
    ("rds", "DescribeDBEngineVersions"): [None], ("rds", "DescribeDBInstanceAutomatedBackups"): [backed_up],
    ("rds", "ModifyEventSubscription"): [subscribed],
}

NOT_REPLAYED: dict[tuple[str, str], str] = {
    ("rds", "DescribeDBMajorEngineVersions"): "awscli has no example of it",
}

GONE = "arn:aws:rds:us-east-1:123456789012:db:gone"
ERRORS: list[tuple[str, str, dict[str, Any], str]] = [
    ("rds", "ApplyPendingMaintenanceAction", {"ResourceIdentifier": GONE, "ApplyAction": "db-upgrade", "OptInType": "immediate"}, "ResourceNotFoundFault"),
    ("rds", "DescribePendingMaintenanceActions", {"ResourceIdentifier": GONE}, "ResourceNotFoundFault"),
    ("rds", "DeleteDBInstanceAutomatedBackup", {"DbiResourceId": "db-GONE"}, "DBInstanceAutomatedBackupNotFound"),
    ("rds", "DescribeDBInstanceAutomatedBackups", {"DbiResourceId": "db-GONE"}, "DBInstanceAutomatedBackupNotFound"),
    ("rds", "DescribeCertificates", {"CertificateIdentifier": "rds-ca-2015"}, "CertificateNotFound"),
    ("rds", "DescribeDBEngineVersions", {"Marker": "nonsense"}, "InvalidParameterValue"),
    ("rds", "DescribeDBMajorEngineVersions", {"Marker": "nonsense"}, "InvalidParameterValue"),
    ("rds", "ModifyEventSubscription", {"SubscriptionName": "gone"}, "SubscriptionNotFound"),
]


def before_errors(aws: Any) -> None:
    """They are about what is not there."""
