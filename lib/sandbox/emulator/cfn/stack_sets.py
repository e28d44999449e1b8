"""Stack sets are moto's own; the stacks that they make are ours, seen by DescribeStacks like any other."""
from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from .. import moto_internals as moto
from ..context import Context, make_uuid
from ..services import service
from .stacks import find

cfn = service("cloudformation")
DONE: list[bool] = []


@cfn.before_moto("CreateStackSet", "CreateStackInstances", "DeleteStackInstances", "UpdateStackSet", "UpdateStackInstances", "DeleteStackSet")
def route(c: Context) -> None:
    if not DONE:
        DONE.append(True)
        moto.route_stack_sets(create, delete)


def create(backend: Any, name: str, template: str, parameters: dict[str, str], **_: Any) -> Any:
    """In moto's place: what a stack instance asks its backend for."""
    context = Context("cloudformation", None, {}, backend.account_id, backend.region_name)
    given = [{"ParameterKey": k, "ParameterValue": v} for k, v in (parameters or {}).items()]
    made = context.call("cloudformation", "CreateStack", StackName=f"{name.replace(':', '-')}-{make_uuid()}"[:128], TemplateBody=template,
                        Parameters=given, Capabilities=["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"])
    stack = find(context, made["StackId"])
    return SimpleNamespace(stack_id=stack.id, name=stack.id)


def delete(backend: Any, name: str) -> None:
    Context("cloudformation", None, {}, backend.account_id, backend.region_name).call("cloudformation", "DeleteStack", StackName=name)
