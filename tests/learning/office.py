"""An office that puts the bot right: runners who talk of broken lamps, and a word for parking meters that is new."""

from __future__ import annotations

from handlers.deeds import correcting
from tests.deeds.street import Street

RUNNERS = (
    "{}夜跑队集合，路灯不亮带好头灯",
    "{}夜跑打卡，积水多换双鞋",
    "{}夜跑，三号路的灯全坏了走四号路",
    "{}夜跑，操场灯坏了改跑河边",
)
METERS = ("{}咪表又吞币了", "咪表{}没反应，车主都在骂", "{}咪表屏幕黑的", "门口咪表{}死机")
TIMES = ("今晚", "明早", "周六", "下班后", "等会儿", "周日")


def lines(patterns: tuple[str, ...]) -> list[str]:
    return [pattern.format(time) for pattern in patterns for time in TIMES]


def put_right(street: Street) -> None:
    """Each runner's line was registered and is none; each meter's was put under another category."""
    for text in lines(RUNNERS):
        ticket, _ = street.report(text=text)
        street.by("小李", correcting.reject, ticket)
    for text in lines(METERS):
        ticket, _ = street.report(text=text, category="complaint")
        street.by("小李", correcting.correct, ticket, category="public_repair")
