"""Who may launch from a portfolio, what is constrained in it, and with which accounts it is shared."""
from __future__ import annotations

import json
from typing import Any

from emulator.base.identity import kind_of
from emulator.cfn.rules import Asked
from emulator.context import Context, make_id
from emulator.errors import Refused, fail
from emulator.kinds import Kind
from emulator.pages import page
from emulator.services import service
from emulator.state import Record

catalog = service("servicecatalog")
ONE_EACH = ("LAUNCH", "RESOURCE_UPDATE", "STACKSET")  # of a product in a portfolio; a TEMPLATE or NOTIFICATION constraint may have company
EXCLUSIVE = {"LAUNCH": "STACKSET", "STACKSET": "LAUNCH"}


def portfolio(c: Context) -> str:
    """Its id, or its own error."""
    return str(c.call("servicecatalog", "DescribePortfolio", Id=c.params["PortfolioId"])["PortfolioDetail"]["Id"])


# ---------------------------------------------------------------- principals


@catalog.op("AssociatePrincipalWithPortfolio")
def let_in(c: Context) -> dict[str, Any]:
    id_, arn, kind = portfolio(c), c.params["PrincipalARN"], c.params["PrincipalType"]
    if kind == "IAM" and kind_of(arn) not in ("user", "group", "role"):
        raise fail("InvalidParametersException", f"Invalid principal ARN: {arn} is no user, group or role.")
    if kind == "IAM_PATTERN" and not arn.startswith(f"arn:{c.partition}:iam:::"):
        raise fail("InvalidParametersException", f"Invalid principal ARN: the pattern {arn} names an account.")
    c.records("Principal")[f"{arn}|{id_}"] = {"PortfolioId": id_, "PrincipalARN": arn, "PrincipalType": kind}
    return {}


@catalog.op("DisassociatePrincipalFromPortfolio")
def shut_out(c: Context) -> dict[str, Any]:
    if c.records("Principal").pop(f"{c.params['PrincipalARN']}|{portfolio(c)}", None) is None:
        raise fail("ResourceNotFoundException", f"Principal {c.params['PrincipalARN']} is not associated with the portfolio.")
    return {}


@catalog.op("ListPrincipalsForPortfolio")
def principals(c: Context) -> dict[str, Any]:
    return page(c, c.find("Principal", PortfolioId=portfolio(c)))


# ---------------------------------------------------------------- constraints


class Constraints(Kind):
    def result(self, c: Context, record: Record) -> dict[str, Any]:
        made = str(c.operation.name).startswith(("Create", "Update"))
        return super().result(c, {**record, "ConstraintParameters": record["Parameters"], "Status": "CREATING" if made else "AVAILABLE"})


def allowed(c: Context, record: Record) -> None:
    id_, product, kind = portfolio(c), record["ProductId"], record["Type"]
    c.call("servicecatalog", "DescribeProductAsAdmin", Id=product)
    if not c.find("InPortfolio", PortfolioId=id_, ProductId=product):
        raise fail("ResourceNotFoundException", f"Product {product} is not in portfolio {id_}.")
    held = {r["Type"] for r in c.find("Constraint", PortfolioId=id_, ProductId=product)}
    if kind in ONE_EACH and kind in held:
        raise fail("DuplicateResourceException", f"There is a {kind} constraint on product {product} in portfolio {id_} already.")
    if EXCLUSIVE.get(kind) in held:
        raise fail("InvalidParametersException", "A product has a LAUNCH constraint or a STACKSET constraint, not both.")
    said(c, kind, record["Parameters"])


def said(c: Context, kind: str, text: str) -> None:
    """The parameters of a constraint are JSON of a form that its type has."""
    try:
        body = json.loads(text)
    except ValueError:
        raise fail("InvalidParametersException", "The parameters of the constraint are not JSON.") from None
    check = {"LAUNCH": launch, "NOTIFICATION": notification, "RESOURCE_UPDATE": resource_update, "TEMPLATE": template, "STACKSET": lambda c, b: None}.get(kind)
    if check is None or not isinstance(body, dict):
        raise fail("InvalidParametersException", f"{kind} is no constraint of this form.")
    check(c, body)


def launch(c: Context, body: dict[str, Any]) -> None:
    if len(body) != 1 or next(iter(body)) not in ("RoleArn", "LocalRoleName"):
        raise fail("InvalidParametersException", "A LAUNCH constraint has one of RoleArn and LocalRoleName.")
    if "RoleArn" in body and kind_of(str(body["RoleArn"])) != "role":
        raise fail("InvalidParametersException", f"{body['RoleArn']} is no ARN of a role.")


def notification(c: Context, body: dict[str, Any]) -> None:
    if not body.get("NotificationArns") or not all(":sns:" in str(arn) for arn in body["NotificationArns"]):
        raise fail("InvalidParametersException", "A NOTIFICATION constraint has NotificationArns: ARNs of SNS topics.")


