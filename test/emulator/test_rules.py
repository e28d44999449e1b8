"""A template's Rules: CloudFormation asserts them before it makes anything."""
from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import refused

PARAMETERS = {"Size": {"Type": "String", "Default": "small"}, "Stage": {"Type": "String", "Default": "test"},
              "Zones": {"Type": "CommaDelimitedList", "Default": "a,b"}}
RESOURCES = {"P": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": {"Ref": "Size"}}}}
SMALL = {"Fn::Contains": [["small", "medium"], {"Ref": "Size"}]}
IN_PRODUCTION = {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}


def asked(assertion: Any, condition: Any = None, **values: str) -> dict[str, Any]:
    rule = {"Assertions": [{"Assert": assertion, "AssertDescription": "as agreed"}], **({"RuleCondition": condition} if condition else {})}
    body = json.dumps({"Parameters": PARAMETERS, "Rules": {"Agreed": rule}, "Resources": RESOURCES})
    return {"StackName": "ruled", "TemplateBody": body, "Parameters": [{"ParameterKey": k, "ParameterValue": v} for k, v in values.items()]}


@pytest.mark.parametrize("assertion,condition,values", [
    (SMALL, None, {}), (SMALL, IN_PRODUCTION, {"Size": "huge"}), ({"Fn::Not": [IN_PRODUCTION]}, None, {}),
    ({"Fn::And": [SMALL, {"Fn::Or": [IN_PRODUCTION, {"Fn::Equals": [{"Ref": "Stage"}, "test"]}]}]}, None, {}),
    ({"Fn::EachMemberIn": [{"Ref": "Zones"}, ["a", "b", "c"]]}, None, {}), ({"Fn::EachMemberEquals": [{"Ref": "Zones"}, "a"]}, None, {"Zones": "a,a"}),
    ({"Fn::EachMemberIn": [{"Fn::RefAll": "String"}, ["small", "test"]]}, None, {}),
])
def test_what_is_met_lets_the_stack_be(aws: Any, assertion: Any, condition: Any, values: dict[str, str]) -> None:
    aws("cloudformation").create_stack(**asked(assertion, condition, **values))
    assert aws("cloudformation").describe_stacks(StackName="ruled")["Stacks"][0]["StackStatus"] == "CREATE_COMPLETE"


@pytest.mark.parametrize("assertion,condition,values", [
    (SMALL, None, {"Size": "huge"}), (SMALL, IN_PRODUCTION, {"Size": "huge", "Stage": "prod"}), ({"Fn::Not": [SMALL]}, None, {}),
    ({"Fn::EachMemberIn": [{"Ref": "Zones"}, ["a"]]}, None, {}), ({"Fn::EachMemberEquals": [{"Ref": "Zones"}, "a"]}, None, {}),
    ({"Fn::Join": ["", []]}, None, {}), ({"Fn::Equals": [{"Ref": "Nobody"}, "x"]}, None, {}), ("true", None, {}),
])
def test_what_is_not_met_makes_nothing(aws: Any, assertion: Any, condition: Any, values: dict[str, str]) -> None:
    client = aws("cloudformation")
    assert refused(client.create_stack, **asked(assertion, condition, **values)) == "ValidationError"
    assert client.list_stacks()["StackSummaries"] == []


def test_an_update_is_asked_as_well(aws: Any) -> None:
    client = aws("cloudformation")
    client.create_stack(**asked(SMALL))
    assert refused(client.update_stack, **asked(SMALL, Size="huge")) == "ValidationError"
