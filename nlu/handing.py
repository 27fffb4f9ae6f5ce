"""A matter handed on in free words: to an office or to somebody there by name, or up to the street."""

from __future__ import annotations

import re

# What offices are called by; whatever ends as an office does is one too (文保所, 古树办, 河道所).
_BODY = (
    r"(?:城管|市政|水务|供电|燃气|热力|供热|园林|环卫|住建|城建|交警|消防|派出所|司法|民政|残联|妇联|红十字会|市监|"
    r"市场监管|文保|公路|水利|电信|移动|联通|广电|铁塔|绿化|市容|执法|民警|自来水|排水|路灯|环保|房管|渣土|村建|"
    r"医保|社保|人社|疾控|调解|厂家|售后|开发商|运营商|文旅|公交|养护|照明|法律服务)"
)
_UP = r"(?:街道|镇里?|乡里?|区里|区(?=[住城民教人卫文供水])|县里?|市里)"
_OFFICE = (
    rf"(?!{_UP})(?:[^，。的了把给我你他她再就去来]{{0,4}}?{_BODY}[^，。的了给我你他她先来去]{{0,4}}?"
    r"(?:(?:局|所|站|大?中?队)(?!长)|公司|中心|集团|窗口|办|科|室|部|口|段)?|"
    r"[^，。的了把给我你他她再就去来]{2,4}(?:(?:局|所|站|中队|大队)(?!长)|公司|集团|窗口|办|室))"
)
_TITLE = r"(?:队|工|姐|哥|科|所长|所|站长|经理|主任|警官|律师|老师|师傅|干事|会计)"
_NAME = rf"(?:[小老][一-鿿](?![子人区店家板])|[^，。你您我他她的了]{_TITLE})"
_THERE = rf"(?:的?[^，。的了]{{0,4}}?{_NAME})"
_OVER = r"(?:给|到|去|至|咗俾)*了?"
_THEY = r"[他她]们?"
_HANDS = re.compile(
    rf"(?:交(?!警)|转|推给|发给|丢给|(?<!快)递|报(?:给|到)?|拿给|移){_OVER}{_OFFICE}{_THERE}?(?=[了，。]|先|$|处理|来|去)|"
    rf"(?:交(?!警)|推|转|发|丢|(?<!快)递|报|拿|移|拍|打){_OVER}{_OFFICE}{_THERE}|"
    rf"(?:让|请|叫|喊){_OFFICE}{_THERE}|{_OFFICE}{_THERE}?(?:接手|接了|对接|接着办)|"
    rf"[这那][件事个][^，。]{{0,4}}(?:交|推|转|派|丢|归|给)给?{_THEY}(?:了|跟|管|办|$)|"
    rf"(?:往后|以后|就|由){_THEY}[^，。]{{0,2}}(?:接手|管|答复)|{_THEY}(?:来管这个|接手|接着办)|丢给{_THEY}|"
    rf"(?:转给|推给|丢给|发给|交给|归|拿给)了?{_NAME}(?:了|去|处理|办|管|跟|接|，|$)"
)
_SENDS_UP = re.compile(
    rf"打报告|写(?:了|个|份)?(?:情况|报告)|"
    rf"(?:报|(?<!快)递|交|写|往){_OVER}{_UP}[^，。]{{0,5}}(?:去|了|$|办|中队|局|要|协调|定|报|递)|"
    r"(?:村里|社区|我们|这儿)[^，。]{0,5}(?:管不动|治不了|拆不了|鉴不了|催不动|没这个本事)"
)
_OTHERS_WORD = re.compile(r"[他她]们?说|听说|什么街道|再(?:犯|有|这样)就|您|书记报|社区民警")
_RECEIVER = re.compile(rf"(?P<office>{_OFFICE})(?P<there>{_THERE}(?:[小老][一-鿿])?)?")
# What is done with it, and whatever leads up to that.
_LEAD = re.compile(
    r"^.*(?:(?<!公)交(?![警通管])|推|转|发(?!改)|丢|(?<!快)递|报|拿|移(?!动)|拍|打|让|请|叫|喊|归|找|跟|同|是|催|联系|[先已])"
    rf"{_OVER}(?=..)"
)


def hands_on(clause: str) -> bool:
    """交民政所栾姐, 这种叫调解队的张老师上门, 这事交给她, 单子报到河道所了."""
    return _HANDS.search(clause) is not None and not _OTHERS_WORD.search(clause)


def sends_up(clause: str) -> bool:
    """我打报告给街道, 已经报县里了, 这墙村里鉴不了."""
    return _SENDS_UP.search(clause) is not None and not _OTHERS_WORD.search(clause)


def receiver(text: str) -> str | None:
    """To whom a line hands something on: the office, whom it names there, and no other word of the clause."""
    best: str | None = None
    for found in _RECEIVER.finditer(text):
        who = _LEAD.sub("", found["office"]).strip() + (found["there"] or "")
        if found["there"]:
            return who
        best = best or who
    return best
