"""Command line -> a running sandbox: moto behind the layer behind the front door."""
from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import os
import sys
import time
import warnings
from pathlib import Path
from typing import Any

ENVIRONMENT = {  # moto's own switches, set before it is imported
    "MOTO_DISABLE_GLOBAL_CORS": "true",  # web pages are refused at the door
    "MOTO_ENABLE_AMI_VALIDATION": "true",
    "MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION": "true",
    "MOTO_ENABLE_KEYPAIR_VALIDATION": "",  # it asks for a key pair of every instance, those without one included
}


def main(argv: list[str] | None = None) -> int:
    started = time.monotonic()
    args = arguments(argv)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    if not args.plain:
        os.environ.update({k: v for k, v in ENVIRONMENT.items() if k not in os.environ})
    os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")  # botocore inside moto never looks for credentials
    warnings.simplefilter("ignore")

    from . import moto_internals as moto
    from .front import FrontDoor
    from .server import Ending, listen
    file = None
    if args.plain:
        from .plain import Plain
        app, controls, counts = Plain(moto.Moto()), {}, {"operations": 0, "types": 0}
    else:
        app, controls, counts = completed(args, moto.Moto())
        if args.state:
            from .state_file import StateFile
            file = StateFile(args.state)
            counts["state"] = file.load()  # what became of it, for the ready line
    try:
        server = listen(args.host, args.port, FrontDoor(app, moto.version(), controls))
    except (OSError, ValueError) as error:
        print(json.dumps({"error": str(error)}), flush=True)
        return 2
    ending = Ending()
    os.environ["MOTO_PORT"] = str(server.port)  # moto writes its own address into some answers
    host = f"[{args.host}]" if ":" in args.host else args.host
    print(json.dumps({"ready": f"http://{host}:{server.port}", "port": server.port, "pid": os.getpid(), "version": moto.version(),
                      **counts, "seconds": round(time.monotonic() - started, 2)}), flush=True)
    ending.serve(server, file.keep() if file else None)


def declare(file: Path) -> None:
    """Runs a declaration, then its parts beside it (emulator_*.py), which it is too long without."""
    for part in (file, *sorted(file.parent.glob(f"{file.stem}_*.py"))):
        run(part)


def run(part: Path) -> None:
    """As a module: Python keeps those compiled, and compiling every lab's anew takes half as long as loading moto. Raises what the file raises."""
    spec = importlib.util.spec_from_file_location(f"declaration:{part}", part)
    assert spec and spec.loader, f"{part} is no Python file"
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


def arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="emulator", description="moto, completed by what the declarations say")
    parser.add_argument("--port", type=int, default=0, help="0 (the default) is a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--lenient", action="store_true", help="requests are not validated against the services' models")
    parser.add_argument("--plain", action="store_true", help="moto as it is: the front door only")
    parser.add_argument("--state", metavar="FILE", help="remember everything there; read it at the start")
    parser.add_argument("declarations", nargs="*", metavar="DECLARATION.py")
    return parser.parse_args(argv)


def completed(args: argparse.Namespace, behind: Any) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """(application, controls, counts) of moto with every declaration."""
    from . import base, cfn, controls, tagging, trail
    from .hasten import hasten
    from .layer import Layer
    from .services import SERVICES
    hasten()
    layer = Layer(behind, strict=not args.lenient)
    cfn.install()
    base.install(layer)
    tagging.install(layer)
    trail.install(layer)
    for file in args.declarations:
        declare(Path(file))
    return layer, controls.controls(), {"operations": len(SERVICES.added()), "types": len(cfn.declared_types())}
