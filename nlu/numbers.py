"""Numbers as people write them in addresses and times: 12, 十二, 一一零一, 壹, 廿."""

from __future__ import annotations

import re

DIGITS = {
    "零": 0, "〇": 0, "○": 0, "幺": 1, "一": 1, "壹": 1, "二": 2, "贰": 2, "两": 2, "三": 3, "叁": 3, "四": 4, "肆": 4,
    "五": 5, "伍": 5, "六": 6, "陆": 6, "七": 7, "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9,
}  # fmt: skip
ZH = "零〇○幺一壹二贰三叁四肆五伍六陆七柒八捌九玖十拾百廿"
_SAID = re.compile(f"[{ZH}]+")


def number(said: str) -> int | None:
    """The value of an Arabic or Chinese numeral (0 to 9999), None where it is not one.

    A row of Chinese digits without 十 or 百 is read digit by digit (一一零一 is 1101).
    """
    if said.isdecimal():
        return int(said) if said.isascii() else None
    if not said or any(char not in DIGITS and char not in "十拾百廿半" for char in said):
        return None
    if not any(char in "十拾百廿" for char in said):
        return int("".join(str(DIGITS[char]) for char in said if char in DIGITS) or "0")
    total, digit = 0, 0
    for char in said:
        if char == "百":
            total, digit = total + max(digit, 1) * 100, 0
        elif char in "十拾":
            total, digit = total + max(digit, 1) * 10, 0
        elif char == "廿":
            total, digit = total + 20, 0
        else:
            digit = DIGITS.get(char, 0)
    return total + digit


def in_digits(text: str) -> str:
    """The text with its Chinese numerals in digits: 三幢二单元 → 3幢2单元."""
    return _SAID.sub(lambda found: str(number(found[0])), text)
