"""Parameter, option and subnet groups, event subscriptions: what AWS refuses of them, and what moto does not know of MySQL 8.4."""
from __future__ import annotations

import re
from typing import Any

from emulator.context import Context, now
from emulator.errors import Refused, fail
from emulator.services import service

rds = service("rds")
# Parameters that a learner of this lab meets: (values, dynamic). https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.Parameters.html
ON_OFF = r"0|1|ON|OFF"
PARAMETERS: dict[str, dict[str, tuple[str, bool]]] = {
    "mysql": {"require_secure_transport": (ON_OFF, True), "slow_query_log": (ON_OFF, True), "general_log": (ON_OFF, True), "long_query_time": (r"\d+(\.\d+)?", True),
              "log_output": (r"(TABLE|FILE|NONE)(,(TABLE|FILE|NONE))*", True), "max_connections": (r"\d+|\{.*\}", True),
              "performance_schema": (ON_OFF, False), "lower_case_table_names": ("0|1", False), "innodb_log_buffer_size": (r"\d+", False)},
    "postgres": {"rds.force_ssl": ("0|1", True), "log_min_duration_statement": (r"-1|\d+", True), "shared_preload_libraries": (r".*", False),
                 "max_connections": (r"\d+|\{.*\}", False)},
}
CATEGORIES = {"db-instance": {"availability", "backtrack", "backup", "configuration change", "creation", "deletion", "failover", "failure", "low storage",
                              "maintenance", "notification", "read replica", "recovery", "restoration", "security", "security patching"},
              "db-snapshot": {"creation", "deletion", "notification", "restoration"}, "db-parameter-group": {"configuration change"}}


def backend(c: Context) -> Any:
    """moto's own RDS of the account and region, imported when somebody asks for it."""
    from moto.rds.models import rds_backends
    return rds_backends[c.account][c.region]


# ---------------------------------------------------------------- parameter groups


def facts(group: Any, name: str) -> tuple[str, bool] | None:
    return next((p.get(name) for engine, p in PARAMETERS.items() if (group.family or "").startswith(engine)), None)


@rds.before_moto("ModifyDBParameterGroup")
def parameters_fit(c: Context) -> None:
    group = backend(c).db_parameter_groups.get(c.params["DBParameterGroupName"])
    if group is None:
        return
    if group.name.startswith("default."):
        raise fail("InvalidDBParameterGroupState", "You cannot modify the default parameter group.")
    for parameter in c.params.get("Parameters") or []:
        values = facts(group, parameter["ParameterName"])
        if values and not re.fullmatch(values[0], str(parameter.get("ParameterValue"))):
            raise fail("InvalidParameterValue", f"Invalid parameter value: {parameter.get('ParameterValue')} for: {parameter['ParameterName']} "
                                                f"allowed values are: {values[0]}")
        if values and not values[1] and parameter.get("ApplyMethod") == "immediate":
            raise fail("InvalidParameterCombination", "cannot use immediate apply method for static parameter")


@rds.after_moto("ModifyDBParameterGroup")
def wait_for_a_restart(c: Context, answer: dict[str, Any]) -> None:
    """A static parameter, or one that is to wait, is taken over with the next restart of who uses the group."""
    group = backend(c).db_parameter_groups[c.params["DBParameterGroupName"]]
    if not any(p.get("ApplyMethod") == "pending-reboot" or not (facts(group, p["ParameterName"]) or ("", True))[1] for p in c.params["Parameters"]):
        return
    for database in users(c, lambda d: d.db_parameter_group_name == group.name):
        if "worklab_groups" in database.__dict__:
            database.worklab_groups = {group.name: "pending-reboot"}


@rds.after_moto("DescribeDBParameters")
def described(c: Context, answer: dict[str, Any]) -> None:
    group = backend(c).db_parameter_groups[c.params["DBParameterGroupName"]]
    for parameter in answer.get("Parameters") or []:
        values = facts(group, parameter["ParameterName"])
        parameter.update(Source="user", IsModifiable=True, ApplyType="dynamic" if (values or ("", True))[1] else "static", DataType="string")
        if values:
            parameter["AllowedValues"] = values[0].replace("|", ",")
    wanted = c.params.get("Source")
    if wanted and wanted != "user":
        answer["Parameters"] = []


@rds.before_moto("DescribeDBParameterGroups")
def there_is_one(c: Context) -> None:
    named = c.params.get("DBParameterGroupName")
    if named and named not in backend(c).db_parameter_groups:
        raise fail("DBParameterGroupNotFound", f"DBParameterGroup not found: {named}", 404)


# ---------------------------------------------------------------- option groups


@rds.around_moto("CreateOptionGroup")
def create_options(c: Context, moto: Any) -> dict[str, Any]:
    """moto knows MySQL to 8.0 and PostgreSQL to 13."""
    engine, major = c.params["EngineName"], c.params["MajorEngineVersion"]
    known = c.call("rds", "DescribeDBMajorEngineVersions", Engine=engine, MajorEngineVersion=major)["DBMajorEngineVersions"] if engine in PARAMETERS else []
    if not known:
        return moto()  # type: ignore[no-any-return]
    answer = moto(MajorEngineVersion={"mysql": "8.0", "postgres": "13"}[engine])
    backend(c).option_groups[c.params["OptionGroupName"]].major_engine_version = major
    answer["OptionGroup"]["MajorEngineVersion"] = major
    return answer  # type: ignore[no-any-return]


@rds.around_moto("DescribeOptionGroups")
def option_groups(c: Context, moto: Any) -> dict[str, Any]:
    """moto breaks where no name is given, and takes none for an error."""
    if c.params.get("OptionGroupName"):
        return moto()  # type: ignore[no-any-return]
    try:
        return moto(OptionGroupName="")  # type: ignore[no-any-return]
    except Refused as error:
        if error.code != "OptionGroupNotFoundFault":
            raise
        return {"OptionGroupsList": []}


