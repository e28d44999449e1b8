"""Objects of moto's and ours -> bytes and back, with what Python's pickle cannot say: locks, open files, small functions."""
from __future__ import annotations

import collections
import importlib
import io
import marshal
import pickle
import tempfile
import threading
import types
import weakref
from typing import Any

LOCKS = (type(threading.Lock()), type(threading.RLock()))
FRESH = {threading.Condition: threading.Condition, threading.Event: threading.Event, threading.Semaphore: threading.Semaphore}


class Pickler(pickle.Pickler):
    def reducer_override(self, thing: Any) -> Any:
        if isinstance(thing, LOCKS):
            return (threading.RLock, ()) if isinstance(thing, LOCKS[1]) else (threading.Lock, ())
        if type(thing) in FRESH:
            return FRESH[type(thing)], ()
        if isinstance(thing, tempfile.SpooledTemporaryFile):
            return spooled, (content(thing),)
        if isinstance(thing, types.FunctionType) and ("<lambda>" in thing.__qualname__ or "<locals>" in thing.__qualname__):
            cells = tuple(c.cell_contents for c in thing.__closure__ or ())
            return function, (marshal.dumps(thing.__code__), thing.__module__, thing.__name__, thing.__defaults__, cells)
        if isinstance(thing, collections.defaultdict) and type(thing) is not collections.defaultdict:
            return bare, (type(thing), thing.default_factory), thing.__dict__, None, iter(list(thing.items()))
        if isinstance(thing, weakref.ref):
            return weak, (thing(),)
        if isinstance(thing, types.ModuleType):
            return importlib.import_module, (thing.__name__,)
        if isinstance(thing, threading.Thread):
            return type(None), ()
        return NotImplemented


def bare(kind: type, factory: Any) -> Any:
    """A dictionary of a class whose __init__ wants to be told more."""
    made = kind.__new__(kind)
    made.default_factory = factory  # type: ignore[attr-defined]
    return made


def weak(thing: Any) -> Any:
    return weakref.ref(thing) if thing is not None else lambda: None


def content(file: Any) -> bytes:
    at = file.tell()
    file.seek(0)
    data: bytes = file.read()
    file.seek(at)
    return data


def spooled(data: bytes) -> Any:
    file = tempfile.SpooledTemporaryFile(max_size=16_777_216)  # noqa: SIM115 (S3 keeps it open)
    file.write(data)
    file.seek(0)
    return file


def function(code: bytes, module: str, name: str, defaults: Any, cells: tuple[Any, ...]) -> Any:
    made = types.FunctionType(marshal.loads(code), importlib.import_module(module).__dict__, name, defaults,
                              tuple(types.CellType(c) for c in cells))
    return made


def dumps(value: Any) -> bytes:
    """Raises whatever pickle raises for what cannot be said."""
    out = io.BytesIO()
    Pickler(out, protocol=pickle.HIGHEST_PROTOCOL).dump(value)
    return out.getvalue()


def loads(data: bytes) -> Any:
    return pickle.loads(data)  # noqa: S301 (a file of the user's own, mode 0600: see state_file)