def resource_update(c: Context, body: dict[str, Any]) -> None:
    value = (body.get("Properties") or {}).get("TagUpdateOnProvisionedProduct")
    if body.get("Version") != "2.0" or value not in ("ALLOWED", "NOT_ALLOWED"):
        raise fail("InvalidParametersException", "A RESOURCE_UPDATE constraint has Version 2.0 and Properties.TagUpdateOnProvisionedProduct: ALLOWED or NOT_ALLOWED.")


def template(c: Context, body: dict[str, Any]) -> None:
    """Rules with assertions; what they say is known when something is launched."""
    rules = body.get("Rules")
    if not isinstance(rules, dict) or not rules:
        raise fail("InvalidParametersException", "A TEMPLATE constraint has Rules.")
    for name, rule in rules.items():
        if not isinstance(rule, dict) or not rule.get("Assertions"):
            raise fail("InvalidParametersException", f"Rule {name} has no Assertions.")
        try:
            [Asked({}, {}, name).function(one.get("Assert")) for one in rule["Assertions"]]
        except Refused as error:
            raise fail("InvalidParametersException", error.message) from None


constraints = Constraints(
    catalog, "Constraint", "ConstraintId", create="CreateConstraint", get="DescribeConstraint", delete="DeleteConstraint", rename={"Id": "ConstraintId"},
    made={"ConstraintId": lambda c, r: make_id("cons-", 13), "Owner": lambda c, r: c.account}, check=allowed,
    missing=("ResourceNotFoundException", "{} was not found."))


@catalog.op("UpdateConstraint")
def change_constraint(c: Context) -> dict[str, Any]:
    record = constraints.one(c)
    if c.params.get("Parameters"):
        said(c, record["Type"], c.params["Parameters"])
    record.update({k: c.params[k] for k in ("Description", "Parameters") if c.params.get(k)})
    return constraints.result(c, record)


@catalog.op("ListConstraintsForPortfolio")
def constraints_of(c: Context) -> dict[str, Any]:
    rows = c.find("Constraint", PortfolioId=portfolio(c))
    return page(c, [r for r in rows if c.params.get("ProductId", r["ProductId"]) == r["ProductId"]])


# ---------------------------------------------------------------- shares


def node(c: Context) -> tuple[str, str]:
    """(type, value) of whom a share is for."""
    account, organization = c.params.get("AccountId"), c.params.get("OrganizationNode")
    if bool(account) == bool(organization):
        raise fail("InvalidParametersException", "Either an AccountId or an OrganizationNode has to be given.")
    if organization and not c.exists("organizations", "DescribeOrganization"):
        raise fail("OperationNotSupportedException", "The account is in no organization.")
    return ("ACCOUNT", str(account)) if account else (organization["Type"], organization["Value"])


@catalog.op("CreatePortfolioShare")
def share(c: Context) -> dict[str, Any]:
    id_, (kind, whom) = portfolio(c), node(c)
    by_node = bool(c.params.get("OrganizationNode"))
    token = make_id("share-", 13) if by_node else None
    c.records("Share")[f"{id_}|{kind}|{whom}"] = {
        "PortfolioId": id_, "Type": kind, "PrincipalId": whom, "Accepted": by_node, "ByNode": by_node, "Token": token,
        "ShareTagOptions": bool(c.params.get("ShareTagOptions")), "SharePrincipals": bool(c.params.get("SharePrincipals"))}
    return {"PortfolioShareToken": token} if token else {}


@catalog.op("DeletePortfolioShare")
def unshare(c: Context) -> dict[str, Any]:
    id_, (kind, whom) = portfolio(c), node(c)
    found = c.records("Share").pop(f"{id_}|{kind}|{whom}", None)
    if found is None:
        raise fail("ResourceNotFoundException", f"Portfolio {id_} is not shared with {whom}.")
    return {"PortfolioShareToken": found["Token"]} if found["Token"] else {}


@catalog.op("DescribePortfolioShares")
def shares(c: Context) -> dict[str, Any]:
    wanted = "ACCOUNT" if c.params["Type"] == "ORGANIZATION_MEMBER_ACCOUNT" else c.params["Type"]
    rows = c.find("Share", PortfolioId=portfolio(c), Type=wanted)
    return page(c, [r for r in rows if r["ByNode"] == (c.params["Type"] != "ACCOUNT")])


@catalog.op("ListPortfolioAccess")
def accounts(c: Context) -> dict[str, Any]:
    return page(c, c.find("Share", PortfolioId=portfolio(c), Type="ACCOUNT"), "PrincipalId")


@catalog.op("GetAWSOrganizationsAccessStatus")
def organization_access(c: Context) -> dict[str, Any]:
    if not c.exists("organizations", "DescribeOrganization"):
        raise fail("OperationNotSupportedException", "The account is in no organization.")
    trusted = c.call("organizations", "ListAWSServiceAccessForOrganization").get("EnabledServicePrincipals") or []
    return {"AccessStatus": "ENABLED" if any(t["ServicePrincipal"] == "servicecatalog.amazonaws.com" for t in trusted) else "DISABLED"}


