"""What the additions to Access Analyzer, EC2's defaults of an account, and CloudFormation promise, asked with boto3."""
from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError
from conftest import Sandbox, refused

Clients = Callable[..., Any]


def test_one_analyzer_of_external_access_for_a_region(aws: Clients, sandbox: Sandbox) -> None:
    api = aws("accessanalyzer")
    arn = api.create_analyzer(analyzerName="one", type="ACCOUNT", tags={"a": "b"})["arn"]
    assert api.get_analyzer(analyzerName="one")["analyzer"]["status"] == "CREATING"
    sandbox.turn(2)
    assert api.get_analyzer(analyzerName="one")["analyzer"] | {"createdAt": 0} == {
        "arn": arn, "name": "one", "type": "ACCOUNT", "status": "ACTIVE", "tags": {"a": "b"}, "createdAt": 0}
    assert refused(api.create_analyzer, analyzerName="two", type="ACCOUNT") == "ServiceQuotaExceededException"
    assert refused(api.create_analyzer, analyzerName="two", type="ORGANIZATION") == "ValidationException"
    aws("accessanalyzer", "eu-west-1").create_analyzer(analyzerName="one", type="ACCOUNT")
    api.delete_analyzer(analyzerName="one")
    assert api.list_analyzers()["analyzers"] == []


def test_its_tags_are_seen_and_changed(aws: Clients) -> None:
    api = aws("accessanalyzer")
    arn = api.create_analyzer(analyzerName="one", type="ACCOUNT", tags={"a": "b"})["arn"]
    api.tag_resource(resourceArn=arn, tags={"c": "d"})
    api.untag_resource(resourceArn=arn, tagKeys=["a"])
    assert api.list_tags_for_resource(resourceArn=arn)["tags"] == {"c": "d"}
    found = aws("resourcegroupstaggingapi").get_resources(TagFilters=[{"Key": "c"}])["ResourceTagMappingList"]
    assert [row["ResourceARN"] for row in found] == [arn]


def test_the_defaults_of_an_account_are_a_regions(aws: Clients) -> None:
    here, there = aws("ec2"), aws("ec2", "eu-west-1")
    assert here.get_instance_metadata_defaults()["AccountLevel"] == {"ManagedBy": "account"}
    here.modify_instance_metadata_defaults(HttpTokens="required", HttpPutResponseHopLimit=2)
    assert here.get_instance_metadata_defaults()["AccountLevel"] == {"HttpTokens": "required", "HttpPutResponseHopLimit": 2, "ManagedBy": "account"}
    assert there.get_instance_metadata_defaults()["AccountLevel"] == {"ManagedBy": "account"}
    here.modify_instance_metadata_defaults(HttpTokens="no-preference", HttpPutResponseHopLimit=-1)
    assert here.get_instance_metadata_defaults()["AccountLevel"] == {"ManagedBy": "account"}
    here.enable_snapshot_block_public_access(State="block-new-sharing")
    assert [c.get_snapshot_block_public_access_state()["State"] for c in (here, there)] == ["block-new-sharing", "unblocked"]


def test_a_template_makes_a_metric_filter_and_takes_it_away(aws: Clients) -> None:
    group = {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "events"}}
    transformation = {"MetricName": "M", "MetricNamespace": "N", "MetricValue": "1", "DefaultValue": 0}
    counted = {"Type": "AWS::Logs::MetricFilter", "Properties": {"LogGroupName": {"Ref": "G"}, "FilterName": "f", "FilterPattern": "ERROR",
                                                                 "MetricTransformations": [transformation]}}
    aws("logs").create_log_group(logGroupName="other")
    aws("cloudformation").create_stack(StackName="s", TemplateBody=json.dumps({"Resources": {"G": group, "F": counted}}))
    [made] = aws("logs").describe_metric_filters(logGroupName="events")["metricFilters"]
    assert (made["filterName"], made["filterPattern"], made["metricTransformations"][0]["metricName"]) == ("f", "ERROR", "M")
    counted["Properties"]["FilterPattern"] = "FATAL"
    aws("cloudformation").update_stack(StackName="s", TemplateBody=json.dumps({"Resources": {"G": group, "F": counted}}))
    assert aws("logs").describe_metric_filters(logGroupName="events")["metricFilters"][0]["filterPattern"] == "FATAL"
    assert refused(aws("logs").put_metric_filter, logGroupName="nope", filterName="f", filterPattern="", metricTransformations=[
        {"metricName": "M", "metricNamespace": "N", "metricValue": "1"}]) == "ResourceNotFoundException"
    aws("cloudformation").delete_stack(StackName="s")
    assert aws("logs").describe_metric_filters()["metricFilters"] == []


def test_a_landing_zone_is_not_played(aws: Clients) -> None:
    with pytest.raises(ClientError, match="does not have controltower:ListLandingZones"):
        aws("controltower").list_landing_zones()
    zone = {"Type": "AWS::ControlTower::LandingZone", "Properties": {"Version": "4.0", "Manifest": {}}}
    aws("cloudformation").create_stack(StackName="s", TemplateBody=json.dumps({"Resources": {"Z": zone}}))
    [row] = aws("cloudformation").describe_stack_resources(StackName="s")["StackResources"]
    assert row["ResourceStatusReason"].startswith("not emulated: a landing zone takes an organization")


def test_a_metric_filter_made_by_hand_goes_with_the_log_group_of_a_stack(aws: Clients) -> None:
    cloudformation, logs = aws("cloudformation"), aws("logs")
    group = {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "events"}}
    cloudformation.create_stack(StackName="s", TemplateBody=json.dumps({"Resources": {"Group": group}}))
    logs.put_metric_filter(logGroupName="events", filterName="f", filterPattern="x", metricTransformations=[
        {"metricName": "m", "metricNamespace": "n", "metricValue": "1"}])
    cloudformation.delete_stack(StackName="s")
    assert logs.describe_metric_filters()["metricFilters"] == []
