"""What moto's RDS lacks: time. What is asked of a database happens after a while, by the sandbox's clock; and events tell of it.

A database of moto's carries `worklab_due`: [(when, {attribute: value})]. Whoever asks RDS anything sees what is due by then.
"""
from __future__ import annotations

import datetime
from typing import Any

from emulator.clock import CLOCK, now
from emulator.context import Context
from emulator.errors import fail
from emulator.services import service

rds = service("rds")
ec2 = service("ec2")
OPERATIONS = [f"{verb}{thing}" for verb, things in {
    "Create": ("DBInstance", "DBInstanceReadReplica", "DBSnapshot", "OptionGroup", "DBParameterGroup", "DBSubnetGroup", "BlueGreenDeployment"),
    "Describe": ("DBInstances", "DBSnapshots", "DBInstanceAutomatedBackups", "Events", "PendingMaintenanceActions", "DBLogFiles",
                 "BlueGreenDeployments"),
    "Modify": ("DBInstance", "DBParameterGroup", "OptionGroup", "DBSubnetGroup"),
    "Delete": ("DBInstance", "DBSnapshot", "DBParameterGroup", "OptionGroup", "DBSubnetGroup", "DBInstanceAutomatedBackup"),
    "Restore": ("DBInstanceFromDBSnapshot", "DBInstanceToPointInTime"), "Reboot": ("DBInstance",), "Start": ("DBInstance", "ExportTask"),
    "Stop": ("DBInstance",), "Promote": ("ReadReplica",), "Copy": ("DBSnapshot",), "Apply": ("PendingMaintenanceAction",),
    "ListTags": ("ForResource",), "Failover": ("DBCluster",), "Switchover": ("BlueGreenDeployment",), "AddRoleTo": ("DBInstance",),
    "RemoveRoleFrom": ("DBInstance",),
}.items() for thing in things]
MINUTES_OF_EVENTS = 60  # what DescribeEvents shows when nothing is said of the time
A_DAY_OF_MINUTES = 24 * 60


def backend(c: Context) -> Any:
    """moto's own RDS of the account and region, imported when somebody asks for it."""
    from moto.rds.models import rds_backends
    return rds_backends[c.account][c.region]


# ---------------------------------------------------------------- time


@rds.before_moto(*OPERATIONS)
def settle(c: Context) -> None:
    """What is due happens, in its order."""
    held = backend(c)
    for thing in [*held.databases.values(), *held.database_snapshots.values()]:
        due = thing.__dict__.get("worklab_due") or []
        while due and due[0][0] <= CLOCK.time():
            happen(c, thing, due.pop(0)[1])


def happen(c: Context, thing: Any, changes: dict[str, Any]) -> None:
    said, gone = changes.pop("told", None), changes.pop("gone", False)
    for name, value in changes.items():
        setattr(thing, name, value)
    for category, message in said or []:
        tell(c, thing.db_instance_identifier, category, message)
    if gone:
        delete(c, thing)


def delete(c: Context, database: Any) -> None:
    """A replica outlives its source, and is one no more."""
    held = backend(c)
    for replica in [d for d in held.databases.values() if d.source_db_instance_identifier in (database.db_instance_identifier, database.arn)]:
        replica.is_replica, replica.source_db_instance_identifier = False, None
    if database.is_replica and not any(d is not database and database.db_instance_identifier in d.replicas for d in held.databases.values()):
        database.is_replica = False  # its source has gone before it
    database.deletion_protection = False
    held.delete_db_instance(database.db_instance_identifier, skip_final_snapshot=True,
                            delete_automated_backups=database.__dict__.get("worklab_forget", True))


# ---------------------------------------------------------------- events


def tell(c: Context, source: str, category: str, message: str) -> None:
    from moto.rds.models import Event
    event = Event.__new__(Event)
    event.source_identifier, event.source_type, event.source_arn = source, "db-instance", c.arn(f"db:{source}", "rds")
    event.message, event.event_categories, event.date = message, [category], now().replace(tzinfo=None)
    backend(c).events.append(event)


@rds.before_moto("DescribeEvents")
def time_is_said_once(c: Context) -> None:
    start, end, duration = c.params.get("StartTime"), c.params.get("EndTime"), c.params.get("Duration")
    if start and end and start > end:
        raise fail("InvalidParameterCombination", "The start time must be before the end time.")
    if duration is not None and not 1 <= int(duration) <= 14 * A_DAY_OF_MINUTES:
        raise fail("InvalidParameterValue", f"The duration {duration} is not between 1 and {14 * A_DAY_OF_MINUTES} minutes.")


@rds.after_moto("DescribeEvents")
def of_that_time(c: Context, answer: dict[str, Any]) -> None:
    """moto shows the events of all times and categories. RDS: of the last hour, unless it is told otherwise."""
    lasting = datetime.timedelta(minutes=int(c.params.get("Duration") or MINUTES_OF_EVENTS))
    start = c.params.get("StartTime") or (c.params.get("EndTime") or now()) - lasting
    end = c.params.get("EndTime") or now()
    wanted = set(c.params.get("EventCategories") or [])
    answer["Events"] = [e for e in answer.get("Events", [])
                        if aware(start) <= aware(e["Date"]) <= aware(end) and (not wanted or wanted & set(e["EventCategories"]))]


def aware(when: datetime.datetime) -> datetime.datetime:
    return when if when.tzinfo else when.replace(tzinfo=datetime.timezone.utc)


# ---------------------------------------------------------------- what a database stands in


@ec2.before_moto("DeleteSecurityGroup")
def guards_a_database(c: Context) -> None:
    settle(c)
    group = c.params.get("GroupId")
    if group and any(group in (d.__dict__.get("vpc_security_group_ids") or []) for d in backend(c).databases.values()):
        raise fail("DependencyViolation", f"resource {group} has a dependent object")
