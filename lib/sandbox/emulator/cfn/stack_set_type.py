"""AWS::CloudFormation::StackSet."""
from __future__ import annotations

from typing import Any

from ..errors import Refused
from .parameters import text
from .types import Found, NotStabilized, ResourceType, Work, declare

OF_THE_SET = ("Description", "TemplateBody", "TemplateURL", "Capabilities", "AdministrationRoleARN", "ExecutionRoleName", "PermissionModel",
              "AutoDeployment", "ManagedExecution", "CallAs")
Group = dict[str, Any]


class StackSet(ResourceType):
    """`found` is {"StackSetId": …}; a group of instances is made by one operation."""

    name = "AWS::CloudFormation::StackSet"

    def asked(self, work: Work) -> dict[str, Any]:
        p = work.properties
        tags = {**{k: v for k, v in work.tags.items() if not k.startswith("aws:")}, **{t["Key"]: t["Value"] for t in p.get("Tags") or []}}
        return {**{k: p[k] for k in OF_THE_SET if k in p}, "Tags": [{"Key": k, "Value": v} for k, v in tags.items()],
                "Parameters": [{"ParameterKey": r["ParameterKey"], "ParameterValue": text(r["ParameterValue"])} for r in p.get("Parameters") or []]}

    def create(self, work: Work) -> Found:
        made = work.call("cloudformation", "CreateStackSet", StackSetName=work.properties["StackSetName"], **self.asked(work))
        found = {"StackSetId": made["StackSetId"]}
        try:
            for group in work.properties.get("StackInstancesGroup") or []:
                self.done(work, found, "CreateStackInstances", group)
        except (Refused, NotStabilized):
            self.delete(work, found)
            raise
        return found

    def done(self, work: Work, found: Found, operation: str, group: Group, **more: Any) -> None:
        preferences = work.properties.get("OperationPreferences")
        overrides = group.get("ParameterOverrides")
        asked = {"DeploymentTargets": group["DeploymentTargets"], "Regions": group["Regions"], **more,
                 **({"OperationPreferences": preferences} if preferences else {}), **({"ParameterOverrides": overrides} if overrides else {})}
        id_ = work.call("cloudformation", operation, StackSetName=found["StackSetId"], **asked)["OperationId"]
        told = work.call("cloudformation", "DescribeStackSetOperation", StackSetName=found["StackSetId"], OperationId=id_)["StackSetOperation"]
        if told["Status"] != "SUCCEEDED":
            rows = work.call("cloudformation", "ListStackSetOperationResults", StackSetName=found["StackSetId"], OperationId=id_)["Summaries"]
            reasons = [r.get("StatusReason") for r in rows if r["Status"] == "FAILED"]
            raise NotStabilized(f"Operation {id_} of StackSet {found['StackSetId']} ended {told['Status']}: {'; '.join(map(str, reasons))}")

    def update(self, work: Work, found: Found) -> Found:
        changed, name = work.changed(), found["StackSetId"]
        if changed - {"StackInstancesGroup", "OperationPreferences"} or work.tags != work.tags_before:
            work.call("cloudformation", "UpdateStackSet", StackSetName=name, **self.asked(work))
        after, before = self.places(work.properties), self.places(work.before)
        for (account, region), group in after.items():
            if (account, region) not in before:
                self.done(work, found, "CreateStackInstances", {**group, "DeploymentTargets": {"Accounts": [account]}, "Regions": [region]})
        for account, region in before.keys() - after.keys():
            self.done(work, found, "DeleteStackInstances", {"DeploymentTargets": {"Accounts": [account]}, "Regions": [region]}, RetainStacks=False)
        return found

    @staticmethod
    def places(properties: dict[str, Any]) -> dict[tuple[str, str], Group]:
        return {(a, r): g for g in properties.get("StackInstancesGroup") or [] for a in g["DeploymentTargets"].get("Accounts") or [] for r in g["Regions"]}

    def delete(self, work: Work, found: Found) -> None:
        try:
            standing = work.call("cloudformation", "ListStackInstances", StackSetName=found["StackSetId"])["Summaries"]
        except Refused as error:
            if error.code == "StackSetNotFoundException":
                return
            raise
        for group in work.properties.get("StackInstancesGroup") or [] if standing else []:
            self.done(work, found, "DeleteStackInstances", {**group, "ParameterOverrides": None}, RetainStacks=False)
        work.call("cloudformation", "DeleteStackSet", StackSetName=found["StackSetId"])

    def physical(self, found: Found) -> str:
        return str(found["StackSetId"])

    def has_attribute(self, name: str) -> bool:
        return name == "StackSetId"

    def attribute(self, context: Any, found: Found, name: str) -> Any:
        return found[name]

    def replaces(self, properties: set[str]) -> set[str]:
        return properties & {"StackSetName", "PermissionModel", "CallAs"}  # createOnly in the type's schema


def install() -> None:
    declare(StackSet())
