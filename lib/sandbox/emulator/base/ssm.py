"""Systems Manager's parameters: the traps of moto's that any lab meets."""
from __future__ import annotations

from typing import Any

from ..context import Context
from ..services import service

ssm = service("ssm")


@ssm.after_moto("ListDocuments")
def an_end(c: Context, answer: dict[str, Any]) -> None:
    """moto answers NextToken "" on the last page: clients go round for ever."""
    if not answer.get("NextToken"):
        answer.pop("NextToken", None)
