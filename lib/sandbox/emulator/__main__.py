"""python -m emulator --port 0 [--lenient] [--plain] [--state FILE] DECLARATION.py ..."""
import sys

from .launch import main

sys.exit(main())
