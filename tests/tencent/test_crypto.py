"""Envelopes: what the platform sealed is opened, what we seal the platform opens, and everything else is forged."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tencent.crypto import Envelope, Forged, Signed
from bot.tencent.parsing import cdata, fields_of
from tests.tencent.caller import AES_KEY, TOKEN, CallbackSender, opened, sealed, signature
from tests.tencent.far_end import CORP

STAMP, NONCE = "1409659813", "1372623149"
XML = Envelope(TOKEN, AES_KEY, CORP)
JSON = Envelope(TOKEN, AES_KEY, "", form="json")


def signed(ciphertext: str) -> Signed:
    return Signed(signature(TOKEN, STAMP, NONCE, ciphertext), STAMP, NONCE)


def body(ciphertext: str) -> bytes:
    return CallbackSender("", receiver=CORP).envelope(ciphertext)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_what_they_seal_we_open_and_what_we_seal_they_open(text: str) -> None:
    there = sealed(text, AES_KEY, CORP)
    assert XML.open(body(there), signed(there)).decode() == text
    bare = sealed(text, AES_KEY, "")
    assert JSON.open(json.dumps({"encrypt": bare}).encode(), signed(bare)).decode() == text

    fields = fields_of(XML.seal(text, STAMP, NONCE))
    assert opened(fields["Encrypt"], AES_KEY) == (text, CORP)
    assert fields["MsgSignature"] == signature(TOKEN, STAMP, NONCE, fields["Encrypt"])
    told = json.loads(JSON.seal(text, STAMP, NONCE))
    assert opened(told["encrypt"], AES_KEY) == (text, "")
    assert told["msgsignature"] == signature(TOKEN, STAMP, NONCE, told["encrypt"])


@pytest.mark.parametrize(
    "spoilt",
    [
        Signed("", STAMP, NONCE),
        Signed("0" * 40, STAMP, NONCE),
        Signed("签名", STAMP, NONCE),
        Signed("\ud800", STAMP, NONCE),
    ],
)
def test_a_wrong_signature_is_forged(spoilt: Signed) -> None:
    there = sealed("x", AES_KEY, CORP)
    with pytest.raises(Forged):
        XML.open(body(there), spoilt)


def test_the_signature_holds_for_its_time_and_nonce_only() -> None:
    there = sealed("x", AES_KEY, CORP)
    good = signed(there)
    for other in (Signed(good.signature, "1409659814", NONCE), Signed(good.signature, STAMP, "7")):
        with pytest.raises(Forged):
            XML.open(body(there), other)


@pytest.mark.parametrize("receiver", ["", "wwother", CORP + "x", CORP[:-1]])
def test_what_is_for_another_corp_is_forged(receiver: str) -> None:
    there = sealed("x", AES_KEY, receiver)
    with pytest.raises(Forged):
        XML.open(body(there), signed(there))


@given(
    garbage=st.one_of(st.binary(max_size=200).map(lambda some: base64.b64encode(some).decode()), st.text(max_size=80))
)
def test_garbage_that_is_signed_rightly_is_still_only_forged(garbage: str) -> None:
    try:
        wanted = signed(garbage)
    except UnicodeEncodeError:
        wanted = Signed("x", STAMP, NONCE)
    with pytest.raises(Forged):
        XML.open_text(garbage, wanted)


@given(junk=st.binary(max_size=300))
def test_any_bytes_at_the_door_are_forged(junk: bytes) -> None:
    for envelope in (XML, JSON):
        with pytest.raises(Forged):
            envelope.open(junk, Signed("a" * 40, STAMP, NONCE))


BOMB = b"""<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>"""
OUTSIDE = b"""<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><Encrypt>&x;</Encrypt></xml>"""


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE, BOMB.decode().encode("utf-16"), b"<xml>" * 2000, b"<xml><a></xml>"])
def test_bombs_and_entities_are_refused_inside_and_outside(xml: bytes) -> None:
    with pytest.raises(ValueError, match=r"document type|no XML|deep"):
        fields_of(xml)
    with pytest.raises(Forged):
        XML.open(xml, Signed("a" * 40, STAMP, NONCE))


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_nobody_ends_a_section_from_within(text: str) -> None:
    evil = f"{text}]]><MsgType>event</MsgType><![CDATA["
    fields = fields_of(f"<xml><Content>{cdata(evil)}</Content></xml>".encode())
    assert fields == {"Content": evil.strip()}


def test_nested_and_repeated_elements() -> None:
    xml = b"<xml><A>1</A><L><I><K>a</K></I><I><K>b</K></I></L><E/></xml>"
    assert fields_of(xml) == {"A": "1", "L": {"I": [{"K": "a"}, {"K": "b"}]}, "E": ""}


@pytest.mark.parametrize("key", ["", "short", "x" * 44, "密" * 43])
def test_a_key_that_is_none_is_said_so(key: str) -> None:
    with pytest.raises(ValueError, match="43 characters"):
        Envelope(TOKEN, key, CORP)
