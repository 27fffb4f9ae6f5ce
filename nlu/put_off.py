"""Does a resident put his verdict off: 等下一场雨再说, 今晚听听看? Until then it is neither good nor bad."""

from __future__ import annotations

import re

_LATER = (
    r"(?:明[天早晚儿]|今[晚夜]|后天|周末|下班|放学|回[来去家]|雨后|下(?:一?[场次])?雨(?:天|了)?|过[几两]天|到时候?)"
)
_LOOKS = r"(?:看|试|听|瞧|摸|闻|走|坐|用)"
_PUTS_OFF = re.compile(
    rf"{_LATER}[^，。！ ]{{0,6}}(?:{_LOOKS}一?{_LOOKS}|再{_LOOKS}|再[说讲](?!声|谢|一声))"
    r"(?![了过]|[^，。 ]{0,4}[了过][，。 ])|"
    rf"{_LATER}[^，。 ]{{0,3}}试[。吧 ]*$|"
    r"^(?:行|好的?|嗯|那|也行)?[，, ]*(?:就|先|要|得)?看(?:明[天早晚]|今[晚夜]|后天|这[次回]能)|"
    r"(?:再|多|先)(?:看|观察|试|听|等)(?:看|试|听|等)?[上个]?[几两三一二\d](?:天|晚|夜|次|宿|周|个?(?:礼拜|星期))|"
    r"(?:再|先)观察|观察(?:观察|一下|几天|两天|一阵|一段\S{0,2})?[。吧 ]*$|"
    rf"(?:{_LOOKS}|等|过)[^，。没不]{{0,6}}再(?:说|讲|夸|评)吧?[。 ]*$|"
    r"先不(?:给分|打分|评|夸|签|急着夸)|(?:^|[，, 我])(?:先|还是)?再看看(?:吧|再说)?[。 ]*$"
)


def puts_off(text: str) -> bool:
    """He will see, hear or try first, and says what he thinks after that."""
    return bool(_PUTS_OFF.search(text))
