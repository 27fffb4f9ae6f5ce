"""代报 in two taps: what was said in a WeChat group is pasted, looked at, registered, and a line goes back there."""

from __future__ import annotations

import pytest

from domain.messages import Address, Incoming, Media, Outgoing, Pressed, Said, Sender
from domain.tickets import Ticket
from handlers.dispatch import handle
from tests.care.conftest import Town

WORKER = "u:limin"


def says(town: Town, text: str, *, user: str = WORKER, photos: int = 0) -> list[Outgoing]:
    name = town.do(lambda ctx: ctx.store.people.account("playground", user, "", ctx.now).name)
    key = f"{town.now.isoformat()}:{hash(text)}"
    return tell(
        town,
        Said(
            at=Address("playground", f"private:{user}"),
            id=key,
            sender=Sender(user, name),
            sent_at=town.now,
            private=True,
            text=text,
            media=tuple(Media("photo", f"post:{n}") for n in range(1, photos + 1)),
        ),
    )


def presses(town: Town, command: str, *, user: str = WORKER) -> list[Outgoing]:
    at = Address("playground", f"private:{user}")
    return tell(town, Pressed(at=at, id="p", sender=Sender(user, ""), sent_at=town.now, private=True, command=command))


def tell(town: Town, incoming: Incoming) -> list[Outgoing]:
    outgoing = town.do(lambda ctx: handle(ctx, incoming))
    town.deliver(outgoing)
    return outgoing


def tickets(town: Town) -> list[Ticket]:
    found = town.do(lambda ctx: ctx.store.tickets.in_area("/", ("open", "taken", "proposed")))
    return sorted(found, key=lambda one: one.id)


def texts_of(town: Town, ticket: Ticket) -> list[tuple[str, str]]:
    def look(ctx: object) -> list[tuple[str, str]]:
        store = ctx.store  # type: ignore[attr-defined]
        return [(line.name, line.text) for line in store.lines.many(store.tickets.lines_of(ticket.id))]

    return town.do(look)


def labels(outgoing: list[Outgoing]) -> list[str]:
    return [button.label for button in outgoing[-1].buttons]


SAID = (("王芳", "3幢2单元电梯又停了"), ("老陈", "+1，我也困在楼下上不去"), ("小钱", "谁家有多的鸡蛋"))
PASTES = {
    "phone": "\n".join(f"{name} 3月10日 上午9:0{n}\n{text}" for n, (name, text) in enumerate(SAID)),
    "computer": "\n\n".join(f"{name}:\n{text}" for name, text in SAID),
    "colon": "\n".join(f"{name}：{text}" for name, text in SAID),
    "merged forward": "云栖里业主群的聊天记录\n\n" + "\n".join(f"{name}: {text}" for name, text in SAID),
    "export": "\n".join(f"2026-03-10 09:0{n}:11 {name}\n{text}" for n, (name, text) in enumerate(SAID)),
}


@pytest.mark.parametrize("paste", PASTES.values(), ids=PASTES)
@pytest.mark.parametrize("lead", ["", "代报\n"])
def test_one_matter_with_a_voice_and_chatter_is_one_ticket_in_two_taps(town: Town, paste: str, lead: str) -> None:
    town.at("2026-03-10 10:00")
    [shown] = says(town, lead + paste)
    assert tickets(town) == []
    assert "3幢2单元电梯又停了" in shown.text and "王芳说的，另有1人也这么说" in shown.text
    assert "另外1句没算进去" in shown.text
    [button] = shown.buttons
    assert button.label == "登记"

    said = presses(town, button.command)
    [ticket] = tickets(town)
    assert (ticket.on_behalf_of, ticket.reporter_name) == ("王芳", "李敏")
    assert (ticket.where.estate, ticket.where.building, ticket.where.unit) == ("云栖里", "3", "2")
    assert ticket.category == "public_repair"
    assert texts_of(town, ticket) == [("王芳", "3幢2单元电梯又停了"), ("老陈", "+1，我也困在楼下上不去")]
    staff = next(one for one in said if one.buttons)
    assert "王芳" in staff.text and "另有1户也反映" in staff.text
    line = f"王芳，您说的云栖里3幢2单元电梯又停了，已登记（{ticket.number}）。有进展在这里回话。"
    assert said[-1].text.splitlines()[-1] == line


