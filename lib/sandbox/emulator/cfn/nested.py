"""AWS::CloudFormation::Stack, and the types that stand for nothing outside the stack."""
from __future__ import annotations

from typing import Any

from ..context import Context
from .parameters import text
from .stacks import Stack, find
from .types import Found, Inert, NotStabilized, ResourceType, Work, declare


class Nested(ResourceType):
    name = "AWS::CloudFormation::Stack"

    def asked(self, work: Work) -> dict[str, Any]:
        p = work.properties
        tags = {k: v for k, v in work.tags.items() if not k.startswith("aws:")}
        tags.update({t["Key"]: t["Value"] for t in p.get("Tags") or []})
        out: dict[str, Any] = {"TemplateURL": p.get("TemplateURL", ""), "Tags": [{"Key": k, "Value": v} for k, v in tags.items()],
                               "Parameters": [{"ParameterKey": k, "ParameterValue": text(v)} for k, v in (p.get("Parameters") or {}).items()],
                               "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]}
        return out

    def create(self, work: Work) -> Found:
        made = work.call("cloudformation", "CreateStack", StackName=work.name(128), **self.asked(work))
        child = find(work.context, made["StackId"])
        parent = find(work.context, work.stack_id)
        child.parent, child.root = parent.id, parent.root or parent.id
        if child.status != "CREATE_COMPLETE":
            reason = next((e["ResourceStatusReason"] for e in child.events if e["ResourceStatus"] == "CREATE_FAILED"), child.status)
            self.delete(work, {"StackId": child.id})
            raise NotStabilized(f"Embedded stack {child.id} was not successfully created: {reason}")
        return {"StackId": child.id}

    def update(self, work: Work, found: Found) -> Found:
        from ..errors import Refused
        try:
            work.call("cloudformation", "UpdateStack", StackName=found["StackId"], **self.asked(work))
        except Refused as error:
            if "No updates" not in error.message:
                raise
        child = self.child(work.context, found)
        if child.status != "UPDATE_COMPLETE" and child.status != "CREATE_COMPLETE":
            raise NotStabilized(f"Embedded stack {child.id} was not successfully updated. Currently in {child.status}")
        return found

    def delete(self, work: Work, found: Found) -> None:
        work.call("cloudformation", "DeleteStack", StackName=found["StackId"])
        child = self.child(work.context, found)
        if child.alive:
            raise NotStabilized(f"Embedded stack {child.id} was not successfully deleted: {child.reason}")

    def child(self, context: Context, found: Found) -> Stack:
        return find(context, found["StackId"])

    def physical(self, found: Found) -> str:
        return str(found["StackId"])

    def has_attribute(self, name: str) -> bool:
        return name.startswith("Outputs.")

    def attribute(self, context: Context, found: Found, name: str) -> Any:
        key = name.removeprefix("Outputs.")
        for output in self.child(context, found).outputs:
            if output.key == key:
                return output.value
        raise KeyError(name)

    def replaces(self, properties: set[str]) -> set[str]:
        return set()


def install() -> None:
    declare(Nested())
    declare(Inert("AWS::CDK::Metadata"))
    declare(Inert("AWS::CloudFormation::WaitConditionHandle"))
    declare(Inert("AWS::CloudFormation::WaitCondition", ("Data",)))
