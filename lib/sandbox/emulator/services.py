"""What declarations say, collected: operations that moto lacks, repairs of those that it has, kinds of resources."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .context import Context

if TYPE_CHECKING:
    from .kinds import Kind

Handler = Callable[[Context], dict[str, Any] | None]
Repair = Callable[[Context, dict[str, Any]], dict[str, Any] | None]
Around = Callable[[Context, Callable[..., dict[str, Any]]], dict[str, Any] | None]


class Service:
    """Everything declared for one service. `invalid` and `missing` are its codes for a request that its model forbids."""

    def __init__(self, name: str):
        self.name, self.regional = name, True
        self.invalid = self.missing = ""
        self.operations: dict[str, Handler] = {}
        self.before: dict[str, list[Handler]] = defaultdict(list)
        self.after: dict[str, list[tuple[Callable[[Context], Any], Repair]]] = defaultdict(list)
        self.around: dict[str, Around] = {}
        self.kinds: dict[str, Kind] = {}
        self.substantial: set[str] = set()  # moto's operations whose meaning is ours now: findings say so

    def op(self, *names: str) -> Callable[[Handler], Handler]:
        """Answers operations with a plain function: Context -> result. Instead of moto's, where moto has it."""
        def add(function: Handler) -> Handler:
            self.operations.update(dict.fromkeys(names, function))
            return function
        return add

    def before_moto(self, *names: str) -> Callable[[Handler], Handler]:
        """Runs before moto's own operation: raises to refuse it, or does what moto forgets to."""
        def add(function: Handler) -> Handler:
            for name in names:
                self.before[name].append(function)
            return function
        return add

    def after_moto(self, *names: str, when: Callable[[Context], Any] = lambda c: True) -> Callable[[Repair], Repair]:
        """Repairs the answer of moto's own operation: gets the parsed result, returns another or changes it in place.
        `when` says for which requests: any other answer goes out as it is, which spares reading it."""
        def add(function: Repair) -> Repair:
            for name in names:
                self.after[name].append((when, function))
            return function
        return add

    def repairs(self, context: Context) -> list[Repair]:
        """Those that this request's answer needs."""
        return [repair for when, repair in self.after.get(str(context.operation.name), ()) if when(context)]

    def around_moto(self, *names: str) -> Callable[[Around], Around]:
        """Takes moto's operation in hand: function(context, moto) where moto() answers what moto would; moto(Name=value) asks it
        with that parameter changed."""
        def add(function: Around) -> Around:
            for name in names:
                self.around[name] = function
                self.substantial.add(name)
            return function
        return add

    def touches(self, operation: str) -> bool:
        return operation in self.operations or operation in self.before or operation in self.after or operation in self.around


class Services(dict[str, Service]):
    def __init__(self) -> None:
        super().__init__()
        self.gates: list[Callable[[Context], None]] = []

    def gate(self, function: Callable[[Context], None]) -> Callable[[Context], None]:
        """Runs before any operation of any service that a client asks for: raises to refuse it. A request that streams has no params."""
        self.gates.append(function)
        return function

    def admit(self, context: Context) -> None:
        for gate in self.gates:
            gate(context)

    def declare(self, name: str, *, invalid: str = "", missing: str = "", regional: bool | None = None) -> Service:
        """The one Service of that (botocore) name; several declarations may add to it."""
        found = self.setdefault(name, Service(name))
        found.invalid, found.missing = invalid or found.invalid, missing or found.missing
        found.regional = found.regional if regional is None else regional
        return found

    def added(self) -> list[tuple[str, str]]:
        """(service, operation) of every operation that is answered here rather than by moto."""
        return sorted((s.name, o) for s in self.values() for o in s.operations)


SERVICES = Services()
service = SERVICES.declare
