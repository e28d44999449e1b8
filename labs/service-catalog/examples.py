"""What the documented examples of Service Catalog's operations need first, and an error of each."""
from __future__ import annotations

import json
import time
from typing import Any

ID = {"port": r"port-[\w]+", "prod": r"prod-[\w]+", "pa": r"pa-[\w]+", "cons": r"cons-[\w]+", "tag": r"tag-[a-z]*\d\w*", "pp": r"pp-[\w]{6,}"}
QUEUE = {"Parameters": {"Size": {"Type": "String", "Default": "small"}},
         "Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {}}}}
BUCKET, KEY = "cloudformation-templates-us-west-1", "my-cfn-template.template"
URL = f"https://s3-us-west-1.amazonaws.com/{BUCKET}/{KEY}"
USER = "arn:aws:iam::123456789012:user/usertest"
LAUNCH = {"RoleArn": "arn:aws:iam::123456789012:role/LaunchRole"}


def template(aws: Any) -> dict[str, Any]:
    """The template of the documentation's own address, and a version out of it."""
    s3 = aws("s3")
    if BUCKET not in [b["Name"] for b in s3.list_buckets()["Buckets"]]:
        s3.create_bucket(Bucket=BUCKET)
    s3.put_object(Bucket=BUCKET, Key=KEY, Body=json.dumps(QUEUE))
    return {"Name": "test-version-name", "Description": "test-version-description", "Type": "CLOUD_FORMATION_TEMPLATE", "Info": {"LoadTemplateFromURL": URL}}


def portfolio(aws: Any) -> dict[str, str]:
    made = aws("servicecatalog").create_portfolio(DisplayName="my-portfolio", ProviderName="my-provider", Description="d")["PortfolioDetail"]["Id"]
    return {ID["port"]: made}


def product(aws: Any) -> dict[str, str]:
    made = aws("servicecatalog").create_product(
        Name="my product", Owner="test-owner", Description="test-description", Distributor="test-distributor", SupportDescription="test-support",
        SupportEmail="test@amazon.com", SupportUrl="https://aws.amazon.com", ProductType="CLOUD_FORMATION_TEMPLATE", Tags=[{"Key": "region", "Value": "iad"}],
        ProvisioningArtifactParameters=template(aws))
    return {ID["prod"]: made["ProductViewDetail"]["ProductViewSummary"]["ProductId"], ID["pa"]: made["ProvisioningArtifactDetail"]["Id"]}


def loose(aws: Any) -> dict[str, str]:
    return {**portfolio(aws), **product(aws)}


def offered(aws: Any) -> dict[str, str]:
    """A product in a portfolio that lets the caller in."""
    ids, sc = loose(aws), aws("servicecatalog")
    sc.associate_product_with_portfolio(PortfolioId=ids[ID["port"]], ProductId=ids[ID["prod"]])
    me = aws("sts").get_caller_identity()["Arn"].replace(":sts:", ":iam:")
    sc.associate_principal_with_portfolio(PortfolioId=ids[ID["port"]], PrincipalARN=me, PrincipalType="IAM")
    return {**ids, r"lpv3-\w+": "lpv3-" + ids[ID["port"]].removeprefix("port-")}


def constrained(aws: Any) -> dict[str, str]:
    ids = offered(aws)
    made = aws("servicecatalog").create_constraint(PortfolioId=ids[ID["port"]], ProductId=ids[ID["prod"]], Type="LAUNCH", Parameters=json.dumps(LAUNCH),
                                                   Description="Launch as local role TestLaunchRole")
    return {**ids, ID["cons"]: made["ConstraintDetail"]["ConstraintId"]}


def option(aws: Any) -> dict[str, str]:
    return {ID["tag"]: aws("servicecatalog").create_tag_option(Key="1234", Value="value-3")["TagOptionDetail"]["Id"]}


def on_portfolio(aws: Any) -> dict[str, str]:
    ids = {**portfolio(aws), **option(aws)}
    aws("servicecatalog").associate_tag_option_with_resource(ResourceId=ids[ID["port"]], TagOptionId=ids[ID["tag"]])
    return ids


def with_option(aws: Any) -> dict[str, str]:
    return {**portfolio(aws), **option(aws)}


def on_product(aws: Any) -> dict[str, str]:
    ids = {**product(aws), **option(aws)}
    aws("servicecatalog").associate_tag_option_with_resource(ResourceId=ids[ID["prod"]], TagOptionId=ids[ID["tag"]])
    return ids


def choosable(aws: Any) -> dict[str, str]:
    ids = {**constrained(aws), **option(aws)}
    aws("servicecatalog").associate_tag_option_with_resource(ResourceId=ids[ID["port"]], TagOptionId=ids[ID["tag"]])
    return ids


def let_in(principal: str) -> Any:
    def setup(aws: Any) -> dict[str, str]:
        ids = portfolio(aws)
        aws("servicecatalog").associate_principal_with_portfolio(PortfolioId=ids[ID["port"]], PrincipalARN=principal, PrincipalType="IAM")
        return ids
    return setup


def shared(aws: Any) -> dict[str, str]:
    ids = portfolio(aws)
    aws("servicecatalog").create_portfolio_share(PortfolioId=ids[ID["port"]], AccountId="794123456789")
    return {**ids, "--account-id 123456789012": "--account-id 794123456789"}


def two_versions(aws: Any) -> dict[str, str]:
    ids = product(aws)
    aws("servicecatalog").create_provisioning_artifact(ProductId=ids[ID["prod"]], Parameters=template(aws))
    return ids


def at_rest(aws: Any) -> dict[str, str]:
    """Launched by a role, and standing."""
    ids, sc, iam = constrained(aws), aws("servicecatalog"), aws("iam")
    trusted = {"Effect": "Allow", "Principal": {"Service": "servicecatalog.amazonaws.com"}, "Action": "sts:AssumeRole"}
    iam.create_role(RoleName="LaunchRole", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trusted]}))
    may = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["cloudformation:*", "sqs:*"], "Resource": "*"}]}
    iam.put_role_policy(RoleName="LaunchRole", PolicyName="p", PolicyDocument=json.dumps(may))
    asked = {"ProductId": ids[ID["prod"]], "ProvisioningArtifactId": ids[ID["pa"]], "ProvisionedProductName": "test2"}
    return {**ids, ID["pp"]: settled(sc, sc.provision_product(**asked)["RecordDetail"]["ProvisionedProductId"])}


