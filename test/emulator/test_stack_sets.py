"""Stack sets: their operations, their stacks in accounts and regions, the roles that they need, and the CloudFormation type."""
from __future__ import annotations

import json
import time
from typing import Any

from conftest import Sandbox, message, refused

ACCOUNT, PLACES = "123456789012", ["us-east-1", "us-west-2"]
GREETING = {"Parameters": {"Text": {"Type": "String", "Default": "hello"}}, "Resources": {"P": {
    "Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Name": "/greeting", "Value": {"Ref": "Text"}}}}}
BODY = json.dumps(GREETING)


def trusting(**principal: str) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}]})


def roles(aws: Any, execution: bool = True) -> dict[str, str]:
    arn = aws("iam").create_role(RoleName="admin", AssumeRolePolicyDocument=trusting(Service="cloudformation.amazonaws.com"))["Role"]["Arn"]
    if execution:
        aws("iam").create_role(RoleName="execution", AssumeRolePolicyDocument=trusting(AWS=arn))
    return {"AdministrationRoleARN": arn, "ExecutionRoleName": "execution"}


def made(aws: Any, **more: Any) -> Any:
    client = aws("cloudformation")
    client.create_stack_set(StackSetName="s", TemplateBody=BODY, **roles(aws), **more)
    return client


def finished(client: Any, operation: str) -> dict[str, Any]:
    while True:
        told: dict[str, Any] = client.describe_stack_set_operation(StackSetName="s", OperationId=operation)["StackSetOperation"]
        if told["Status"] != "RUNNING":
            return told
        time.sleep(0.1)


def deployed(aws: Any, **more: Any) -> Any:
    client = made(aws, **more)
    finished(client, client.create_stack_instances(StackSetName="s", Accounts=[ACCOUNT], Regions=PLACES)["OperationId"])
    return client


def value(aws: Any, region: str = "us-east-1") -> str:
    return str(aws("ssm", region).get_parameter(Name="/greeting")["Parameter"]["Value"])


def test_an_operation_runs_and_its_instances_are_stacks(aws: Any) -> None:
    client = made(aws, Tags=[{"Key": "k", "Value": "v"}])
    operation = client.create_stack_instances(StackSetName="s", Accounts=[ACCOUNT], Regions=PLACES)["OperationId"]
    assert client.describe_stack_set_operation(StackSetName="s", OperationId=operation)["StackSetOperation"]["Status"] == "RUNNING"
    assert {i["StackInstanceStatus"]["DetailedStatus"] for i in client.list_stack_instances(StackSetName="s")["Summaries"]} == {"RUNNING"}
    assert refused(client.delete_stack_instances, StackSetName="s", Accounts=[ACCOUNT], Regions=PLACES, RetainStacks=False) == "OperationInProgressException"
    assert finished(client, operation)["Status"] == "SUCCEEDED"
    rows = client.list_stack_instances(StackSetName="s")["Summaries"]
    assert [(i["Region"], i["Status"]) for i in rows] == [(r, "CURRENT") for r in PLACES]
    for row in rows:
        stack = aws("cloudformation", row["Region"]).describe_stacks(StackName=row["StackId"])["Stacks"][0]
        assert stack["StackName"].startswith("StackSet-s-") and {"Key": "k", "Value": "v"} in stack["Tags"]
    assert value(aws, "us-west-2") == "hello"
    assert client.describe_stack_set(StackSetName="s")["StackSet"]["Regions"] == PLACES
    results = client.list_stack_set_operation_results(StackSetName="s", OperationId=operation)["Summaries"]
    assert [r["Status"] for r in results] == ["SUCCEEDED", "SUCCEEDED"]


def test_overrides_and_updates_reach_the_stacks(aws: Any) -> None:
    client = deployed(aws)
    finished(client, client.update_stack_instances(StackSetName="s", Accounts=[ACCOUNT], Regions=["us-west-2"],
                                                   ParameterOverrides=[{"ParameterKey": "Text", "ParameterValue": "aloha"}])["OperationId"])
    finished(client, client.update_stack_set(StackSetName="s", UsePreviousTemplate=True,
                                             Parameters=[{"ParameterKey": "Text", "ParameterValue": "good day"}])["OperationId"])
    assert (value(aws), value(aws, "us-west-2")) == ("good day", "aloha")
    assert [o["Action"] for o in client.list_stack_set_operations(StackSetName="s")["Summaries"]] == ["UPDATE", "UPDATE", "CREATE"]


def test_a_set_goes_when_its_instances_are_gone(aws: Any) -> None:
    client = deployed(aws)
    assert refused(client.delete_stack_set, StackSetName="s") == "StackSetNotEmptyException"
    finished(client, client.delete_stack_instances(StackSetName="s", Accounts=[ACCOUNT], Regions=["us-west-2"], RetainStacks=False)["OperationId"])
    finished(client, client.delete_stack_instances(StackSetName="s", Accounts=[ACCOUNT], Regions=["us-east-1"], RetainStacks=True)["OperationId"])
    client.delete_stack_set(StackSetName="s")
    assert client.list_stack_sets(Status="ACTIVE")["Summaries"] == []
    assert [s["StackSetName"] for s in client.list_stack_sets(Status="DELETED")["Summaries"]] == ["s"]
    assert value(aws) == "hello"  # retained
    assert aws("cloudformation", "us-west-2").describe_stacks()["Stacks"] == []


