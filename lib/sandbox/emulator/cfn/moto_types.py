"""moto's own CloudFormation classes as types of ours: for what nobody declared. Only the service's own module is imported."""
from __future__ import annotations

import importlib
import inspect
from typing import Any

from .. import moto_internals as moto
from ..context import Context
from .types import FALLBACKS, Found, NotStabilized, ResourceType, Work
from .repairs import DELETES, TAGGED, TAGGED_AFTER, WITH_PARENT

PACKAGES = {"Lambda": "awslambda", "ElasticLoadBalancing": "elb", "ElasticLoadBalancingV2": "elbv2"}  # others: the name in lower case


def moto_type(name: str) -> ResourceType | None:
    """The class that moto has for a type, wrapped, or None."""
    parts = name.split("::")
    if len(parts) != 3 or parts[0] != "AWS":
        return None
    try:
        importlib.import_module(f"moto.{PACKAGES.get(parts[1], parts[1].lower())}.models")
    except ImportError:
        return None
    model = moto.cloudformation_class(name)
    return Borrowed(name, model) if model else None


def install() -> None:
    FALLBACKS.append(moto_type)


def says(model: Any, method: str) -> bool:
    """Whether the class itself (not moto's abstract base) has the method."""
    return any(method in c.__dict__ for c in model.__mro__ if c.__name__ not in ("CloudFormationModel", "BaseModel", "object"))


class Borrowed(ResourceType):
    """`found` is {"model": moto's object, "name": the name it was made with}."""

    def __init__(self, name: str, model: Any):
        self.name, self.model = name, model

    def described(self, work: Work) -> tuple[str, dict[str, Any]]:
        """(physical name, the resource as moto's classes want it)"""
        properties = {**work.properties}
        tagged = TAGGED.get(self.name)
        if tagged:
            own = properties.get(tagged) or []
            own = [{"Key": k, "Value": v} for k, v in own.items()] if isinstance(own, dict) else own
            named = {t["Key"] for t in own}
            properties[tagged] = [*own, *({"Key": k, "Value": v} for k, v in work.tags.items() if k not in named)]
        name = properties.get(self.model.cloudformation_name_type() or "") or moto.resource_name(self.name, work.stack, work.logical)
        return str(name), {"Type": self.name, "Properties": properties}

    def create(self, work: Work) -> Found:
        name, described = self.described(work)
        model = self.model.create_from_cloudformation_json(
            name, described, work.context.account, work.context.region, LogicalId=work.logical, StackId=work.stack_id, ResourceType=self.name)
        model.cf_resource_type = self.name
        model.logical_resource_id = work.logical
        if self.name in TAGGED_AFTER:
            tags = {**work.tags, **{t["Key"]: str(t["Value"]) for t in work.properties.get("Tags") or []}}
            TAGGED_AFTER[self.name](work.context, str(model.physical_resource_id), tags)
        return {"model": model, "name": name}

    def update(self, work: Work, found: Found) -> Found:
        if not says(self.model, "update_from_cloudformation_json"):
            raise NotStabilized(f"the sandbox cannot change {', '.join(sorted(work.changed())) or 'the tags'} of {self.name} in place")
        name, described = self.described(work)
        model = self.model.update_from_cloudformation_json(
            original_resource=found["model"], new_resource_name=name, cloudformation_json=described,
            account_id=work.context.account, region_name=work.context.region)
        if model is not None:
            model.cf_resource_type = self.name
            model.logical_resource_id = work.logical
        return {"model": model or found["model"], "name": name}

    def delete(self, work: Work, found: Found) -> None:
        if self.name in DELETES:
            DELETES[self.name](work.context, self.physical(found), found["model"])
        elif says(self.model, "delete") and len(inspect.signature(self.model.delete).parameters) == 3:
            found["model"].delete(work.context.account, work.context.region)
        elif says(self.model, "delete_from_cloudformation_json"):
            _, described = self.described(work)
            self.model.delete_from_cloudformation_json(self.physical(found), described, work.context.account, work.context.region)
        elif self.name not in WITH_PARENT:
            raise NotStabilized(f"the sandbox cannot delete {self.name}")

    def physical(self, found: Found) -> str:
        return str(getattr(found["model"], "physical_resource_id", found["name"]))  # some have none

    def has_attribute(self, name: str) -> bool:
        return bool(self.model.has_cfn_attr(name))

    def attribute(self, context: Context, found: Found, name: str) -> Any:
        if not self.has_attribute(name):  # what moto raises is in a package that takes seconds to import
            raise KeyError(name)
        return found["model"].get_cfn_attribute(name)
