"""Hypothesis spoils callbacks: their bytes, and, inside a right envelope, what they say. Small edits, so that a fault
shrinks to the one that matters."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from tests.tencent.caller import CallbackSender, sealed

Fields: TypeAlias = dict[str, Any]
# Places are fractions of the whole, so that one edit means the same for a short and a long callback.
_PLACES = st.integers(0, 9999)
_DEEP = 3000


@dataclass(frozen=True, slots=True, repr=False)
class Knock:
    """What is posted to the door. `signed`: the signature is right, by chance or since it was made for this."""

    body: bytes
    query: dict[str, str]
    signed: bool = False
    # What was spoilt, and how it reads now.
    what: str = ""
    reads: bytes = b""

    def __repr__(self) -> str:
        return f"{self.what}: {self.reads[:700]!r}"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How hypothesis shows it: as short as that."""
        printer.text(repr(self))


@dataclass(frozen=True, slots=True)
class _Edit:
    kind: Literal["change", "cut", "insert", "double"]
    place: int
    some: bytes

    def on(self, data: bytes) -> bytes:
        at = self.place * len(data) // 10_000
        end = at + len(self.some)
        match self.kind:
            case "change":
                return data[:at] + self.some + data[end:]
            case "cut":
                return data[:at] + data[end:]
            case "insert":
                return data[:at] + self.some + data[at:]
            case _:
                return data[:end] + data[at:]


_EDITS = st.lists(
    st.builds(
        _Edit,
        st.sampled_from(("change", "cut", "insert", "double")),
        _PLACES,
        st.one_of(st.binary(min_size=1, max_size=2), st.sampled_from((b"]]>", b"<!DOCTYPE a>", b"\\ud800", b"\0"))),
    ),
    min_size=1,
    max_size=3,
)
_ODD: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        (
            *("", " ", "0", "-1", "1e999", "nan", "9" * 30, "9" * 6000, "x" * 5000, "字" * 300, "a\0b", "\ud800", "😀"),
            *("]]>", "<b>", "&b;", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "../..", "http://127.0.0.1:1/", "%n", "' OR 1"),
            *(None, True, False, 0, -1, 2**63, 10**400, 1e308, [], {}, [[]], [None], {"a": {}}),
        )
    ),
    st.text(max_size=6),
    st.integers(),
)


def spoilt_outside(sender: CallbackSender, ciphertext: str) -> st.SearchStrategy[Knock]:
    """A callback whose body, ciphertext or signature is no longer what the platform made."""
    whole, told = sender.envelope(ciphertext), sender.signed(ciphertext)

    def body(edits: list[_Edit]) -> Knock:
        spoilt = _edited(whole, edits)
        return Knock(spoilt, told, ciphertext.encode() in spoilt, "body", spoilt)

    def inner(edits: list[_Edit]) -> Knock:
        other = _edited(ciphertext.encode(), edits).decode("latin-1")
        return Knock(sender.envelope(other), sender.signed(other), True, "ciphertext", other.encode())

    def signed(name: str, edits: list[_Edit]) -> Knock:
        other = _edited(told[name].encode(), edits).decode("latin-1")
        return Knock(whole, {**told, name: other}, other == told[name], name, other.encode())

    return st.one_of(
        st.builds(body, _EDITS), st.builds(inner, _EDITS), st.builds(signed, st.sampled_from(sorted(told)), _EDITS)
    )


def spoilt_inside(sender: CallbackSender, goods: list[Fields]) -> st.SearchStrategy[Knock]:
    """Rightly sealed and signed, and what is inside makes little sense: fields of other types, swapped, dropped,
    doubled or nested without end, and bytes changed on top of it."""

    @st.composite
    def made(draw: st.DrawFn) -> Knock:
        fields: Fields = json.loads(json.dumps(draw(st.sampled_from(goods))))
        for _ in range(draw(st.integers(0, 2))):
            _spoil(draw, fields)
        text = _xml(fields) if sender.form == "xml" else json.dumps(fields, ensure_ascii=draw(st.booleans()))
        if draw(st.integers(0, 9)) == 0:
            text = _nested(text, sender.form)
        plain = text.encode(errors="replace")
        if draw(st.booleans()):
            plain = _edited(plain, draw(_EDITS))
        ciphertext = sealed(plain, sender.aes_key, sender.receiver)
        return Knock(sender.envelope(ciphertext), sender.signed(ciphertext), _is_text(plain), "inside", plain)

    return made()


def _is_text(plain: bytes) -> bool:
    try:
        plain.decode()
    except UnicodeDecodeError:
        return False
    return True


def _spoil(draw: st.DrawFn, fields: Fields) -> None:
    """One change to one field somewhere in the tree."""
    within, name = draw(st.sampled_from(_named(fields)))
    match draw(st.sampled_from(("odd", "odd", "drop", "swap", "rename", "list", "wrap"))):
        case "odd":
            within[name] = draw(_ODD)
        case "drop":
            del within[name]
        case "swap":
            other, its = draw(st.sampled_from(_named(fields)))
            within[name], other[its] = json.loads(json.dumps((other[its], within[name])))
        case "rename":
            within[draw(st.sampled_from(sorted({one for _, one in _named(fields)})))] = within.pop(name)
        case "list":
            within[name] = [within[name], draw(_ODD)]
        case _:
            within[name] = {name: within[name]}


def _named(fields: Fields) -> list[tuple[Fields, str]]:
    """Every dictionary of the tree with each of its names."""
    found = [(fields, name) for name in fields] or [(fields.setdefault("nothing", {}) and fields, "nothing")]
    for value in fields.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict) and inner:
                found += _named(inner)
    return found


def _nested(text: str, form: str) -> str:
    if form == "xml":
        return text.replace("</xml>", "<a>" * _DEEP + "</a>" * _DEEP + "</xml>")
    return text.replace("}", ', "a": ' + "[" * _DEEP * 10 + "]" * _DEEP * 10 + "}", 1)


def _xml(fields: Fields) -> str:
    return f"<xml>{_element(fields)}</xml>"


def _element(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(
            f"<{name}>{_element(one)}</{name}>"
            for name, some in value.items()
            for one in (some if isinstance(some, list) else [some])
        )
    if isinstance(value, list):
        return "".join(_element(one) for one in value)
    return value if isinstance(value, str) and value.startswith("<") else escape(str(value))


def _edited(data: bytes, edits: list[_Edit]) -> bytes:
    for edit in edits:
        data = edit.on(data)
    return data
