"""DataSync as its additions promise it: locations that are looked at, tasks with defaults, executions that copy, agents with keys."""
from __future__ import annotations

import importlib.util
import json
import pathlib
from typing import Any

import pytest
from conftest import Sandbox, message, refused

HERE = pathlib.Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("examples_of_datasync_here", HERE / "examples.py")
assert SPEC and SPEC.loader
EXAMPLES = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(EXAMPLES)
WHOLE = 5.0  # seconds: more than an execution takes


def role(aws: Any) -> str:
    return str(aws("iam").create_role(RoleName="datasync", AssumeRolePolicyDocument=EXAMPLES.TRUST)["Role"]["Arn"])


def bucket(aws: Any, name: str, *files: str) -> str:
    aws("s3").create_bucket(Bucket=name)
    for file in files:
        aws("s3").put_object(Bucket=name, Key=file, Body=f"what is in {file}".encode(), Metadata={"kept": "yes"})
    return f"arn:aws:s3:::{name}"


def task(aws: Any, sandbox: Sandbox, *files: str, target: dict[str, Any] | None = None, **more: Any) -> str:
    datasync, config = aws("datasync"), {"BucketAccessRoleArn": role(aws)}
    source = datasync.create_location_s3(S3BucketArn=bucket(aws, "source", *files), Subdirectory="/in/", S3Config=config)["LocationArn"]
    to = datasync.create_location_s3(S3BucketArn=bucket(aws, "target"), Subdirectory="out", S3Config=config, **(target or {}))["LocationArn"]
    arn = datasync.create_task(SourceLocationArn=source, DestinationLocationArn=to, Name="t", **more)["TaskArn"]
    assert datasync.describe_task(TaskArn=arn)["Status"] == "CREATING"
    sandbox.turn(1)
    assert datasync.describe_task(TaskArn=arn)["Status"] == "AVAILABLE"
    return str(arn)


def keys(aws: Any, name: str) -> list[str]:
    return [o["Key"] for o in aws("s3").list_objects_v2(Bucket=name).get("Contents", [])]


def run(aws: Any, sandbox: Sandbox, arn: str, **more: Any) -> dict[str, Any]:
    execution = aws("datasync").start_task_execution(TaskArn=arn, **more)["TaskExecutionArn"]
    sandbox.turn(WHOLE)
    return dict(aws("datasync").describe_task_execution(TaskExecutionArn=execution))


# ---------------------------------------------------------------- executions


def test_an_execution_goes_through_its_states_and_really_copies(aws: Any, sandbox: Sandbox) -> None:
    arn, datasync = task(aws, sandbox, "in/a.txt", "in/deep/b.txt", "elsewhere.txt"), aws("datasync")
    with sandbox.stopped():
        execution = datasync.start_task_execution(TaskArn=arn)["TaskExecutionArn"]
        seen: list[str] = []
        while "SUCCESS" not in seen and len(seen) < 60:
            now = datasync.describe_task_execution(TaskExecutionArn=execution)
            seen.append(now["Status"])
            if now["Status"] == "PREPARING":
                assert keys(aws, "target") == []
                assert datasync.describe_task(TaskArn=arn)["Status"] == "RUNNING"
                assert datasync.describe_task(TaskArn=arn)["CurrentTaskExecutionArn"] == execution
            sandbox.turn(0.1)
    assert [s for i, s in enumerate(seen) if s not in seen[:i]] == ["LAUNCHING", "PREPARING", "TRANSFERRING", "VERIFYING", "SUCCESS"]
    done = datasync.describe_task_execution(TaskExecutionArn=execution)
    assert done["Status"] == "SUCCESS" and done["Result"]["VerifyStatus"] == "SUCCESS"
    assert (done["EstimatedFilesToTransfer"], done["FilesTransferred"], done["FilesVerified"]) == (2, 2, 2)
    assert keys(aws, "target") == ["out/a.txt", "out/deep/b.txt"]
    copied = aws("s3").get_object(Bucket="target", Key="out/a.txt")
    assert copied["Body"].read() == b"what is in in/a.txt" and copied["Metadata"] == {"kept": "yes"}
    assert done["BytesTransferred"] == len(b"what is in in/a.txt") + len(b"what is in in/deep/b.txt")
    assert datasync.list_task_executions(TaskArn=arn)["TaskExecutions"] == [
        {"TaskExecutionArn": execution, "Status": "SUCCESS", "TaskMode": "BASIC"}]


