"""Service Catalog, which moto hardly has: portfolios and products, and which is in which. Versions, constraints, launches: in the parts."""
from __future__ import annotations

import json
from typing import Any

from emulator.context import Context, make_id, now
from emulator.errors import fail
from emulator.kinds import Kind
from emulator.pages import page
from emulator.services import service
from emulator.state import Record

catalog = service("servicecatalog", invalid="InvalidParametersException", missing="InvalidParametersException")
MISSING = ("ResourceNotFoundException", "{} was not found.")
TOKEN = "IdempotencyToken"


class Tokened(Kind):
    def same_token(self, c: Context, given: Record) -> Record | None:
        """No error is documented for a token that comes back with other parameters: the first answer is given again."""
        return next(iter(c.find(self.name, **{TOKEN: given[TOKEN]})), None) if given.get(TOKEN) else None


def identified(prefix: str) -> Any:
    return lambda c, record: make_id(prefix, 13)


def retagged(c: Context, record: Record) -> None:
    """AddTags and RemoveTags of an update."""
    kept = {t["Key"]: t["Value"] for t in record.get("Tags") or [] if t["Key"] not in (c.params.get("RemoveTags") or [])}
    kept |= {t["Key"]: t["Value"] for t in c.params.get("AddTags") or []}
    record["Tags"] = [{"Key": k, "Value": v} for k, v in kept.items()]
    record.pop("AddTags", None)
    record.pop("RemoveTags", None)


def options_of(c: Context, resource: str) -> list[Record]:
    held = [r["TagOptionId"] for r in c.find("TagOptionOf", ResourceId=resource)]
    return [o for o in c.records("TagOption").values() if o["Id"] in held]


def refuse_in_use(what: str, uses: list[str]) -> None:
    if uses:
        raise fail("ResourceInUseException", f"{what} cannot be deleted while it has {', '.join(uses)}.")


# ---------------------------------------------------------------- portfolios


class Portfolios(Tokened):
    def do_get(self, c: Context) -> dict[str, Any]:
        found = self.one(c)
        return super().result(c, {"Budgets": [], "Tags": [], **found, "TagOptions": options_of(c, found["Id"])})

    def do_update(self, c: Context) -> dict[str, Any]:
        super().do_update(c)
        record = self.one(c)
        retagged(c, record)
        return self.result(c, record)


def own_tags(c: Context, record: Record) -> None:
    """AWS's own tags come from AWS."""
    if not c.within and any(t["Key"].lower().startswith("aws:") for t in record.get("Tags") or []):
        raise fail("InvalidParametersException", "Tag keys that begin with aws: are AWS's own.")


def portfolio_unused(c: Context, record: Record) -> None:
    id_ = record["Id"]
    kinds = {"InPortfolio": "products", "Principal": "principals", "Constraint": "constraints", "Share": "shares"}
    uses = [said for kind, said in kinds.items() if c.find(kind, PortfolioId=id_)]
    refuse_in_use(f"Portfolio {id_}", uses + (["TagOptions"] if c.find("TagOptionOf", ResourceId=id_) else []))


portfolios = Portfolios(
    catalog, "Portfolio", "Id", create="CreatePortfolio", get="DescribePortfolio", list="ListPortfolios", update="UpdatePortfolio", delete="DeletePortfolio",
    made={"Id": identified("port-"), "ARN": lambda c, r: c.arn(f"portfolio/{r['Id']}", "catalog"), "CreatedTime": lambda c, r: now(), "Tags": []},
    missing=MISSING, check=own_tags, gone=portfolio_unused, arn="ARN", type="catalog:portfolio")


# ---------------------------------------------------------------- products


class Products(Tokened):
    def result(self, c: Context, record: Record) -> dict[str, Any]:
        return super().result(c, {**record, "ProductViewDetail": detail(record), "TagOptions": options_of(c, record["Id"])})


def summary(record: Record) -> dict[str, Any]:
    said = {k: record.get(k, "") for k in ("Distributor", "SupportEmail", "SupportDescription", "SupportUrl")}
    return {"Id": record["ViewId"], "ProductId": record["Id"], "Name": record["Name"], "Owner": record["Owner"], "Type": record["ProductType"],
            "ShortDescription": record.get("Description", ""), "HasDefaultPath": False, **said}


def detail(record: Record) -> dict[str, Any]:
    return {"ProductViewSummary": summary(record), "Status": "AVAILABLE", "ProductARN": record["ARN"], "CreatedTime": record["CreatedTime"]}


def product_unused(c: Context, record: Record) -> None:
    id_ = record["Id"]
    uses = [said for kind, said in {"InPortfolio": "portfolios", "Constraint": "constraints"}.items() if c.find(kind, ProductId=id_)]
    refuse_in_use(f"Product {id_}", uses + (["TagOptions"] if c.find("TagOptionOf", ResourceId=id_) else []))
    for artifact in c.find("Artifact", ProductId=id_):
        c.records("Artifact").pop(artifact["Id"])


products = Products(
    catalog, "Product", "Id", delete="DeleteProduct", missing=MISSING, gone=product_unused, arn="ARN", type="catalog:product",
    made={"Id": identified("prod-"), "ViewId": identified("prodview-"), "ARN": lambda c, r: c.arn(f"product/{r['Id']}", "catalog"),
          "CreatedTime": lambda c, r: now(), "Tags": []})


