"""Budgets and Cost Explorer: what moto lacks of them, and no figures. The sandbox bills nothing, so it has no bill to show."""
from __future__ import annotations

from typing import Any

from emulator.context import Context
from emulator.errors import fail
from emulator.pages import page
from emulator.services import service

budgets = service("budgets", regional=False)
ce = service("ce", regional=False)


# ---------------------------------------------------------------- budgets


@budgets.before_moto("CreateBudget")
def the_callers(c: Context) -> None:
    if c.params.get("AccountId", c.account) != c.account:
        raise fail("AccessDeniedException", f"Account {c.account} is not authorized to act on budgets of account {c.params['AccountId']}.")


@budgets.around_moto("CreateBudget")
def create(c: Context, moto: Any) -> dict[str, Any]:
    """The account that asks, where a template cannot name it; and what a budget may be."""
    budget = c.params["Budget"]
    limit = (budget.get("BudgetLimit") or {}).get("Amount", "1")
    try:
        positive = float(limit) > 0
    except ValueError:
        positive = False
    if not positive:
        raise fail("InvalidParameterException", f"Unable to create/update budget - {limit} is not a valid amount.")
    if ":" in budget["BudgetName"] or "\\" in budget["BudgetName"]:
        raise fail("InvalidParameterException", "The budget name must not contain the characters : and \\.")
    for one in c.params.get("NotificationsWithSubscribers") or []:
        if not one.get("Subscribers"):
            raise fail("InvalidParameterException", "A notification needs at least one subscriber.")
    answer: dict[str, Any] = moto(AccountId=c.params.get("AccountId") or c.account)
    if c.params.get("ResourceTags"):
        c.records("Tags")[arn_of(c, budget["BudgetName"])] = {t["Key"]: t["Value"] for t in c.params["ResourceTags"]}
    return answer


def arn_of(c: Context, name: str) -> str:
    return f"arn:{c.partition}:budgets::{c.account}:budget/{name}"


@budgets.after_moto("DescribeBudget", "DescribeBudgets")
def no_figures(c: Context, answer: dict[str, Any]) -> None:
    """moto says that nothing was spent. Nothing was counted."""
    for budget in [*answer.get("Budgets", []), *([answer["Budget"]] if "Budget" in answer else [])]:
        budget.pop("CalculatedSpend", None)


@budgets.after_moto("DescribeBudgets")
def in_pages(c: Context, answer: dict[str, Any]) -> dict[str, Any]:
    return page(c, answer.get("Budgets", []), "BudgetName")


@budgets.before_moto("DescribeNotificationsForBudget")
def of_a_budget(c: Context) -> None:
    """moto looks the name up and breaks where there is none."""
    c.call("budgets", "DescribeBudget", AccountId=c.params["AccountId"], BudgetName=c.params["BudgetName"])


@budgets.after_moto("DeleteBudget")
def tags_too(c: Context, answer: dict[str, Any]) -> None:
    c.records("Tags").pop(arn_of(c, c.params["BudgetName"]), None)


def known(c: Context) -> str:
    arn = str(c.params["ResourceARN"])
    if not arn.startswith(f"arn:{c.partition}:budgets::{c.account}:budget/"):
        raise fail("InvalidParameterException", "The ResourceARN is not the ARN of a budget of this account.")
    if not c.exists("budgets", "DescribeBudget", AccountId=c.account, BudgetName=arn.split(":budget/", 1)[1]):
        raise fail("NotFoundException", "Unable to find the resource.")
    return arn


@budgets.op("TagResource")
def tag(c: Context) -> dict[str, Any]:
    c.records("Tags").setdefault(known(c), {}).update({t["Key"]: t["Value"] for t in c.params["ResourceTags"]})
    return {}


@budgets.op("UntagResource")
def untag(c: Context) -> dict[str, Any]:
    held = c.records("Tags").get(known(c), {})
    for key in c.params["ResourceTagKeys"]:
        held.pop(key, None)
    return {}


@budgets.op("ListTagsForResource")
def tags(c: Context) -> dict[str, Any]:
    return {"ResourceTags": [{"Key": k, "Value": v} for k, v in c.records("Tags").get(known(c), {}).items()]}


# ---------------------------------------------------------------- cost explorer


def costs(c: Context) -> Any:
    """moto's own Cost Explorer of the account, imported when somebody asks for it."""
    from moto.ce.models import ce_backends
    return ce_backends[c.account][c.partition]


@ce.op("ListCostCategoryDefinitions")
def categories(c: Context) -> dict[str, Any]:
    rows = [{"CostCategoryArn": one.arn, "Name": one.name, "EffectiveStart": one.effective_start, "NumberOfRules": len(one.rules or []),
             "Values": sorted({r["Value"] for r in one.rules or [] if r.get("Value")}), "DefaultValue": one.default_value}
            for one in costs(c).cost_categories.values()]
    return page(c, [{k: v for k, v in r.items() if v is not None} for r in rows], "CostCategoryArn")


@ce.before_moto("CreateCostCategoryDefinition")
def one_of_a_name(c: Context) -> None:
    if any(one.name == c.params["Name"] for one in costs(c).cost_categories.values()):
        raise fail("ValidationException", f"Failed to create Cost Category: A Cost Category already exists with the name: {c.params['Name']}")


@ce.before_moto("DeleteCostCategoryDefinition")
def is_there(c: Context) -> None:
    if c.params["CostCategoryArn"] not in costs(c).cost_categories:
        raise fail("ResourceNotFoundException", "No Cost Categories found with the given ARN.")


@ce.op("ListCostAllocationTags")
def billed_tags(c: Context) -> dict[str, Any]:
    """A tag turns up here when something that carries it was billed. Here nothing ever is."""
    return page(c, [], "TagKey")


@ce.op("UpdateCostAllocationTagsStatus")
def unknown_tags(c: Context) -> dict[str, Any]:
    rows = c.params["CostAllocationTagsStatus"]
    return {"Errors": [{"TagKey": r["TagKey"], "Code": "TAG_KEY_NOT_FOUND", "Message": "Tag keys not found: it has not been seen on a bill."} for r in rows]}


@ce.before_moto("GetCostAndUsage")
def no_bill(c: Context) -> None:
    """moto answers an empty bill, which reads like "nothing was spent"; results that a test put there are its own affair."""
    held = costs(c)
    if not held.cost_usage_results_queue and not held.cost_usage_results:
        raise fail("DataUnavailableException", "The requested data is unavailable: the sandbox bills nothing.")
