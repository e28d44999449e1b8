"""A type declared as operations: properties to parameters, what the operation answers to Ref and GetAtt."""
from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..context import Context
from ..errors import Refused, says_gone
from .convert import input_of, parameters
from .types import Found, NotStabilized, ResourceType, Work, declare

Source = str | Callable[[Found], Any]
Then = Callable[[Work, Any, Found], None]


@dataclass(kw_only=True)
class Declared(ResourceType):
    """A type as its declaration says it.

    service, create   the operation that makes it            delete    the one that removes it, or a function (work, found)
    ref               what Ref gives: a field of what is known, or a function of it      physical_id  where it is not what Ref gives
    attrs             GetAtt -> field, function of found, or of (context, found) with `live` attributes
    live              GetAtt -> function (context, found): asked of the API each time
    rename            property -> parameter                 ids       parameter of update, delete, read -> field, where they differ
    name, length      the property that names it, and its longest name
    reshape           properties -> properties nearer to the parameters
    then              property -> function (work, value, found) for what create does not take; also its update (value None: taken away)
    settle            (work, found) -> what else is known after create
    update            operation or function (work, found, changed): for the properties in `updatable` (default: all others)
    updatable         properties that `update` can change in place
    replace           properties that CloudFormation replaces the resource for (createOnly in its schema)
    ignored           properties that mean nothing in the sandbox
    tags              the property with tags ("" for none), tag_as: EC2's resource type for TagSpecifications,
                      retag: (work, found, set, removed) at an update
    reader            (work, found) -> the properties as they are now, None when it is gone (drift)
    """

    name: str
    service: str
    create_op: str
    delete_op: str | Callable[[Work, Found], None]
    ref_from: Source
    physical_from: Source | None = None
    attrs: dict[str, Source] = field(default_factory=dict)
    live: dict[str, Callable[[Context, Found], Any]] = field(default_factory=dict)
    rename: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    name_property: str = ""
    name_length: int = 255
    reshape: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    then: dict[str, Then] = field(default_factory=dict)
    settle: Callable[[Work, Found], dict[str, Any] | None] | None = None
    update_with: str | Callable[[Work, Found, set[str]], None] = ""
    updatable: tuple[str, ...] = ()
    replace: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    tags_property: str = "Tags"
    tag_as: str = ""
    retag: Callable[[Work, Found, dict[str, str], list[str]], None] | None = None
    reader: Callable[[Work, Found], dict[str, Any] | None] | None = None

    # ------------------------------------------------------------------ create

    def create(self, work: Work) -> Found:
        props = {k: v for k, v in copy.deepcopy(work.properties).items() if k not in self.ignored}
        if self.name_property and self.name_property not in props:
            props[self.name_property] = work.name(self.name_length)
        later = {k: props.pop(k) for k in list(props) if k in self.then}
        params = self.parameters(props, work.tags)
        out = work.call(self.service, self.create_op, **params)
        found: Found = {**flat(params), **flat(out)}
        try:
            if self.settle:
                found.update(self.settle(work, found) or {})
            for name, value in later.items():
                self.then[name](work, value, found)
        except Exception as error:  # half made: taken away again, as AWS's handlers do
            self.undo(work, found)
            raise error
        return found

    def undo(self, work: Work, found: Found) -> None:
        try:
            self.delete(work, found)
        except (Refused, NotStabilized):
            pass  # the failure that is told is the first one

    def parameters(self, props: dict[str, Any], tags: dict[str, str]) -> dict[str, Any]:
        own = props.pop(self.tags_property, None) if self.tags_property else None
        if self.reshape:
            props = self.reshape(props)
        params = parameters(self.service, self.create_op, props, self.rename)
        every = {**tags, **as_map(own, self.tag_as)} if self.tags_property else {}
        if every:
            params.update(self.tag_parameters(every))
        return params

    def tag_parameters(self, tags: dict[str, str]) -> dict[str, Any]:
        listed = [{"Key": k, "Value": v} for k, v in tags.items()]
        if self.tag_as:
            return {"TagSpecifications": [{"ResourceType": self.tag_as, "Tags": listed}]}
        members = input_of(self.service, self.create_op).members
        name = self.rename.get(self.tags_property, self.tags_property)
        if name not in members:
            return {}
        return {name: tags if members[name].type_name == "map" else listed}

    # ------------------------------------------------------------------ update

    def update(self, work: Work, found: Found) -> Found:
        changed = work.changed() - set(self.ignored)
        if self.tags_property in changed or work.tags != work.tags_before:
            self.update_tags(work, found)
            changed.discard(self.tags_property)
        for name in sorted(changed & set(self.then)):
            self.then[name](work, work.properties.get(name), found)
        rest = changed - set(self.then)
        if rest:
            stuck = rest - set(self.updatable) if self.updatable or not self.update_with else set()
            if stuck or not self.update_with:
                raise NotStabilized(f"the sandbox cannot change {', '.join(sorted(stuck or rest))} of {self.name} in place")
            self.update_rest(work, found, rest)
        return found

    def update_rest(self, work: Work, found: Found, changed: set[str]) -> None:
        if callable(self.update_with):
            self.update_with(work, found, changed)
            return
        props = {k: v for k, v in copy.deepcopy(work.properties).items() if k not in self.then and k not in self.ignored}
        if self.name_property:
            props.setdefault(self.name_property, found.get(self.rename.get(self.name_property, self.name_property)))
        given = self.parameters(props, {})
        members = input_of(self.service, self.update_with).members
        params = {k: v for k, v in {**given, **self.needed(self.update_with, found)}.items() if k in members}
        found.update({**flat(given), **flat(work.call(self.service, self.update_with, **params))})

    def update_tags(self, work: Work, found: Found) -> None:
        before = {**work.tags_before, **as_map(work.before.get(self.tags_property), self.tag_as)}
        after = {**work.tags, **as_map(work.properties.get(self.tags_property), self.tag_as)}
        put = {k: v for k, v in after.items() if before.get(k) != v}
        gone = [k for k in before if k not in after]
        if self.tag_as:
            id_ = self.physical(found)
            if gone:
                work.call("ec2", "DeleteTags", Resources=[id_], Tags=[{"Key": k} for k in gone])
            if put:
                work.call("ec2", "CreateTags", Resources=[id_], Tags=[{"Key": k, "Value": v} for k, v in put.items()])
        elif self.retag:
            self.retag(work, found, put, gone)

    # ------------------------------------------------------------------ delete and the rest

    def delete(self, work: Work, found: Found) -> None:
        try:
            if callable(self.delete_op):
                self.delete_op(work, found)
            else:
                work.call(self.service, self.delete_op, **self.needed(self.delete_op, found))
        except Refused as error:
            if not says_gone(error):  # what is gone already is deleted
                raise

    def needed(self, operation: str, found: Found) -> dict[str, Any]:
        """What an operation requires, out of what is known of the resource."""
        shape = input_of(self.service, operation)
        out = {}
        for name in [*shape.required_members, *(n for n in self.ids if n in shape.members)]:
            value = found.get(self.ids.get(name, name))
            if value is not None:
                out[name] = value
        return out

    def physical(self, found: Found) -> str:
        return str(read(self.physical_from or self.ref_from, found))

    def ref(self, found: Found) -> Any:
        return read(self.ref_from, found)

    def has_attribute(self, name: str) -> bool:
        return name in self.attrs or name in self.live

    def attribute(self, context: Context, found: Found, name: str) -> Any:
        if name in self.live:
            return self.live[name](context, found)
        return read(self.attrs[name], found)

    def replaces(self, properties: set[str]) -> set[str]:
        return properties & set(self.replace)

    def read(self, work: Work, found: Found) -> dict[str, Any] | None:
        if self.reader is None:
            raise NotImplementedError(self.name)
        return self.reader(work, found)