@catalog.op("CreateProduct")
def create_product(c: Context) -> dict[str, Any]:
    """A product and its first version: without a template there is neither."""
    before = products.same_token(c, dict(c.params))
    if before is None:
        first = c.params.get("ProvisioningArtifactParameters")
        if not first:
            raise fail("InvalidParametersException", "ProvisioningArtifactParameters are required for a product of this type.")
        given = {k: v for k, v in c.params.items() if k != "ProvisioningArtifactParameters"}
        own_tags(c, given)
        before = products.keep(c, given)
        artifacts = catalog.kinds["Artifact"]
        try:
            before["First"] = artifacts.begun(c, before["Id"], first)  # type: ignore[attr-defined]
        except Exception:
            c.records("Product").pop(before["Id"])
            raise
    return {**products.result(c, before), "ProvisioningArtifactDetail": before["First"]}


def named_product(c: Context) -> Record:
    """By id or by name."""
    id_, name = c.params.get("Id"), c.params.get("Name")
    if not id_ and not name:
        raise fail("InvalidParametersException", "Either Id or Name must be specified.")
    for record in c.records("Product").values():
        if (id_ is None or record["Id"] == id_) and (name is None or record["Name"] == name):
            return record
    raise fail(MISSING[0], f"Product with {'Id' if id_ else 'Name'} '{id_ or name}' not found.")


def versions(c: Context, product: str) -> list[Record]:
    return c.find("Artifact", ProductId=product)


@catalog.op("DescribeProductAsAdmin")
def describe_as_admin(c: Context) -> dict[str, Any]:
    found = named_product(c)
    rows = [{**{k: a[k] for k in ("Id", "Name", "Description", "CreatedTime") if k in a}, "ProvisioningArtifactMetadata": {"SourceProvisioningArtifactId": a["Id"]}}
            for a in versions(c, found["Id"])]
    return {"ProductViewDetail": detail(found), "ProvisioningArtifactSummaries": rows, "Tags": found["Tags"], "TagOptions": options_of(c, found["Id"]), "Budgets": []}


@catalog.op("DescribeProduct")
def describe_product(c: Context) -> dict[str, Any]:
    """As one sees it who may launch it: active versions only, and the ways to it."""
    found = named_product(c)
    rows = [a for a in versions(c, found["Id"]) if a["Active"]]
    paths = c.call("servicecatalog", "ListLaunchPaths", ProductId=found["Id"])["LaunchPathSummaries"]
    return {"ProductViewSummary": summary(found), "ProvisioningArtifacts": [{k: a[k] for k in ("Id", "Name", "Description", "CreatedTime", "Guidance") if k in a} for a in rows],
            "Budgets": [], "LaunchPaths": [{"Id": p["Id"], "Name": p["Name"]} for p in paths]}


@catalog.op("UpdateProduct")
def update_product(c: Context) -> dict[str, Any]:
    record = products.one(c)
    record.update({k: v for k, v in c.params.items() if v is not None})
    retagged(c, record)
    return products.result(c, record)


def searched(c: Context, rows: list[Record]) -> list[Record]:
    """The filters of a search. FullTextSearch looks into every text; Owner and ProductType are compared."""
    for key, wanted in (c.params.get("Filters") or {}).items():
        if key == "FullTextSearch":
            rows = [r for r in rows if all(w.lower() in json.dumps(summary(r)).lower() for w in wanted)]
        elif key in ("Owner", "ProductType", "SourceProductId"):
            rows = [r for r in rows if r.get("Id" if key == "SourceProductId" else key) in wanted]
        else:
            raise fail("InvalidParametersException", f"{key} is no filter of a search for products.")
    return rows


@catalog.op("SearchProductsAsAdmin")
def search_as_admin(c: Context) -> dict[str, Any]:
    rows = list(c.records("Product").values())
    if c.params.get("PortfolioId"):
        c.call("servicecatalog", "DescribePortfolio", Id=c.params["PortfolioId"])
        rows = [r for r in rows if c.find("InPortfolio", ProductId=r["Id"], PortfolioId=c.params["PortfolioId"])]
    return page(c, [detail(r) for r in searched(c, rows)])


@catalog.op("SearchProducts")
def search(c: Context) -> dict[str, Any]:
    """What the caller may launch."""
    rows = [r for r in searched(c, list(c.records("Product").values())) if c.call("servicecatalog", "ListLaunchPaths", ProductId=r["Id"])["LaunchPathSummaries"]]
    return page(c, [summary(r) for r in rows])


# ---------------------------------------------------------------- a product in a portfolio


def both(c: Context) -> str:
    c.call("servicecatalog", "DescribePortfolio", Id=c.params["PortfolioId"])
    c.call("servicecatalog", "DescribeProductAsAdmin", Id=c.params["ProductId"])
    return f"{c.params['ProductId']}|{c.params['PortfolioId']}"


@catalog.op("AssociateProductWithPortfolio")
def put_in(c: Context) -> dict[str, Any]:
    key = both(c)
    c.records("InPortfolio")[key] = {k: c.params[k] for k in ("ProductId", "PortfolioId")}
    return {}


@catalog.op("DisassociateProductFromPortfolio")
def take_out(c: Context) -> dict[str, Any]:
    key = both(c)
    if key not in c.records("InPortfolio"):
        raise fail(MISSING[0], f"Product {c.params['ProductId']} is not in portfolio {c.params['PortfolioId']}.")
    held = c.find("Constraint", PortfolioId=c.params["PortfolioId"], ProductId=c.params["ProductId"])
    if held:
        raise fail("ResourceInUseException", f"The association has constraints: {', '.join(r['ConstraintId'] for r in held)}.")
    c.records("InPortfolio").pop(key)
    return {}


@catalog.op("ListPortfoliosForProduct")
def portfolios_of(c: Context) -> dict[str, Any]:
    c.call("servicecatalog", "DescribeProductAsAdmin", Id=c.params["ProductId"])
    held = {r["PortfolioId"] for r in c.find("InPortfolio", ProductId=c.params["ProductId"])}
    return page(c, [p for p in c.records("Portfolio").values() if p["Id"] in held])
