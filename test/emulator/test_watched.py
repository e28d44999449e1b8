"""Updates that are watched, and taken back on an alarm; change sets that revert drift."""
from __future__ import annotations

import json
import time
from typing import Any

from conftest import message, refused

ARN = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:brake"
GUARD = {"RollbackTriggers": [{"Arn": ARN, "Type": "AWS::CloudWatch::Alarm"}], "MonitoringTimeInMinutes": 1}


def body(value: str) -> str:
    return json.dumps({"Resources": {"P": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Name": "/p", "Value": value}}}})


def alarm(aws: Any) -> Any:
    client = aws("cloudwatch")
    client.put_metric_alarm(AlarmName="brake", Namespace="N", MetricName="M", Statistic="Sum", Period=60, EvaluationPeriods=1, Threshold=1,
                            ComparisonOperator="GreaterThanThreshold")
    client.set_alarm_state(AlarmName="brake", StateValue="OK", StateReason="r")
    return client


def status(aws: Any) -> str:
    return str(aws("cloudformation").describe_stacks(StackName="s")["Stacks"][0]["StackStatus"])


def ended(aws: Any) -> str:
    while status(aws).endswith("IN_PROGRESS"):
        time.sleep(0.1)
    return status(aws)


def value(aws: Any) -> str:
    return str(aws("ssm").get_parameter(Name="/p")["Parameter"]["Value"])


def guarded(aws: Any) -> Any:
    aws("cloudformation").create_stack(StackName="s", TemplateBody=body("old"), RollbackConfiguration=GUARD)
    assert status(aws) == "CREATE_IN_PROGRESS" and ended(aws) == "CREATE_COMPLETE"
    aws("cloudformation").update_stack(StackName="s", TemplateBody=body("new"))
    assert (status(aws), value(aws)) == ("UPDATE_IN_PROGRESS", "new")
    return aws("cloudformation")


def test_an_update_without_an_alarm_is_complete_when_its_watch_is_over(aws: Any) -> None:
    alarm(aws)
    client = guarded(aws)
    assert "cannot be deleted while in status UPDATE_IN_PROGRESS" in message(client.delete_stack, StackName="s")
    assert refused(client.update_stack, StackName="s", TemplateBody=body("newer")) == "ValidationError"
    assert (ended(aws), value(aws)) == ("UPDATE_COMPLETE", "new")


def test_an_alarm_takes_the_update_back_even_if_it_is_set_back_at_once(aws: Any) -> None:
    watch = alarm(aws)
    guarded(aws)
    watch.set_alarm_state(AlarmName="brake", StateValue="ALARM", StateReason="r")
    watch.set_alarm_state(AlarmName="brake", StateValue="OK", StateReason="r")
    assert (status(aws), value(aws)) == ("UPDATE_ROLLBACK_COMPLETE", "old")
    events = aws("cloudformation").describe_stack_events(StackName="s")["StackEvents"]
    assert not [e for e in events if e["ResourceStatus"].endswith("FAILED")]


def test_an_update_that_is_watched_can_be_cancelled(aws: Any) -> None:
    alarm(aws)
    client = guarded(aws)
    client.cancel_update_stack(StackName="s")
    assert (status(aws), value(aws)) == ("UPDATE_ROLLBACK_COMPLETE", "old")


def test_without_its_trigger_nothing_is_deployed(aws: Any) -> None:
    client = aws("cloudformation")
    client.create_stack(StackName="s", TemplateBody=body("old"), RollbackConfiguration=GUARD)
    assert status(aws) == "ROLLBACK_COMPLETE" and refused(aws("ssm").get_parameter, Name="/p") == "ParameterNotFound"


def test_a_creation_is_taken_back_as_well(aws: Any) -> None:
    watch = alarm(aws)
    aws("cloudformation").create_stack(StackName="s", TemplateBody=body("old"), RollbackConfiguration=GUARD)
    watch.set_alarm_state(AlarmName="brake", StateValue="ALARM", StateReason="r")
    assert status(aws) == "ROLLBACK_COMPLETE"


def reverting(aws: Any) -> Any:
    client = aws("cloudformation")
    made = client.create_change_set(StackName="s", ChangeSetName="c", UsePreviousTemplate=True, DeploymentMode="REVERT_DRIFT")
    return client.describe_change_set(ChangeSetName=made["Id"])


def test_a_drift_aware_change_set_brings_a_resource_back(aws: Any) -> None:
    client = aws("cloudformation")
    client.create_stack(StackName="s", TemplateBody=body("said"))
    assert reverting(aws)["Status"] == "FAILED"  # nothing has drifted
    client.delete_change_set(StackName="s", ChangeSetName="c")
    aws("ssm").put_parameter(Name="/p", Value="by hand", Overwrite=True)
    told = reverting(aws)
    change = told["Changes"][0]["ResourceChange"]
    assert (told["DeploymentMode"], change["Action"], change["ResourceDriftStatus"]) == ("REVERT_DRIFT", "Modify", "MODIFIED")
    assert value(aws) == "by hand"  # so far it was a preview
    client.execute_change_set(ChangeSetName=told["ChangeSetId"])
    assert (status(aws), value(aws)) == ("UPDATE_COMPLETE", "said")


def test_and_makes_anew_what_somebody_deleted(aws: Any) -> None:
    client = aws("cloudformation")
    client.create_stack(StackName="s", TemplateBody=body("said"))
    aws("ssm").delete_parameter(Name="/p")
    told = reverting(aws)
    assert told["Changes"][0]["ResourceChange"]["ResourceDriftStatus"] == "DELETED"
    client.execute_change_set(ChangeSetName=told["ChangeSetId"])
    assert value(aws) == "said"
