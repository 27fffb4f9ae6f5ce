"""The XML of callbacks as plain dictionaries, with document types and entities refused; and numbers and times of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from xml.parsers.expat import ParserCreate

DEEPEST = 12


def fields_of(xml: bytes) -> dict[str, Any]:
    """What stands in the root element: texts by name, dictionaries where elements are nested, lists where a name
    comes again. ValueError (or expat's own error) where it is no such XML; a DOCTYPE is refused before it is read."""
    root: dict[str, Any] = {}
    open_ones: list[tuple[str, dict[str, Any], list[str]]] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        if len(open_ones) >= DEEPEST:
            raise ValueError("nested too deep")
        open_ones.append((name, {}, []))

    def text(data: str) -> None:
        open_ones[-1][2].append(data)

    def end(_name: str) -> None:
        name, inner, words = open_ones.pop()
        value: Any = inner or "".join(words).strip()
        if not open_ones:
            root.update(inner)
            return
        above = open_ones[-1][1]
        if name not in above:
            above[name] = value
        elif isinstance(above[name], list):
            above[name].append(value)
        else:
            above[name] = [above[name], value]

    def refuse(*_declared: object) -> None:
        raise ValueError("a document type is not accepted")

    parser = ParserCreate("UTF-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.Parse(xml, True)
    return root


def cdata(text: str) -> str:
    """A text that stays a text: what somebody wrote cannot end its section and add elements of its own."""
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def word(fields: dict[str, Any], name: str) -> str:
    """A text, "" where there is none."""
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def moment(fields: dict[str, Any], name: str = "CreateTime") -> datetime:
    """A time given in seconds; ValueError where it is none."""
    try:
        return datetime.fromtimestamp(int(fields[name]), UTC)
    except (KeyError, TypeError, OverflowError, OSError) as error:
        raise ValueError(f"{name} is no time") from error
