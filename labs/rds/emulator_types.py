"""CloudFormation's types of RDS, and a topic's policy, as the services' own operations."""
from __future__ import annotations

import json
from typing import Any

from emulator.cfn.declared import Declared, cfn_type
from emulator.cfn.reading import first
from emulator.cfn.types import Found, Work, declare
from emulator.context import Context

RDS = "rds"


def retag(kind: str, key: str) -> Any:
    """AddTagsToResource and its opposite want an ARN."""
    def change(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
        arn = work.context.arn(f"{kind}:{found[key]}", RDS)
        if gone:
            work.call(RDS, "RemoveTagsFromResource", ResourceName=arn, TagKeys=gone)
        if put:
            work.call(RDS, "AddTagsToResource", ResourceName=arn, Tags=[{"Key": k, "Value": v} for k, v in put.items()])
    return change


# ---------------------------------------------------------------- databases

GIVEN_BY_SOURCE = ("Engine", "MasterUsername", "MasterUserPassword", "ManageMasterUserPassword", "AllocatedStorage", "BackupRetentionPeriod",
                   "PreferredBackupWindow", "EngineVersion", "StorageEncrypted", "DBName", "EngineLifecycleSupport", "PreferredMaintenanceWindow")


def as_asked(properties: dict[str, Any]) -> dict[str, Any]:
    """The names of the type's schema, where the operation has others."""
    out = {k: v for k, v in properties.items() if k not in ("AllowMajorVersionUpgrade", "ApplyImmediately", "DeleteAutomatedBackups", "MasterUserSecret")}
    key = (properties.get("MasterUserSecret") or {}).get("KmsKeyId")
    return {**out, "MasterUserSecretKmsKeyId": key} if key else out


def of_source(properties: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in as_asked(properties).items() if k not in GIVEN_BY_SOURCE}


def delete_database(work: Work, found: Found) -> None:
    kept = str(work.properties.get("DeleteAutomatedBackups", True)).lower() != "true"
    work.call(RDS, "DeleteDBInstance", DBInstanceIdentifier=found["DBInstanceIdentifier"], SkipFinalSnapshot=True, DeleteAutomatedBackups=not kept)


def made(work: Work, found: Found) -> dict[str, Any]:
    return database_now(work, found) or {}


def database_now(work: Work, found: Found) -> dict[str, Any] | None:
    return first(work, RDS, "DescribeDBInstances", "DBInstances", DBInstanceIdentifier=found["DBInstanceIdentifier"])


def modify(work: Work, found: Found, changed: set[str]) -> None:
    from emulator.cfn.convert import input_of, parameters
    members = input_of(RDS, "ModifyDBInstance").members
    given = {k: v for k, v in as_asked(work.properties).items() if k in changed and k in {*members, "VPCSecurityGroups"}}
    params = parameters(RDS, "ModifyDBInstance", given, {"VPCSecurityGroups": "VpcSecurityGroupIds"})
    work.call(RDS, "ModifyDBInstance", **{**params, "DBInstanceIdentifier": found["DBInstanceIdentifier"], "ApplyImmediately": True})


def shown(c: Context, found: Found) -> dict[str, Any]:
    return first(c, RDS, "DescribeDBInstances", "DBInstances", DBInstanceIdentifier=found["DBInstanceIdentifier"]) or {}


ABOUT_A_DATABASE: dict[str, Any] = {
    "ref_from": "DBInstanceIdentifier", "delete_op": delete_database, "name_property": "DBInstanceIdentifier", "name_length": 63, "settle": made,
    "rename": {"VPCSecurityGroups": "VpcSecurityGroupIds"}, "update_with": modify, "reader": database_now, "retag": retag("db", "DBInstanceIdentifier"),
    "attrs": {"DBInstanceArn": "DBInstanceArn", "DbiResourceId": "DbiResourceId"},
    "live": {"Endpoint.Address": lambda c, f: shown(c, f)["Endpoint"]["Address"], "Endpoint.Port": lambda c, f: str(shown(c, f)["Endpoint"]["Port"]),
             "Endpoint.HostedZoneId": lambda c, f: shown(c, f)["Endpoint"]["HostedZoneId"],
             "MasterUserSecret.SecretArn": lambda c, f: shown(c, f)["MasterUserSecret"]["SecretArn"]},
    "replace": ("DBInstanceIdentifier", "Engine", "DBName", "MasterUsername", "StorageEncrypted", "KmsKeyId", "DBSubnetGroupName", "AvailabilityZone",
                "SourceDBInstanceIdentifier", "CharacterSetName", "Port"),
}


class Database(Declared):
    """One type for what two operations make: a database, and a replica of one."""

    def create(self, work: Work) -> Found:
        return REPLICA.create(work) if work.properties.get("SourceDBInstanceIdentifier") else super().create(work)


NAME = "AWS::RDS::DBInstance"
REPLICA = Declared(name=NAME, service=RDS, create_op="CreateDBInstanceReadReplica", reshape=of_source, **ABOUT_A_DATABASE)
declare(Database(name=NAME, service=RDS, create_op="CreateDBInstance", reshape=as_asked, **ABOUT_A_DATABASE))

# ---------------------------------------------------------------- groups

cfn_type("AWS::RDS::DBSubnetGroup", RDS, "CreateDBSubnetGroup", "DeleteDBSubnetGroup", "DBSubnetGroupName", name="DBSubnetGroupName",
         reshape=lambda p: {**p, "DBSubnetGroupName": p["DBSubnetGroupName"].lower()}, update="ModifyDBSubnetGroup", replace=("DBSubnetGroupName",),
         retag=retag("subgrp", "DBSubnetGroupName"),
         reader=lambda w, f: first(w, RDS, "DescribeDBSubnetGroups", "DBSubnetGroups", DBSubnetGroupName=f["DBSubnetGroupName"]))


def set_parameters(work: Work, value: Any, found: Found) -> None:
    rows = [{"ParameterName": k, "ParameterValue": str(v), "ApplyMethod": "pending-reboot"} for k, v in (value or {}).items()]
    if rows:
        work.call(RDS, "ModifyDBParameterGroup", DBParameterGroupName=found["DBParameterGroupName"], Parameters=rows)


cfn_type("AWS::RDS::DBParameterGroup", RDS, "CreateDBParameterGroup", "DeleteDBParameterGroup", "DBParameterGroupName", name="DBParameterGroupName",
         rename={"Family": "DBParameterGroupFamily"}, reshape=lambda p: {**p, "DBParameterGroupName": p["DBParameterGroupName"].lower()},
         then={"Parameters": set_parameters}, replace=("DBParameterGroupName", "Family", "Description"), retag=retag("pg", "DBParameterGroupName"),
         attrs={"DBParameterGroupName": "DBParameterGroupName"})


def set_options(work: Work, value: Any, found: Found) -> None:
    wanted = [{k: v for k, v in o.items() if k in ("OptionName", "OptionSettings", "Port", "OptionVersion")} for o in value or []]
    gone = [o["OptionName"] for o in work.before.get("OptionConfigurations") or [] if o["OptionName"] not in {w["OptionName"] for w in wanted}]
    if wanted or gone:
        work.call(RDS, "ModifyOptionGroup", OptionGroupName=found["OptionGroupName"], OptionsToInclude=wanted, OptionsToRemove=gone, ApplyImmediately=True)


cfn_type("AWS::RDS::OptionGroup", RDS, "CreateOptionGroup", "DeleteOptionGroup", "OptionGroupName", name="OptionGroupName",
         reshape=lambda p: {**p, "OptionGroupName": p["OptionGroupName"].lower()}, then={"OptionConfigurations": set_options},
         replace=("OptionGroupName", "EngineName", "MajorEngineVersion", "OptionGroupDescription"), retag=retag("og", "OptionGroupName"),
         reader=lambda w, f: first(w, RDS, "DescribeOptionGroups", "OptionGroupsList", OptionGroupName=f["OptionGroupName"]))

# ---------------------------------------------------------------- notifications


def modify_subscription(work: Work, found: Found, changed: set[str]) -> None:
    given = {k: v for k, v in work.properties.items() if k in ("SnsTopicArn", "SourceType", "EventCategories", "Enabled")}
    work.call(RDS, "ModifyEventSubscription", SubscriptionName=found["SubscriptionName"], **given)


cfn_type("AWS::RDS::EventSubscription", RDS, "CreateEventSubscription", "DeleteEventSubscription", "SubscriptionName", name="SubscriptionName",
         update=modify_subscription, updatable=("SnsTopicArn", "SourceType", "EventCategories", "Enabled"), replace=("SubscriptionName",),
         retag=retag("es", "SubscriptionName"),
         reader=lambda w, f: first(w, RDS, "DescribeEventSubscriptions", "EventSubscriptionsList", SubscriptionName=f["SubscriptionName"]))


def set_policy(work: Work, found: Found, changed: set[str]) -> None:
    for topic in work.properties["Topics"]:
        work.call("sns", "SetTopicAttributes", TopicArn=topic, AttributeName="Policy", AttributeValue=json.dumps(work.properties["PolicyDocument"]))


class TopicPolicy(Declared):
    """It sets an attribute of each topic, and has no operation of its own."""

    def create(self, work: Work) -> Found:
        set_policy(work, {}, set())
        return {"Id": work.name(), "Topics": work.properties["Topics"]}

    def delete(self, work: Work, found: Found) -> None:
        """The topic goes on with its last policy; it goes with the stack."""


declare(TopicPolicy(name="AWS::SNS::TopicPolicy", service="sns", create_op="SetTopicAttributes", delete_op="DeleteTopic", ref_from="Id",
                    attrs={"Id": "Id"}, update_with=set_policy, tags_property=""))
