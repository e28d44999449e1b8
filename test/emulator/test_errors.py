"""Each added operation has an error that AWS documents, and it comes back here: a kind that accepts anything passes anything."""
from __future__ import annotations

import json
import re
from typing import Any

import pytest
from botocore import xform_name
from conftest import lab_examples, refused, service_model
from test_examples import added

BODY = json.dumps({"Resources": {"P": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": "v"}}}})
GONE = {"StackName": "nope"}
ERRORS: list[tuple[str, str, dict[str, Any], str]] = [
    ("cloudformation", "CancelUpdateStack", {"StackName": "there"}, "ValidationError"),  # nothing is in progress
    ("cloudformation", "ContinueUpdateRollback", {"StackName": "there"}, "ValidationError"),
    ("cloudformation", "CreateChangeSet", {**GONE, "ChangeSetName": "c", "TemplateBody": BODY}, "ValidationError"),
    ("cloudformation", "CreateStack", {"StackName": "there", "TemplateBody": BODY}, "AlreadyExistsException"),
    ("cloudformation", "DeleteChangeSet", {"ChangeSetName": "c"}, "ValidationError"),  # which stack's?
    ("cloudformation", "DeleteStack", {"StackName": "there", "RetainResources": ["P"]}, "ValidationError"),
    ("cloudformation", "DescribeChangeSet", {"StackName": "there", "ChangeSetName": "c"}, "ChangeSetNotFound"),
    ("cloudformation", "DescribeStackDriftDetectionStatus", {"StackDriftDetectionId": "nope"}, "ValidationError"),
    ("cloudformation", "DescribeStackEvents", GONE, "ValidationError"),
    ("cloudformation", "DescribeStackResource", {"StackName": "there", "LogicalResourceId": "Q"}, "ValidationError"),
    ("cloudformation", "DescribeStackResourceDrifts", GONE, "ValidationError"), ("cloudformation", "DescribeStackResources", GONE, "ValidationError"),
    ("cloudformation", "DescribeStacks", GONE, "ValidationError"), ("cloudformation", "DetectStackDrift", GONE, "ValidationError"),
    ("cloudformation", "DetectStackResourceDrift", {"StackName": "there", "LogicalResourceId": "Q"}, "ValidationError"),
    ("cloudformation", "ExecuteChangeSet", {"StackName": "there", "ChangeSetName": "c"}, "ChangeSetNotFound"),
    ("cloudformation", "GetStackPolicy", GONE, "ValidationError"), ("cloudformation", "GetTemplate", GONE, "ValidationError"),
    ("cloudformation", "GetTemplateSummary", {"TemplateBody": "{}"}, "ValidationError"), ("cloudformation", "ListChangeSets", GONE, "ValidationError"),
    ("cloudformation", "ListExports", {"NextToken": "nonsense"}, "ValidationError"), ("cloudformation", "ListImports", {"ExportName": "n"}, "ValidationError"),
    ("cloudformation", "ListStackResources", GONE, "ValidationError"), ("cloudformation", "ListStacks", {"NextToken": "nonsense"}, "ValidationError"),
    ("cloudformation", "RollbackStack", {"StackName": "there"}, "ValidationError"),
    ("cloudformation", "SetStackPolicy", {"StackName": "there", "StackPolicyBody": "{"}, "ValidationError"),
    ("cloudformation", "UpdateStack", {"StackName": "there", "TemplateBody": BODY}, "ValidationError"),  # no updates
    ("cloudformation", "UpdateTerminationProtection", {**GONE, "EnableTerminationProtection": True}, "ValidationError"),
    ("cloudformation", "ValidateTemplate", {"TemplateBody": "{}"}, "ValidationError"),
    ("cloudformation", "CreateStackSet", {"StackSetName": "s", "TemplateBody": "{}"}, "ValidationError"),
    ("cloudformation", "DeleteStackSet", {"StackSetName": "no name"}, "ValidationError"),
    ("cloudformation", "ListStackSets", {"NextToken": "nonsense"}, "ValidationError"),
    *(("cloudformation", operation, {"StackSetName": "nope", **more}, "StackSetNotFoundException") for operation, more in (
        ("DescribeStackSet", {}), ("UpdateStackSet", {"UsePreviousTemplate": True}), ("DetectStackSetDrift", {}), ("ListStackInstances", {}),
        ("ListStackSetOperations", {}), ("DescribeStackSetOperation", {"OperationId": "o"}), ("ListStackSetOperationResults", {"OperationId": "o"}),
        ("StopStackSetOperation", {"OperationId": "o"}), ("CreateStackInstances", {"Accounts": ["123456789012"], "Regions": ["us-east-1"]}),
        ("UpdateStackInstances", {"Accounts": ["123456789012"], "Regions": ["us-east-1"]}),
        ("DeleteStackInstances", {"Accounts": ["123456789012"], "Regions": ["us-east-1"], "RetainStacks": False}),
        ("DescribeStackInstance", {"StackInstanceAccount": "123456789012", "StackInstanceRegion": "us-east-1"}))),
    ("cloudtrail", "LookupEvents", {"StartTime": 2000, "EndTime": 1000}, "InvalidTimeRangeException"),
    ("ec2", "CreateInstanceConnectEndpoint", {"SubnetId": "subnet-0123456789abcdef0"}, "InvalidSubnetID.NotFound"),
    ("ec2", "DescribeInstanceConnectEndpoints", {"InstanceConnectEndpointIds": ["eice-0123456789abcdef0"]}, "InvalidInstanceConnectEndpointId.NotFound"),
    ("ec2", "DeleteInstanceConnectEndpoint", {"InstanceConnectEndpointId": "eice-0123456789abcdef0"}, "InvalidInstanceConnectEndpointId.NotFound"),
    ("ec2", "CreatePlacementGroup", {"GroupName": "taken", "Strategy": "spread"}, "InvalidPlacementGroup.Duplicate"),
    ("ec2", "DescribePlacementGroups", {"GroupNames": ["nope"]}, "InvalidPlacementGroup.Unknown"),
    ("ec2", "DeletePlacementGroup", {"GroupName": "nope"}, "InvalidPlacementGroup.Unknown"),
    ("ec2", "MonitorInstances", {"InstanceIds": ["i-0123456789abcdef0"]}, "InvalidInstanceID.NotFound"),
    ("ec2", "UnmonitorInstances", {"InstanceIds": ["i-0123456789abcdef0"]}, "InvalidInstanceID.NotFound"),
]


OF_LABS = [(service, operation, params, code, lab.before_errors) for lab in lab_examples() for service, operation, params, code in lab.ERRORS]


@pytest.mark.parametrize("service,operation,params,code", ERRORS, ids=[f"{s}-{o}" for s, o, _, _ in ERRORS])
def test_the_documented_error_comes_back(aws: Any, service: str, operation: str, params: dict[str, Any], code: str) -> None:
    aws("cloudformation").create_stack(StackName="there", TemplateBody=BODY)
    aws("ec2").create_placement_group(GroupName="taken", Strategy="spread")
    assert refused(getattr(aws(service), xform_name(operation)), **params) == code


@pytest.mark.parametrize("service,operation,params,code,before", OF_LABS, ids=[f"{s}-{o}" for s, o, *_ in OF_LABS])
def test_a_labs_documented_error_comes_back(aws: Any, service: str, operation: str, params: dict[str, Any], code: str, before: Any) -> None:
    before(aws)
    assert refused(getattr(aws(service), xform_name(operation)), **params) == code


# Operations for which AWS documents no error but its own failure: a lab's examples.py says which, and the model has to agree.
FAULTS_ALONE = [(service, operation) for lab in lab_examples() for service, operation in getattr(lab, "FAULTS_ALONE", ())]


def test_no_added_operation_is_without_one() -> None:
    assert {(s, o) for s, o, *_ in [*ERRORS, *OF_LABS]} | set(FAULTS_ALONE) == set(added())


@pytest.mark.parametrize("service,operation", FAULTS_ALONE)
def test_what_has_no_error_has_none_in_its_model(service: str, operation: str) -> None:
    shapes = service_model(service).operation_model(operation).error_shapes
    assert [e.name for e in shapes if not re.search("Unavailable|Internal|Throttl", e.name)] == []
