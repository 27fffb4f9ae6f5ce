"""What fails in two homes at once is not of the one: no water, backing drains, cold radiators, a dead net."""

from __future__ import annotations

import re

from domain.listening import Known, Line

# 同, +1, 我家也是, 我也没有, 俺屋里也冷, 不光你家
_HERE_TOO = re.compile(
    r"^\s*(?:同|一样|[+＋]\s*\d|1+\s*$|加[一我1])|\+1\s*$|"
    r"(?:我|俺|咱)们?(?:[家屋这]|屋里|\d+|[一二三四五六七八九十]+楼)?[^，,。！? ]{0,7}"
    r"(?:也(?!想|要|去|来(?!了)|帮|看|听|觉得|认|不[知懂会清敢]|在(?:外|上班)|刚好|遇|碰|问|劝|修好)|同[样款])|"
    r"我[^，,。！? ]{0,5}一样|不光[你我]"
)
# What comes down from the one home into the other is that home's: 怪不得我家吊灯往下淌水.
_COMES_DOWN = re.compile(r"天花板|吊顶|顶上|(?<!地)漏|[滴渗湿洇淌]|鼓|楼下|底下")
# Pipes, wires and flues of the house, which end in every home.
_OF_THE_HOUSE = re.compile(
    r"水(?!果|杯|槽|池|费|表)|龙头|暖|电|网|信号|下水|地漏|马桶|厕所|蹲坑|返|反味|臭|热水|冲凉|洗澡|气|烟|管|凉|冰|冷|黄|断|咕"
)
_NAME_ROOM = re.compile(r"(?<!\d)\d{3,4}(?!\d)")
# Whose tap or lamp it is by itself.
_HIS_OWN = re.compile(r"把手|开关|灯|窗|门|软管|水槽|台盆|插座|关不[紧死牢住]|拧不")


def fails_in_two_homes(line: Line, ticket: Known) -> bool:
    """A neighbour says that he has what was told as broken in another's home."""
    if ticket.category != "home_repair" or line.role != "resident" or line.speaker == ticket.reporter:
        return False
    words = " ".join(ticket.texts)
    room = _NAME_ROOM.search(line.name)
    if room is not None and room[0] in (ticket.where.room, *_NAME_ROOM.findall(words)):
        return False  # another of the same home
    if not _HERE_TOO.search(line.text) or _COMES_DOWN.search(line.text) or _HIS_OWN.search(words):
        return False
    return bool(_OF_THE_HOUSE.search(words))