TWO = (
    "王芳 3月10日 上午9:02\n东门的路灯不亮了，晚上看不见\n"
    "老陈 3月10日 上午9:20\n5幢1单元门口垃圾没人清，臭死了\n"
    "王芳 3月10日 上午9:21\n已经三天了\n"
    "小钱 3月10日 上午9:25\n大家早上好"
)


def test_two_matters_are_two_tickets_by_one_more_tap(town: Town) -> None:
    [shown] = says(town.at("2026-03-10 10:00"), TWO)
    assert labels([shown]) == ["登记1", "登记2", "全部登记"]
    said = presses(town, shown.buttons[-1].command)
    first, second = tickets(town)
    assert {first.on_behalf_of, second.on_behalf_of} == {"王芳", "老陈"}
    assert first.number in said[-1].text and second.number in said[-1].text
    assert len(said[-1].text.splitlines()) == 4

    # Pressed again nothing is registered twice.
    again = presses(town, shown.buttons[0].command)
    assert "已经登记过了" in again[-1].text
    assert len(tickets(town)) == 2


def test_one_of_two_may_be_left_out(town: Town) -> None:
    [shown] = says(town.at("2026-03-10 10:00"), TWO)
    presses(town, shown.buttons[1].command)
    assert len(tickets(town)) == 1
    presses(town, shown.buttons[2].command)
    assert len(tickets(town)) == 2


def test_where_no_place_is_named_it_lies_in_the_workers_area(town: Town) -> None:
    [shown] = says(town.at("2026-03-10 10:00"), "王芳 上午9:02\n门口路灯坏了三盏，麻烦来修")
    presses(town, shown.buttons[0].command)
    [ticket] = tickets(town)
    assert ticket.where.estate == "云栖里"
    assert town.do(lambda ctx: ctx.store.areas.get(ticket.area).name) in ("云栖里", "阳光社区第一网格")


def test_what_is_registered_already_gets_another_voice(town: Town) -> None:
    [shown] = says(town.at("2026-03-10 10:00"), "王芳：3幢2单元电梯又停了")
    presses(town, shown.buttons[0].command)
    [ticket] = tickets(town)
    [shown] = says(town.at("2026-03-10 10:20"), "老周 上午10:15\n3幢2单元电梯停了，到现在没人修\n小林 上午10:16\n+1")
    assert ticket.number in shown.text
    presses(town, shown.buttons[0].command)
    [same] = tickets(town)
    assert same.id == ticket.id
    names = town.do(lambda ctx: [voice.name for voice in ctx.store.tickets.voices(ticket.id)])
    assert names == ["李敏", "老周", "小林"]


def test_talk_that_reads_like_nothing_can_still_be_registered_whole(town: Town) -> None:
    [shown] = says(town.at("2026-03-10 10:00"), "王芳 上午9:02\n那个还是老样子\n老陈 上午9:03\n是的")
    assert "没看出" in shown.text
    presses(town, shown.buttons[0].command)
    [ticket] = tickets(town)
    assert ticket.on_behalf_of == "王芳"


def test_a_photo_alone_and_a_photo_with_words(town: Town) -> None:
    [shown] = says(town.at("2026-03-10 10:00"), "", photos=1)
    assert labels([shown]) == ["登记"]
    presses(town, shown.buttons[0].command)
    [ticket] = tickets(town)
    assert town.do(lambda ctx: ctx.store.tickets.photos(ticket.id)) == 1

    says(town.at("2026-03-10 11:00"), "", photos=1)
    said = says(town.at("2026-03-10 11:01"), "代报 5幢2单元门禁坏了，微信群里说的")
    ticket = tickets(town)[-1]
    assert ticket.summary == "5幢2单元门禁坏了" and ticket.number in said[-1].text
    assert town.do(lambda ctx: ctx.store.tickets.photos(ticket.id)) == 1

    [shown] = says(town.at("2026-03-10 12:00"), "王芳：5幢1单元楼道灯坏了\n[图片]", photos=1)
    presses(town, shown.buttons[0].command)
    ticket = tickets(town)[-1]
    assert town.do(lambda ctx: ctx.store.tickets.photos(ticket.id)) == 1


