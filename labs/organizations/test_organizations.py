"""What the additions to Organizations, RAM, Budgets and Cost Explorer promise, asked with boto3 as the two kinds of accounts."""
from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from conftest import Sandbox, message, refused

Clients = Callable[..., Any]


def scp(effect: str, **more: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": effect, "Resource": "*", **more}]})


LEAVE = scp("Deny", Action="organizations:LeaveOrganization")
FENCE = scp("Deny", NotAction=["iam:*", "organizations:*"], Condition={"StringNotEquals": {"aws:RequestedRegion": ["us-east-1"]}})
SIZES = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "ec2:RunInstances", "Resource": "arn:aws:ec2:*:*:instance/*",
                                                            "Condition": {"StringNotEquals": {"ec2:InstanceType": "t3.micro"}}}]})
NO_TYPE = scp("Deny", Action="ec2:RunInstances", Condition={"StringNotEquals": {"ec2:InstanceType": "t3.micro"}})


class Tree:
    """An organization with one unit and one member account in it."""

    def __init__(self, aws: Clients, sandbox: Sandbox):
        self.sandbox, self.api, self.sts = sandbox, aws("organizations"), aws("sts")
        self.api.create_organization(FeatureSet="ALL")
        self.root = self.api.list_roots()["Roots"][0]["Id"]
        self.unit = self.api.create_organizational_unit(ParentId=self.root, Name="workloads")["OrganizationalUnit"]["Id"]
        self.member = self.api.create_account(AccountName="dev", Email="dev@example.com")["CreateAccountStatus"]["AccountId"]
        self.api.move_account(AccountId=self.member, SourceParentId=self.root, DestinationParentId=self.unit)

    def policy(self, content: str, name: str = "p", kind: str = "SERVICE_CONTROL_POLICY") -> str:
        return str(self.api.create_policy(Name=name, Description="d", Type=kind, Content=content)["Policy"]["PolicySummary"]["Id"])

    def attach(self, content: str, to: str | None = None) -> str:
        made = self.policy(content, name=f"p{len(content)}")
        self.api.attach_policy(PolicyId=made, TargetId=to or self.unit)
        return made

    def as_member(self, service: str, region: str = "us-east-1") -> Any:
        role = f"arn:aws:iam::{self.member}:role/OrganizationAccountAccessRole"
        keys = self.sts.assume_role(RoleArn=role, RoleSessionName="dev")["Credentials"]
        return boto3.client(service, region_name=region, endpoint_url=self.sandbox.endpoint, aws_access_key_id=keys["AccessKeyId"],
                            aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"])


@pytest.fixture
def tree(aws: Clients, sandbox: Sandbox) -> Tree:
    return Tree(aws, sandbox)


# ---------------------------------------------------------------- SCPs in force


def test_an_scp_denies_a_member_and_not_the_management_account(tree: Tree, aws: Clients) -> None:
    tree.attach(FENCE)
    tree.api.attach_policy(PolicyId=tree.policy(FENCE, "again"), TargetId=tree.root)

    assert refused(tree.as_member("sqs", "eu-west-1").create_queue, QueueName="q") == "AccessDeniedException"
    assert "explicit deny in a service control policy" in message(tree.as_member("sqs", "eu-west-1").create_queue, QueueName="q")
    tree.as_member("sqs").create_queue(QueueName="q")
    aws("sqs", "eu-west-1").create_queue(QueueName="q")
    tree.as_member("iam").list_roles()


def test_it_holds_for_whoever_stands_below_and_no_longer(tree: Tree) -> None:
    attached = tree.attach(FENCE)
    abroad = tree.as_member("sqs", "eu-west-1")
    assert refused(abroad.create_queue, QueueName="q") == "AccessDeniedException"

    tree.api.move_account(AccountId=tree.member, SourceParentId=tree.unit, DestinationParentId=tree.root)
    abroad.create_queue(QueueName="q")
    tree.api.move_account(AccountId=tree.member, SourceParentId=tree.root, DestinationParentId=tree.unit)
    tree.api.detach_policy(PolicyId=attached, TargetId=tree.unit)
    abroad.create_queue(QueueName="r")


def test_a_level_without_an_allow_denies_everything_but_who_one_is(tree: Tree) -> None:
    tree.attach(LEAVE)
    tree.api.detach_policy(PolicyId="p-FullAWSAccess", TargetId=tree.unit)

    assert "no service control policy allows the sqs:ListQueues action" in message(tree.as_member("sqs").list_queues)
    assert tree.as_member("sts").get_caller_identity()["Account"] == tree.member


def test_no_policy_binds_where_the_type_is_disabled(tree: Tree) -> None:
    tree.attach(FENCE)
    tree.api.disable_policy_type(RootId=tree.root, PolicyType="SERVICE_CONTROL_POLICY")
    tree.as_member("sqs", "eu-west-1").create_queue(QueueName="q")


@pytest.mark.parametrize("content,kind,code", [(SIZES, "t3.micro", None), (SIZES, "m5.large", "UnauthorizedOperation"), (NO_TYPE, "t3.micro", "UnauthorizedOperation")])
def test_a_launch_is_asked_about_by_instance_and_by_image(tree: Tree, aws: Clients, content: str, kind: str, code: str | None) -> None:
    """The last one is the classic mistake: the image has no type, so a negated condition on it is met."""
    tree.attach(content)
    image = aws("ssm").get_parameter(Name="/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64")["Parameter"]["Value"]
    launch = {"ImageId": image, "InstanceType": kind, "MinCount": 1, "MaxCount": 1}
    if code is None:
        assert tree.as_member("ec2").run_instances(**launch)["Instances"]
    else:
        assert refused(tree.as_member("ec2").run_instances, **launch) == code


def test_each_protocol_says_it_in_its_own_words(tree: Tree) -> None:
    for action in ("s3:ListAllMyBuckets", "iam:ListUsers", "sns:ListTopics"):
        tree.attach(scp("Deny", Action=action))
    assert refused(tree.as_member("s3").list_buckets) == "AccessDenied"
    assert refused(tree.as_member("iam").list_users) == "AccessDenied"
    assert refused(tree.as_member("sns").list_topics) == "AccessDenied"


def test_an_upload_is_stopped_too(tree: Tree) -> None:
    tree.as_member("s3").create_bucket(Bucket="a-bucket-of-the-member")
    tree.attach(scp("Deny", Action="s3:PutObject"))
    assert refused(tree.as_member("s3").put_object, Bucket="a-bucket-of-the-member", Key="k", Body=b"x") == "AccessDenied"


# ---------------------------------------------------------------- what Organizations asks of whom, and in which order


def test_without_an_organization_there_is_nothing_to_ask(aws: Clients) -> None:
    for call, params in [("list_roots", {}), ("list_policies", {"Filter": "TAG_POLICY"}), ("list_accounts", {}),
                         ("create_policy", {"Name": "n", "Description": "", "Type": "TAG_POLICY", "Content": "{}"})]:
        assert refused(getattr(aws("organizations"), call), **params) == "AWSOrganizationsNotInUseException"


def test_a_member_may_ask_which_organization_it_is_in_and_no_more(tree: Tree) -> None:
    assert tree.as_member("organizations").describe_organization()["Organization"]["MasterAccountId"] == "123456789012"
    assert refused(tree.as_member("organizations").list_roots) == "AccessDeniedException"


def test_scps_are_enabled_from_the_start(tree: Tree) -> None:
    assert tree.api.list_roots()["Roots"][0]["PolicyTypes"] == [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]


def test_what_is_not_empty_stays(tree: Tree) -> None:
    assert refused(tree.api.delete_organization) == "OrganizationNotEmptyException"
    assert refused(tree.api.delete_organizational_unit, OrganizationalUnitId=tree.unit) == "OrganizationalUnitNotEmptyException"
    tree.api.remove_account_from_organization(AccountId=tree.member)
    own = tree.attach(LEAVE)
    assert refused(tree.api.delete_policy, PolicyId=own) == "PolicyInUseException"
    tree.api.delete_organizational_unit(OrganizationalUnitId=tree.unit)
    assert tree.api.list_targets_for_policy(PolicyId=own)["Targets"] == []
    assert refused(tree.api.delete_organization) == "OrganizationNotEmptyException"
    tree.api.delete_policy(PolicyId=own)
    tree.api.delete_organization()
    assert refused(tree.api.describe_organization) == "AWSOrganizationsNotInUseException"


def test_units_have_names_parents_and_five_levels(tree: Tree) -> None:
    make = tree.api.create_organizational_unit
    assert refused(make, ParentId=tree.root, Name="workloads") == "DuplicateOrganizationalUnitException"
    assert refused(make, ParentId="r-zzzz", Name="w") == "ParentNotFoundException"
    at = tree.unit
    for _ in range(4):
        at = make(ParentId=at, Name="deeper")["OrganizationalUnit"]["Id"]
    assert refused(make, ParentId=at, Name="deeper") == "ConstraintViolationException"


@pytest.mark.parametrize("kind,content,code", [
    ("SERVICE_CONTROL_POLICY", "no json", "MalformedPolicyDocumentException"),
    ("SERVICE_CONTROL_POLICY", scp("Deny", Action="*", Principal="*"), "MalformedPolicyDocumentException"),
    ("SERVICE_CONTROL_POLICY", scp("Deny"), "MalformedPolicyDocumentException"),
    ("SERVICE_CONTROL_POLICY", scp("Deny", Action="*", Sid="x" * 10240), "ConstraintViolationException"),
    ("TAG_POLICY", json.dumps({"plans": {}}), "MalformedPolicyDocumentException"),
])
def test_a_policy_is_looked_at_before_it_is_taken(tree: Tree, kind: str, content: str, code: str) -> None:
    assert refused(tree.api.create_policy, Name="n", Description="", Type=kind, Content=content) == code


def test_an_scp_may_be_longer_than_it_was_once(tree: Tree) -> None:
    assert tree.policy(scp("Deny", Action="*", Sid="x" * 6000))


def test_a_backup_policy_is_one(tree: Tree) -> None:
    made = tree.policy(json.dumps({"plans": {}}), kind="BACKUP_POLICY")
    assert tree.api.describe_policy(PolicyId=made)["Policy"]["PolicySummary"]["Type"] == "BACKUP_POLICY"
    assert tree.api.list_policies(Filter="TAG_POLICY")["Policies"] == []
    assert refused(tree.api.attach_policy, PolicyId=made, TargetId=tree.unit) == "PolicyTypeNotEnabledException"
    tree.api.enable_policy_type(RootId=tree.root, PolicyType="BACKUP_POLICY")
    tree.api.attach_policy(PolicyId=made, TargetId=tree.unit)
    assert refused(tree.api.attach_policy, PolicyId=made, TargetId=tree.unit) == "DuplicatePolicyAttachmentException"


def test_ten_scps_and_never_none(tree: Tree) -> None:
    for i in range(9):
        tree.api.attach_policy(PolicyId=tree.policy(LEAVE, f"n{i}"), TargetId=tree.unit)
    eleventh = tree.policy(LEAVE, "n10")
    assert refused(tree.api.attach_policy, PolicyId=eleventh, TargetId=tree.unit) == "ConstraintViolationException"
    assert refused(tree.api.detach_policy, PolicyId=eleventh, TargetId=tree.unit) == "PolicyNotAttachedException"
    assert refused(tree.api.detach_policy, PolicyId="p-FullAWSAccess", TargetId=tree.root) == "ConstraintViolationException"


# ---------------------------------------------------------------- shares and bills


def test_a_share_is_found_by_what_it_is(aws: Clients) -> None:
    ram = aws("ram")
    arn = ram.create_resource_share(name="one", tags=[{"key": "k", "value": "v"}])["resourceShare"]["resourceShareArn"]
    ram.create_resource_share(name="two")
    names = lambda **asked: [s["name"] for s in ram.get_resource_shares(resourceOwner="SELF", **asked)["resourceShares"]]  # noqa: E731
    assert names(tagFilters=[{"tagKey": "k", "tagValues": ["v"]}]) == names(resourceShareArns=[arn]) == names(name="one") == ["one"]
    ram.delete_resource_share(resourceShareArn=arn)
    assert names(resourceShareStatus="ACTIVE") == ["two"]
    missing = "arn:aws:ec2:us-east-1:123456789012:prefix-list/pl-0123456789abcdef0"
    assert refused(ram.create_resource_share, name="three", resourceArns=[missing]) == "UnknownResourceException"


def test_no_figure_is_made_up(aws: Clients) -> None:
    budget = {"BudgetName": "b", "BudgetType": "COST", "TimeUnit": "MONTHLY", "BudgetLimit": {"Amount": "5", "Unit": "USD"}}
    aws("budgets").create_budget(AccountId="123456789012", Budget=budget, ResourceTags=[{"Key": "a", "Value": "b"}])
    [found] = aws("budgets").describe_budgets(AccountId="123456789012")["Budgets"]
    assert "CalculatedSpend" not in found
    assert aws("budgets").list_tags_for_resource(ResourceARN="arn:aws:budgets::123456789012:budget/b")["ResourceTags"] == [{"Key": "a", "Value": "b"}]
    period = {"Start": "2026-11-01", "End": "2026-11-22"}
    assert refused(aws("ce").get_cost_and_usage, TimePeriod=period, Granularity="MONTHLY", Metrics=["UnblendedCost"]) == "DataUnavailableException"
    assert aws("ce").list_cost_allocation_tags()["CostAllocationTags"] == []
    [error] = aws("ce").update_cost_allocation_tags_status(CostAllocationTagsStatus=[{"TagKey": "k", "Status": "Active"}])["Errors"]
    assert error["TagKey"] == "k"


def test_a_cost_category_has_a_name_of_its_own(aws: Clients) -> None:
    rules = [{"Type": "REGULAR", "Value": "v", "Rule": {"Tags": {"Key": "k", "Values": ["x"]}}}]
    make = {"Name": "c", "RuleVersion": "CostCategoryExpression.v1", "Rules": rules}
    arn = aws("ce").create_cost_category_definition(**make)["CostCategoryArn"]
    [found] = aws("ce").list_cost_category_definitions()["CostCategoryReferences"]
    assert (found["CostCategoryArn"], found["Values"], found["NumberOfRules"]) == (arn, ["v"], 1)
    assert refused(aws("ce").create_cost_category_definition, **make) == "ValidationException"
    aws("ce").delete_cost_category_definition(CostCategoryArn=arn)
    with pytest.raises(ClientError):
        aws("ce").delete_cost_category_definition(CostCategoryArn=arn)


def test_the_notifications_of_a_budget_that_is_not_there_are_not_found(aws: Any) -> None:
    assert refused(aws("budgets").describe_notifications_for_budget, AccountId="123456789012", BudgetName="none") == "NotFoundException"


def test_a_type_that_there_is_not_is_an_invalid_value(tree: Tree) -> None:
    text = json.dumps({"Version": "2012-10-17", "Statement": []})
    assert refused(tree.api.create_policy, Name="n", Description="d", Type="NO_SUCH_POLICY", Content=text) == "InvalidInputException"


@pytest.mark.parametrize("region, partition", [("us-isob-east-1", "aws-iso-b"), ("cn-north-1", "aws-cn"), ("us-east-1", "aws")])
def test_an_organization_stands_in_the_partition_of_its_region(aws: Any, region: str, partition: str) -> None:
    assert aws("organizations", region).create_organization(FeatureSet="ALL")["Organization"]["Arn"].startswith(f"arn:{partition}:")
