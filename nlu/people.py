"""Who is concerned: the nature of the matter, tags (涉老 涉小 涉企 …), and what must be masked before it is shown."""

from __future__ import annotations

import re

from domain.reading import Category, Nature, Personal
from nlu.sieve import Sieve

TAGS = Sieve(
    (tag, re.compile(pattern))
    for tag, pattern in (
        ("被困", r"被?困[在住了]|困人|关在(?:电梯|里面|轿厢)|出不来|卡在(?:电梯|里面)|下不来"),
        ("涉老",
            r"老人|老太|老头|老爷爷|老奶奶|奶奶|爷爷|阿婆|阿公|大爷|大妈|老伴|老年|养老|外婆|外公|老爸|老妈|"
            r"老父|老母|[七八九]十[一二三四五六七八九多几]?岁?的?(?:人|老)|独居|阿姨一个人"),
        ("独居", r"独居|一个人住|空巢|独自一人|儿女不在身边|孤寡"),
        ("涉小", r"小孩|孩子|宝宝|小朋友|娃(?!娃机)|婴儿|幼儿|学生|儿童|小宝|幼儿园|小学|未成年|中小学"),
        ("孕妇", r"孕妇|怀孕|大肚子|临产|孕晚期|羊水|待产|产妇"),
        ("涉残", r"残疾|轮椅|盲人|聋|哑|瘫|截肢|行动不便|腿脚不便|腿脚不好|残联"),
        ("病人", r"病人|透析|吸氧|氧气机|制氧|高血压|心脏病|中风|癌|瘫痪|卧床|骨折|术后|糖尿病|癫痫"),
        ("涉企",
            r"公司|企业|工厂|厂里|老板|商铺|店铺|店面|开店|餐馆|饭店|超市|个体户|营业执照|工资|欠薪|拖欠工钱|"
            r"工钱|培训班|健身房"),
        ("隐患",
            r"隐患|危险|消防通道|堵.{0,4}消防|承重|裸露|漏电|电线|窨井盖|井盖|掉下来|高空抛物|"
            r"电瓶车?.{0,8}充电|飞线|煤气|燃气|脱落|松动|砸[到伤]|触电|坠|要倒|塌"),
        ("涉水", r"停水|没水|水管|漏水|渗水|积水|水压|污水|下水"),
        ("涉电", r"停电|没电|跳闸|电线|电表|漏电|断电"),
        ("涉气", r"煤气|燃气|天然气|液化气"),
        ("动物", r"流浪狗|流浪猫|遛狗|恶犬|狗咬|大狗|蛇|马蜂"),
    )
)  # fmt: skip

_PRAISE = re.compile(r"表扬|点赞|锦旗|感谢信|好评|为.{1,8}点赞")
_SUGGEST = re.compile(
    r"建议|能不能(?:给|加|装|设|搞|增|多)|可不可以(?:加|装|设|搞|增)|希望(?:能|可以)?(?:加|装|设|增|"
    r"多)|想要一|最好(?:能|加|装)|不如|提个意见|提议|统一采购"
)
_INFORM = re.compile(
    r"举报|无证|没有?证|违法|违章|违建|偷偷|私拉|私自|私接|非法|黑车|赌博|打麻将.{0,6}抽|传销|偷排|"
    r"偷倒|卖假|过期|占道|群租|高利贷|诈骗|吸毒|嫖|卖淫"
)
_COMPLAIN = re.compile(
    r"投诉|态度|不作为|没人管|推来推去|踢皮球|乱收费|敷衍|说法|不给.{0,4}(?:说法|退|发票)|扰民|太吵|骂人|装死"
)
_ASK = re.compile(
    r"请问|咨询|怎么办理|怎么(?:办|申请|开|交|报|算|弄|填|改|领|查)|要(?:带|准备)什么|什么(?:材料|"
    r"条件|手续|流程)|哪里(?:办|交|领|可以)|去哪|能不能(?:申请|办|领)|有没有(?:补贴|政策)|合不合法|"
    r"吗[?？。 ]*$|呢[?？。 ]*$"
)

_PHONE = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?(1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}-\d{7,8})(?!\d)")
_IDENTITY = re.compile(
    r"(?<![\da-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx](?![\da-z])", re.IGNORECASE
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][a-hj-np-z][·• "
    r".-]?[a-hj-np-z0-9]{4,5}[a-hj-np-z0-9挂学警港澳](?![a-z0-9])",
    re.IGNORECASE,
)
_PERSONAL = (("id_number", _IDENTITY), ("phone", _PHONE), ("plate", _PLATE))
_FIGURES = re.compile(r"\d{4}")  # in every phone and identity number; a plate may have fewer

_BY_CATEGORY: dict[Category, Nature] = {
    "consultation": "咨询",
    "complaint": "投诉",
    "public_security": "举报",
    "community_report": "求助",
}


# Somebody's body or mind, not a flat's: 血压, 住院, 记性差; 电梯有毛病 and 路灯不好 are none of it.
_HEALTH = re.compile(
    r"血压|血糖|糖尿病|心脏病|心梗|冠心病|中风|偏瘫|瘫痪|卧床|癌|肿瘤|化疗|透析|尿毒症|手术|住院|出院|骨折|摔(?:了|伤|倒|断|一跤)|"
    r"残疾|轮椅|拐杖|失明|耳背|听不见|行动不便|腿脚不|哮喘|肺|咳|发烧|发热|感冒|看病|生病|得病|病(?:了|重|情|人|历|床|危)|"
    r"吃药|配药|药(?:吃|没|快)|体检|抑郁|精神(?:病|不|分裂|障碍)|痴呆|老年痴呆|失智|阿尔茨海默|糊涂|记性|怀孕|流产|产后|"
    r"身体(?:不|很|欠|还|越|一直)|头晕|头痛|胸闷|疼|艾滋|肝炎|乙肝|结核|吸毒|戒毒|自杀|轻生|助听器|护理床|失能|半失能"
)


def tells_of_health(text: str) -> bool:
    """Whether the words tell of how somebody is in body or mind. In doubt they do: they are only shown to fewer."""
    return _HEALTH.search(text) is not None


def tags(folded: str) -> tuple[str, ...]:
    """Who or what needs special care, in a fixed order."""
    return TAGS.found(folded)


def nature(folded: str, category: Category | None) -> Nature | None:
    """What the speaker wants: the words first, the category where they do not tell. None without a category."""
    if category is None:
        return "表扬" if _PRAISE.search(folded) else None
    if category == "emergency":
        return "求助"
    if category == "consultation":
        return "建议" if folded.startswith("建议") else "咨询"
    if _SUGGEST.search(folded):
        return "建议"
    if category in ("complaint", "public_security", "renovation"):
        if _INFORM.search(folded) or category == "public_security":
            return "举报"
        if category == "complaint" or _COMPLAIN.search(folded):
            return "投诉"
        return "咨询" if _ASK.search(folded) else "求助"
    if _COMPLAIN.search(folded) and "投诉" in folded:
        return "投诉"
    return _BY_CATEGORY.get(category, "求助")


def personal(folded: str) -> tuple[Personal, ...]:
    """Phones, identity numbers and number plates, in the order in which they stand; they never overlap."""
    found: list[Personal] = []
    taken: set[int] = set()
    for kind, pattern in _PERSONAL if _FIGURES.search(folded) else _PERSONAL[-1:]:
        for match in pattern.finditer(folded):
            span = range(match.start(), match.end())
            if taken.isdisjoint(span):
                taken.update(span)
                found.append(Personal(kind, match.start(), match.end()))  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda one: one.start))
