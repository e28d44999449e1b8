"""A template's Rules: what it asserts about its parameters before anything is made."""
from __future__ import annotations

from typing import Any

from .parameters import text
from .templates import Template, invalid


def asserted(template: Template, values: dict[str, Any]) -> None:
    """Raises Refused for the first assertion that the parameters do not meet; a rule whose condition does not hold asserts nothing."""
    for name, rule in (template.get("Rules") or {}).items():
        asked = Asked(template, values, name)
        if "RuleCondition" in rule and not asked.holds(rule["RuleCondition"]):
            continue
        for one in rule.get("Assertions") or []:
            if not asked.holds(one.get("Assert")):
                raise invalid(f"Template parameters do not satisfy rule {name}: {one.get('AssertDescription') or 'an assertion is not met'}")


class Asked:
    """The functions that a rule may use. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-rules.html, 2026-11-25"""

    def __init__(self, template: Template, values: dict[str, Any], rule: str):
        self.parameters: dict[str, dict[str, Any]] = template.get("Parameters") or {}
        self.values, self.rule = values, rule

    def holds(self, part: Any) -> bool:
        name, inside = self.function(part)
        if name == "Fn::And":
            return all(self.holds(p) for p in inside)
        if name == "Fn::Or":
            return any(self.holds(p) for p in inside)
        if name == "Fn::Not":
            return not self.holds(inside[0])
        if name == "Fn::Equals":
            return bool(text(self.value(inside[0])) == text(self.value(inside[1])))
        if name in ("Fn::Contains", "Fn::EachMemberIn", "Fn::EachMemberEquals"):
            left, right = self.strings(inside[0]), self.strings(inside[1])
            if name == "Fn::Contains":
                return all(one in left for one in right)
            return all(one in right for one in left)
        raise invalid(f"Template format error: {name} is no function of a rule ({self.rule})")

    def function(self, part: Any) -> tuple[str, Any]:
        if not isinstance(part, dict) or len(part) != 1:
            raise invalid(f"Template format error: an assertion of rule {self.rule} is no function")
        return next(iter(part.items()))

    def strings(self, part: Any) -> list[str]:
        value = self.value(part)
        return [text(v) for v in (value if isinstance(value, list) else [value])]

    def value(self, part: Any) -> Any:
        if isinstance(part, list):
            return [self.value(p) for p in part]
        if not isinstance(part, dict):
            return part
        name, inside = self.function(part)
        if name == "Ref":
            if inside not in self.values:
                raise invalid(f"Template format error: rule {self.rule} refers to {inside}, which is no parameter")
            return self.values[inside]
        if name == "Fn::RefAll":
            return [self.values[n] for n, p in self.parameters.items() if p.get("Type") == inside]
        raise invalid(f"Template format error: {name} is no value that the sandbox knows in a rule ({self.rule})")
