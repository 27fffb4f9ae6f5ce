"""The XML and JSON of callbacks as plain dictionaries, document types and entities refused; numbers and times of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from storage.engines import storable

DEEPEST = 12
_UNKEPT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


class _Plain(TreeBuilder):
    """Builds nothing for a document type: it is refused where it begins, before any entity in it is read."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise ValueError("a document type is not accepted")


def fields_of(xml: bytes) -> dict[str, Any]:
    """What stands in the root element: texts by name, dictionaries where elements are nested, lists where a name
    comes again. ValueError where it is no such XML; always read as UTF-8, whatever it says of itself."""
    parser = XMLParser(target=_Plain(), encoding="utf-8")
    try:
        parser.feed(xml)
        root: Element = parser.close()
    except ParseError as error:
        raise ValueError(f"no XML: {error}") from None
    return _within(root, DEEPEST)


def _within(element: Element, deep: int) -> dict[str, Any]:
    if not deep:
        raise ValueError("nested too deep")
    found: dict[str, Any] = {}
    for one in element:
        name = one.tag
        value: Any = _within(one, deep - 1) if len(one) else (one.text or "").strip()
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    return found


def object_of(body: bytes) -> dict[str, Any]:
    """The JSON object of a callback; ValueError where it is none. What no database keeps in a text (NUL, half an emoji
    that somebody's keyboard left over) is taken out of it."""
    try:
        told = json.loads(body)
        found = storable(told) if _UNKEPT.search(body) else told
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(found, dict):
        raise ValueError("no callback")
    return found


def cdata(text: str) -> str:
    """A text that stays a text: what somebody wrote cannot end its section and add elements of its own."""
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def word(fields: Mapping[str, Any], name: str) -> str:
    """A text, "" where there is none."""
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def moment(fields: Mapping[str, Any], name: str = "CreateTime") -> datetime:
    """A time given in seconds; ValueError where it is none, which does not repeat what stands there."""
    try:
        return datetime.fromtimestamp(int(fields[name]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise ValueError(f"{name} is no time") from None
