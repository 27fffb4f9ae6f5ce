"""Another province, another town, another country: what happened there is told, not reported."""

from __future__ import annotations

_PROVINCES = (
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|"
    "台湾|内蒙古?|广西|西藏|宁夏|新疆|北京|上海|天津|重庆|香港|澳门|日本|韩国|美国|英国|印度|泰国|土耳其"
)
# Not 我在外地; followed by 一个, 某, 又: 河北一个小区, not the lamp in 河北路.
ELSEWHERE = (
    rf"(?<![在去从])(?:外省|外国|国外|外地)(?!人|车|牌|来|户|租|打|出|上)|邻[省市县]|隔壁[省市县]|(?:{_PROVINCES})省?(?:那边|那里)?"
    r"(?:有?一?[个家栋处条所户座辆]|某|又|那个|发生|出了)|[一-龥]{2}[省市县]有?一[个家栋处条所户座]"
)