def settled(sc: Any, product: str) -> str:
    while sc.describe_provisioned_product(Id=product)["ProvisionedProductDetail"]["Status"] == "UNDER_CHANGE":
        time.sleep(0.1)
    return product


def broken(aws: Any) -> dict[str, str]:
    """What the documentation shows went wrong: a parameter without a value."""
    ids, sc = offered(aws), aws("servicecatalog")
    aws("s3").put_object(Bucket=BUCKET, Key=KEY, Body=json.dumps({**QUEUE, "Parameters": {"KeyName": {"Type": "String"}}}))
    version = {"Name": "v", "Type": "CLOUD_FORMATION_TEMPLATE", "Info": {"LoadTemplateFromURL": URL}}
    made = sc.create_provisioning_artifact(ProductId=ids[ID["prod"]], Parameters=version)["ProvisioningArtifactDetail"]["Id"]
    asked = {"ProductId": ids[ID["prod"]], "ProvisioningArtifactId": made, "ProvisionedProductName": "mytestppname3"}
    pp = sc.provision_product(**asked, Tags=[{"Key": "1234", "Value": "value-3"}])["RecordDetail"]["ProvisionedProductId"]
    return {**ids, ID["pp"]: settled(sc, pp)}


def given(setup: Any, said: Any) -> Any:
    """The content of the example's input file in place of its name, with the ids of what was set up."""
    def both(aws: Any) -> dict[str, str]:
        ids = setup(aws)
        return {r"file://[\w-]+\.json": "'" + json.dumps(said(ids)) + "'"}
    return both


def templated(aws: Any) -> dict[str, str]:
    template(aws)
    return {}


VERSION_GIVEN = {"Name": "test-version-name", "Description": "test-version-description", "Info": {"LoadTemplateFromURL": URL}, "Type": "CLOUD_FORMATION_TEMPLATE"}
PRODUCT_GIVEN = {"AcceptLanguage": "en", "Name": "test-product", "Owner": "test-owner", "Description": "test-description", "Distributor": "test-distributor",
                 "SupportDescription": "test-support", "SupportEmail": "test@amazon.com", "SupportUrl": "https://aws.amazon.com",
                 "ProductType": "CLOUD_FORMATION_TEMPLATE", "Tags": [{"Key": "region", "Value": "us-east-1"}], "ProvisioningArtifactParameters": VERSION_GIVEN}

