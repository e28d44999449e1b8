"""What time it is in the sandbox: the machine's, plus what a test has turned the clock by."""
from __future__ import annotations

import datetime
import time


class Clock:
    def __init__(self) -> None:
        self.turned = 0.0  # seconds

    def time(self) -> float:
        """Seconds since 1970."""
        return time.time() + self.turned

    def now(self) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(self.time(), datetime.timezone.utc)

    def turn(self, seconds: float) -> None:
        """Forwards only: what has happened stays happened."""
        if not 0 <= seconds <= 10 * 365 * 86400:
            raise ValueError(f"the clock turns forwards, by at most ten years: {seconds} seconds")
        self.turned += seconds


CLOCK = Clock()


def now() -> datetime.datetime:
    """For declarations: the sandbox's time, in UTC."""
    return CLOCK.now()
