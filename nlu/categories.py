"""Which category the words name, as staff call the nine, and whether a matter is to be put under it: 改成小区报事."""

from __future__ import annotations

import re

from domain.reading import Category

_CATEGORY_WORDS: tuple[tuple[str, Category], ...] = (
    ("紧急|求救|急救", "emergency"),
    ("投诉|举报", "complaint"),
    ("法律|纠纷|调解类", "legal_dispute"),
    ("装修", "renovation"),
    ("治安|公共安全", "public_security"),
    ("咨询|求助|政策", "consultation"),
    ("居家|入户维修|家里维修|户内", "home_repair"),
    ("公共维修|公维|报修|公共设施|公共区域", "public_repair"),
    ("小区报事|社区上报|社区报事|小区上报|社区事务|报事|小区[里头]*的事", "community_report"),
)
_ANY_CATEGORY = "|".join(words for words, _ in _CATEGORY_WORDS)
# 不是投诉, 别按投诉办, 不属于公共区域; 是不是投诉 only asks.
_NOT_THAT = re.compile(
    r"(?<!是)(?:不|别|勿|并?非|没有?)"
    r"(?:是|算|属于?|归|按|当[成作]?|作|做|应?该|应当|能|可以|要|得|用|再|改|成|为|到|什么|一?[个件种类条])*"
    rf"(?:{_ANY_CATEGORY})(?:举报|纠纷|求助|维修|报修|类)*"
)
_KIND = r"(?:违规)?(?:装修|投诉|治安|咨询|纠纷|法律|(?:小区|社区)?报事|公共|居家|求助|紧急)"
_FILED_AS = r"[改归]" + _KIND + r"|按[^，。]{0,8}?" + _KIND + r"[^，。]{0,2}(?:走|报(?!价)|办|处理|登|算)"
_FILES_IT = re.compile(
    r"错|类别|类型|分类|改[成为到作]|归到|归为|算作|调成|划到|登成|标成|算投诉|算报事|怎么挂|改一下|" + _FILED_AS
)
_RECLASS = re.compile(
    _FILED_AS + r"|"
    r"(?:分|弄|登|选|挂|标|归|填|报)错|(?:类别|类型|分类|类目).{0,6}(?:改|换|应该|错|是)|改(?=装修|投诉|治安|咨询|纠纷|法律|报事|公共|居家|求助|紧急)|(?:改|调|换|归|"
    r"算|划)(?:成|为|到|作|做|进|入)?.{0,3}$"
    r"|(?:改|归|算|划|调整|更正|调)(?:成|为|到|作|做|进|入|在)|算(?:是)?(?=.{0,4}(?:投诉|报事|咨询|纠纷|维修))"
)
_RECLASS_TARGET = re.compile(
    r"(?:改成|改为|改(?=装修|投诉|治安|咨询|纠纷|法律|报事|公共|居家|求助|紧急)|改[到作]|归到|归为|归类|归|按|算作|算是|算|划到|划为|调成|调到|应该是|应当是|属于|是|成|为|到|"
    r"走)(?:了)?(?P<rest>[^，。；！？\s]{0,12})"
)


def category_named(text: str) -> Category | None:
    """The category that the words name, the one they change to when two are named; never one that they deny."""
    text = _NOT_THAT.sub(" ", text)
    best: tuple[int, Category] | None = None
    for match in _RECLASS_TARGET.finditer(text):
        if match.group(0)[0] in "是算" and text[max(0, match.start() - 1)] in "不":
            continue
        rest = match.group("rest")
        for words, code in _CATEGORY_WORDS:
            at = re.search(words, rest)
            if at and (best is None or match.start() >= best[0]):
                best = (match.start(), code)
                break
    if best:
        return best[1]
    for words, code in _CATEGORY_WORDS:
        if re.search(words, text):
            return code
    return None


def names_category(clause: str) -> bool:
    """The clause is about where the matter is to be filed."""
    return bool(_RECLASS.search(clause)) or re.search(_ANY_CATEGORY, clause) is not None


def reclassed(text: str) -> Category | None:
    """The category under which the words put a matter, where they say that it is to be put there."""
    if not _RECLASS.search(text) or text.rstrip().endswith(("？", "?")) or not _FILES_IT.search(text):
        return None
    return category_named(text)
