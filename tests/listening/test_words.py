"""The small parsers: visits, acts, the morning list's answer, likeness. Rules hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.listening import Voice
from domain.reading import Where
from domain.visits import Cared
from handlers.listening.talk_weights import BELONGING, OPENING
from handlers.texts import has
from nlu.acts import read_act
from nlu.clauses import clauses
from nlu.contacts import ContactsAnswer, parse_contacts_answer
from nlu.diary import parse_visit, parse_visits
from nlu.similar import alike, apart, gist, gist_of, strangers

CHAT = st.text(
    alphabet=st.sampled_from("我你他修好了不的门灯水电来去看走访幢单元室奶奶家厂公司123-，。！？ #@\n"), max_size=60
)
ROLES = st.sampled_from(["resident", "grid_worker", "property", "secretary", "admin"])


@pytest.mark.parametrize(
    ("text", "household", "estate", "person"),
    [
        ("#走访 3-2-402 王奶奶血压偏高", "3-2-402", None, "王奶奶"),
        ("走了鹭湾雅苑2-1-1403王桂珍家，一个人住，精神不错", "2-1-1403", "鹭湾雅苑", "王桂珍"),
        ("樟桥里4幢1单元203 蒋奶奶家，一个人住，血压药还有半个月的量", "4-1-203", "樟桥里", "蒋奶奶"),
        ("刚从1202唐奶奶屋里下来，腿肿消了点，能自己烧饭", "1202", None, "唐奶奶"),
        ("入户走访三幢二单元501李大爷，身体硬朗", "3-2-501", None, "李大爷"),
        ("5号楼2门602老两口都好，孙子放假回来了，热闹得很", "5-2-602", None, "老两口"),
        ("八栋三单元一零二，梁婶一个人带两个孙，问暑假有没有托管班", "8-3-102", None, "梁婶"),
        ("今天电话问了1-2-303刘阿姨，说腰疼好点了，不用我过去", "1-2-303", None, "刘阿姨"),
        ("12幢403室独居的唐阿公今天没应门，邻居讲去公园下棋了", "12-403", None, "唐阿公"),
        ("顺道看了看永丰村3组8号的五保户老邱，米油都有，被子厚", "3-8", "永丰村", "老邱"),
    ],
)
def test_visits_to_households(text: str, household: str, estate: str | None, person: str) -> None:
    visit = parse_visit(text)
    assert visit is not None
    assert (visit.kind, visit.household, visit.estate, visit.person) == ("resident", household, estate, person)


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("今天走企业：永茂缝纫机配件厂，26个工人，消防通道通", "永茂缝纫机配件厂"),
        ("路过 豪佳洁具 聊了几句，想招四个抛光工，缺工", "豪佳洁具"),
        ("上午在博纶印染，戴总在。货款压得多", "博纶印染"),
        ("走访了王记牛肉面，老板说房租涨了，灭火器月底到期", "王记牛肉面"),
        ("隆昌门业看过了，订单排到年底，没有什么困难", "隆昌门业"),
    ],
)
def test_visits_to_firms(text: str, firm: str) -> None:
    visit = parse_visit(text)
    assert visit is not None
    assert (visit.kind, visit.household) == ("enterprise", firm)


@pytest.mark.parametrize(
    "text",
    [
        "下午还剩旺兴电机、老六轴承没走，谁顺路帮我带两张宣传单",
        "收到",
        "电梯修好了",
        "3幢2单元402报修，水管漏了",
        "明天去3-2-402王奶奶家",
        "【通知】各网格安排走访独居老人",
        "物业公司看过了，说是主管道的问题",
        "去1502看了，是地漏堵了，在通",
        "3幢1单元502水管爆了，我在现场，师傅马上到",
        "柴火我明天喊他清走，集中堆放点在农贸市场，我去跟他说",
        "3-1的班车改到八点",
    ],
)
def test_what_is_no_visit(text: str) -> None:
    assert parse_visit(text) is None


def test_a_round_told_in_one_line_is_several_visits() -> None:
    told = parse_visits("上午跑了三户：2-1-301张大爷在家，血压正常；2-1-402没人；3-2-101李奶奶女儿回来了")
    assert [(one.household, one.person) for one in told] == [
        ("2-1-301", "张大爷"),
        ("2-1-402", None),
        ("3-2-101", "李奶奶"),
    ]
    assert "没人" in told[1].note
    assert "李奶奶" not in told[1].note


def test_a_door_named_in_passing_is_no_second_visit() -> None:
    told = parse_visits("走访3-2-402王奶奶，血压偏高，钥匙放在3-2-401")
    assert [one.household for one in told] == ["3-2-402"]


def test_a_wish_seen_to_on_the_spot_is_none() -> None:
    open_wish = parse_visit("走访3-1-201，妈妈想申请育儿补贴，问怎么领")
    settled = parse_visit("走访3-1-201，妈妈问育儿补贴怎么领，手机上当场帮她填好了，别的没有")
    assert open_wish is not None
    assert open_wish.wish
    assert settled is not None
    assert settled.wish is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("都好", ContactsAnswer(all_well=True)),
        ("全部联系过了", ContactsAnswer(all_well=True)),
        ("除了201", ContactsAnswer(all_well=True, except_for=("201",))),
        ("都好，除了3-1-201和402", ContactsAnswer(all_well=True, except_for=("3-1-201", "402"))),
        ("请假", ContactsAnswer(all_well=False, leave="")),
    ],
)
def test_answers_to_the_morning_list(text: str, answer: ContactsAnswer) -> None:
    assert parse_contacts_answer(text) == answer


CARED = (Cared("陈桂花", "陈奶奶", "3-1-201"), Cared("王秀英", "王奶奶", "3-2-402"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("都好，就201没人", ("201",)),
        ("都联系过了，陈奶奶没接电话", ("3-1-201",)),
        ("都好，除了陈奶奶", ("3-1-201",)),
        ("除了王奶奶都好", ("3-2-402",)),
        ("其他都好，402没开门", ("402",)),
        ("都联系了，王秀英电话打不通", ("3-2-402",)),
        ("都好，3-1-201明天再去", ("3-1-201",)),
        ("除了二零一", ("201",)),
        ("除了201没人接电话", ("201",)),
        ("除了陈奶奶电话打不通，其他都好", ("3-1-201",)),
        ("除了402下午再打", ("402",)),
        ("陈奶奶没接，其他都好", ("3-1-201",)),
        ("就201没人，其余都联系了", ("201",)),
    ],
)
def test_whoever_was_not_reached_is_left_out(text: str, left: tuple[str, ...]) -> None:
    assert parse_contacts_answer(text, CARED) == ContactsAnswer(all_well=True, except_for=left)


@pytest.mark.parametrize("text", ["都好，还有两户没打", "都好，就小刘没接", "其他都好"])
def test_somebody_was_not_reached_and_it_is_not_said_who(text: str) -> None:
    assert parse_contacts_answer(text, CARED) == ContactsAnswer(all_well=False, unclear=True)


@pytest.mark.parametrize(
    ("text", "left", "remark"),
    [
        ("都好，我下午去开会", (), "我下午去开会"),
        ("我下午去街道培训，都好", (), "我下午去街道培训"),
        ("除了201，我下午去开会", ("201",), "我下午去开会"),
        ("都好，3幢路灯坏了", (), "3幢路灯坏了"),
    ],
)
def test_what_he_tells_of_himself_leaves_nobody_open(text: str, left: tuple[str, ...], remark: str) -> None:
    assert parse_contacts_answer(text, CARED) == ContactsAnswer(all_well=True, except_for=left, remark=remark)


@pytest.mark.parametrize("text", ["都好，我下午再去", "都好，晚上打电话"])
def test_what_he_will_do_for_them_leaves_somebody_open(text: str) -> None:
    assert parse_contacts_answer(text, CARED) == ContactsAnswer(all_well=False, unclear=True)


@pytest.mark.parametrize("text", ["都好，没问题，谢谢", "都好 大家放心", "都好啦", "都好😊"])
def test_what_else_is_told_of_those_who_are_well(text: str) -> None:
    assert parse_contacts_answer(text, CARED) == ContactsAnswer(all_well=True)


def test_what_is_told_of_one_of_them_is_kept_with_her_door() -> None:
    said = parse_contacts_answer("都好，陈奶奶血压有点高，说头晕", CARED)
    assert said == ContactsAnswer(all_well=True, told="陈奶奶血压有点高，说头晕", told_of=("3-1-201",))


@pytest.mark.parametrize(
    "text", ["还有402王奶奶家水管坏了", "还有201漏水", "除了王奶奶家漏水，老周家也停电", "陈奶奶血压高，其他都好"]
)
def test_a_matter_told_of_one_says_nothing_of_the_others(text: str) -> None:
    assert parse_contacts_answer(text, CARED) is None


@pytest.mark.parametrize("text", ["好的", "201漏水", "都别走", "我来", "今天下雨", "都好？", "都好吗"])
def test_what_is_no_answer_to_it(text: str) -> None:
    assert parse_contacts_answer(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("1", "satisfied"), ("2", "satisfied"), ("3", "unsatisfied"), ("还没好", "unsatisfied")]
)
def test_digits_answer_the_rating(text: str, value: str) -> None:
    assert [(act.does, act.value) for act in read_act(text, "resident")] == [("rate", value)]


@pytest.mark.parametrize(
    "text",
    [
        "好了，是插头松了",
        "推上了，原来是我自己碰的",
        "我听错了，对不起",
        "真系蚊香 搞错咗",
        "我这条划掉",
        "这个不算了",
        "水来了，是阀门没开",
    ],
)
def test_whose_trouble_was_none_takes_it_back(text: str) -> None:
    assert "withdraw" in {act.does for act in read_act(text, "resident")}


@pytest.mark.parametrize(
    "text",
    [
        "你们是不是听错了", "灯亮了，是王师傅修好的，谢谢", "还没好，是你们的问题吧", "师傅来了，是不是没带工具",
        "电停了，是总闸的问题", "这个不算大事吧", "这个不算急", "两条不算什么",
    ],
)  # fmt: skip
def test_who_speaks_of_others_takes_nothing_back(text: str) -> None:
    assert "withdraw" not in {act.does for act in read_act(text, "resident")}


@given(CHAT, ROLES)
def test_any_text_is_read_without_fail(text: str, role: Voice) -> None:
    for act in read_act(text, role):
        assert act.does
        assert role != "resident" or act.does in ("rate", "withdraw")
        assert act.does != "rate" or act.value in ("satisfied", "unsatisfied")
    visit = parse_visit(text)
    assert visit is None or visit.household
    answer = parse_contacts_answer(text)
    assert answer is None or answer.all_well or answer.leave is not None or answer.unclear


@given(CHAT)
def test_clauses_keep_every_word(text: str) -> None:
    said = "".join(char for char in text if char not in "，。！；!;,\n…~～？? \t")
    kept = "".join(char for char in "".join(clauses(text)) if char not in "？? \t")
    assert kept == said


@given(st.integers(1, 99), st.integers(1, 9), st.integers(101, 3299))
def test_any_address_comes_back(building: int, unit: int, room: int) -> None:
    for text in (f"#走访 {building}-{unit}-{room} 王奶奶身体好", f"去了{building}幢{unit}单元{room}王奶奶家，身体好"):
        visit = parse_visit(text)
        assert visit is not None
        assert visit.household == f"{building}-{unit}-{room}"


@given(CHAT, CHAT)
def test_likeness_is_never_negative_and_most_with_itself(a: str, b: str) -> None:
    mine, theirs = gist(a), gist(b)
    assert 0 <= alike(mine, theirs) <= alike(mine, gist_of((a, b))) + 1e-9
    assert not strangers(mine, mine)


def test_one_thing_in_other_words() -> None:
    dark = gist("楼道里声控灯坏了")
    assert alike(dark, gist("楼梯间黑漆漆的，感应灯不亮")) > alike(dark, gist("楼道里堆了纸板"))
    assert strangers(gist("电梯坏了"), gist("快递柜打不开"))


def test_places_that_cannot_be_one() -> None:
    assert apart(Where(building="3"), Where(building="5"))
    assert not apart(Where(building="3"), Where())
    assert apart(Where(building="3", room="201"), Where(building="3", room="301"), rooms=True)
    assert not apart(Where(building="3", room="201"), Where(building="3", room="301"))


def test_every_mark_that_can_be_shown_has_words() -> None:
    marks = {*OPENING, *BELONGING} - {"bias"}
    assert sorted(mark for mark in marks if not has(f"playground.why.{mark}")) == []