SC = "servicecatalog"
SETUPS: dict[tuple[str, str], list[Any]] = {(SC, operation): [setup] for operation, setup in {
    "AssociatePrincipalWithPortfolio": portfolio, "AssociateProductWithPortfolio": loose, "AssociateTagOptionWithResource": with_option,
    "CreateConstraint": offered, "CreatePortfolio": None, "CreatePortfolioShare": portfolio, "CreateTagOption": None,
    "DeleteConstraint": constrained, "DeletePortfolio": portfolio, "DeletePortfolioShare": shared, "DeleteProduct": product,
    "DeleteProvisioningArtifact": two_versions, "DeleteTagOption": option, "DescribeConstraint": constrained, "DescribePortfolio": portfolio,
    "DescribePortfolioShares": shared, "DescribeProduct": offered, "DescribeProductAsAdmin": product, "DescribeProvisionedProduct": broken,
    "DescribeProvisioningArtifact": product, "DescribeProvisioningParameters": choosable, "DescribeTagOption": option,
    "DisassociatePrincipalFromPortfolio": let_in("arn:aws:iam::123456789012:group/myendusers"), "DisassociateProductFromPortfolio": offered,
    "DisassociateTagOptionFromResource": on_portfolio, "ListConstraintsForPortfolio": constrained, "ListLaunchPaths": constrained,
    "ListPortfolioAccess": shared, "ListPortfolios": portfolio, "ListPortfoliosForProduct": offered, "ListPrincipalsForPortfolio": let_in(USER),
    "ListProvisioningArtifacts": two_versions, "ListResourcesForTagOption": on_product, "ListTagOptions": option, "ProvisionProduct": offered,
    "ScanProvisionedProducts": broken, "SearchProducts": offered, "SearchProductsAsAdmin": offered,
    "CreateProduct": given(templated, lambda ids: PRODUCT_GIVEN), "SearchProvisionedProducts": given(broken, lambda ids: {"Filters": {"SearchQuery": [ids[ID["prod"]]]}}),
    "CreateProvisioningArtifact": given(product, lambda ids: {"ProductId": ids[ID["prod"]], "Parameters": VERSION_GIVEN}),
    "UpdateProvisioningArtifact": given(product, lambda ids: {
        "ProductId": ids[ID["prod"]], "ProvisioningArtifactId": ids[ID["pa"]], "Name": "updated name", "Description": "updated description"}),
    "UpdateTagOption": given(option, lambda ids: {"Id": ids[ID["tag"]], "Value": "newvalue", "Active": True}),
    "TerminateProvisionedProduct": at_rest, "UpdateConstraint": constrained, "UpdatePortfolio": portfolio, "UpdateProduct": product,
}.items()}

NONE = "awscli has no example of it"
NOT_REPLAYED: dict[tuple[str, str], str] = {
    **{(SC, o): NONE for o in ("GetAWSOrganizationsAccessStatus", "GetProvisionedProductOutputs", "DescribeRecord", "ListRecordHistory", "UpdateProvisionedProduct")},
}

