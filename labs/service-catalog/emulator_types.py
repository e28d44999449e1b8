"""The CloudFormation types of Service Catalog, as its operations."""
from __future__ import annotations

import json
from typing import Any

from emulator.cfn.declared import cfn_type
from emulator.cfn.types import Found, Work
from emulator.context import make_uuid

SC = "servicecatalog"
TEXTS = ("AcceptLanguage", "Description", "DisplayName", "ProviderName")


def tag_changes(put: dict[str, str], gone: list[str]) -> dict[str, Any]:
    return {**({"AddTags": [{"Key": k, "Value": v} for k, v in put.items()]} if put else {}), **({"RemoveTags": gone} if gone else {})}


# ---------------------------------------------------------------- portfolios and products


def detail(member: str) -> Any:
    return lambda work, found: dict(found[member])


def retag_portfolio(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    work.call(SC, "UpdatePortfolio", Id=found["Id"], **tag_changes(put, gone))


cfn_type("AWS::ServiceCatalog::Portfolio", SC, "CreatePortfolio", "DeletePortfolio", "Id", settle=detail("PortfolioDetail"), retag=retag_portfolio,
         attrs={"PortfolioName": "DisplayName"}, update="UpdatePortfolio", updatable=TEXTS)


def first_version(props: dict[str, Any]) -> dict[str, Any]:
    """CreateProduct takes one version."""
    out = {k: v for k, v in props.items() if k not in ("ProvisioningArtifactParameters", "ReplaceProvisioningArtifacts")}
    return {"ProductType": "CLOUD_FORMATION_TEMPLATE", **out, "ProvisioningArtifactParameters": version(props["ProvisioningArtifactParameters"][0])}


def version(given: dict[str, Any]) -> dict[str, Any]:
    return {**given, "Type": given.get("Type", "CLOUD_FORMATION_TEMPLATE")}


def further_versions(work: Work, found: Found) -> dict[str, Any]:
    product = found["ProductViewDetail"]["ProductViewSummary"]["ProductId"]
    for given in work.properties["ProvisioningArtifactParameters"][1:]:
        work.call(SC, "CreateProvisioningArtifact", ProductId=product, Parameters=version(given), IdempotencyToken=make_uuid())
    return {"ProductId": product, "Names": work.properties["Name"], **versions(work, product)}


def versions(work: Work, product: str) -> dict[str, Any]:
    rows = work.call(SC, "ListProvisioningArtifacts", ProductId=product)["ProvisioningArtifactDetails"]
    return {"Versions": {r["Name"]: r["Id"] for r in rows}}


def change_product(work: Work, found: Found, changed: set[str]) -> None:
    """A version that left the list is deleted, one that came is made; one whose template changed is both."""
    product = found["ProductId"]
    texts = {k: v for k, v in work.properties.items() if k not in ("ProvisioningArtifactParameters", "ReplaceProvisioningArtifacts", "Tags", "ProductType")}
    work.call(SC, "UpdateProduct", Id=product, **texts)
    before = {v.get("Name"): v for v in work.before.get("ProvisioningArtifactParameters") or []}
    after = {v.get("Name"): v for v in work.properties["ProvisioningArtifactParameters"]}
    for name, given in after.items():
        if before.get(name) != given:
            work.call(SC, "CreateProvisioningArtifact", ProductId=product, Parameters=version(given), IdempotencyToken=make_uuid())
    for name, given in before.items():
        if after.get(name) != given and name in found["Versions"]:
            work.call(SC, "DeleteProvisioningArtifact", ProductId=product, ProvisioningArtifactId=found["Versions"][name])
    found.update(versions(work, product))


def retag_product(work: Work, found: Found, put: dict[str, str], gone: list[str]) -> None:
    work.call(SC, "UpdateProduct", Id=found["ProductId"], **tag_changes(put, gone))


cfn_type("AWS::ServiceCatalog::CloudFormationProduct", SC, "CreateProduct", "DeleteProduct", "ProductId", reshape=first_version, settle=further_versions,
         ids={"Id": "ProductId"}, retag=retag_product, update=change_product, ignored=("ReplaceProvisioningArtifacts",),
         updatable=("ProvisioningArtifactParameters", "Name", "Owner", "Description", "Distributor", "SupportDescription", "SupportEmail", "SupportUrl", "AcceptLanguage"),
         attrs={"ProductName": "Names", "ProvisioningArtifactIds": lambda f: ",".join(f["Versions"].values()), "ProvisioningArtifactNames": lambda f: ",".join(f["Versions"])})

# ---------------------------------------------------------------- associations


def pair(*members: str) -> Any:
    return lambda found: "|".join(found[m] for m in members)


cfn_type("AWS::ServiceCatalog::PortfolioProductAssociation", SC, "AssociateProductWithPortfolio", "DisassociateProductFromPortfolio",
         pair("ProductId", "PortfolioId"), tags="", replace=("ProductId", "PortfolioId", "SourcePortfolioId"))
cfn_type("AWS::ServiceCatalog::PortfolioPrincipalAssociation", SC, "AssociatePrincipalWithPortfolio", "DisassociatePrincipalFromPortfolio",
         pair("PrincipalARN", "PortfolioId"), tags="", ids={"PrincipalType": "PrincipalType"}, replace=("PrincipalARN", "PrincipalType", "PortfolioId"))
cfn_type("AWS::ServiceCatalog::TagOption", SC, "CreateTagOption", "DeleteTagOption", "Id", tags="", settle=detail("TagOptionDetail"), ignored=("Active",),
         replace=("Key", "Value"))
cfn_type("AWS::ServiceCatalog::TagOptionAssociation", SC, "AssociateTagOptionWithResource", "DisassociateTagOptionFromResource",
         pair("TagOptionId", "ResourceId"), tags="", replace=("ResourceId", "TagOptionId"))
cfn_type("AWS::ServiceCatalog::PortfolioShare", SC, "CreatePortfolioShare", "DeletePortfolioShare", pair("PortfolioId", "AccountId"), tags="",
         ids={"AccountId": "AccountId"}, replace=("PortfolioId", "AccountId"))

# ---------------------------------------------------------------- constraints


def constraint(name: str, kind: str, own: tuple[str, ...], parameters: Any) -> None:
    """A type of its own for each kind of constraint: its properties are the constraint's parameters."""
    def reshape(props: dict[str, Any]) -> dict[str, Any]:
        return {**{k: v for k, v in props.items() if k not in own}, "Type": kind, "Parameters": json.dumps(parameters(props)), "IdempotencyToken": make_uuid()}

    def change(work: Work, found: Found, changed: set[str]) -> None:
        work.call(SC, "UpdateConstraint", Id=found["ConstraintId"], Parameters=json.dumps(parameters(work.properties)), Description=work.properties.get("Description", ""))

    cfn_type(f"AWS::ServiceCatalog::{name}", SC, "CreateConstraint", "DeleteConstraint", "ConstraintId", tags="", reshape=reshape, settle=detail("ConstraintDetail"),
             ids={"Id": "ConstraintId"}, update=change, updatable=(*own, "Description"), replace=("PortfolioId", "ProductId"))


constraint("LaunchRoleConstraint", "LAUNCH", ("RoleArn", "LocalRoleName"), lambda p: {k: p[k] for k in ("RoleArn", "LocalRoleName") if k in p})
constraint("LaunchNotificationConstraint", "NOTIFICATION", ("NotificationArns",), lambda p: {"NotificationArns": p["NotificationArns"]})
constraint("LaunchTemplateConstraint", "TEMPLATE", ("Rules",), lambda p: {"Rules": json.loads(p["Rules"])["Rules"] if "Rules" in json.loads(p["Rules"]) else json.loads(p["Rules"])})
constraint("ResourceUpdateConstraint", "RESOURCE_UPDATE", ("TagUpdateOnProvisionedProduct",),
           lambda p: {"Version": "2.0", "Properties": {"TagUpdateOnProvisionedProduct": p["TagUpdateOnProvisionedProduct"]}})