def test_whoever_looks_into_the_bucket_sees_what_was_copied_by_then(aws: Any, sandbox: Sandbox) -> None:
    arn = task(aws, sandbox, "in/a.txt")
    aws("datasync").start_task_execution(TaskArn=arn)
    assert keys(aws, "target") == []
    sandbox.turn(WHOLE)
    assert keys(aws, "target") == ["out/a.txt"]


def test_a_second_execution_copies_what_has_changed(aws: Any, sandbox: Sandbox) -> None:
    arn = task(aws, sandbox, "in/a.txt", "in/b.txt", Options={"PreserveDeletedFiles": "REMOVE"})
    run(aws, sandbox, arn)
    aws("s3").put_object(Bucket="source", Key="in/a.txt", Body=b"new")
    aws("s3").delete_object(Bucket="source", Key="in/b.txt")
    again = run(aws, sandbox, arn)
    assert (again["FilesTransferred"], again["FilesDeleted"], again["FilesSkipped"]) == (1, 1, 0)
    assert keys(aws, "target") == ["out/a.txt"] and aws("s3").get_object(Bucket="target", Key="out/a.txt")["Body"].read() == b"new"
    assert run(aws, sandbox, arn)["FilesSkipped"] == 1
    assert run(aws, sandbox, arn, OverrideOptions={"TransferMode": "ALL"})["FilesTransferred"] == 1


def test_filters_choose_and_a_class_is_given(aws: Any, sandbox: Sandbox) -> None:
    arn = task(aws, sandbox, "in/a.txt", "in/b.log", "in/c/d.txt", target={"S3StorageClass": "GLACIER_INSTANT_RETRIEVAL"},
               Excludes=[{"FilterType": "SIMPLE_PATTERN", "Value": "*.log|/c"}])
    run(aws, sandbox, arn)
    assert keys(aws, "target") == ["out/a.txt"]
    assert aws("s3").head_object(Bucket="target", Key="out/a.txt")["StorageClass"] == "GLACIER_IR"


def test_a_cancelled_execution_copies_nothing(aws: Any, sandbox: Sandbox) -> None:
    arn, datasync = task(aws, sandbox, "in/a.txt"), aws("datasync")
    execution = datasync.start_task_execution(TaskArn=arn)["TaskExecutionArn"]
    assert refused(datasync.delete_task, TaskArn=arn) == "InvalidRequestException"
    datasync.cancel_task_execution(TaskExecutionArn=execution)
    assert datasync.describe_task_execution(TaskExecutionArn=execution)["Status"] == "CANCELLING"
    sandbox.turn(WHOLE)
    done = datasync.describe_task_execution(TaskExecutionArn=execution)
    assert done["Status"] == "ERROR" and done["Result"]["ErrorCode"] == "OpCanceled"
    assert keys(aws, "target") == []
    assert refused(datasync.cancel_task_execution, TaskExecutionArn=execution) == "InvalidRequestException"


def test_a_limit_makes_it_last_and_can_be_lifted_meanwhile(aws: Any, sandbox: Sandbox) -> None:
    arn, datasync = task(aws, sandbox, "in/a.txt", Options={"BytesPerSecond": 1}), aws("datasync")
    execution = datasync.start_task_execution(TaskArn=arn)["TaskExecutionArn"]
    sandbox.turn(10)
    assert datasync.describe_task_execution(TaskExecutionArn=execution)["Status"] == "TRANSFERRING"
    assert refused(datasync.update_task_execution, TaskExecutionArn=execution, Options={"LogLevel": "OFF"}) == "InvalidRequestException"
    datasync.update_task_execution(TaskExecutionArn=execution, Options={"BytesPerSecond": 1_000_000})
    sandbox.turn(WHOLE)
    assert datasync.describe_task_execution(TaskExecutionArn=execution)["Status"] == "SUCCESS"


def test_a_second_start_waits_in_the_queue(aws: Any, sandbox: Sandbox) -> None:
    arn, datasync = task(aws, sandbox, "in/a.txt"), aws("datasync")
    datasync.start_task_execution(TaskArn=arn)
    second = datasync.start_task_execution(TaskArn=arn)["TaskExecutionArn"]
    assert datasync.describe_task_execution(TaskExecutionArn=second)["Status"] == "QUEUED"
    sandbox.turn(2 * WHOLE)
    assert datasync.describe_task_execution(TaskExecutionArn=second)["Status"] == "SUCCESS"


