"""A template, its parameters and a stack -> what each resource is to be: resolved properties, order, what changes."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..context import Context
from .functions import NO_VALUE, UNKNOWN, Resolver
from .order import in_order, needs
from .stacks import Resource, Stack, exports
from .templates import Template, invalid
from .types import known_type, type_of, unrecognized


@dataclass
class Request:
    """What a stack is asked to become."""

    body: str
    template: Template
    given: dict[str, str]
    parameters: dict[str, Any]
    tags: dict[str, str]
    capabilities: list[str] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)
    change_set: str = ""


class Plan:
    """The resources that the template's conditions let be, in the order in which they are made."""

    def __init__(self, stack: Stack, request: Request, guess: bool = False):
        """`guess`: for a change set: what is not there yet is UNKNOWN rather than an error."""
        self.stack, self.request, self.guess = stack, request, guess
        self.replaced: set[str] = set()  # to be made anew: what refers to them is not known yet (guess)
        self.imports: set[str] = set()
        self.context: Context = stack.context()
        self.resolver = Resolver(request.template, request.parameters, self.context, (stack.name, stack.id),
                                 self.ref, self.attribute, self.exported)
        self.resolver.pseudo["AWS::NotificationARNs"] = request.options.get("NotificationARNs") or []
        every: dict[str, dict[str, Any]] = request.template["Resources"]
        self.resources = {n: r for n, r in every.items() if "Condition" not in r or self.resolver.condition(r["Condition"])}
        absent = [r["Type"] for r in self.resources.values() if type_of(r["Type"]) is None]
        if absent:
            raise unrecognized(absent)
        self.order = in_order(self.resources)
        self.check_attributes()
        if guess:  # functions that cannot be resolved are told before anything is made
            for name in self.order:
                self.properties(name)
            for output in (request.template.get("Outputs") or {}).values():
                if "Condition" not in output or self.resolver.condition(output["Condition"]):
                    self.resolver.value(output.get("Value"))

    def check_attributes(self) -> None:
        """GetAtt of an attribute that a type does not have is told before anything is made."""
        from .templates import references
        outputs = {n: o for n, o in (self.request.template.get("Outputs") or {}).items()}
        for part in (*self.resources.values(), *outputs.values()):
            for name, attribute in references({k: v for k, v in part.items() if k not in ("DependsOn", "Condition")}):
                resource = self.resources.get(name)
                if attribute and resource and not known_type(resource["Type"]).has_attribute(attribute):
                    raise invalid(f"Template error: resource {name} does not support attribute type {attribute} in Fn::GetAtt")

    # ------------------------------------------------------------------ what the resolver asks

    def ref(self, name: str) -> Any:
        resource = self.real(name)
        return UNKNOWN if resource is None else known_type(resource.type).ref(resource.found)

    def attribute(self, name: str, attribute: str) -> Any:
        resource = self.real(name)
        return UNKNOWN if resource is None else known_type(resource.type).attribute(self.context, resource.found, attribute)

    def real(self, name: str) -> Resource | None:
        if name not in self.request.template["Resources"]:
            raise KeyError(name)
        resource = self.stack.resources.get(name)
        if name not in self.resources:  # its condition is false
            raise invalid(f"Template format error: Unresolved resource dependencies [{name}] in the Resources block of the template")
        there = resource is not None and resource.found and name not in self.replaced
        if not there and not self.guess:
            raise KeyError(name)
        return resource if there else None

    def exported(self, name: str) -> str:
        found = exports(self.context).get(name)
        if found is None:
            raise invalid(f"No export named {name} found.")
        self.imports.add(name)
        return found[1].value

    # ------------------------------------------------------------------ what the engine asks

    def properties(self, name: str) -> dict[str, Any]:
        value = self.resolver.value(self.resources[name].get("Properties") or {})
        return {} if value is NO_VALUE else value  # type: ignore[no-any-return]

    def needed(self, name: str) -> tuple[str, ...]:
        return tuple(sorted(needs(self.resources[name], set(self.resources))))

    def policy(self, name: str, which: str) -> str:
        said = self.resources[name].get(which)
        default = "Snapshot" if which == "DeletionPolicy" and self.resources[name]["Type"] == "AWS::RDS::DBCluster" else "Delete"
        return str(self.resolver.value(said)) if said else default

    def tags(self, name: str) -> dict[str, str]:
        """The stack's tags, with CloudFormation's own."""
        own = {"aws:cloudformation:stack-name": self.stack.name, "aws:cloudformation:stack-id": self.stack.id,
               "aws:cloudformation:logical-id": name}
        return {**self.request.tags, **own}
