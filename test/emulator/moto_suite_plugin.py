"""A pytest plugin for moto's own tests: names that AWS refuses become names that it takes, so that the tests get on to what they are about.

Plain moto is asked in the same way. A test that compares with the name as it was written then fails on both, and says nothing of either.
"""
from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.client import BaseClient

DRAWN, CALL = uuid.uuid4, BaseClient._make_api_call


def begins_with_a_letter() -> uuid.UUID:
    """Stacks and groups are named by a UUID, which AWS refuses where it begins with a digit: ten times in sixteen."""
    return uuid.UUID(int=(DRAWN().int & ~(0xF << 124)) | (random.randrange(10, 16) << 124))


def stack_named_well(self: Any, operation: str, params: dict[str, Any]) -> Any:
    """A stack's name has no underscore: dozens of tests have a test_stack."""
    name = params.get("StackName")
    if self.meta.service_model.service_name == "cloudformation" and isinstance(name, str) and not name.startswith("arn:"):
        params = {**params, "StackName": name.replace("_", "-")}
    return CALL(self, operation, params)


uuid.uuid4 = begins_with_a_letter
BaseClient._make_api_call = stack_named_well


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: Any, nextitem: Any) -> Iterator[None]:
    """A class whose setup fails leaves its mock begun: then nothing after it would be reset, and fail for what is left of others."""
    yield
    if item.cls is not None and (nextitem is None or nextitem.cls is not item.cls):
        from moto.core.models import ServerModeMockAWS
        ServerModeMockAWS._nested_count = 0