def test_without_its_roles_a_set_may_do_nothing(aws: Any) -> None:
    client = aws("cloudformation")
    client.create_stack_set(StackSetName="s", TemplateBody=BODY)
    said = message(client.create_stack_instances, StackSetName="s", Accounts=[ACCOUNT], Regions=PLACES)
    assert "AWSCloudFormationStackSetAdministrationRole" in said
    client.create_stack_set(StackSetName="t", TemplateBody=BODY, **roles(aws, execution=False))
    operation = client.create_stack_instances(StackSetName="t", Accounts=[ACCOUNT], Regions=PLACES)["OperationId"]
    results = client.list_stack_set_operation_results(StackSetName="t", OperationId=operation)["Summaries"]
    assert [r["Status"] for r in results] == ["FAILED", "CANCELLED"]
    assert "'execution' role with trust relationship to Role 'admin'" in results[0]["StatusReason"]


def test_a_stack_that_fails_leaves_its_instance_outdated(aws: Any) -> None:
    aws("ssm").put_parameter(Name="/greeting", Value="there already", Type="String")
    client = made(aws)
    operation = client.create_stack_instances(StackSetName="s", Accounts=[ACCOUNT], Regions=PLACES, OperationPreferences={"FailureToleranceCount": 1})
    assert finished(client, operation["OperationId"])["Status"] == "SUCCEEDED"  # one failure was tolerated
    first, second = client.list_stack_instances(StackSetName="s")["Summaries"]
    assert (first["Status"], second["Status"]) == ("OUTDATED", "CURRENT")
    assert first["StatusReason"].startswith("ResourceLogicalId:P, ResourceType:AWS::SSM::Parameter")


def test_an_operation_that_runs_can_be_stopped(aws: Any) -> None:
    client = made(aws)
    operation = client.create_stack_instances(StackSetName="s", Accounts=[ACCOUNT], Regions=PLACES)["OperationId"]
    client.stop_stack_set_operation(StackSetName="s", OperationId=operation)
    assert finished(client, operation)["Status"] == "STOPPED"
    assert refused(client.stop_stack_set_operation, StackSetName="s", OperationId=operation) == "InvalidOperationException"


def test_drift_of_a_set_is_its_stacks(aws: Any) -> None:
    client = deployed(aws)
    aws("ssm", "us-west-2").put_parameter(Name="/greeting", Value="by hand", Overwrite=True)
    told = finished(client, client.detect_stack_set_drift(StackSetName="s")["OperationId"])
    assert told["StackSetDriftDetectionDetails"]["DriftedStackInstancesCount"] == 1
    assert [i["DriftStatus"] for i in client.list_stack_instances(StackSetName="s")["Summaries"]] == ["IN_SYNC", "DRIFTED"]


def of_type(role_names: dict[str, str], regions: list[str]) -> str:
    group = {"DeploymentTargets": {"Accounts": [{"Ref": "AWS::AccountId"}]}, "Regions": regions}
    return json.dumps({"Resources": {"Set": {"Type": "AWS::CloudFormation::StackSet", "Properties": {
        "StackSetName": "s", "PermissionModel": "SELF_MANAGED", "TemplateBody": BODY, "StackInstancesGroup": [group], **role_names}}},
        "Outputs": {"Id": {"Value": {"Ref": "Set"}}}})


def test_the_type_makes_changes_and_removes_instances(aws: Any) -> None:
    client, names = aws("cloudformation"), roles(aws)
    client.create_stack(StackName="owner", TemplateBody=of_type(names, PLACES), Tags=[{"Key": "worklab:run", "Value": "abc123"}])
    stack = client.describe_stacks(StackName="owner")["Stacks"][0]
    assert stack["StackStatus"] == "CREATE_COMPLETE" and stack["Outputs"][0]["OutputValue"].startswith("s:")
    assert {"Key": "worklab:run", "Value": "abc123"} in client.describe_stack_set(StackSetName="s")["StackSet"]["Tags"]
    client.update_stack(StackName="owner", TemplateBody=of_type(names, ["us-east-1", "eu-west-1"]), Tags=[{"Key": "worklab:run", "Value": "abc123"}])
    assert [i["Region"] for i in client.list_stack_instances(StackSetName="s")["Summaries"]] == ["us-east-1", "eu-west-1"]
    client.delete_stack(StackName="owner")
    assert client.list_stack_sets(Status="ACTIVE")["Summaries"] == []
    assert aws("cloudformation", "eu-west-1").describe_stacks()["Stacks"] == []


def test_the_type_fails_with_the_reason_of_its_instances(aws: Any) -> None:
    client = aws("cloudformation")
    client.create_stack(StackName="owner", TemplateBody=of_type(roles(aws, execution=False), PLACES))
    failed = next(e for e in client.describe_stack_events(StackName="owner")["StackEvents"] if e["ResourceStatus"] == "CREATE_FAILED")
    assert "'execution' role" in failed["ResourceStatusReason"]
    assert client.list_stack_sets(Status="ACTIVE")["Summaries"] == []


def test_sets_are_remembered(tmp_path: Any) -> None:
    state = tmp_path / "state"
    from conftest import DECLARATIONS
    first = Sandbox("--port", "0", "--state", str(state), *DECLARATIONS)
    deployed(first.client)
    first.stop()
    second = Sandbox("--port", "0", "--state", str(state), *DECLARATIONS)
    try:
        assert len(second.client("cloudformation").list_stack_instances(StackSetName="s")["Summaries"]) == 2
    finally:
        second.stop()