def test_a_bucket_that_is_gone_is_an_error_of_the_execution(aws: Any, sandbox: Sandbox) -> None:
    arn = task(aws, sandbox)
    aws("s3").delete_bucket(Bucket="source")
    done = run(aws, sandbox, arn)
    assert done["Status"] == "ERROR" and done["Result"]["ErrorCode"] == "NoSuchBucket"


def test_it_logs_where_it_may_and_reports_where_it_is_told(aws: Any, sandbox: Sandbox) -> None:
    logs = aws("logs")
    logs.create_log_group(logGroupName="transfers")
    group = logs.describe_log_groups()["logGroups"][0]["arn"].removesuffix(":*")
    bucket(aws, "reports")
    config = {"Destination": {"S3": {"S3BucketArn": "arn:aws:s3:::reports", "Subdirectory": "/r/", "BucketAccessRoleArn": "arn:aws:iam::123456789012:role/datasync"}},
              "OutputType": "STANDARD", "ReportLevel": "SUCCESSES_AND_ERRORS"}
    arn = task(aws, sandbox, "in/a.txt", CloudWatchLogGroupArn=group, Options={"LogLevel": "TRANSFER"}, TaskReportConfig=config)
    done = run(aws, sandbox, arn)
    assert logs.filter_log_events(logGroupName="transfers")["events"] == []
    assert done["ReportResult"] == {"Status": "SUCCESS"}
    listed = keys(aws, "reports")
    assert len(listed) == 2 and all(k.startswith("r/Detailed-Reports/task-") for k in listed)
    logs.put_resource_policy(policyName="datasync", policyDocument=json.dumps({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": "datasync.amazonaws.com"}, "Action": ["logs:PutLogEvents", "logs:CreateLogStream"], "Resource": "*"}]}))
    run(aws, sandbox, arn, OverrideOptions={"TransferMode": "ALL"})
    said = [e["message"] for e in logs.filter_log_events(logGroupName="transfers")["events"]]
    assert any("Transferred file /a.txt" in line for line in said) and any("finished with status SUCCESS" in line for line in said)


# ---------------------------------------------------------------- what is refused


def test_a_location_is_looked_at(aws: Any) -> None:
    datasync, made = aws("datasync"), role(aws)
    nowhere = message(datasync.create_location_s3, S3BucketArn="arn:aws:s3:::nowhere", S3Config={"BucketAccessRoleArn": made})
    assert "does not exist" in nowhere
    aws("iam").create_role(RoleName="other", AssumeRolePolicyDocument=EXAMPLES.TRUST.replace("datasync", "ec2"))
    config = {"BucketAccessRoleArn": made.replace("datasync", "other")}
    assert "Unable to assume role" in message(datasync.create_location_s3, S3BucketArn=bucket(aws, "source"), S3Config=config)
    arn = datasync.create_location_s3(S3BucketArn="arn:aws:s3:::source", S3Config={"BucketAccessRoleArn": made})["LocationArn"]
    assert datasync.describe_location_s3(LocationArn=arn)["LocationUri"] == "s3://source/"
    assert refused(datasync.describe_location_efs, LocationArn=arn) == "InvalidRequestException"
    chosen = [{"Name": "LocationUri", "Operator": "Contains", "Values": ["sour"]}]
    assert [x["LocationArn"] for x in datasync.list_locations(Filters=chosen)["Locations"]] == [arn]
    assert datasync.list_locations(Filters=[{**chosen[0], "Operator": "NotContains"}])["Locations"] == []


@pytest.mark.parametrize("wrong,said", [
    ({"Options": {"VerifyMode": "POINT_IN_TIME_CONSISTENT"}, "TaskMode": "ENHANCED"}, "not supported by task mode"),
    ({"Options": {"LogLevel": "BASIC"}}, "log group"), ({"Options": {"BytesPerSecond": 0}}, "BytesPerSecond"),
    ({"Schedule": {"ScheduleExpression": "rate(5 minutes)"}}, "one hour"), ({"Schedule": {"ScheduleExpression": "every day"}}, "Invalid schedule"),
    ({"Schedule": {"ScheduleExpression": "cron(* * ? * * *)"}}, "one hour"),
    ({"CloudWatchLogGroupArn": "arn:aws:logs:us-east-1:123456789012:log-group:nowhere"}, "does not exist"),
])
def test_a_task_that_cannot_be_is_refused(aws: Any, sandbox: Sandbox, wrong: dict[str, Any], said: str) -> None:
    arn, datasync = task(aws, sandbox), aws("datasync")
    now = datasync.describe_task(TaskArn=arn)
    ends = {n: now[n] for n in ("SourceLocationArn", "DestinationLocationArn")}
    assert said in message(datasync.create_task, **ends, **wrong)
    assert now["Options"]["VerifyMode"] == "POINT_IN_TIME_CONSISTENT" and now["Options"]["BytesPerSecond"] == -1
    assert refused(datasync.delete_location, LocationArn=ends["SourceLocationArn"]) == "InvalidRequestException"


def test_a_task_can_be_changed_part_by_part_and_tagged(aws: Any, sandbox: Sandbox) -> None:
    arn, datasync = task(aws, sandbox, Tags=[{"Key": "a", "Value": "1"}]), aws("datasync")
    datasync.update_task(TaskArn=arn, Options={"BytesPerSecond": 1048576}, Schedule={"ScheduleExpression": "cron(0 3 ? * SUN *)", "Status": "DISABLED"})
    now = datasync.describe_task(TaskArn=arn)
    assert (now["Options"]["BytesPerSecond"], now["Options"]["TransferMode"]) == (1048576, "CHANGED")
    assert now["Schedule"] == {"ScheduleExpression": "cron(0 3 ? * SUN *)", "Status": "DISABLED"}
    datasync.tag_resource(ResourceArn=arn, Tags=[{"Key": "b", "Value": "2"}])
    datasync.untag_resource(ResourceArn=arn, Keys=["a"])
    assert datasync.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "b", "Value": "2"}]
    found = aws("resourcegroupstaggingapi").get_resources(TagFilters=[{"Key": "b"}])["ResourceTagMappingList"]
    assert [r["ResourceARN"] for r in found] == [arn]


# ---------------------------------------------------------------- file systems and agents


def file_systems(aws: Any) -> tuple[list[str], str, str]:
    subnet = aws("ec2").describe_subnets()["Subnets"][0]
    made = []
    for token in ("a", "b"):
        one = aws("efs").create_file_system(CreationToken=token)
        aws("efs").create_mount_target(FileSystemId=one["FileSystemId"], SubnetId=subnet["SubnetId"])
        made.append(one["FileSystemArn"])
    group = aws("ec2").describe_security_groups()["SecurityGroups"][0]["GroupId"]
    return made, f"arn:aws:ec2:us-east-1:123456789012:subnet/{subnet['SubnetId']}", f"arn:aws:ec2:us-east-1:123456789012:security-group/{group}"


def test_file_systems_are_reached_by_interfaces_that_go_with_the_task(aws: Any, sandbox: Sandbox) -> None:
    datasync, (ids, subnet, group) = aws("datasync"), file_systems(aws)
    config = {"SubnetArn": subnet, "SecurityGroupArns": [group]}
    ends = [datasync.create_location_efs(EfsFilesystemArn=i, Ec2Config=config, InTransitEncryption="TLS1_2")["LocationArn"] for i in ids]
    assert datasync.describe_location_efs(LocationArn=ends[0])["LocationUri"].startswith("efs://us-east-1.fs-")
    before = len(aws("ec2").describe_network_interfaces()["NetworkInterfaces"])
    arn = datasync.create_task(SourceLocationArn=ends[0], DestinationLocationArn=ends[1])["TaskArn"]
    assert len(datasync.describe_task(TaskArn=arn)["SourceNetworkInterfaceArns"]) == 4
    done = run(aws, sandbox, arn)
    assert done["Status"] == "SUCCESS" and done["FilesTransferred"] == 0
    datasync.delete_task(TaskArn=arn)
    assert len(aws("ec2").describe_network_interfaces()["NetworkInterfaces"]) == before


def test_a_file_system_without_a_mount_target_there_is_refused(aws: Any) -> None:
    (ids, subnet, group) = file_systems(aws)
    for target in aws("efs").describe_mount_targets(FileSystemId=ids[0].rsplit("/", 1)[-1])["MountTargets"]:
        aws("efs").delete_mount_target(MountTargetId=target["MountTargetId"])
    config = {"SubnetArn": subnet, "SecurityGroupArns": [group]}
    assert "mount target" in message(aws("datasync").create_location_efs, EfsFilesystemArn=ids[0], Ec2Config=config)


def test_an_agent_comes_of_a_key_that_its_machine_gives_once(aws: Any, sandbox: Sandbox) -> None:
    datasync, arn = aws("datasync"), EXAMPLES.agent(aws)
    assert datasync.describe_agent(AgentArn=arn)["Status"] == "OFFLINE"
    sandbox.turn(2)
    assert datasync.describe_agent(AgentArn=arn)["Status"] == "ONLINE"
    assert [a["AgentArn"] for a in datasync.list_agents()["Agents"]] == [arn]
    share = datasync.create_location_nfs(ServerHostname="10.0.0.9", Subdirectory="/export", OnPremConfig={"AgentArns": [arn]})["LocationArn"]
    assert datasync.describe_location_nfs(LocationArn=share)["LocationUri"] == "nfs://10.0.0.9/export/"
    to = datasync.create_location_s3(S3BucketArn=bucket(aws, "target"), S3Config={"BucketAccessRoleArn": role(aws)})["LocationArn"]
    task_arn = datasync.create_task(SourceLocationArn=share, DestinationLocationArn=to)["TaskArn"]
    assert refused(datasync.start_task_execution, TaskArn=task_arn) == "NotImplemented"
    aws("ec2").terminate_instances(InstanceIds=[i["InstanceId"] for r in aws("ec2").describe_instances()["Reservations"] for i in r["Instances"]])
    assert datasync.describe_agent(AgentArn=arn)["Status"] == "OFFLINE"


# ---------------------------------------------------------------- out of a template


def test_a_template_brings_locations_and_a_task(aws: Any, sandbox: Sandbox) -> None:
    made = role(aws)
    for name in ("source", "target"):
        bucket(aws, name)
    where = {n: {"Type": "AWS::DataSync::LocationS3", "Properties": {"S3BucketArn": f"arn:aws:s3:::{n.lower()}", "S3Config": {"BucketAccessRoleArn": made}}}
             for n in ("Source", "Target")}
    properties = {"Name": "t", "SourceLocationArn": {"Ref": "Source"}, "DestinationLocationArn": {"Ref": "Target"}, "Options": {"BytesPerSecond": 1048576}}

    def template(**more: Any) -> str:
        task_of = {"Type": "AWS::DataSync::Task", "Properties": {**properties, **more}}
        return json.dumps({"Resources": {**where, "Task": task_of}, "Outputs": {"Uri": {"Value": {"Fn::GetAtt": ["Source", "LocationUri"]}}}})
    cloudformation, datasync = aws("cloudformation"), aws("datasync")
    cloudformation.create_stack(StackName="s", TemplateBody=template(), Tags=[{"Key": "run", "Value": "r"}])
    stack = cloudformation.describe_stacks(StackName="s")["Stacks"][0]
    assert stack["StackStatus"] == "CREATE_COMPLETE" and stack["Outputs"][0]["OutputValue"] == "s3://source/"
    arn = datasync.list_tasks()["Tasks"][0]["TaskArn"]
    assert {"Key": "run", "Value": "r"} in datasync.list_tags_for_resource(ResourceArn=arn)["Tags"]
    cloudformation.update_stack(StackName="s", TemplateBody=template(Schedule={"ScheduleExpression": "rate(7 days)", "Status": "DISABLED"}))
    assert datasync.describe_task(TaskArn=arn)["Schedule"]["ScheduleExpression"] == "rate(7 days)"
    cloudformation.delete_stack(StackName="s")
    assert datasync.list_tasks()["Tasks"] == [] and datasync.list_locations()["Locations"] == []


def test_a_template_s_file_system_has_its_policy(aws: Any) -> None:
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "elasticfilesystem:ClientMount"}]}
    aws("cloudformation").create_stack(StackName="s", TemplateBody=json.dumps({"Resources": {
        "F": {"Type": "AWS::EFS::FileSystem", "Properties": {"FileSystemPolicy": policy}}}}))
    made = aws("efs").describe_file_systems()["FileSystems"][0]["FileSystemId"]
    assert json.loads(aws("efs").describe_file_system_policy(FileSystemId=made)["Policy"]) == policy
