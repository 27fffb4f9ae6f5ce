"""Whatever people do in whatever order: nothing breaks, the history stays whole, and the group learns no names."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.running import StorageSettings
from domain.settings import Settings
from domain.tickets import ALLOWED, STATUSES
from nlu.reader import Reader
from storage.cipher import Cipher
from storage.database import Database
from storage.tables import metadata
from tests.commands.neighbourhood import RESIDENTS, STAFF, Neighbourhood

people = st.sampled_from([*STAFF, *RESIDENTS, "小陈"])
SAID = """
接单 {n}|办结 {n} 换了灯|办结 {n}|转办 {n} 水务|转办 {n} 李明|上报 {n} 难办|备注 {n} 等配件|评价 {n} 1|评价 {n} 3 还是坏
重办 {n}|撤回 {n}|不是报事 {n}|登记 {n}|改类 {n} 投诉|改类 {n} 急3 有人受伤|改址 {n} 5-1|并单 {n} 阳光1
延期 {n} 3天 等配件|挂起 {n} 等配件|恢复 {n}|退回 {n} 不归我们|牵头 {n} 水务|客观办不了 {n} 没有办法|批准 {n}|不批准 {n}
拆单 {n} 路灯也不亮|详情 {n}|我的|帮助|1|3|好了|我来|办好了 修过了|都好|今日
"""
words = st.sampled_from([one for line in SAID.splitlines() for one in line.split("|") if one])
rooms = st.sampled_from([None, "unit", "unit-staff", "community-staff"])
steps = st.lists(
    st.tuples(people, words, st.integers(1, 3), rooms, st.booleans(), st.sampled_from([0, 0, 1, 30, 600, 3000])),
    min_size=4,
    max_size=14,
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_any_history(
    cipher: Cipher, reader: Reader, history: list[tuple[str, str, int, str | None, bool, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        own = replace(Settings(), storage=StorageSettings(url=f"sqlite:///{Path(folder) / 'any.db'}"))
        database = Database(own.storage, cipher)
        with database.engine.begin() as connection:
            metadata.create_all(connection)
        try:
            _live(Neighbourhood(database, own, reader).settle(), history)
        finally:
            database.close()


def _live(here: Neighbourhood, history: list[tuple[str, str, int, str | None, bool, int]]) -> None:
    tickets = [
        here.report(),
        here.report("老刘", "楼上漏水要我赔", private=True, category="legal_dispute"),
        here.report("小陈", "这灯一闪一闪", sure=False),
    ]
    for who, text, nth, room, presses, minutes in history:
        command = text.format(n=tickets[nth - 1].number)
        heard = here.press(who, command, room) if presses else here.say(who, command, room)
        for letter in [*heard.letters, *here.wait(minutes=minutes).letters]:
            assert letter.text.strip() and "{" not in letter.text
            if letter.to.chat == "unit":
                assert not re.search("张女士|老刘|小陈|要我赔", letter.text), letter.text
    for ticket in tickets:
        now = here.ticket(ticket)
        status = "proposed" if ticket.status == "proposed" else "open"
        for kept in here.read(lambda store, id=ticket.id: store.tickets.events(id)):  # type: ignore[misc]
            data = kept.event.data
            if "from" in data:
                assert data["from"] == status
                assert kept.event.kind not in ALLOWED or status in ALLOWED[kept.event.kind]
                status = str(data["to"])
        assert now.status == status and status in STATUSES
        assert (now.closed_at is not None) == (status in ("closed", "withdrawn", "rejected"))
