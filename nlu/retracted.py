"""Words that take back what was told: that it was a mistake, or that it is not so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nlu.clauses import clauses
from nlu.undone import undone

_MISTAKEN = re.compile(
    r"(?:是?[我俺咱])?(?:刚才?|前面)?(?:[说讲弄搞看听记认]错(?:地方|人)?|误[报会]|虚惊一场|大惊小怪)[了啦的啊哈]*"
)
_FILLER = re.compile(
    r"(?:真|实在)?(?:不好意思|抱歉|对不起|打扰|打搅|麻烦|谢谢|多谢|没事)(?:大家|各位|[你您]们?|师傅)?[了啦的啊哈]*"
)
_DENIED = re.compile(r"(?:没有?|不(?:再|是)?)([坏破漏滴堵停黑吵臭响卡渗裂歪冒塌断跳抖])[了啦呀啊的哈过]*$")
_WELL = re.compile(r"(?:正常|没(?:有)?(?:问题|毛病|事)|(?:是|挺|都)?好的)[了啦呀啊的哈]*$")
_FAILS = r"(?<![没不未有])"
_STANDS_BY = re.compile(
    r"(?:(?<!是)不是|没有?|别当|不算|并非|绝非|不可能)(?:是|什么|[我俺咱他她它你您]们?|人家|在){0,3}"
    r"(?:[看听说讲搞弄]错|误[报会]|虚惊|乌龙)"
)
# 不用来了？还漏着呢; 别不用来了; 不是不用修，是没人修.
_STILL_NEEDED = re.compile(
    r"还(?:在|是)?(?:漏|滴|堵|臭|黑|坏|吵|冒|渗)|(?:别|(?<!是)不是|没说|没人说|没叫|谁说|谁叫)[我你他她您]?们?(?:说|叫|都)?不用|"
    r"不用(?:来|修|管|查|看)了?(?:吗|[?？])|不用来电|不用管(?:他|她|它|别人)"
)
# 不用上门，打个电话就行: one thing is needless because another is asked for in its place, or at another time.
_NEEDLESS = re.compile(
    r"(?:不用|不必|不需要|别(?=再|来|派|修|管|麻烦)|甭)(?:再|麻烦|特[地意]|专门)*(?:你们|您|师傅|社区|物业|人)*"
    r"(?:来人|来|上门|派人?|修理?|管|跑|查|看|处理|弄|过来)*(?:师傅|人)?(?:来|上门)?了?"
)
_NOT_NOW = re.compile(
    r"(?:不用|不必|别)再?(?:今[天晚]|现在|马上|立[刻即]|这么[急快早]|急|着急|赶)|"
    r"(?:不用|不必|别)(?:来|派)(?:[这那]么多|[一两二三四几]个)"
)
_BY_HIMSELF = re.compile(
    r"(?:那|就|反正|等)*(?:我|俺|咱|邻居|老公|老婆|爱人|儿子|女儿|女婿|家里人?|朋友|亲戚|隔壁)(?!家)|.*自[己家行]"
)
_INSTEAD = re.compile(
    r"(?:打|回|发|寄|送|放|拿|给|教|告诉|指导|说|讲|联系|通知|视频|派|换|留|加|调|补|贴|一个)[^了]{0,12}"
    r"(?:(?:就|也)(?:行|可以|成|够)|就好(?!了))|"
    r"(?:先|直接|只要|只需|改[成为])[^了]{0,6}(?:打|回|发|寄|送|给|教|告诉|指导|派|换|退|处理|修|约)|"
    r"(?:换|派|安排|补|退|赔)(?!好)[^了]{1,10}(?:来|吧)$|"
    r"(?:电话|微信|视频|线上|网上)[里上中]?(?:[跟给]我)?(?:说|讲|聊|联系|沟通|指导|教|答复|回复)(?!.*[了过])|"
    r"(?:但|不过|只是|可是)是?[^了]{0,6}(?:要|得|请|希望|给|最好)(?!.*(?:谢|夸|表扬))|"
    r"(?:明[天早晚]|后天|[下中上]午|晚上|周[一二三四五六日末]|下周|改天|过[两几]天)[^了]{0,4}"
    r"(?:来|修|弄|上门)(?:$|就|也|吧|都)"
)

# 谁看见我家猫了, and then 找到了，在车底下; not 找到了请联系我, nor 漏点找到了 of what leaks.
_SOUGHT = re.compile(
    r"(?:谁|有没有人?|有人)[^，。]{0,4}(?:看见|看到|见到|见过|捡|留意)|(?:帮忙|帮我|麻烦)[^，。]{0,4}(?:找|留意)|不见了|(?<!别)丢了|"
    r"找不[到着见]|跑(?:丢|出去|掉|没影|不见)|走失|没影|谁[^，。]{0,8}(?:拿|推|骑|抱)走|拿错"
)
_BROKEN = re.compile(r"[漏堵滴渗裂]|[灯电梯门水管锁泵]了?(?:都|又|也)?(?:坏|不亮)|跳闸|停[水电]|积水")
_FOUND = re.compile(
    r"(?P<what>.*?)(?:(?:找|逮|抓|抱|捡|追)(?:到|着|住|牢|回来?)(?:了|啦|咯|哒)|(?P<back>(?:自己|又)?(?:跑|走|溜)?回来(?:了|啦))|"
    r"(?:拿|送|还|骑|推|领)回来了|还(?:给|回)我了|不(?:用)?再?(?:找|寻)(?:了|啦))"
)
_TO_OTHERS = re.compile(
    r"[吗么嘛?？]|请|联系|告诉|通知|说一声|重谢|红包|酬谢|没(?:有)?(?:找|回)|还没|如果|要是|万一|谁|监控|录像|小偷|贼|没影|"
    r"不过|但是?|可是|[骑偷]走|原因|再说"
)
# Between 猫 and 找到了, and before it.
_BESIDE = re.compile(
    r"[ ，,！!~]|谢谢|感谢|大家|各位|好[的了]|现在|刚刚?才?|终于|总算|已经?|自己|帮忙?|有人|邻居|保安|物业|师傅|"
    r"[我俺咱都就也被给在又]"
)

# 挪一下车，堵着门口, and then 挪走了，谢谢; not 柜子挪开了，师傅可以来了, nor 开走了，不过天天停.
_IN_THE_WAY = re.compile(
    r"挪|移一?下|停在|停到|停我|[堵挡占拦][着住了]?[^，。]{0,8}(?:门|道|路|车位|口|我)|[车箱架][^，。]{0,6}[堵挡占拦]"
)
_CLOGGED = re.compile(r"下水|马桶|水管|地漏|管道|污水|水槽|水池|厕所|便池|阴沟|窨井")
_MOVED = re.compile(r"(?<!没)(?<!不)(?:挪|移|开|骑|搬|拿|推)(?:走|开)(?:了|啦|哒)")
_COMES_AGAIN = re.compile(r"不过|但|可是|天天|每[天次]|老是|总是|经常|又|明[天早]|还会|还是|还有|[一另]辆|管管|可以")

# 原因找到了，是阀门坏了: known is not mended; 原因找到了，是我自己没插电 is.
_CAUSE_FOUND = re.compile(
    r"(?:原因|漏点|漏水点|故障点?|毛病|问题)[^，。！!没不]{0,3}(?:找到|查到|查出|找出|查清|弄清)|(?:找到|查到|查出|找出)(?:了)?(?:原因|漏点|问题|毛病)"
)
_HIS_OWN_DOING = re.compile(
    r"自[己家]|我(?:的|没|忘|家的?|老公|老婆|儿子|女儿)|好了|没事|不用|修好|弄好|解决|搞定|虚惊"
)


def still_needed(text: str) -> bool:
    """Whether somebody is to come all the same, or to do something else instead, whatever it sounds like."""
    if _CAUSE_FOUND.search(text) and not _HIS_OWN_DOING.search(text):
        return True
    return _STILL_NEEDED.search(text) is not None or wants_instead(text)


def wants_instead(text: str) -> bool:
    """Whether something is called needless only because another thing, or another time, will do."""
    if not _NEEDLESS.search(text):
        return False
    rests = (_NEEDLESS.sub("", one) for one in clauses(text))
    return bool(_NOT_NOW.search(text)) or any(_INSTEAD.search(one) and not _BY_HIMSELF.match(one) for one in rests)


def stands_by(text: str) -> bool:
    """不是误报, 我没看错: that it was no mistake."""
    return _STANDS_BY.search(text) is not None


def is_mistaken(text: str) -> bool:
    """Whether one of its clauses is 说错了 and the like, and nothing else."""
    return any(_MISTAKEN.fullmatch(one) for one in clauses(text))


def found_again(text: str, told: Iterable[str]) -> bool:
    """Whether what somebody asked after (`told`) is there again: nothing, or what he named, is said to be found."""
    told = tuple(told)
    if _TO_OTHERS.search(text) or not any(_SOUGHT.search(one) and not _BROKEN.search(one) for one in told):
        return False
    found = next(filter(None, (_FOUND.match(one) for one in clauses(text))), None)
    if found is None:
        return False
    what = _BESIDE.sub("", found["what"])
    # 我回来了 is he himself.
    return (not what and not (found["back"] and "我" in found["what"])) or not set("".join(told)).isdisjoint(what)


def moved_away(text: str, told: Iterable[str]) -> bool:
    """Whether what stood in somebody's way (`told`) was moved, and no more is asked for."""
    if not _MOVED.search(text) or _TO_OTHERS.search(text) or _COMES_AGAIN.search(text):
        return False
    return any(_IN_THE_WAY.search(one) and not _CLOGGED.search(one) for one in told)


def retracts(text: str, told: Iterable[str]) -> bool:
    """Whether all of it, but for what is only polite, says that it was a mistake or is not as was told."""
    said = [one for one in clauses(text) if not _FILLER.fullmatch(one)]
    return bool(said) and all(_MISTAKEN.fullmatch(one) or _is_denied(one, tuple(told)) for one in said)


def _is_denied(clause: str, told: tuple[str, ...]) -> bool:
    """What was told to be so is said not to be so (坏了 → 没坏), or to be as it should."""
    found = _DENIED.search(clause)
    if found is not None:
        return any(re.search(_FAILS + found[1], text) for text in told)
    return _WELL.search(clause) is not None or undone(clause, told)
