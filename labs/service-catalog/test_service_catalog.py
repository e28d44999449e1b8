"""What the additions to Service Catalog promise beyond the documented examples: constraints bind, launches are stacks, states take time."""
from __future__ import annotations

import json
import time
from typing import Any

import pytest
from conftest import message, refused

QUEUE = {"Parameters": {"Seconds": {"Type": "Number", "Default": 30}},
         "Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": {"Ref": "Seconds"}}}},
         "Outputs": {"Url": {"Value": {"Ref": "Queue"}}}}
TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "servicecatalog.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
RULES = {"Rules": {"Short": {"Assertions": [{"Assert": {"Fn::Contains": [["30", "60"], {"Ref": "Seconds"}]}, "AssertDescription": "30 or 60 seconds"}]}}}


class Shop:
    """A portfolio with one product of one version, open to the caller."""

    def __init__(self, aws: Any):
        self.aws, self.sc = aws, aws("servicecatalog")
        self.portfolio = self.sc.create_portfolio(DisplayName="tools", ProviderName="platform")["PortfolioDetail"]["Id"]
        aws("s3").create_bucket(Bucket="templates")
        made = self.sc.create_product(Name="queue", Owner="platform", ProductType="CLOUD_FORMATION_TEMPLATE", ProvisioningArtifactParameters=self.version("v1", QUEUE))
        self.product = made["ProductViewDetail"]["ProductViewSummary"]["ProductId"]
        self.v1 = made["ProvisioningArtifactDetail"]["Id"]
        self.sc.associate_product_with_portfolio(ProductId=self.product, PortfolioId=self.portfolio)
        self.me = aws("sts").get_caller_identity()["Arn"].replace(":sts:", ":iam:")

    def version(self, name: str, template: dict[str, Any]) -> dict[str, Any]:
        self.aws("s3").put_object(Bucket="templates", Key=f"{name}.json", Body=json.dumps(template))
        return {"Name": name, "Type": "CLOUD_FORMATION_TEMPLATE", "Info": {"LoadTemplateFromURL": f"https://templates.s3.amazonaws.com/{name}.json"}}

    def open(self) -> None:
        self.sc.associate_principal_with_portfolio(PortfolioId=self.portfolio, PrincipalARN=self.me, PrincipalType="IAM")

    def constrain(self, kind: str, parameters: dict[str, Any]) -> str:
        said = self.sc.create_constraint(PortfolioId=self.portfolio, ProductId=self.product, Type=kind, Parameters=json.dumps(parameters))
        return str(said["ConstraintDetail"]["ConstraintId"])

    def launch(self, name: str = "mine", **more: Any) -> dict[str, Any]:
        return dict(self.sc.provision_product(ProductId=self.product, ProvisioningArtifactId=self.v1, ProvisionedProductName=name, **more)["RecordDetail"])

    def over(self, record: dict[str, Any]) -> dict[str, Any]:
        seen = [record["Status"]]
        while seen[-1] in ("CREATED", "IN_PROGRESS"):
            time.sleep(0.1)
            seen.append(self.sc.describe_record(Id=record["RecordId"])["RecordDetail"]["Status"])
        assert "IN_PROGRESS" in seen
        return dict(self.sc.describe_record(Id=record["RecordId"]))

    def role(self, *actions: str) -> str:
        iam = self.aws("iam")
        arn = iam.create_role(RoleName="launch", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
        statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
        iam.put_role_policy(RoleName="launch", PolicyName="p", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
        return str(arn)


@pytest.fixture
def shop(aws: Any) -> Shop:
    return Shop(aws)


def test_a_launch_is_a_stack_that_termination_deletes(shop: Shop) -> None:
    shop.open()
    done = shop.over(shop.launch(ProvisioningParameters=[{"Key": "Seconds", "Value": "60"}]))
    assert done["RecordDetail"]["Status"] == "SUCCEEDED"
    stack = {o["OutputKey"]: o["OutputValue"] for o in done["RecordOutputs"]}["CloudformationStackARN"]
    cloudformation = shop.aws("cloudformation")
    assert cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"] == "CREATE_COMPLETE"
    found = shop.sc.search_provisioned_products()["ProvisionedProducts"][0]
    assert (found["Status"], found["PhysicalId"]) == ("AVAILABLE", stack)
    shop.over(shop.sc.terminate_provisioned_product(ProvisionedProductId=found["Id"])["RecordDetail"])
    assert shop.sc.search_provisioned_products()["ProvisionedProducts"] == []
    assert cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"] == "DELETE_COMPLETE"
    assert [r["RecordType"] for r in shop.sc.list_record_history()["RecordDetails"]] == ["TERMINATE_PROVISIONED_PRODUCT", "PROVISION_PRODUCT"]


def test_who_is_not_let_in_finds_no_path(shop: Shop) -> None:
    asked = {"ProductId": shop.product, "ProvisioningArtifactId": shop.v1, "ProvisionedProductName": "mine"}
    assert refused(shop.sc.provision_product, **asked) == "ResourceNotFoundException"
    shop.sc.associate_principal_with_portfolio(PortfolioId=shop.portfolio, PrincipalARN="arn:aws:iam:::user/*", PrincipalType="IAM_PATTERN")
    shop.sc.provision_product(**asked)


def test_a_template_constraint_refuses_parameters(shop: Shop) -> None:
    shop.open()
    shop.constrain("TEMPLATE", RULES)
    done = shop.over(shop.launch(ProvisioningParameters=[{"Key": "Seconds", "Value": "3600"}]))["RecordDetail"]
    assert done["Status"] == "FAILED" and "30 or 60 seconds" in done["RecordErrors"][0]["Description"]
    assert shop.sc.search_provisioned_products()["ProvisionedProducts"][0]["Status"] == "ERROR"
    assert shop.over(shop.launch("other"))["RecordDetail"]["Status"] == "SUCCEEDED"


@pytest.mark.parametrize("actions,status", [(("cloudformation:*", "sqs:*"), "SUCCEEDED"), (("cloudformation:*",), "FAILED"), (("sqs:*",), "FAILED")])
def test_a_launch_role_may_do_what_its_policy_says(shop: Shop, actions: tuple[str, ...], status: str) -> None:
    shop.open()
    arn = shop.role(*actions)
    shop.constrain("LAUNCH", {"RoleArn": arn})
    done = shop.over(shop.launch())["RecordDetail"]
    assert (done["Status"], done["LaunchRoleArn"]) == (status, arn)


def test_without_its_role_nothing_terminates(shop: Shop) -> None:
    shop.open()
    shop.constrain("LAUNCH", {"RoleArn": shop.role("cloudformation:*", "sqs:*")})
    shop.over(shop.launch())
    shop.aws("iam").delete_role_policy(RoleName="launch", PolicyName="p")
    shop.aws("iam").delete_role(RoleName="launch")
    done = shop.over(shop.sc.terminate_provisioned_product(ProvisionedProductName="mine")["RecordDetail"])["RecordDetail"]
    assert done["Status"] == "FAILED" and "assume" in done["RecordErrors"][0]["Description"]
    assert shop.sc.search_provisioned_products()["ProvisionedProducts"][0]["Status"] == "TAINTED"


def test_an_update_goes_to_another_version_and_tags_need_leave(shop: Shop) -> None:
    shop.open()
    more = {**QUEUE, "Resources": {**QUEUE["Resources"], "Dead": {"Type": "AWS::SQS::Queue"}}}
    v2 = shop.sc.create_provisioning_artifact(ProductId=shop.product, Parameters=shop.version("v2", more))["ProvisioningArtifactDetail"]["Id"]
    shop.over(shop.launch())
    tags = [{"Key": "a", "Value": "b"}]
    asked = {"ProvisionedProductName": "mine", "ProvisioningArtifactId": v2}
    assert refused(shop.sc.update_provisioned_product, **asked, Tags=tags) == "InvalidParametersException"
    shop.constrain("RESOURCE_UPDATE", {"Version": "2.0", "Properties": {"TagUpdateOnProvisionedProduct": "ALLOWED"}})
    done = shop.over(shop.sc.update_provisioned_product(**asked, Tags=tags)["RecordDetail"])["RecordDetail"]
    assert (done["Status"], done["ProvisioningArtifactId"]) == ("SUCCEEDED", v2)
    stack = shop.sc.search_provisioned_products()["ProvisionedProducts"][0]["PhysicalId"]
    assert len(shop.aws("cloudformation").list_stack_resources(StackName=stack)["StackResourceSummaries"]) == 2
    assert {"Key": "a", "Value": "b"} in shop.aws("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]["Tags"]


def test_a_tag_option_of_several_values_has_to_be_chosen_from(shop: Shop) -> None:
    shop.open()
    for value in ("a", "b"):
        option = shop.sc.create_tag_option(Key="centre", Value=value)["TagOptionDetail"]["Id"]
        shop.sc.associate_tag_option_with_resource(ResourceId=shop.portfolio, TagOptionId=option)
    asked = {"ProductId": shop.product, "ProvisioningArtifactId": shop.v1, "ProvisionedProductName": "mine"}
    assert refused(shop.sc.provision_product, **asked) == "InvalidParametersException"
    assert refused(shop.sc.provision_product, **asked, Tags=[{"Key": "centre", "Value": "c"}]) == "InvalidParametersException"
    shop.over(shop.launch(Tags=[{"Key": "centre", "Value": "b"}]))
    assert {"Key": "centre", "Value": "b"} in shop.sc.search_provisioned_products()["ProvisionedProducts"][0]["Tags"]


def test_what_is_in_use_stays(shop: Shop) -> None:
    constraint = shop.constrain("TEMPLATE", RULES)
    both = {"ProductId": shop.product, "PortfolioId": shop.portfolio}
    assert refused(shop.sc.delete_portfolio, Id=shop.portfolio) == "ResourceInUseException"
    assert refused(shop.sc.delete_product, Id=shop.product) == "ResourceInUseException"
    assert refused(shop.sc.disassociate_product_from_portfolio, **both) == "ResourceInUseException"
    shop.sc.delete_constraint(Id=constraint)
    shop.sc.disassociate_product_from_portfolio(**both)
    shop.sc.delete_product(Id=shop.product)
    shop.sc.delete_portfolio(Id=shop.portfolio)


def test_a_version_may_come_from_a_stack(shop: Shop) -> None:
    stack = shop.aws("cloudformation").create_stack(StackName="pattern", TemplateBody=json.dumps(QUEUE))["StackId"]
    given = {"Name": "from a stack", "Type": "CLOUD_FORMATION_TEMPLATE", "Info": {"ImportFromPhysicalId": stack}}
    shop.v1 = shop.sc.create_provisioning_artifact(ProductId=shop.product, Parameters=given)["ProvisioningArtifactDetail"]["Id"]
    shop.aws("cloudformation").delete_stack(StackName="pattern")
    shop.open()
    assert shop.over(shop.launch())["RecordDetail"]["Status"] == "SUCCEEDED"


def test_lists_have_pages(shop: Shop) -> None:
    for i in range(3):
        shop.sc.create_tag_option(Key="k", Value=str(i))
    first = shop.sc.list_tag_options(PageSize=2)
    assert len(first["TagOptionDetails"]) == 2
    assert len(shop.sc.list_tag_options(PageSize=2, PageToken=first["PageToken"])["TagOptionDetails"]) == 1
    shop.sc.create_portfolio(DisplayName="other", ProviderName="platform")
    assert [len(p["PortfolioDetails"]) for p in shop.sc.get_paginator("list_portfolios").paginate(PaginationConfig={"PageSize": 1})] == [1, 1]


def test_a_notification_constraint_tells_the_topic(shop: Shop) -> None:
    shop.open()
    topic = shop.aws("sns").create_topic(Name="t")["TopicArn"]
    queue = shop.aws("sqs").create_queue(QueueName="q")["QueueUrl"]
    arn = shop.aws("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    shop.aws("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    shop.constrain("NOTIFICATION", {"NotificationArns": [topic]})
    shop.over(shop.launch())
    assert "CREATE_" in shop.aws("sqs").receive_message(QueueUrl=queue)["Messages"][0]["Body"]


def test_a_token_makes_one_thing_whatever_comes_with_it(shop: Shop) -> None:
    token = {"IdempotencyToken": "once"}
    first = shop.sc.create_portfolio(DisplayName="a", ProviderName="platform", **token)["PortfolioDetail"]
    assert shop.sc.create_portfolio(DisplayName="b", ProviderName="platform", **token)["PortfolioDetail"] == first
    assert shop.sc.create_portfolio(DisplayName="b", ProviderName="platform")["PortfolioDetail"]["Id"] != first["Id"]
    asked = {"Owner": "platform", "ProductType": "CLOUD_FORMATION_TEMPLATE", "ProvisioningArtifactParameters": shop.version("v1", QUEUE), **token}
    made = shop.sc.create_product(Name="a", **asked)["ProductViewDetail"]
    assert shop.sc.create_product(Name="b", **asked)["ProductViewDetail"] == made


def test_a_share_with_an_account_is_listed_until_it_is_taken_back(shop: Shop) -> None:
    own = shop.aws("sts").get_caller_identity()["Account"]
    for account in (own, "794123456789"):
        shop.sc.create_portfolio_share(PortfolioId=shop.portfolio, AccountId=account)
    assert set(shop.sc.list_portfolio_access(PortfolioId=shop.portfolio)["AccountIds"]) == {own, "794123456789"}
    shop.sc.delete_portfolio_share(PortfolioId=shop.portfolio, AccountId=own)
    assert shop.sc.list_portfolio_access(PortfolioId=shop.portfolio)["AccountIds"] == ["794123456789"]
    everybody = {"OrganizationNode": {"Type": "ORGANIZATION", "Value": "o-exampleorgid"}}
    assert refused(shop.sc.create_portfolio_share, PortfolioId=shop.portfolio, **everybody) == "OperationNotSupportedException"


def test_which_product_is_meant_is_said(shop: Shop) -> None:
    assert message(shop.sc.describe_product) == "Either Id or Name must be specified."
    assert message(shop.sc.describe_product, Id="prod-abcdzk7xy33qa") == "Product with Id 'prod-abcdzk7xy33qa' not found."
    assert message(shop.sc.describe_product, Name="none") == "Product with Name 'none' not found."