NOWHERE, MISSING = "port-0000000000000", "ResourceNotFoundException"
OF = {"PortfolioId": NOWHERE}
BOTH = {"PortfolioId": NOWHERE, "ProductId": "prod-0000000000000"}
VERSION = {"ProductId": "prod-0000000000000", "ProvisioningArtifactId": "pa-0000000000000"}
TAGGED = {"ResourceId": NOWHERE, "TagOptionId": "tag-0000000000000"}
GIVEN = {"Name": "v", "Type": "CLOUD_FORMATION_TEMPLATE", "Info": {"LoadTemplateFromURL": "https://nowhere.s3.amazonaws.com/nothing.json"}}
INVALID = "InvalidParametersException"
ERRORS: list[tuple[str, str, dict[str, Any], str]] = [(SC, operation, params, code) for operation, params, code in (
    ("AssociatePrincipalWithPortfolio", {**OF, "PrincipalARN": USER, "PrincipalType": "IAM"}, MISSING),
    ("AssociateProductWithPortfolio", BOTH, MISSING), ("AssociateTagOptionWithResource", TAGGED, MISSING),
    ("CreateConstraint", {**BOTH, "Type": "LAUNCH", "Parameters": json.dumps(LAUNCH), "IdempotencyToken": "t"}, MISSING),
    ("CreatePortfolio", {"DisplayName": "d", "ProviderName": "p", "IdempotencyToken": "t", "Tags": [{"Key": "aws:mine", "Value": "v"}]}, INVALID),
    ("CreatePortfolioShare", {**OF, "AccountId": "794123456789"}, MISSING),
    ("CreateProduct", {"Name": "n", "Owner": "o", "ProductType": "CLOUD_FORMATION_TEMPLATE", "IdempotencyToken": "t", "ProvisioningArtifactParameters": GIVEN}, INVALID),
    ("CreateProvisioningArtifact", {"ProductId": "prod-0000000000000", "Parameters": GIVEN, "IdempotencyToken": "t"}, MISSING),
    ("CreateTagOption", {"Key": "taken", "Value": "taken"}, "DuplicateResourceException"), ("DeleteConstraint", {"Id": "cons-0"}, MISSING),
    ("DeletePortfolio", {"Id": NOWHERE}, MISSING), ("DeletePortfolioShare", {**OF, "AccountId": "794123456789"}, MISSING),
    ("DeleteProduct", {"Id": "prod-0000000000000"}, MISSING), ("DeleteProvisioningArtifact", VERSION, MISSING),
    ("DeleteTagOption", {"Id": "tag-0000000000000"}, MISSING), ("DescribeConstraint", {"Id": "cons-0"}, MISSING), ("DescribePortfolio", {"Id": NOWHERE}, MISSING),
    ("DescribePortfolioShares", {**OF, "Type": "ACCOUNT"}, MISSING), ("DescribeProduct", {}, INVALID), ("DescribeProductAsAdmin", {"Name": "nope"}, MISSING),
    ("DescribeProvisionedProduct", {"Id": "pp-0"}, MISSING), ("DescribeProvisioningArtifact", VERSION, MISSING),
    ("DescribeProvisioningParameters", VERSION, MISSING), ("DescribeRecord", {"Id": "rec-0"}, MISSING), ("DescribeTagOption", {"Id": "tag-0000000000000"}, MISSING),
    ("DisassociatePrincipalFromPortfolio", {**OF, "PrincipalARN": USER}, MISSING), ("DisassociateProductFromPortfolio", BOTH, MISSING),
    ("DisassociateTagOptionFromResource", TAGGED, MISSING), ("GetAWSOrganizationsAccessStatus", {}, "OperationNotSupportedException"),
    ("GetProvisionedProductOutputs", {"ProvisionedProductId": "pp-0"}, MISSING), ("ListConstraintsForPortfolio", OF, MISSING),
    ("ListLaunchPaths", {"ProductId": "prod-0000000000000"}, MISSING), ("ListPortfolioAccess", OF, MISSING), ("ListPortfolios", {"PageToken": "nonsense"}, INVALID),
    ("ListPortfoliosForProduct", {"ProductId": "prod-0000000000000"}, MISSING), ("ListPrincipalsForPortfolio", OF, MISSING),
    ("ListProvisioningArtifacts", {"ProductId": "prod-0000000000000"}, MISSING), ("ListRecordHistory", {"SearchFilter": {"Key": "colour", "Value": "red"}}, INVALID),
    ("ListResourcesForTagOption", {"TagOptionId": "tag-0000000000000"}, MISSING), ("ListTagOptions", {"PageToken": "nonsense"}, INVALID),
    ("ProvisionProduct", {**VERSION, "ProvisionedProductName": "n", "ProvisionToken": "t"}, MISSING), ("ScanProvisionedProducts", {"PageToken": "nonsense"}, INVALID),
    ("SearchProducts", {"PageToken": "nonsense"}, INVALID), ("SearchProductsAsAdmin", OF, MISSING), ("SearchProvisionedProducts", {"PageToken": "nonsense"}, INVALID),
    ("TerminateProvisionedProduct", {"ProvisionedProductId": "pp-0", "TerminateToken": "t"}, MISSING), ("UpdateConstraint", {"Id": "cons-0"}, MISSING),
    ("UpdatePortfolio", {"Id": NOWHERE}, MISSING), ("UpdateProduct", {"Id": "prod-0000000000000"}, MISSING),
    ("UpdateProvisionedProduct", {"ProvisionedProductId": "pp-0", "UpdateToken": "t"}, MISSING), ("UpdateProvisioningArtifact", VERSION, MISSING),
    ("UpdateTagOption", {"Id": "tag-0000000000000", "Value": "v"}, MISSING),
)]


def before_errors(aws: Any) -> None:
    aws("servicecatalog").create_tag_option(Key="taken", Value="taken")
