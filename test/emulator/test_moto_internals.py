"""What the engine relies on of moto's insides: a new version of moto fails here, with a sentence, and nowhere else."""
from __future__ import annotations

import pytest
from emulator import moto_internals


def test_the_version_is_the_one_that_was_looked_at() -> None:
    assert moto_internals.version() == moto_internals.VERSION, (
        f"moto {moto_internals.version()} is installed, the engine was made for {moto_internals.VERSION}: "
        "run these tests, read what failed, then change VERSION in emulator/moto_internals.py")


@pytest.mark.parametrize("module,name,why", moto_internals.RELIED_ON, ids=lambda v: v if isinstance(v, str) else None)
def test_it_is_there(module: str, name: str, why: str) -> None:
    gone = [sentence for sentence in moto_internals.missing() if f" {module}.{name} " in sentence]
    assert not gone, gone[0]


def test_every_internal_is_named_here_and_nowhere_else() -> None:
    """The engine imports moto in a few files only; every model that declarations touch is named."""
    import pathlib
    import re
    engine = pathlib.Path(moto_internals.__file__).parent
    importing = {str(p.relative_to(engine)) for p in engine.rglob("*.py") if re.search(r"^\s*(from|import) moto\b", p.read_text(), re.MULTILINE)}
    assert importing <= {"hasten.py", "moto_internals.py", "protocol.py", "server.py", "base/aws_policies.py"}
    used = set()
    for file in [*engine.parents[2].glob("labs/*/emulator*.py"), *engine.glob("base/*.py")]:
        used |= set(re.findall(r"from (moto[\w.]*) import", file.read_text()))
    assert used <= {m for m, _, _ in moto_internals.RELIED_ON}, used - {m for m, _, _ in moto_internals.RELIED_ON}


def test_a_missing_one_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moto_internals, "RELIED_ON", (("moto.core.utils", "no_such_thing", "nothing"), ("moto.nope", "x", "nothing")))
    assert [s.split(": ")[0] for s in moto_internals.missing()] == [
        f"moto {moto_internals.VERSION} has no moto.core.utils.no_such_thing (nothing)", f"moto {moto_internals.VERSION} has no moto.nope.x (nothing)"]
