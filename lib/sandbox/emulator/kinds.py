"""A kind of resource, declared: records that operations create, show, list, change and remove."""
from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .clock import CLOCK
from .context import Context
from .errors import Refused, fail
from .filters import matching
from .pages import page
from .services import SERVICES, Service
from .shapes import project
from .state import Record

Made = dict[str, Any]
Error = tuple[str, str]  # code, sentence with {} for what was named


@dataclass(frozen=True)
class Parent:
    """What must exist before: another kind of the service, or what an operation (moto's or ours) can show."""

    member: str
    kind: str = ""
    shown_by: tuple[str, str, str] = ("", "", "")  # service, operation, its parameter
    many: bool = False  # the parameter is a list of names


@dataclass(frozen=True)
class Block:
    """An operation that is refused while a record refers to what it is about to delete."""

    operation: str
    member: str  # of that operation's parameters
    field: str  # of this kind's records
    error: Error
    service: str = ""  # of the operation, where it is not the kind's own


@dataclass(frozen=True)
class States:
    """States over time: each lasts so many seconds by the sandbox's clock, the last one for good."""

    field: str
    steps: tuple[tuple[str, float], ...]
    last: str

    def at(self, seconds: float) -> str:
        for name, lasts in self.steps:
            if seconds < lasts:
                return name
            seconds -= lasts
        return self.last


