"""Plain words of staff that do something to a ticket: 我来, 修好了, 这个归水务, 报上去吧, 改成小区报事."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from domain.listening import Deed
from nlu.categories import reclassed
from nlu.clauses import clauses
from nlu.filing import refiled
from nlu.handing import hands_on, receiver, sends_up

Value: TypeAlias = Literal["satisfied", "unsatisfied"]


@dataclass(frozen=True, slots=True)
class Act:
    """Something the speaker says he does or wants done. `clause` are the words it was said in (with those that
    led up to it), by which its ticket is found; `plain` False when only the situation makes it an act."""

    does: Deed
    clause: str
    to: str | None = None
    value: Value | None = None
    plain: bool = True


_NOT_YET = re.compile(
    r"没(?!问题|事|毛病|漏|人)|还未|尚未|未(?!来)|别(?!担心)|不要|等(?!着看)|如果|要是|才能|准备|打算|"
    r"争取|明[天早晚日]|后天|下午(?!.*了)|今[天晚](?!.*[了的好])|"
    r"今[天晚](?=.{0,6}[掉好完]$)|今天[^了]*送上门|稍后|下周|下个?月|(?:周|星期|"
    r"礼拜)[一二三四五六日天](?!.*了)|月底|再(?=[来去看修补换等装加]|派|安排|观察)|约了|待|尽快|马上|"
    r"能不能|可不可以|要不要|是不是|必须|应该|得(?=[换修等先])|需要|想|会(?=[去来尽跟把再派安])|"
    r"^[去来](?!过)|正在|在(?:处理|办|协调|联系|修|弄|查|催)|在(?=[换修装弄补清查排路赶铲])|"
    r"先(?=[接用拿围贴拉关停把锁去])|早(?:跟|就)|打了"
)
_DONE_PLAIN = re.compile(
    r"(?:正常|恢复)(?:运行|使用|供应|通行|了)|已(?:经)?完成|可以(?:用|使用|走|通行|进出|上楼|乘坐|坐|"
    r"停)了|^(?:好了)?可以了$|(?:已)?和解|达成(?:一致|协议|和解)|双方(?:都)?(?:同意|签)|"
    r"(?:抓|摘|取|盖|装|放|送|运|赶|牵|带)(?:走|掉|下来|回去|回来|好)了|(?:钱|押金|款|"
    r"费用?)(?:已经?)?(?:退|还|补|结|赔)(?:给|回|清|到)?[^，。]{0,4}了|上门(?:修复|修好|换好|处理好)|"
    r"办结|完结|结掉|结案|结单|销单|闭环|(?:先|就|可以|此件|[这该][个件条单]|已|"
    r"^)[可以]*(?:办?结)了?[哈啦咯哦]?$|^结了?[哈啦咯哦]?$|搞定|解决(?:了|掉|好)|"
    r"(?:处理|修理|维修|抢修|疏通|清理|清运|更换|安装|整改|加固|维护|检修|修复|恢复|改造|拆除|回填|"
    r"加装)(?:完|好|到位|结束|完成|了|过|干净|验收|正常)|"
    r"(?:完成|结束)(?:了|维修|更换|整改|疏通)|(?:已|已经|都|全部?|也)(?:修|换|装|清|拆|补|恢复|更换|"
    r"修复|处理|解决|疏通)"
)
_DONE = re.compile(
    r"(?:修|换|装|弄|补|焊|清|拆|接|扫|铺|拖|扶|刷|喷|堵|封|运|拉|收|搬|移|抽|调|加|拧|重做|做|贴|套|钉|"
    r"剪|锯|砍|铲|挪|擦|冲|灌|垫|卡|按|架|粘|缝|"
    r"通|立|绑|掐断|锁|砌|点)(?:好|完|掉|走|上|净|干净|平|成|牢|通|正|新|紧|齐|回去|回来|起来|干|直|实|"
    r"满)(?:了|过|啦|咯|，|$)?|"
    r"(?:修|换|装|补|拆|铺|重做|打完|清|焊|扫|测|推|查)(?:了|过了|过(?!来|去)|啦|咯)(?!吗|没)|(?:换|修|"
    r"装|补)成|(?:补|贴|粉|刷|换)平|"
    r"(?:恢复|复)(?:了|正常|自动|供[水电气热]|通[行车水电])|(?:通|来|送)[水电气]了?$|(?:电|水|气|灯|"
    r"网)(?:也|都|已经|又)?(?:来|亮|通|有|好)(?:了|啦)|(?:点|上|加|缠|打|涂|抹|喷|撒|"
    r"套)了(?:点)?[一-鿿]{1,6}$|[换修装补调点上加](?:了|完)[一-鿿]{1,8}$|"
    r"(?:^|[^不])亮(?:了|啦)|好(?:了|啦|咯)(?!吗|没|的话|多)|(?:^|[^不没])通了|到账|批(?:下来|回来|了)|"
    r"谈(?:妥|成|拢|好)|"
    r"(?:书|字|协议|合同|承诺书).{0,4}签|签(?:了|好|完)(?:字|协议|书)?|解除了?|没事(?:了|啦)|"
    r"安全(?:了|着|的)?$|(?:闸|开关)[^，。没不]{0,3}[推合送扳]上?(?:去|来|好)?了|平安(?:了|$)|已(?:经)?[一-鿿]{1,3}(?:回|完|好|掉|清|净)|(?:领|抱|送)(?:下|"
    r"回)(?:来|去|家)?了|被?(?:赶|劝|带)走了|找到(?:了|，|$)|人没事|测(?:了|过).{0,4}(?:零|正常|没)|"
    r"归零|"
    r"(?:火|水|烟)(?:被.{0,3})?(?:扑|退|灭|抽|关)(?:灭|了|干)+|灭了|关小了|停(?:了|下来了|工了)|撤(?:了|"
    r"走)|退(?:了|还|回)|赔(?:了|好|付)|发(?:到位|下去了|放了)|"
    r"认证过|办(?:好|完|妥|下来)|交到.{0,8}手里|到手|道歉了|收走|开走|挪走|清走|运走|拉走|拖走|审核通过|"
    r"验收过|合格|重新(?:铺|拉|做|换|装|接|埋|砌)(?:了|好|过)|"
    r"(?:昨晚|今早|上午|刚才|刚刚|已经|下午).{0,3}(?:换|修|装|弄|补)的$|[换补].{1,8}(?:成|上|掉|了)$|"
    r"修(?!打).{1,6}(?:上|了)$|(?:加|装|打|贴|铺|撒|盖|涂|抹|打完|套)(?:了|好|上|完).{1,8}$|"
    r"(?:回复|答复)了?[:：]|可免费|开(?:了|通了)$|处罚|罚款$|罚了|约定|责令|调解(?:了|成|好)|协商好|"
    r"抓(?:到|住|获)了|(?:退|赔)[一二三四五六七八九十百千\d]"
)
_ORGAN = (
    r"(?:水务|供电|电力|燃气|城管|市政|物业|园林|环卫|交警|公路|住建|消防|排水|路灯|自来水|民政|社保|"
    r"人社|医保|电信|移动|联通|铁塔|派出|调委|司法|妇联|残联|执法|综治|"
    r"信访|市监|市场监管|劳动监察|卫生|疾控|工程|环境|养护|水厂|水利|应急|街道|社区|房管|规划|资规|教育|"
    r"邮政|公安|物管|维保|电梯|运营)"
)
_TRANSFER = re.compile(
    r"(?:转交(?!警)|转派(?!出所)|转办|转达|转给|转到|转(?!达|告|发|店|走|动|账|你|圈|个|了一|身|过|一|"
    r"[弯头角])|移交|移送|移给|交办|交给|派给|派单给?|推给|推送给?|甩给|报给|递给|分给|反馈给?|发给(?="
    + _ORGAN
    + r"|(?:街道|社区|区里|镇里))|"
    r"报(?="
    + _ORGAN
    + r"[^，。\s]{0,4}(?:所|局|队|公司|站|中心|组|部|派)))(?:了|到|给)?(?P<a>[^，。；！？,\s了]{2,10})"
    r"|(?:归|属于|(?<!不)是)(?P<b>[^，。；！？,\s的我你他它]{2,8}?)(?:管的|管$|负责|的活|的事(?=$|"
    r"[，。])|的范围)|^(?P<h>" + _ORGAN + r"[一-鿿]{0,3}?)的(?:活|事|范围)"
    r"|归(?P<c>" + _ORGAN + r"[^，。；！？,\s管]{0,4}|[一-鿿]{1,4}(?:局|站|所|队|公司|中心))"
    r"|(?:这[个件种]|该|那[个件]|得|要)找(?P<i>" + _ORGAN + r"[^，。；！？,\s]{0,4})$"
    r"|(?P<d>让|叫|请|喊|通知|联系)(?P<e>"
    + _ORGAN
    + r"[一-鿿]{0,3}?(?:局|所|队|公司|部门|中队|大队|部|组|站|中心)?)(?=打|派|来|去|处理|跟进|换|修|清|"
    r"解决|$|那边|接)"
    r"|(?:直接)?交(?P<f>"
    + _ORGAN
    + r"[^，。；！？,\s了]{0,3})|(?P<g>"
    + _ORGAN
    + r"[一-鿿]{0,3}?)(?:到现场|后面|以后)?接(?:着|手)(?:管|办|处理)?"
    r"|(?P<j>"
    + _ORGAN
    + r"[一-鿿]{0,2}?)那边(?:我|已经|也)?(?:转|推|报|递|交)(?:过去)?了|(?:材料|单子|单|工单|件)?(?:我|"
    r"已经|已)?(?:递|推|转|移|派)(?:过去|出去)(?:了|$)|已经?转了?$"
)
_LEADS = re.compile(r"^(?:给|到|了|是|请|去)+")
_TAILS = re.compile(
    r"(?:了|来|去|吧|哈|啦|处理|跟进|(?<!城)管|派单?|派车|登记|看看|那边|盯|换|修|清运|先|报|查|在|先停工|出面|"
    r"协调)+$"
)
_ESCALATE = re.compile(
    r"上报|往上(?:报|反映|递|交)|[报交递呈]上去|往(?:街道|镇里?|区里?|上头|上面)[^，。；\s]{0,2}(?:递|报|交|反映)|"
    r"给[^，。；\s]{0,2}(?:书记|主任)了|我?做不了主|我报(?:区|县|市)[^，。；\s]{2,4}$|"
    r"报到(?:街道|镇|区|社区|上面|上级)|报(?:给)?(?:社区|街道|镇里|"
    r"区里)(?:$|[，。 ]|协调|处理|出面|了)|(?:向|跟|和|找|给)(?:街道|社区|书记|主任|领导|上级|"
    r"镇里)(?:反映|汇报|请示|报告)|提交(?:给)?(?:社区|街道|上级)|(?:需要?|要|得)(?:社区|街道|书记|主任|"
    r"领导|镇里)(?:出面|协调|支持|来协调)|升级到|超出\S{0,6}权限|报(?:街道|镇里|镇上|区里|乡里|"
    r"市里|社区主任|上级|领导)|"
    r"(?:报给|请示|汇报给?|交给?|请|报)[^，。；\s]{0,6}(?:书记|主任|领导|镇长|分管)(?:了|出面|来|协调|去|那|处理)*|"
    r"(?:我|社区|村里|网格|这边|这级|我们)[^，。；\s]{0,6}(?:弄不动|弄不了|办不了|办不下来|解决不了|"
    r"压不住|定不下来|处理不了|协调不了|搞不定)|提级|升级处理|请(?:街道|镇里|镇上|区里|上面)(?:领导|"
    r"出面|协调|来协调|帮|支持|派)"
)
_CLAIM_PLAIN = re.compile(
    r"接单|我(?:也|都|先)?来(?!晚|过|问)|我接(?!了个|到电话)|接了|我去(?!年)|我跟(?!.{0,6}说好)|归我|我盯|我牵头|"
    r"牵头|我受理|受理|接手|接下来|我负责|我处理|我对接|我这就|我马上|我现在|"
    r"(?:我|这边|先|都)?记(?:下|了|上)|登记了|记录了|^收$|收到|马上(?:去|来|过|到|联系|安排|派|处理|断|"
    r"看)|这就(?:去|来|过)|安排(?:了|人|上|师傅|一)|"
    r"(?:我|先|已|已经)(?:联系|通知|派|安排|叫|喊|请|问|找|让|带|查|调)|镇里接|所里接|我们接"
)
_CLAIM_LOOSE = re.compile(
    r"我(?!家|妈|爸|也|觉得|看不|以为)|师傅|派|叫|喊|让|请|过去|过来|上门|去查|去看|去拆|在路上|在跑|"
    r"人到|人在|来了|明天|明早|下午|今晚|下班前|马上|打了|打过|拉绳|围|关总|"
    r"总闸|断电|拉闸|先拉|厂家|维保|抢修|联系|安排|处理|跑|守在|出发|分钟到|带人|就来|会来|说话|陪着"
)
_NOT_THEIRS = re.compile(r"(?:不|别)(?:是|归|属于|转|推|报)")
_MADE_SAFE = re.compile(
    r"闸(?:已经?)?(?:拉|关|断)|拉(?:了|掉)?(?:总|电)?闸|断电|停用|关(?:了|掉|上)?(?:总)?阀|阀.{0,4}关|"
    r"锁(?:掉|了)(?:梯|电梯)|送厂|人(?:被)?(?:扶|带|劝)走|扶走"
)
_NO_DEED = re.compile(
    r"注意(?:安全|脚下)|提前储|大家(?:注意|小心|提前|早点)|请(?:各位|大家|业主|住户|居民)|截止|欢迎|温馨提示|"
    r"先登|登上|改过来|改好了?$|应该的|辛苦|谢谢|查过了$|人出来|出来[一两]个"
)
_PRAISES = re.compile(
    r"(?:替|代)[^，。]{1,4}(?:给|打)个?(?:好评|五星|满分)|(?:给|打)个?好评|(?:企业|他们|老板|阿婆|"
    r"奶奶)[^，。]{0,4}(?:很|特别|非常)?满意"
)
_ASK = re.compile(
    r"[?？吗呢没]\s*$|要不要|能不能|(?:^|[^这那])是不是|几幢|几单元|哪里|哪个|哪一?[幢栋楼层座条棵扇]|"
    r"谁家|什么时候|多少"
)


def _department(found: re.Match[str], before: str) -> str | None:
    """The department named in the clause, or in the one before it ("供电局的活，推过去了")."""
    for name in ("a", "b", "h", "c", "i", "e", "f", "g", "j"):
        words = found.group(name)
        if words:
            return _TAILS.sub("", _LEADS.sub("", words)) or words
    named = re.findall(_ORGAN + r"(?:局|所|队|公司|站|中心|大队|中队|养护所)?", before)
    return named[-1] if named else None


_TO_ONESELF = re.compile(
    r"^(?:这[个件事]{0,2}|那[个件事]{0,2}|都|就|先|放心)?(?:交|转|移|派|递)给(?:我|咱|俺)们?(?:吧|来|处理|办|弄|这边)?[了啦]?$"
)


def to_oneself(text: str) -> bool:
    """交给我, 转给我们: whoever asks for it takes it."""
    return _TO_ONESELF.search(text.strip("，。！!. ")) is not None


def department_named(text: str) -> str | None:
    """The department to which the words hand something on."""
    if hands_on(text) and (to := receiver(text)):
        return to
    found = _TRANSFER.search(text)
    if found is not None:
        return _department(found, text)
    named = re.findall(_ORGAN + r"(?:局|所|队|公司|站|中心|大队|中队|养护所)?", text)
    return named[-1] if named else None


@lru_cache(maxsize=4096)
def staff_acts(text: str, office: bool) -> tuple[Act, ...]:
    kind = reclassed(text) or refiled(text)
    if kind:
        return (Act("correct_category", text, to=kind),)
    acts: list[Act] = []
    lead: list[str] = []
    for clause in clauses(text):
        act = _staff_clause(clause, "，".join([*(a.clause for a in acts), *lead]), office)
        if act is None:
            lead.append(clause)
            continue
        acts.append(replace(act, clause="，".join([*lead, clause])))
        lead = []
    if lead and len(acts) == 1:
        acts[0] = replace(acts[0], clause="，".join([acts[0].clause, *lead]))
    return tuple(acts)


def _staff_clause(clause: str, before: str, office: bool) -> Act | None:
    asks = bool(_ASK.search(clause))
    if asks or _NO_DEED.search(clause):
        return None
    if _ESCALATE.search(clause) or sends_up(clause):
        return Act("escalate", clause)
    transfer = None if _NOT_THEIRS.search(clause) else _TRANSFER.search(clause)
    if to_oneself(clause):
        return Act("claim", clause, plain=True)
    if transfer is not None:
        asked = transfer.group("d")
        if asked is None or (office and asked in "让叫通知"):
            return Act("transfer", clause, to=_department(transfer, before), plain=asked is None)
        return Act("claim", clause, to=_department(transfer, before), plain=False)
    if hands_on(clause):
        return Act("transfer", clause, to=receiver(clause) or receiver(before))
    if not _NOT_YET.search(clause) and not _MADE_SAFE.search(clause):
        if _DONE_PLAIN.search(clause):
            return Act("done", clause)
        if _DONE.search(clause):
            return Act("done", clause, plain=bool(re.search(r"[了好完掉]", clause)))
    if _CLAIM_PLAIN.search(clause):
        return Act("claim", clause)
    if _CLAIM_LOOSE.search(clause):
        return Act("claim", clause, plain=False)
    if _PRAISES.search(clause):
        return Act("rate", clause, value="satisfied", plain=False)
    return None
