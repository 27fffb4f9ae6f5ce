"""Plain words that do something to a ticket: a resident's 满意, 不用来了; staff's words are in staff_acts."""

from __future__ import annotations

import re

from domain.listening import Voice
from nlu.retracted import still_needed
from nlu.staff_acts import Act, staff_acts

__all__ = ["Act", "read_act"]

# It works again (推上了, 水来了); 师傅来了, 电停了 and 堵上了 tell of something else.
_BACK = r"(?:好|通|亮|热|(?<![水电气梯])停|[推合插接连拧]上|[找收拿]到|来[水电气]|[水电气]来)"
_WITHDRAW = re.compile(
    r"不用(?:再)?(?:来|修|管|查|看|派|麻烦|处理|弄)了?|别来了|别管了(?!吗)|不麻烦(?:你们|师傅)?了|(?:撤|"
    r"取消|销)(?:了|掉)?(?:吧|掉|单)|撤了撤了|销掉|撤销|取消(?:吧|报修|掉|了)?$|误会|"
    r"(?<!不是)[看听]错了|搞错[了咗]|弄错了|误报|乌龙|虚惊|(?:条|个|桩)就?(?:作废|划掉|不算[了数吧啊]*(?![^，,。！!\s]))|"
    rf"{_BACK}了[，,。！! ]*(?:原来|其实|就)?是(?!不是|否|你们|谁).{{1,10}}(?:的问题|的原因|松了|没|忘|自己|关了)|"
    r"自己(?:修|弄|搞|通|捅|换|处理|解决|找)(?:好|通|到|掉|了)|"
    r"自己就?好了|自己恢复|(?:没|没有)事了|当我没(?:说|问)|算了(?!一|算)|"
    r"(?<!是)不是(?:煤气|着火|漏水|漏气|坏了?)|原来是.{0,12}(?:忘|没插|没开|关了|自己)|(?:找到|"
    r"回来)了.{0,6}(?:不用|谢谢大家)|忽略(?:吧|我)"
)
_GOOD = re.compile(
    r"满意|可以(?:了|啦|的|$|[！!，。 ])|这(?:次|回|下)(?:可以|行|好|没话|牢|稳|修得)|(?:^|"
    r"[ 了的，])行(?:了|吧|$)|谢|感谢|辛苦|好用|不错|点个?赞|赞一个|给力|棒|(?<!天气)真好|好评|好快|"
    r"挺快|蛮快|够快|快的|"
    r"神速|[五一]百?星|满分|放心|清净|亮堂|亮(?:了|啦)|干净|顺(?:了|溜|滑)|修好|好(?:了|啦)(?!吗|没)|"
    r"效率|漂亮|厉害|有(?:水|电|气)?了$|出来了|稳的|牢(?:的|靠)|"
    r"没话(?:讲|说)|硬气|结实|看到(?:了|啦)|处理到位|通了|灵了|正常了|不(?:漏|响|滴|抖|吵|臭|叫|晃|堵|"
    r"闪|卡)了|舒服|省心|贴心|到位|👍|👌|🙏|❤|🌹|\[强\]|\[赞\]|\[鲜花\]|"
    r"\[玫瑰\]|\[抱拳\]|\[OK\]|\[ok\]|OK$|ok$|够我喘|心定|服气|解气|终于|总算|^好的?[了啦]?$|"
    r"^好[，。！ ]|还行|没问题了|好多了|(?:安静|干净|快|方便|舒服|顺)多了|很?及时|退回来了|挺好|"
    r"[oO][kK]了|恢复(?:正常)?了|收到钱|钱到了|我认|第一次$|刺眼"
)
_BAD = re.compile(
    r"没(?:有)?(?:修|弄|解决|装|换|处理|清|拆|搞|到账|通|修理)(?:好|牢|掉|干净|完)?|(?:根本|完全|"
    r"压根)(?:没|不)|哪[里儿](?:好|修|通|弄|亮)|修(?:了个|的)?(?:什么|啥|个寂寞)|白修|"
    r"又(?!快|好|亮|稳|可以)(?=.{0,8}(?:坏|停|漏|滴|堵|黑|响|打|来|开|停|没|不|弹|堆|渗|臭|吵|冒|断|掉|"
    r"卡|抖|裂|塌|闪|灭|跳))|还(?:是|在)(?!行|好|可以|要谢)(?=.{0,8}(?:黑|漏|滴|响|臭|堵|吵|不|没|渗|蹦|"
    r"坏|老样|一样|停|卡|抖|晃))|"
    r"还没好|没好|不满意|骗(?:人|鬼|我)|糊弄|敷衍|叫修好|不行啊?(?:，|$|啊)|没用|一点用|仍然?|更严重|"
    r"还严重|比之前还|一点没|没变|反弹|"
    r"没解决|谁来(?:拖|清|扫|收拾|赔)|没账|账没|不要结|不能结|照样|依旧|依然|老样子|一片没少|没装牢|"
    r"差评|没人(?:跟|管|来)"
)
_WAIT = re.compile(r"观察|再看看?|看看再|等(?:一?天|两天|下雨)|看(?:明|后|今)[天晚早]|再说|试试|\d号看|过几天|但愿")
_JOKE = re.compile(r"哈哈|[?？]$|吗$")
_DIGIT = re.compile(r"^\s*(?:回)?\s*([123１２３一二三])\s*[。.]?\s*$")


def _resident(text: str) -> tuple[Act, ...]:
    digit = _DIGIT.match(text)
    if digit:
        good = digit.group(1) not in "3３三"
        return (Act("rate", text, value="satisfied" if good else "unsatisfied", plain=False),)
    if re.fullmatch(r"\s*还?没(?:有)?(?:修|弄)?好\s*[。！!]*", text):
        return (Act("rate", text, value="unsatisfied"),)
    acts: list[Act] = []
    if _WITHDRAW.search(text) and not _BAD.search(text) and not still_needed(text):
        acts.append(Act("withdraw", text, plain=not re.search(r"算了", text)))
    if _BAD.search(text):
        acts.append(Act("rate", text, value="unsatisfied"))
    elif _GOOD.search(text) and not _WAIT.search(text):
        acts.append(Act("rate", text, value="satisfied", plain=not _JOKE.search(text)))
    return tuple(acts)


def read_act(text: str, role: Voice) -> tuple[Act, ...]:
    """What the words do, by who says them; in the order said. Nothing when they only talk."""
    text = text.strip()
    if not text:
        return ()
    return _resident(text) if role == "resident" else staff_acts(text, role in ("secretary", "admin"))