@dataclass
class Kind:
    """Fields say what AWS documents; operations not named are not there.

    key       the field that names a record                  made      fields at creation: a value, or (context, record) -> value
    rename    parameter -> field, where they differ          unique    fields of which there may be one combination only
    filters   EC2's Filters: name -> field                   tags      the field with the tags, [{Key, Value}]
    arn       the field with the ARN, for the tagging API    type      its resource type there ("ec2:placement-group")
    names     list parameters that choose by field           missing   the error for one that is not there
    """

    service: Service
    name: str
    key: str
    create: str = ""
    get: str = ""
    list: str = ""
    update: str = ""
    delete: str = ""
    made: Made = field(default_factory=dict)
    rename: dict[str, str] = field(default_factory=dict)
    filters: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    parents: tuple[Parent, ...] = ()
    blocks: tuple[Block, ...] = ()
    unique: tuple[str, ...] = ()
    exists: Error = ("ResourceAlreadyExistsException", "{} already exists.")
    missing: Error = ("ResourceNotFoundException", "{} was not found.")
    token: str = ""  # the idempotency parameter, where botocore does not mark it
    token_reused: str = ""  # the error for a token used with other parameters, where the model does not name it
    states: States | None = None
    tags: str = "Tags"
    arn: str = ""
    type: str = ""
    output: str = ""  # the structure of the result that is the resource, where project() cannot tell
    check: Callable[[Context, Record], None] | None = None  # what else is asked of a new one; raises
    gone: Callable[[Context, Record], None] | None = None  # what else goes with it

    def __post_init__(self) -> None:
        self.service.kinds[self.name] = self
        ways = {"create": self.do_create, "get": self.do_get, "list": self.do_list, "update": self.do_update, "delete": self.do_delete}
        for way, handler in ways.items():
            operation = getattr(self, way)
            if operation:
                self.service.operations[operation] = handler
        for block in self.blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        owner = SERVICES.declare(block.service) if block.service else self.service

        def refuse(c: Context) -> None:
            there = c if owner is self.service else c.at(self.service.name, self.service.regional)
            named = c.params.get(block.member)
            if named is not None and there.find(self.name, **{block.field: named}):
                raise fail(block.error[0], block.error[1].format(named))
        owner.before[block.operation].append(refuse)

    # ------------------------------------------------------------------ operations

    def do_create(self, c: Context) -> dict[str, Any]:
        given = self.fields(copy.deepcopy(c.params))
        before = self.same_token(c, given)
        if before:
            return self.result(c, before)
        for parent in self.parents:
            self.need(c, parent, given)
        record = {**self.lent(c), **given}
        self.tagged(record)
        if self.unique and c.find(self.name, **{f: record.get(f) for f in self.unique}):
            raise fail(self.exists[0], self.exists[1].format(*[record.get(f) for f in self.unique]))
        if self.check:
            self.check(c, record)
        return self.result(c, self.keep(c, record))

    def keep(self, c: Context, record: Record) -> Record:
        """Fills in what is made at creation, and remembers the record."""
        record["__since"], record["__request"] = CLOCK.time(), copy.deepcopy(c.params)
        for name, value in self.made.items():
            if record.get(name) is None:
                record[name] = value(c, record) if callable(value) else copy.deepcopy(value)
        c.records(self.name)[record[self.key]] = record
        return record

    def do_get(self, c: Context) -> dict[str, Any]:
        return self.result(c, self.one(c))

    def do_list(self, c: Context) -> dict[str, Any]:
        return page(c, self.rows(c), self.key)

    def do_update(self, c: Context) -> dict[str, Any]:
        record = self.one(c)
        record.update({k: v for k, v in self.fields(copy.deepcopy(c.params)).items() if v is not None})
        return self.result(c, record)

    def do_delete(self, c: Context) -> dict[str, Any]:
        record = self.one(c)
        if self.gone:
            self.gone(c, record)
        c.records(self.name).pop(record[self.key], None)
        return self.result(c, record)

    # ------------------------------------------------------------------ what they are made of

    def fields(self, params: dict[str, Any]) -> Record:
        return {self.rename.get(k, k): v for k, v in params.items()}

    def lent(self, c: Context) -> Record:
        """The members of a structure of the request that stands for the resource itself (CreateX(X={...}))."""
        members = c.operation.input_shape.members.items()
        return {k: v for n, m in members if m.type_name == "structure" for k, v in (c.params.get(n) or {}).items()}

    def tagged(self, record: Record) -> None:
        """TagSpecifications become the resource's tags; a map of tags becomes a list."""
        specs = record.pop("TagSpecifications", None)
        if specs:
            record[self.tags] = [t for s in specs for t in s.get("Tags", [])]
        if isinstance(record.get(self.tags), dict):
            record[self.tags] = [{"Key": k, "Value": v} for k, v in record[self.tags].items()]

    def same_token(self, c: Context, given: Record) -> Record | None:
        """The record that an earlier request with the same idempotency token made."""
        members = c.operation.input_shape.members
        token = self.token or next((n for n, m in members.items() if m.metadata.get("idempotencyToken")), "")
        if not token or not given.get(token):
            return None
        for record in c.find(self.name, **{token: given[token]}):
            if record["__request"] == c.params:
                return record
            modelled = next((e.name for e in c.operation.error_shapes if "dempoten" in e.name), "IdempotentParameterMismatch")
            raise fail(self.token_reused or modelled, "The token was used before with other parameters.")
        return None

    def need(self, c: Context, parent: Parent, given: Record) -> None:
        named = given.get(parent.member)
        if named is None:
            return
        if parent.kind:
            kind = self.service.kinds[parent.kind]
            if not c.find(parent.kind, **{kind.key: named}):
                raise fail(kind.missing[0], kind.missing[1].format(named))
            return
        service, operation, parameter = parent.shown_by
        c.call(service, operation, **{parameter: [named] if parent.many else named})  # its own error, if it is not there

    def one(self, c: Context) -> Record:
        """The record that the request names: every required or naming parameter that is a field of it agrees."""
        given = self.fields(c.params)
        required = [self.rename.get(n, n) for n in c.operation.input_shape.required_members]
        naming = [n for n in (self.key, *required) if n in given] or list(given)
        for record in c.records(self.name).values():
            if all(record.get(n) == given[n] for n in naming):
                return self.settled(record)
        raise self.not_found(given.get(self.key) or ", ".join(str(v) for v in given.values()))

    def not_found(self, named: Any) -> Refused:
        return fail(self.missing[0], self.missing[1].format(named))

    def rows(self, c: Context) -> list[Record]:
        """The records that the list operation's parameters choose; a name that is not there is an error."""
        every = [self.settled(r) for r in c.records(self.name).values()]
        for parameter, chosen in self.names.items():
            wanted = c.params.get(parameter)
            if not wanted:
                continue
            absent = [w for w in wanted if not any(r.get(chosen) == w for r in every)]
            if absent:
                raise self.not_found(", ".join(absent))
            every = [r for r in every if r.get(chosen) in wanted]
        known = set(c.operation.output_shape.members) | {self.key} | set(self.rename.values()) | set(self.made)
        same = {k: v for k, v in self.fields(c.params).items() if k in known or any(k in r for r in every)}
        rows = [r for r in every if all(r.get(k, v) == v for k, v in same.items() if k not in self.names)]
        return matching(rows, c.params.get("Filters") or c.params.get("Filter") or [], self.filters, self.tags)

    def settled(self, record: Record) -> Record:
        """The record as it is by now: states pass with time."""
        if self.states:
            record[self.states.field] = self.states.at(CLOCK.time() - record["__since"])
        return record

    def result(self, c: Context, record: Record) -> dict[str, Any]:
        self.settled(record)
        shape = c.operation.output_shape
        if shape is None:
            return {}
        if self.output and self.output in shape.members:
            return {self.output: project(shape.members[self.output], record, 1)}
        return project(shape, record)
