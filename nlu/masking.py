"""Takes personal data out of a text that leaves the house: numbers, plates, rooms, and people by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

from nlu.normalize import fold
from nlu.numbers import ZH
from nlu.people import personal

MASK = "＊"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵汪毛禹狄米贝明戴宋庞熊纪舒屈项祝董梁杜"
    "阮蓝闵席季麻强贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房丁邓洪包石崔吉龚程裴陆翁曲家封段富焦侯车谷"
    "全班宫宁甘武刘景詹龙叶黎白温庄柴瞿向古易廖欧聂曾关游盖肖涂"
)
# 东方, 西门 and 南门 are surnames too, but mostly a place: 西门师傅.
_LONG_SURNAMES = (
    "欧阳|司马|上官|诸葛|尉迟|皇甫|令狐|慕容|司徒|端木|夏侯|公孙|南宫|长孙|宇文|独孤|呼延|闻人|申屠|澹台|钟离"
)
_SURNAME = rf"(?:{_LONG_SURNAMES}|[{_SURNAMES}])"
_FULL_NAME = rf"(?:(?:{_LONG_SURNAMES})[一-龥]{{1,2}}|[一-龥]{{2,3}})"
_TITLE = "女士|先生|小姐|太太|奶奶|爷爷|阿姨|大爷|大妈|叔叔|伯伯|阿婆|阿公|师傅|老师|医生|书记|主任|经理|哥|姐"
_NAMED = re.compile(
    rf"{_SURNAME}[一-龥]{{0,2}}?(?={_TITLE})"
    rf"|(?<=[老小阿]){_SURNAME}(?<![路车房石花水包毛乐常平温白黄高马云时安])"
    rf"|(?<=我叫){_FULL_NAME}|(?<=我是){_FULL_NAME}(?=[，,。 ]|$)"
)
# A bare name, as the words are cut: what is in no dictionary and begins like one. Of three characters some are in it
# (张建国). What ends so is an estate: 柳荫里.
_BARE_NAME = re.compile(rf"{_SURNAME}[一-龥]{{0,3}}(?<![苑里府庄村路桥院园湾坊镇区街巷])")
_BEHIND = re.compile(rf"(?<=.)(?:{_TITLE}|[叔伯姨婶嫂爷工家])家?$")
_RATHER_A_WORD = frozenset("路车房石花水包毛乐常平温白黄高马云时安元关谢盖戴康皮莫封梅许家宁全明")
_CALLED = re.compile(r"@[^\s@，,。:：]{1,20}")
_HOUSE_WORD = r"(?:[幢栋橦]|号楼|单元)"
_ADDRESS = r"[1-9]\d?-(?:[12]?\d-)?\d{3,4}(?![\d-])"
# A phone or the like in figures, however they are grouped; the house beside it is none of it: 138 0000 1234 3幢,
# 12-2-1102 13800001234.
_NUMBER = re.compile(
    rf"(?<![\d-]){_ADDRESS}|(?P<number>\d(?:(?:[.-]| (?!{_ADDRESS}))?\d){{6,}}(?!\d| ?{_HOUSE_WORD})|\d{{5,}})"
)
# Three or four figures are taken for a room unless they count or name something else. Behind a house they are one
# whatever follows.
_COUNTED = (
    r"[座号](?![房室机])|路(?!过)|弄|块|元(?![旦宵])|年(?![轻纪老幼])|度(?!假)|[米%]|平[方米]|公里|多[块元年度米平]"
)
_ROOM = re.compile(
    rf"(?<!\d)\d{{3,4}}(?!\d|{_HOUSE_WORD})(?:(?<=[幢栋号楼层-]\d{{3}})|(?<=[幢栋号楼层-]\d{{4}})"
    rf"|(?<=单元\d{{3}})|(?<=单元\d{{4}})|(?!{_COUNTED}))"
)
# The same spelled out: 五零一, 五百零二室.
_SPELLED = re.compile(rf"[零〇○幺一二三四五六七八九两]{{3,}}|[{ZH}]{{3,}}(?=号?[室户房])")


def masked(text: str) -> str:
    """The text of the same length with what tells of persons starred. Buildings and units stay: without them
    nobody can say where it is."""
    return "\n".join(_masked_line(line) for line in text.split("\n"))


def _masked_line(text: str) -> str:
    folded = fold(text)
    spans = [(one.start, one.end) for one in personal(folded)]
    spans += [match.span() for pattern in (_NAMED, _CALLED) for match in pattern.finditer(text)]
    spans += _bare_names(folded)
    spans += [match.span() for pattern in (_ROOM, _SPELLED) for match in pattern.finditer(folded)]
    spans += [match.span("number") for match in _NUMBER.finditer(folded) if match["number"]]
    signs = list(text)
    for start, end in spans:
        signs[start:end] = MASK * (end - start)
    return "".join(signs)


def _bare_names(folded: str) -> Iterator[tuple[int, int]]:
    """Names without a title: 找李秀英, 王娟家. Rather a thing too many than a name too few."""
    at = 0
    for word, kind in rjieba.tag(folded, True):
        name = _BEHIND.sub("", word)
        if kind.startswith("nr") and _BARE_NAME.fullmatch(name) and len(word) > 1 and _is_no_word(word):
            yield at, at + len(name)
        at += len(word)


def _is_no_word(word: str) -> bool:
    return not rjieba.has_word(word) or (len(word) == 3 and word[0] not in _RATHER_A_WORD)
