"""The ways from a caller to a product: through each portfolio that holds it and lets the caller in; and what each asks for."""
from __future__ import annotations

import fnmatch
import json
from typing import Any

from emulator.base.identity import kind_of, name_of
from emulator.cfn.parameters import text
from emulator.cfn.templates import parse
from emulator.context import Context
from emulator.errors import fail
from emulator.pages import page
from emulator.services import service
from emulator.state import Record

catalog = service("servicecatalog")


def caller(c: Context) -> tuple[str, str]:
    """("user" or "role", name) of who asks: of a session, its role."""
    arn = str(c.call("sts", "GetCallerIdentity")["Arn"])
    kind, _, rest = arn.split(":", 5)[5].partition("/")
    return ("role", rest.split("/")[0]) if kind == "assumed-role" else (kind, name_of(rest))


def lets_in(c: Context, principal: Record, kind: str, name: str) -> bool:
    arn = principal["PrincipalARN"]
    if principal["PrincipalType"] == "IAM_PATTERN":
        return fnmatch.fnmatchcase(f"{kind}/{name}", arn.split(":::", 1)[-1])
    if kind_of(arn) == "group":
        return kind == "user" and c.exists("iam", "GetUser", UserName=name) and any(
            g["GroupName"] == name_of(arn) for g in c.call("iam", "ListGroupsForUser", UserName=name)["Groups"])
    return (kind_of(arn), name_of(arn)) == (kind, name)


def ways(c: Context, product: str) -> list[Record]:
    """The portfolios that lead the caller to a product."""
    kind, name = caller(c)
    held = [r["PortfolioId"] for r in c.find("InPortfolio", ProductId=product)]
    return [p for p in c.records("Portfolio").values()
            if p["Id"] in held and any(lets_in(c, one, kind, name) for one in c.find("Principal", PortfolioId=p["Id"]))]


def path_of(portfolio: str) -> str:
    return "lpv3-" + portfolio.removeprefix("port-")


@catalog.op("ListLaunchPaths")
def launch_paths(c: Context) -> dict[str, Any]:
    product = c.params["ProductId"]
    if product not in c.records("Product"):
        raise fail("ResourceNotFoundException", f"{product} was not found.")
    rows = []
    for portfolio in ways(c, product):
        types = [{"Type": r["Type"], **({"Description": r["Description"]} if r.get("Description") else {})}
                 for r in c.find("Constraint", ProductId=product, PortfolioId=portfolio["Id"])]
        rows.append({"Id": path_of(portfolio["Id"]), "Name": portfolio["DisplayName"], "Tags": portfolio.get("Tags") or [], "ConstraintSummaries": types})
    return page(c, rows)


# ---------------------------------------------------------------- what a launch asks for


def choices(c: Context, *resources: str) -> dict[str, list[str]]:
    """The active TagOptions of a portfolio and a product: key -> values."""
    out: dict[str, list[str]] = {}
    held = {r["TagOptionId"] for id_ in resources for r in c.find("TagOptionOf", ResourceId=id_)}
    for option in c.records("TagOption").values():
        if option["Id"] in held and option["Active"]:
            out.setdefault(option["Key"], []).append(option["Value"])
    return out


def asked(name: str, about: dict[str, Any]) -> dict[str, Any]:
    limits = {k: text(about[k]) for k in ("AllowedPattern", "ConstraintDescription", "MaxLength", "MinLength", "MaxValue", "MinValue") if k in about}
    out = {"ParameterKey": name, "ParameterType": about.get("Type", "String"), "IsNoEcho": text(about.get("NoEcho", False)) == "true",
           "ParameterConstraints": {"AllowedValues": [text(v) for v in about.get("AllowedValues") or []], **limits}}
    more = {"DefaultValue": text(about["Default"]) if "Default" in about else None, "Description": about.get("Description")}
    return {**out, **{k: v for k, v in more.items() if v is not None}}


def instructions(held: list[Record]) -> list[dict[str, str]]:
    rules: dict[str, Any] = {}
    for one in held:
        if one["Type"] == "TEMPLATE":
            rules |= json.loads(one["Parameters"])["Rules"]
    out = [{"Type": "rules", "Value": json.dumps(rules)}, {"Type": "version", "Value": "2010-09-09"}]
    for one in held:
        body = json.loads(one["Parameters"])
        if one["Type"] == "LAUNCH":
            out.append({"Type": "launchAsRole", "Value": body.get("RoleArn") or body["LocalRoleName"]})
        if one["Type"] == "RESOURCE_UPDATE":
            out.append({"Type": "tagUpdateOnProvisionedProduct", "Value": body["Properties"]["TagUpdateOnProvisionedProduct"]})
    return out


@catalog.op("DescribeProvisioningParameters")
def parameters(c: Context) -> dict[str, Any]:
    launch = catalog.kinds["Provisioned"].chosen(c)  # type: ignore[attr-defined]
    template = parse(launch["Artifact"]["Body"])
    held = c.find("Constraint", ProductId=launch["Product"]["Id"], PortfolioId=launch["Portfolio"]["Id"])
    return {
        "ProvisioningArtifactParameters": [asked(n, p) for n, p in (template.get("Parameters") or {}).items()],
        "ConstraintSummaries": [{"Type": r["Type"]} for r in held], "UsageInstructions": instructions(held),
        "TagOptions": [{"Key": k, "Values": v} for k, v in choices(c, launch["Product"]["Id"], launch["Portfolio"]["Id"]).items()],
        "ProvisioningArtifactPreferences": {}, "ProvisioningArtifactOutputs": [{"Key": launch["Artifact"]["Id"], "Description": ""}],
        "ProvisioningArtifactOutputKeys": [{"Key": k, "Description": str(o.get("Description") or "")} for k, o in (template.get("Outputs") or {}).items()],
    }