def test_danger_comes_first_with_what_to_do_at_once(town: Town) -> None:
    [shown] = says(town.at("2026-03-10 10:00"), f"{TWO}\n小林 3月10日 上午9:30\n3幢2单元电梯里有人被困住了，快来人")
    assert shown.text.splitlines()[1].startswith("1. 【紧急】")
    said = presses(town, shown.buttons[0].command)
    [ticket] = tickets(town)
    assert ticket.urgency == 3
    assert "电梯困人" in said[-1].text and said[-1].text.index("电梯困人") < said[-1].text.index("小林，您说的")


def test_of_violence_at_home_nothing_is_pasted_back(town: Town) -> None:
    [shown] = says(town.at("2026-03-10 10:00"), "王芳 上午9:02\n5幢1单元那家男的又打老婆了，孩子一直哭，家暴")
    said = presses(town, shown.buttons[0].command)
    assert "别在群里回" in said[-1].text and "王芳" not in said[-1].text and "贴回" not in said[-1].text


def test_nobody_else_can_press_it_and_a_resident_is_not_asked(town: Town) -> None:
    [shown] = says(town.at("2026-03-10 10:00"), TWO)
    refused = presses(town, shown.buttons[0].command, user="u:zhouli")
    assert tickets(town) == []
    assert refused
    assert not any(one.buttons and one.buttons[0].label == "登记1" for one in says(town, TWO, user="u:zhang"))


def test_what_a_worker_writes_by_hand_is_no_paste(town: Town) -> None:
    assert says(town.at("2026-03-10 10:00"), "小周：明天上午我去看看") == []
    assert tickets(town) == []


def test_drafts_are_forgotten_like_talk(town: Town) -> None:
    [shown] = says(town.at("2026-03-10 10:00"), TWO)
    town.at("2026-03-14 10:00").do(lambda ctx: ctx.store.drafts.forget(ctx.now))
    presses(town, shown.buttons[0].command)
    assert tickets(town) == []


def test_the_worker_is_asked_to_pass_it_on_and_not_to_rate_himself(town: Town) -> None:
    [shown] = says(town.at("2026-03-10 10:00"), "王芳：3幢2单元楼道灯不亮了")
    presses(town, shown.buttons[0].command)
    [ticket] = tickets(town)
    presses(town, f"接单 {ticket.number}")
    said = presses(town, f"办结 {ticket.number} 换了灯泡")
    told = [one.text for one in said if "转告" in one.text]
    assert told and f"王芳，您说的云栖里3幢2单元楼道灯不亮的事办好了（{ticket.number}）：换了灯泡。" in told[0]
    assert not any("满意" in text for text in told)
    assert town.do(lambda ctx: ctx.store.tickets.get(ticket.id).status) == "closed"


def test_what_another_did_he_asks_the_resident_about_and_enters_it(town: Town) -> None:
    [shown] = says(town.at("2026-03-10 10:00"), "王芳：3幢2单元楼道灯不亮了")
    presses(town, shown.buttons[0].command)
    [ticket] = tickets(town)
    secretary = town.do(
        lambda ctx: next(
            account.user_id
            for post in ctx.store.people.posts_along(ctx.store.areas.get(ticket.area).path, ("secretary",))  # type: ignore[arg-type]
            for account in ctx.store.people.accounts_of(post.person)
        )
    )
    presses(town, f"接单 {ticket.number}", user=secretary)
    said = presses(town, f"办结 {ticket.number} 换了灯泡", user=secretary)
    [asked] = [one for one in said if "转告" in one.text]
    assert asked.buttons and asked.text.splitlines()[-1] == "没问到不用回。"
    said = presses(town, asked.buttons[0].command)
    assert "谢谢您跑这一趟" in said[0].text
    assert town.do(lambda ctx: ctx.store.tickets.get(ticket.id).rating) == 1