def read(source: Source, found: Found) -> Any:
    return source(found) if callable(source) else found[source]


def flat(value: dict[str, Any]) -> Found:
    """A result and the members of its structures, one level: {Vpc: {VpcId}} gives VpcId too."""
    inner = {k: v for s in value.values() if isinstance(s, dict) for k, v in s.items()}
    return {**inner, **value}


def as_map(tags: Any, kind: str = "") -> dict[str, str]:
    """Tags as a map, a list of pairs, or TagSpecifications (those for `kind`)."""
    if isinstance(tags, dict):
        return {k: str(v) for k, v in tags.items()}
    rows = [t for s in tags or [] for t in (s["Tags"] if "Tags" in s else [s]) if s.get("ResourceType", kind) == kind]
    return {t["Key"]: str(t.get("Value", "")) for t in rows}


def cfn_type(name: str, service: str, create: str, delete: str | Callable[[Work, Found], None], ref: Source, /, **about: Any) -> Declared:
    """Declares a type; see Declared for what else can be said of it."""
    short = {"name": "name_property", "length": "name_length", "update": "update_with", "tags": "tags_property", "physical": "physical_from"}
    made = Declared(name=name, service=service, create_op=create, delete_op=delete, ref_from=ref, **{short.get(k, k): v for k, v in about.items()})
    declare(made)
    return made
