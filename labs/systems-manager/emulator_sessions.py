"""Session Manager: sessions that are begun, listed and ended. Nobody is at the other end: the stream leads nowhere."""
from __future__ import annotations

import datetime
from typing import Any

from emulator.context import Context, make_id, now
from emulator.errors import fail
from emulator.kinds import Kind
from emulator.services import service

ssm = service("ssm")
ACTIVE = ("Connecting", "Connected", "Disconnected")
FIELDS = {"Target": "Target", "Owner": "Owner", "Status": "Status", "SessionId": "SessionId", "AccessType": "AccessType"}


def connectable(c: Context, session: dict[str, Any]) -> None:
    if session.get("DocumentName"):
        ssm.kinds["Library"].find(c, session["DocumentName"], "Session")  # type: ignore[attr-defined]
    online = ssm.kinds["Node"].online(c)  # type: ignore[attr-defined]
    if not any(n["InstanceId"] == session["Target"] for n in online):
        raise fail("TargetNotConnected", f"{session['Target']} is not connected.")


class Sessions(Kind):
    def rows(self, c: Context) -> list[dict[str, Any]]:
        wanted = c.params["State"]
        rows = [r for r in c.records(self.name).values() if (r["Status"] in ACTIVE) == (wanted == "Active")]
        for one in c.params.get("Filters") or []:
            rows = [r for r in rows if self.passes(r, one["key"], one["value"])]
        return sorted(rows, key=lambda r: r["StartDate"], reverse=True)

    def passes(self, record: dict[str, Any], key: str, value: str) -> bool:
        if key in ("InvokedAfter", "InvokedBefore"):
            limit = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
            return (record["StartDate"] >= limit) == (key == "InvokedAfter")
        if key not in FIELDS:
            raise fail("InvalidFilterKey", f"The filter key {key} is not valid.")
        return bool(record.get(FIELDS[key]) == value)


def owner(c: Context) -> str:
    return str(c.call("sts", "GetCallerIdentity")["Arn"])


sessions = Sessions(
    ssm, "Session", key="SessionId", create="StartSession", list="DescribeSessions", check=connectable, made={
        "Owner": lambda c, r: owner(c), "SessionId": lambda c, r: f"{owner(c).rsplit('/', 1)[-1].rsplit(':', 1)[-1]}-{make_id()}", "Status": "Connecting",
        "StartDate": lambda c, r: now(), "DocumentName": "SSM-SessionManagerRunShell", "AccessType": "Standard", "OutputUrl": {},
        "TokenValue": "not-emulated", "StreamUrl": "wss://not-emulated.invalid/"})


@ssm.op("TerminateSession")
def end(c: Context) -> dict[str, Any]:
    """Ending what has ended, or what nobody began, is no error."""
    record = c.records("Session").get(c.params["SessionId"])
    if record and record["Status"] in ACTIVE:
        record.update(Status="Terminated", EndDate=now())
    return {"SessionId": c.params["SessionId"]}
