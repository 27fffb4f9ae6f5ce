"""What must be kept from the group, and from whom: abuse and self-harm, and whom a complaint is about."""

from __future__ import annotations

import re
from functools import lru_cache

from domain.reading import Category, Nature
from domain.tickets import Against
from nlu.normalize import fold
from nlu.urgency import beaten, farewell, mistreated

# Domestic violence, self-harm, abuse of the weak: SERVICE.md §2, nothing at all in the group.
_SENSITIVE = re.compile(
    r"家暴|家庭暴力|"
    r"(?:老公|丈夫|男人|男朋友|前夫|儿子|媳妇|老婆|爸|妈|爹|继父|后妈).{0,6}(?:打|揍|掐|踹)(?:我|她|他|人|孩子|小孩|老人|娃)"
    r"(?!.{0,3}(?:电话|手机|微信|视频|招呼|针|疫苗))|"
    r"打(?:老婆|孩子|小孩|老人)(?!.{0,5}(?:电话|手机|疫苗|针)|的?(?:鼓|球|牌|主意)|一样|似的)|"
    r"虐待(?![^，。！!]{0,6}(?:动物|[猫狗鸟兔鸽]))|"
    r"(?:女的|女人|女生|女孩|媳妇|老婆|老人|孩子).{0,8}(?:喊|叫)(?:着)?(?:救命|别打|不要打)|扇.{0,4}(?:耳光|巴掌)|"
    r"(?:他爸|老公|丈夫|男人|前夫|男朋友|儿子|继父).{0,3}(?:又|还|再)?动(?:起)?手(?:打|了|打人)|"
    r"(?:被|遭).{0,3}(?:性侵|猥亵|强奸|虐)|性侵|猥亵|强奸|"
    r"不想活|想不开|轻生|自杀|自残|割腕|寻死|活不下去|(?:要|想|准备)跳(?:楼(?!价)|河|桥)"
)
_MINOR = re.compile(r"孩子|小孩|娃|未成年|女儿|儿子|学生|小姑娘|小朋友|孙女|孙子|\d岁(?:的|了)?(?:女|男|孩)")

# A lamp that nobody mends is a repair first, whoever is scolded along with it: the firm must hear of it.
_WORDS_ONLY: frozenset[Category] = frozenset({"complaint", "community_report", "consultation"})
_BEHAVES = (
    r"(?:态度|骂人|骂我|凶|推来推去|踢皮球|不作为|乱收|多收|收了?.{0,6}(?:钱|费)|不给.{0,4}(?:发票|说法)|装死|敷衍|吃拿卡要|吃回扣|贪|包庇|偷懒|打人|"
    r"动手|威胁|不接电话|不理|不管事|欺负|刁难|勾结|挪用|账目)"
)
_ACCUSED: tuple[tuple[Against, re.Pattern[str]], ...] = (
    ("worker", re.compile(rf"(?:投诉|举报).{{0,4}}网格员|网格员.{{0,10}}{_BEHAVES}")),
    ("owners", re.compile(rf"(?:投诉|举报).{{0,4}}业委会|业委会.{{0,10}}{_BEHAVES}")),
    (
        "community",
        re.compile(
            r"(?:投诉|举报).{0,4}(?:社区|居委会|书记)|"
            rf"(?:居委会|社区(?:干部|的人|工作人员|书记)|书记).{{0,10}}{_BEHAVES}"
        ),
    ),
    (
        "property",
        re.compile(rf"(?:投诉|举报).{{0,4}}(?:物业|保安|保洁|门卫)|(?:物业|保安|保洁|门卫|管家).{{0,10}}{_BEHAVES}"),
    ),
)


# One line is asked about when it is heard, when it becomes a ticket, and where its place is told.
@lru_cache(maxsize=64)
def is_sensitive(text: str) -> bool:
    """Only the two named people may learn of it."""
    folded = fold(text)
    return _SENSITIVE.search(text) is not None or beaten(text) or farewell(folded) or mistreated(folded)


def concerns_minor(text: str) -> bool:
    """The law asks for a report to the police where a minor is harmed; the card says so."""
    return is_sensitive(text) and _MINOR.search(text) is not None


def accused(text: str, category: Category, nature: Nature | None) -> Against | None:
    """Whom a complaint is about, if it is about those who would handle it."""
    if category != "complaint" and (nature not in ("投诉", "举报") or category not in _WORDS_ONLY):
        return None
    return next((who for who, pattern in _ACCUSED if pattern.search(text)), None)
