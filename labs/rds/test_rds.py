"""What the RDS lab's additions promise, asked with boto3: states that pass, what waits for a window, what is refused."""
from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Sandbox, message, refused

Aws = Callable[..., Any]
BRIEFLY = {"Delay": 1, "MaxAttempts": 20}
MYSQL: dict[str, Any] = {"DBInstanceClass": "db.t4g.micro", "Engine": "mysql", "MasterUsername": "learner", "ManageMasterUserPassword": True,
                         "AllocatedStorage": 20, "StorageEncrypted": True}


def group(aws: Aws) -> str:
    subnets = aws("ec2").describe_subnets()["Subnets"]
    aws("rds").create_db_subnet_group(DBSubnetGroupName="g", DBSubnetGroupDescription="d", SubnetIds=[s["SubnetId"] for s in subnets[:2]])
    return "g"


def wait(rds: Any, name: str = "a", what: str = "available") -> None:
    rds.get_waiter(f"db_instance_{what}").wait(DBInstanceIdentifier=name, WaiterConfig=BRIEFLY)


def made(aws: Aws, name: str = "a", **more: Any) -> Any:
    rds = aws("rds")
    rds.create_db_instance(**{**MYSQL, "DBInstanceIdentifier": name, **more})
    wait(rds, name)
    return rds


def shown(rds: Any, name: str = "a") -> dict[str, Any]:
    return dict(rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0])


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


# ---------------------------------------------------------------- creation


def test_a_database_takes_its_time_and_has_an_endpoint_when_it_is_there(aws: Aws) -> None:
    rds = aws("rds")
    told = rds.create_db_instance(**MYSQL, DBInstanceIdentifier="a", MultiAZ=True, DBSubnetGroupName=group(aws))["DBInstance"]
    assert told["DBInstanceStatus"] == "creating" and "Endpoint" not in told
    wait(rds)
    there = shown(rds)
    assert there["Endpoint"]["Port"] == 3306 and there["KmsKeyId"].startswith("arn:aws:kms:")
    assert {there["AvailabilityZone"], there["SecondaryAvailabilityZone"]} == {"us-east-1a", "us-east-1b"}
    assert there["EngineLifecycleSupport"] == "open-source-rds-extended-support"  # what is not asked for is paid for


def test_a_major_version_stands_for_its_default_minor(aws: Aws) -> None:
    rds = made(aws, EngineVersion="8.4")
    default = rds.describe_db_engine_versions(Engine="mysql", EngineVersion="8.4", DefaultOnly=True)["DBEngineVersions"]
    assert [shown(rds)["EngineVersion"]] == [v["EngineVersion"] for v in default]


@pytest.mark.parametrize("asked,told", [
    ({"EngineVersion": "8.4.99"}, "Cannot find version 8.4.99 for mysql"),
    ({"EngineVersion": "8.0.46", "EngineLifecycleSupport": "open-source-rds-extended-support-disabled"}, "past its end of standard support"),
    ({"EnablePerformanceInsights": True}, "Performance Insights not supported for this configuration."),
    ({"MultiAZ": True, "AvailabilityZone": "us-east-1a"}, "not valid for Multi-AZ"),
    ({"MasterUserPassword": "not-a-real-one"}, "ManageMasterUserPassword"),
    ({"VpcSecurityGroupIds": ["sg-0123456789abcdef0"]}, "Invalid security group"),
    ({"DBInstanceClass": "t4g.micro"}, "Invalid DB Instance class"),
    ({"BackupRetentionPeriod": 36}, "backup retention period"),
    ({"KmsKeyId": "alias/nobodys"}, "alias/nobodys"),
])
def test_what_aws_refuses_of_a_new_database(aws: Aws, asked: dict[str, Any], told: str) -> None:
    assert told in message(aws("rds").create_db_instance, DBInstanceIdentifier="a", **{**MYSQL, **asked})


