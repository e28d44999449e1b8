"""A service that insists on what it deletes: a placement group that is gone already is an error that nobody expects."""
from typing import Any

from emulator.context import Context
from emulator.errors import fail
from emulator.services import service


@service("ec2").before_moto("DeletePlacementGroup")
def insist(c: Context) -> Any:
    if not c.exists("ec2", "DescribePlacementGroups", GroupNames=[c.params["GroupName"]]):
        raise fail("InternalError", "An internal error has occurred", 500)