@rds.before_moto("ModifyOptionGroup")
def options_fit(c: Context) -> None:
    group = backend(c).option_groups.get(c.params["OptionGroupName"])
    if group is None or group.engine_name not in PARAMETERS:
        return
    offered = {o["Name"]: o for o in c.call("rds", "DescribeOptionGroupOptions", EngineName=group.engine_name).get("OptionGroupOptions", [])
               if o["MajorEngineVersion"] == group.major_engine_version}
    for option in c.params.get("OptionsToInclude") or []:
        if option["OptionName"] not in offered:
            raise fail("InvalidParameterValue", f"Invalid option: {option['OptionName']} for {group.engine_name} {group.major_engine_version}")
        settings = {s["SettingName"] for s in offered[option["OptionName"]].get("OptionGroupOptionSettings", [])}
        strange = [s["Name"] for s in option.get("OptionSettings") or [] if s["Name"] not in settings]
        if strange:
            raise fail("InvalidParameterValue", f"Invalid option setting: {strange[0]} of {option['OptionName']}")


# ---------------------------------------------------------------- what is in use stays


def users(c: Context, uses: Any) -> list[Any]:
    return [d for d in backend(c).databases.values() if d.db_cluster_identifier is None and uses(d)]


@rds.before_moto("DeleteDBParameterGroup")
def parameters_unused(c: Context) -> None:
    name = c.params["DBParameterGroupName"]
    if name.startswith("default."):
        raise fail("InvalidDBParameterGroupState", f"The parameter group {name} is a default one and cannot be deleted.")
    if users(c, lambda d: d.db_parameter_group_name == name):
        raise fail("InvalidDBParameterGroupState", f"One or more database instances are still members of this parameter group {name}, so the group cannot be deleted")


@rds.before_moto("DeleteOptionGroup")
def options_unused(c: Context) -> None:
    name = c.params["OptionGroupName"]
    snapshots = [s for s in backend(c).database_snapshots.values() if s.snapshot_type == "manual" and s.__dict__.get("OptionGroupName") == name]
    if name.startswith("default:") or snapshots or users(c, lambda d: d.option_group_name == name):
        raise fail("InvalidOptionGroupStateFault", f"The option group '{name}' cannot be deleted because it is in use.")


@rds.before_moto("DeleteDBSubnetGroup")
def subnets_unused(c: Context) -> None:
    name = c.params["DBSubnetGroupName"]
    using = users(c, lambda d: "db_subnet_group" in d.__dict__ and d.db_subnet_group.name == name)
    if using:
        raise fail("InvalidDBSubnetGroupStateFault", f"Cannot delete the subnet group '{name}' because at least one database instance: "
                                                     f"{using[0].db_instance_identifier} is still using it.")


@rds.before_moto("CreateDBSubnetGroup", "ModifyDBSubnetGroup")
def zones_covered(c: Context) -> None:
    subnets = c.call("ec2", "DescribeSubnets", SubnetIds=c.params["SubnetIds"])["Subnets"]
    zones = {s["AvailabilityZone"] for s in subnets}
    if len({s["VpcId"] for s in subnets}) > 1:
        raise fail("InvalidSubnet", "The specified subnets are not all in the same VPC.")
    if len(zones) < 2:
        raise fail("DBSubnetGroupDoesNotCoverEnoughAZs", f"The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: "
                                                         f"{', '.join(zones)}. Add subnets to cover at least 2 AZs.")


# ---------------------------------------------------------------- event subscriptions


def subscription_fits(c: Context, kind: str | None) -> None:
    topic = c.params.get("SnsTopicArn")
    if topic:
        try:
            c.call("sns", "GetTopicAttributes", TopicArn=topic)
        except Refused:
            raise fail("SNSTopicArnNotFound", f"The SNS topic ARN does not exist: {topic}", 404) from None
    strange = set(c.params.get("EventCategories") or []) - CATEGORIES.get(kind or "", set().union(*CATEGORIES.values()))
    if strange and (kind is None or kind in CATEGORIES):
        raise fail("SubscriptionCategoryNotFound", f"The specified category does not exist: {', '.join(sorted(strange))}", 404)


@rds.around_moto("CreateEventSubscription")
def subscribe(c: Context, moto: Any) -> dict[str, Any]:
    subscription_fits(c, c.params.get("SourceType"))
    answer = moto()
    made = backend(c).event_subscriptions[c.params["SubscriptionName"]]
    made.enabled = c.params.get("Enabled", True)  # moto: off unless it is asked for
    made.CustomerAwsId, made.SubscriptionCreationTime = c.account, f"{now():%Y-%m-%d %H:%M:%S}"
    answer["EventSubscription"].update(Enabled=made.enabled, Status="creating")
    return answer  # type: ignore[no-any-return]


@rds.op("ModifyEventSubscription")
def modify_subscription(c: Context) -> dict[str, Any]:
    found = backend(c).event_subscriptions.get(c.params["SubscriptionName"])
    if found is None:
        raise fail("SubscriptionNotFound", f"Subscription {c.params['SubscriptionName']} not found.", 404)
    subscription_fits(c, c.params.get("SourceType") or found.source_type)
    for member, attribute in (("SnsTopicArn", "sns_topic_arn"), ("SourceType", "source_type"), ("EventCategories", "event_categories"), ("Enabled", "enabled")):
        if c.params.get(member) is not None:
            setattr(found, attribute, c.params[member])
    shown = c.call("rds", "DescribeEventSubscriptions", SubscriptionName=found.subscription_name)["EventSubscriptionsList"][0]
    return {"EventSubscription": {**shown, "Status": "modifying"}}
