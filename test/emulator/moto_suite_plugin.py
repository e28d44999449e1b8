"""A pytest plugin for moto's own tests: what they make up at random is what AWS would take, in every run."""
from __future__ import annotations

import random
import uuid

DRAWN = uuid.uuid4


def begins_with_a_letter() -> uuid.UUID:
    """They name stacks and groups by a UUID, which AWS refuses where it begins with a digit: ten times in sixteen."""
    drawn = DRAWN()
    return uuid.UUID(int=(drawn.int & ~(0xF << 124)) | (random.randrange(10, 16) << 124))


uuid.uuid4 = begins_with_a_letter