def test_exported_logs_have_a_group_that_stays(aws: Aws) -> None:
    rds = made(aws, EnableCloudwatchLogsExports=["error"])
    rds.delete_db_instance(DBInstanceIdentifier="a", SkipFinalSnapshot=True)
    wait(rds, what="deleted")
    assert [g["logGroupName"] for g in aws("logs").describe_log_groups()["logGroups"]] == ["/aws/rds/instance/a/error"]


# ---------------------------------------------------------------- change


def test_a_change_waits_for_the_window_unless_it_is_to_be_immediate(aws: Aws, sandbox: Sandbox) -> None:
    rds = made(aws, DBSubnetGroupName=group(aws), PreferredMaintenanceWindow="sun:05:00-sun:06:00")
    rds.modify_db_instance(DBInstanceIdentifier="a", MultiAZ=True)
    assert (shown(rds)["MultiAZ"], shown(rds)["PendingModifiedValues"]) == (False, {"MultiAZ": True})
    rds.modify_db_instance(DBInstanceIdentifier="a", MultiAZ=False)  # as it is: called off
    sandbox.turn(7 * 24 * 3600)
    assert (shown(rds)["MultiAZ"], shown(rds)["PendingModifiedValues"]) == (False, {})
    rds.modify_db_instance(DBInstanceIdentifier="a", MultiAZ=True)
    sandbox.turn(7 * 24 * 3600)
    assert (shown(rds)["MultiAZ"], shown(rds)["PendingModifiedValues"]) == (True, {})
    rds.modify_db_instance(DBInstanceIdentifier="a", MultiAZ=False, ApplyImmediately=True)
    assert shown(rds)["DBInstanceStatus"] == "modifying"
    until(lambda: shown(rds)["DBInstanceStatus"] == "available")
    assert not shown(rds)["MultiAZ"] and "SecondaryAvailabilityZone" not in shown(rds)


def test_what_is_changing_cannot_be_changed(aws: Aws) -> None:
    rds = aws("rds")
    rds.create_db_instance(**MYSQL, DBInstanceIdentifier="a")
    assert refused(rds.modify_db_instance, DBInstanceIdentifier="a", MultiAZ=True) == "InvalidDBInstanceState"
    assert refused(rds.create_db_snapshot, DBInstanceIdentifier="a", DBSnapshotIdentifier="s") == "InvalidDBInstanceState"


def test_a_replica_is_upgraded_before_its_source(aws: Aws) -> None:
    rds = made(aws, EngineVersion="8.4.10")
    rds.create_db_instance_read_replica(DBInstanceIdentifier="b", SourceDBInstanceIdentifier="a")
    wait(rds, "b")
    newest = {"EngineVersion": "8.4.11", "ApplyImmediately": True}
    assert refused(rds.modify_db_instance, DBInstanceIdentifier="a", **newest) == "DBUpgradeDependencyFailure"
    for name in ("b", "a"):
        rds.modify_db_instance(DBInstanceIdentifier=name, **newest)
        until(lambda name=name: shown(rds, name)["EngineVersion"] == "8.4.11")  # type: ignore[misc]
    assert message(rds.modify_db_instance, DBInstanceIdentifier="a", EngineVersion="8.4.9").startswith("Cannot upgrade")


def test_a_new_parameter_group_is_read_at_the_next_start(aws: Aws) -> None:
    rds = made(aws)
    rds.create_db_parameter_group(DBParameterGroupName="p", DBParameterGroupFamily="mysql8.4", Description="d")
    rds.modify_db_instance(DBInstanceIdentifier="a", DBParameterGroupName="p", ApplyImmediately=True)
    assert shown(rds)["DBParameterGroups"] == [{"DBParameterGroupName": "p", "ParameterApplyStatus": "pending-reboot"}]
    rds.reboot_db_instance(DBInstanceIdentifier="a")
    until(lambda: shown(rds)["DBInstanceStatus"] == "available")
    assert shown(rds)["DBParameterGroups"][0]["ParameterApplyStatus"] == "in-sync"
    assert refused(rds.delete_db_parameter_group, DBParameterGroupName="p") == "InvalidDBParameterGroupState"


