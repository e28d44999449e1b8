"""CloudFormation that tells the truth: its own stack engine, with types declared as operations or borrowed from moto."""
from __future__ import annotations


def install() -> None:
    """Registers CloudFormation's operations and the types that every template may have."""
    from .. import tagging
    from . import change_sets, drift, moto_types, nested, operations, stack_instances, stack_set_type, stack_sets, stacks, template_operations  # noqa: F401
    nested.install()
    stack_set_type.install()
    moto_types.install()
    tagging.OTHERS.append(stacks.tagged)


def declared_types() -> list[str]:
    from .types import TYPES
    return sorted(TYPES)
