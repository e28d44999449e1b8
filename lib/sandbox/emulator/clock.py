"""What time it is in the sandbox: the machine's, or that at which a test has stopped it, plus what it has turned it by."""
from __future__ import annotations

import datetime
import time


class Clock:
    def __init__(self) -> None:
        self.turned = 0.0  # seconds
        self.stopped: float | None = None  # the machine's time at which it stands still

    def time(self) -> float:
        """Seconds since 1970."""
        return (time.time() if self.stopped is None else self.stopped) + self.turned

    def now(self) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(self.time(), datetime.timezone.utc)

    def stop(self) -> None:
        """Only `turn` moves it now: what a test sees does not hang on how fast the machine is."""
        self.stopped = time.time()

    def start(self) -> None:
        self.stopped = None

    def turn(self, seconds: float) -> None:
        """Forwards only: what has happened stays happened."""
        if not 0 <= seconds <= 10 * 365 * 86400:
            raise ValueError(f"the clock turns forwards, by at most ten years: {seconds} seconds")
        self.turned += seconds


CLOCK = Clock()


def now() -> datetime.datetime:
    """For declarations: the sandbox's time, in UTC."""
    return CLOCK.now()