def test_a_failover_changes_the_zones_and_is_told_of(aws: Aws) -> None:
    rds = made(aws, MultiAZ=True, DBSubnetGroupName=group(aws))
    before = shown(rds)
    rds.reboot_db_instance(DBInstanceIdentifier="a", ForceFailover=True)
    until(lambda: shown(rds)["DBInstanceStatus"] == "available")
    assert shown(rds)["AvailabilityZone"] == before["SecondaryAvailabilityZone"]
    told = rds.describe_events(SourceType="db-instance", EventCategories=["failover"])["Events"]
    assert [e["Message"] for e in told] == ["Multi-AZ instance failover started.", "Multi-AZ instance failover completed"]
    made(aws, "single")
    assert refused(rds.reboot_db_instance, DBInstanceIdentifier="single", ForceFailover=True) == "InvalidParameterCombination"


def test_events_are_of_the_last_hour_unless_asked_otherwise(aws: Aws, sandbox: Sandbox) -> None:
    rds = made(aws)
    sandbox.turn(2 * 3600)
    assert rds.describe_events()["Events"] == []
    assert rds.describe_events(Duration=180)["Events"] != []


# ---------------------------------------------------------------- copies


def test_a_restored_database_has_the_storage_of_the_snapshot_and_settings_of_its_own(aws: Aws) -> None:
    rds = made(aws, MultiAZ=True, DBSubnetGroupName=group(aws), Tags=[{"Key": "k", "Value": "v"}])
    rds.create_db_snapshot(DBInstanceIdentifier="a", DBSnapshotIdentifier="s")
    assert rds.describe_db_snapshots(DBSnapshotIdentifier="s")["DBSnapshots"][0]["Status"] == "creating"
    assert refused(rds.restore_db_instance_from_db_snapshot, DBInstanceIdentifier="c", DBSnapshotIdentifier="s") == "InvalidDBSnapshotState"
    rds.get_waiter("db_snapshot_available").wait(DBSnapshotIdentifier="s", WaiterConfig=BRIEFLY)
    rds.restore_db_instance_from_db_snapshot(DBInstanceIdentifier="c", DBSnapshotIdentifier="s", DBSubnetGroupName="g")
    wait(rds, "c")
    old, new = shown(rds), shown(rds, "c")
    assert (new["MultiAZ"], new["TagList"], new["StorageEncrypted"], new["KmsKeyId"]) == (False, [], True, old["KmsKeyId"])
    assert "MasterUserSecret" not in new and new["DbiResourceId"] != old["DbiResourceId"]
    told = rds.describe_events(SourceType="db-instance", EventCategories=["restoration"])["Events"]
    assert [(e["SourceIdentifier"], e["Message"]) for e in told] == [("c", "Restored from snapshot s")]


def test_a_point_in_time_of_a_database_with_a_managed_password(aws: Aws) -> None:
    rds = made(aws)
    rds.restore_db_instance_to_point_in_time(SourceDBInstanceIdentifier="a", TargetDBInstanceIdentifier="d", UseLatestRestorableTime=True)
    wait(rds, "d")
    assert "MasterUserSecret" in shown(rds) and "MasterUserSecret" not in shown(rds, "d")
    assert len(aws("secretsmanager").list_secrets()["SecretList"]) == 1


def test_a_replica_is_its_own_and_outlives_its_source(aws: Aws) -> None:
    rds = made(aws, MultiAZ=True, DBSubnetGroupName=group(aws))
    rds.create_db_instance_read_replica(DBInstanceIdentifier="b", SourceDBInstanceIdentifier="a")
    wait(rds, "b")
    assert (shown(rds, "b")["MultiAZ"], shown(rds, "b")["BackupRetentionPeriod"]) == (False, 0)
    assert shown(rds, "b")["StatusInfos"][0]["Status"] == "replicating"
    rds.delete_db_instance(DBInstanceIdentifier="a", SkipFinalSnapshot=True)
    assert shown(rds)["DBInstanceStatus"] == "deleting"
    wait(rds, what="deleted")
    assert "ReadReplicaSourceDBInstanceIdentifier" not in shown(rds, "b")
    rds.delete_db_instance(DBInstanceIdentifier="b", SkipFinalSnapshot=True)
    wait(rds, "b", "deleted")
    assert aws("secretsmanager").list_secrets()["SecretList"] == []


