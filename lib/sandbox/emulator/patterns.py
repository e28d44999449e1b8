"""A regular expression of a service model (Java's dialect) -> Python's, or None where Python cannot say it."""
from __future__ import annotations

import functools
import re

# Java's character classes as the content of a Python class.
CLASSES = {
    "L": "A-Za-z\u00aa-\u02ff\u0370-\ufdff\uff00-\uffef", "LD": r"\w", "Lu": "A-Z", "Ll": "a-z", "M": "\u0300-\u036f",
    "N": r"\d", "Nd": r"\d", "Z": r"\s", "C": "\x00-\x1f\x7f", "S": r"$+<=>^`|~", "P": r"!-#%-*,-/:-;?@\[-\]_{}",
    "IsLatin": "A-Za-z\u00c0-\u024f", "Alnum": "A-Za-z0-9", "Alpha": "A-Za-z", "Digit": "0-9", "Graph": "!-~", "Print": " -~",
    "ASCII": "\x00-\x7f", "Blank": " \t", "Space": r"\s", "Punct": r"!-/:-@\[-`{-~", "Cntrl": "\x00-\x1f\x7f",
}
NAMED = re.compile(r"\\p\{(?:Is)?(\w+)\}|\\p([LNZSPM])")
SAME_IN_PYTHON = {"z": "", "Z": "", "/": "/", "_": "_"}  # anchors at the end: fullmatch says it already


@functools.cache
def compiled(pattern: str) -> re.Pattern[str] | None:
    """Nested classes, intersections and negated properties cannot be said: then the pattern is not checked."""
    text = re.sub(r"\\x\{([0-9A-Fa-f]+)\}", lambda m: "\\U" + m[1].zfill(8), pattern)
    translated = None if "&&" in text else translate(text)
    if translated is None:
        return None
    try:
        return re.compile(translated)
    except re.error:
        return None


def translate(text: str) -> str | None:
    out, depth, at = "", 0, 0
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text):
            said = escape(text, at, inside=depth > 0)
            if said is None:
                return None
            out, at = out + said[0], at + said[1]
            continue
        depth += {"[": 1, "]": -1 if depth else 0}.get(text[at], 0)
        if depth > 1:
            return None
        out, at = out + text[at], at + 1
    return out


def escape(text: str, at: int, inside: bool) -> tuple[str, int] | None:
    """One escape: (what Python says, how many characters it was)."""
    named = NAMED.match(text, at)
    if named:
        content = CLASSES.get(named[1] or named[2])
        return None if content is None else (content if inside else f"[{content}]", len(named[0]))
    if text[at + 1] == "P":
        return None
    return SAME_IN_PYTHON.get(text[at + 1], text[at:at + 2]), 2
