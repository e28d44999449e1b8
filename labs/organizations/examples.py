"""What the documented examples of the added operations of RAM, Budgets and Cost Explorer need first, and an error of each."""
from __future__ import annotations

from typing import Any

SHARE = r"arn:aws:ram:us-west-2:123456789012:resource-share/[\w-]+"
UNIT = r"arn:aws:organizations::123456789012:ou/[\w-]+/[\w-]+"
SUBNET = "arn:aws:ec2:us-west-2:123456789012:subnet/subnet-0250c25a1fEXAMPLE"
LICENSE = "arn:aws:license-manager:us-west-2:123456789012:license-configuration:lic-36be0485f5ae379cc74cf8e92EXAMPLE"
NOBODYS = "arn:aws:ram:us-east-1:123456789012:resource-share/00000000-0000-0000-0000-000000000000"
BUDGET = "arn:aws:budgets::123456789012:budget/nope"


def unit_of(aws: Any) -> str:
    organizations = aws("organizations")
    organizations.create_organization(FeatureSet="ALL")
    root = organizations.list_roots()["Roots"][0]["Id"]
    return str(organizations.create_organizational_unit(ParentId=root, Name="workloads")["OrganizationalUnit"]["Arn"])


def share(aws: Any, **more: Any) -> str:
    return str(aws("ram").create_resource_share(name="my-share", **more)["resourceShare"]["resourceShareArn"])


def empty_share(aws: Any) -> dict[str, str]:
    return {SHARE: share(aws, resourceArns=[])}


def for_a_unit(aws: Any) -> dict[str, str]:
    return {UNIT: unit_of(aws), SHARE: share(aws)}


def full_share(aws: Any) -> dict[str, str]:
    return {SHARE: share(aws, resourceArns=[SUBNET])}


def shared(aws: Any) -> None:
    share(aws, resourceArns=[SUBNET], principals=[unit_of(aws)])


def tagged(aws: Any) -> dict[str, str]:
    return {SHARE: share(aws, tags=[{"key": "project", "value": "lima"}])}


SETUPS: dict[tuple[str, str], list[Any]] = {
    ("ram", "AssociateResourceShare"): [empty_share, for_a_unit], ("ram", "DisassociateResourceShare"): [full_share], ("ram", "ListResources"): [full_share],
    ("ram", "ListPrincipals"): [shared], ("ram", "TagResource"): [empty_share], ("ram", "UntagResource"): [tagged],
}

NONE = "awscli has no example of it"
NOT_REPLAYED: dict[tuple[str, str], str] = {
    ("budgets", "TagResource"): NONE, ("budgets", "UntagResource"): NONE, ("budgets", "ListTagsForResource"): NONE,
    ("ce", "ListCostCategoryDefinitions"): NONE, ("ce", "ListCostAllocationTags"): NONE, ("ce", "UpdateCostAllocationTagsStatus"): NONE,
}

TOO_MANY = [{"TagKey": f"k{i}", "Status": "Active"} for i in range(20)]
ERRORS: list[tuple[str, str, dict[str, Any], str]] = [
    ("ram", "AssociateResourceShare", {"resourceShareArn": NOBODYS, "resourceArns": [SUBNET]}, "UnknownResourceException"),
    ("ram", "DisassociateResourceShare", {"resourceShareArn": NOBODYS, "resourceArns": [SUBNET]}, "UnknownResourceException"),
    ("ram", "ListResources", {"resourceOwner": "SELF", "resourceShareArns": ["nonsense"]}, "MalformedArnException"),
    ("ram", "ListPrincipals", {"resourceOwner": "SELF", "resourceShareArns": [NOBODYS]}, "UnknownResourceException"),
    ("ram", "TagResource", {"resourceShareArn": NOBODYS, "tags": [{"key": "a", "value": "b"}]}, "UnknownResourceException"),
    ("ram", "UntagResource", {"tagKeys": ["a"]}, "InvalidParameterException"),
    ("budgets", "TagResource", {"ResourceARN": BUDGET, "ResourceTags": [{"Key": "a", "Value": "b"}]}, "NotFoundException"),
    ("budgets", "UntagResource", {"ResourceARN": BUDGET, "ResourceTagKeys": ["a"]}, "NotFoundException"),
    ("budgets", "ListTagsForResource", {"ResourceARN": BUDGET}, "NotFoundException"),
    ("ce", "ListCostCategoryDefinitions", {"NextToken": "nonsense"}, "ValidationException"),
    ("ce", "ListCostAllocationTags", {"NextToken": "nonsense"}, "InvalidNextTokenException"),
    ("ce", "UpdateCostAllocationTagsStatus", {"CostAllocationTagsStatus": [*TOO_MANY, {"TagKey": "k", "Status": "Active"}]}, "ValidationException"),
]


def before_errors(aws: Any) -> None:
    """None of them needs anything to be there."""