def test_no_replica_without_backups(aws: Aws) -> None:
    rds = made(aws, BackupRetentionPeriod=0)
    assert refused(rds.create_db_instance_read_replica, DBInstanceIdentifier="b", SourceDBInstanceIdentifier="a") == "InvalidDBInstanceState"
    assert rds.describe_db_instance_automated_backups()["DBInstanceAutomatedBackups"] == []


# ---------------------------------------------------------------- deletion and groups


def test_a_database_is_not_deleted_by_a_slip(aws: Aws) -> None:
    rds = made(aws, DeletionProtection=True)
    assert "Cannot delete protected" in message(rds.delete_db_instance, DBInstanceIdentifier="a", SkipFinalSnapshot=True)
    rds.modify_db_instance(DBInstanceIdentifier="a", DeletionProtection=False)
    assert "FinalDBSnapshotIdentifier is required" in message(rds.delete_db_instance, DBInstanceIdentifier="a")
    rds.delete_db_instance(DBInstanceIdentifier="a", FinalDBSnapshotIdentifier="last")
    wait(rds, what="deleted")
    assert [s["DBSnapshotIdentifier"] for s in rds.describe_db_snapshots(SnapshotType="manual")["DBSnapshots"]] == ["last"]


def test_what_a_database_uses_stays(aws: Aws) -> None:
    vpc = aws("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]
    security = aws("ec2").create_security_group(GroupName="d", Description="d", VpcId=vpc)["GroupId"]
    rds = aws("rds")
    rds.create_option_group(OptionGroupName="o", EngineName="mysql", MajorEngineVersion="8.4", OptionGroupDescription="d")
    made(aws, DBSubnetGroupName=group(aws), OptionGroupName="o", VpcSecurityGroupIds=[security])
    rds.create_db_snapshot(DBInstanceIdentifier="a", DBSnapshotIdentifier="s")
    rds.get_waiter("db_snapshot_available").wait(DBSnapshotIdentifier="s", WaiterConfig=BRIEFLY)
    assert refused(rds.delete_db_subnet_group, DBSubnetGroupName="g") == "InvalidDBSubnetGroupStateFault"
    assert refused(aws("ec2").delete_security_group, GroupId=security) == "DependencyViolation"
    rds.delete_db_instance(DBInstanceIdentifier="a", SkipFinalSnapshot=True)
    wait(rds, what="deleted")
    assert refused(rds.delete_option_group, OptionGroupName="o") == "InvalidOptionGroupStateFault"  # the snapshot needs it
    rds.delete_db_snapshot(DBSnapshotIdentifier="s")
    rds.delete_option_group(OptionGroupName="o")
    rds.delete_db_subnet_group(DBSubnetGroupName="g")
    aws("ec2").delete_security_group(GroupId=security)


def test_groups_that_do_not_fit(aws: Aws) -> None:
    rds, subnets = aws("rds"), aws("ec2").describe_subnets()["Subnets"]
    one = {"DBSubnetGroupName": "one", "DBSubnetGroupDescription": "d", "SubnetIds": [subnets[0]["SubnetId"]]}
    assert refused(rds.create_db_subnet_group, **one) == "DBSubnetGroupDoesNotCoverEnoughAZs"
    rds.create_option_group(OptionGroupName="o", EngineName="mysql", MajorEngineVersion="8.4", OptionGroupDescription="d")
    memcached = {"OptionGroupName": "o", "OptionsToInclude": [{"OptionName": "MEMCACHED"}]}
    assert refused(rds.modify_option_group, **memcached) == "InvalidParameterValue"  # MySQL 8.4 has it no more
    rds.create_db_parameter_group(DBParameterGroupName="p", DBParameterGroupFamily="mysql8.4", Description="d")
    wrong = [{"ParameterName": "slow_query_log", "ParameterValue": "yes", "ApplyMethod": "immediate"}]
    assert refused(rds.modify_db_parameter_group, DBParameterGroupName="p", Parameters=wrong) == "InvalidParameterValue"
    static = [{"ParameterName": "performance_schema", "ParameterValue": "1", "ApplyMethod": "immediate"}]
    assert refused(rds.modify_db_parameter_group, DBParameterGroupName="p", Parameters=static) == "InvalidParameterCombination"


def test_a_subscription_needs_a_topic_and_known_categories(aws: Aws) -> None:
    rds = aws("rds")
    nobody = {"SubscriptionName": "e", "SnsTopicArn": "arn:aws:sns:us-east-1:123456789012:gone", "SourceType": "db-instance"}
    assert refused(rds.create_event_subscription, **nobody) == "SNSTopicArnNotFound"
    topic = aws("sns").create_topic(Name="t")["TopicArn"]
    asked = {**nobody, "SnsTopicArn": topic}
    assert refused(rds.create_event_subscription, **asked, EventCategories=["fail-over"]) == "SubscriptionCategoryNotFound"
    assert rds.create_event_subscription(**asked, EventCategories=["failover"])["EventSubscription"]["Enabled"]


# ---------------------------------------------------------------- CloudFormation


def test_a_stack_waits_for_its_database_and_leaves_nothing(aws: Aws) -> None:
    subnets = [s["SubnetId"] for s in aws("ec2").describe_subnets()["Subnets"][:2]]
    common = {"DBInstanceClass": "db.t4g.micro", "DeletionProtection": False}
    resources = {
        "Subnets": {"Type": "AWS::RDS::DBSubnetGroup", "Properties": {"DBSubnetGroupDescription": "d", "SubnetIds": subnets}},
        "Parameters": {"Type": "AWS::RDS::DBParameterGroup", "Properties": {"Family": "mysql8.4", "Description": "d", "Parameters": {"long_query_time": "1"}}},
        "Options": {"Type": "AWS::RDS::OptionGroup", "Properties": {
            "EngineName": "mysql", "MajorEngineVersion": "8.4", "OptionGroupDescription": "d",
            "OptionConfigurations": [{"OptionName": "MARIADB_AUDIT_PLUGIN"}]}},
        "Primary": {"Type": "AWS::RDS::DBInstance", "DeletionPolicy": "Delete", "Properties": {
            **common, "Engine": "mysql", "EngineVersion": "8.4", "MasterUsername": "learner", "ManageMasterUserPassword": True, "MultiAZ": True,
            "AllocatedStorage": "20", "DBSubnetGroupName": {"Ref": "Subnets"}, "DBParameterGroupName": {"Ref": "Parameters"},
            "OptionGroupName": {"Ref": "Options"}, "BackupRetentionPeriod": 1, "Tags": [{"Key": "k", "Value": "v"}]}},
        "Replica": {"Type": "AWS::RDS::DBInstance", "DeletionPolicy": "Delete", "Properties": {**common, "SourceDBInstanceIdentifier": {"Ref": "Primary"}}},
    }
    outputs = {"Address": {"Value": {"Fn::GetAtt": ["Primary", "Endpoint.Address"]}}, "Secret": {"Value": {"Fn::GetAtt": ["Primary", "MasterUserSecret.SecretArn"]}}}
    cloudformation = aws("cloudformation")
    cloudformation.create_stack(StackName="s", TemplateBody=json.dumps({"Resources": resources, "Outputs": outputs}))
    stack = cloudformation.describe_stacks(StackName="s")["Stacks"][0]
    assert (stack["StackStatus"], len(stack["Outputs"])) == ("CREATE_COMPLETE", 2)
    told = {d["DBInstanceIdentifier"]: d for d in aws("rds").describe_db_instances()["DBInstances"]}
    primary = next(d for d in told.values() if d["MultiAZ"])
    assert {d["DBInstanceStatus"] for d in told.values()} == {"available"} and len(told) == 2
    assert primary["DBParameterGroups"][0]["ParameterApplyStatus"] == "in-sync" and {"Key": "k", "Value": "v"} in primary["TagList"]
    cloudformation.delete_stack(StackName="s")
    rds = aws("rds")
    assert (rds.describe_db_instances()["DBInstances"], rds.describe_db_subnet_groups()["DBSubnetGroups"]) == ([], [])
    assert aws("secretsmanager").list_secrets()["SecretList"] == []


# ---------------------------------------------------------------- what an answer tells at once, and what of it the next look shows


def test_a_managed_password_is_being_made_first_and_is_rotated_only_at_once(aws: Aws) -> None:
    rds = aws("rds")
    told = rds.create_db_instance(**MYSQL, DBInstanceIdentifier="a")["DBInstance"]
    assert told["MasterUserSecret"]["SecretStatus"] == "creating"
    wait(rds)
    assert shown(rds)["MasterUserSecret"] == {**told["MasterUserSecret"], "SecretStatus": "active"}
    assert refused(rds.modify_db_instance, DBInstanceIdentifier="a", RotateMasterUserPassword=True) == "InvalidParameterCombination"
    told = rds.modify_db_instance(DBInstanceIdentifier="a", RotateMasterUserPassword=True, ApplyImmediately=True)["DBInstance"]
    assert told["MasterUserSecret"]["SecretStatus"] == "rotating"
    assert shown(rds)["MasterUserSecret"]["SecretStatus"] == "active"
    rds.modify_db_instance(DBInstanceIdentifier="a", ManageMasterUserPassword=False, MasterUserPassword="a-password-of-mine", ApplyImmediately=True)
    wait(rds)
    assert refused(rds.modify_db_instance, DBInstanceIdentifier="a", RotateMasterUserPassword=True, ApplyImmediately=True) == "InvalidParameterCombination"


def test_a_snapshot_is_told_at_once_as_it_is_shown_and_found_by_its_database(aws: Aws) -> None:
    rds = made(aws)
    told = rds.create_db_snapshot(DBInstanceIdentifier="a", DBSnapshotIdentifier="s")["DBSnapshot"]
    assert told["Status"] == "creating"
    [seen] = rds.describe_db_snapshots(DBSnapshotIdentifier="s")["DBSnapshots"]
    assert seen == told
    filters = [{"Name": "dbi-resource-id", "Values": [shown(rds)["DbiResourceId"]]}]
    found = rds.describe_db_snapshots(Filters=filters)["DBSnapshots"]
    assert {s["SnapshotType"] for s in found} == {"manual", "automated"}
    assert {s["DbiResourceId"] for s in found} == {shown(rds)["DbiResourceId"]}
    assert {s["KmsKeyId"] for s in found} == {shown(rds)["KmsKeyId"]}


def test_time_passes_for_who_asks_for_something_else(aws: Aws, sandbox: Sandbox) -> None:
    """What is available by now is so for every operation, not for those alone that show it."""
    rds = made(aws)
    arn = rds.create_db_snapshot(DBInstanceIdentifier="a", DBSnapshotIdentifier="s")["DBSnapshot"]["DBSnapshotArn"]
    ask = {"ExportTaskIdentifier": "e", "SourceArn": arn, "S3BucketName": "exports", "IamRoleArn": "arn:aws:iam::123456789012:role/r", "KmsKeyId": "k"}
    assert refused(rds.start_export_task, **ask) == "InvalidExportSourceState"
    sandbox.turn(60)
    assert rds.start_export_task(**ask)["ExportTaskIdentifier"] == "e"
