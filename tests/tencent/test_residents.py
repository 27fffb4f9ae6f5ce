"""What `minqing check` says of 政民沟通 and 群发: in order, or what is missing and where to mend it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.credentials import Secrets
from bot.doors import Wiring
from bot.finding import Finding
from bot.tencent.residents import (
    broadcast_misses,
    examine_broadcast,
    examine_report,
    report_misses,
    report_secret,
)
from domain.settings import Settings
from domain.wecom import Wecom
from storage.database import Database
from tests.tencent.far_end import CORP, SECRET, FarEnd
from tests.tencent.reports import Reports

SECRETS = Secrets(wecom_app_secret=SECRET)


def found(
    database: Database, examine: Callable[[Wiring], Iterator[Finding]], prepare: Callable[[FarEnd], None]
) -> list[Finding]:
    async def whole() -> list[Finding]:
        far = FarEnd()
        Reports(far)
        far.serve("externalcontact/groupchat/list", lambda _call: {"group_chat_list": []})
        prepare(far)
        await far.start()
        settings = replace(Settings(), wecom=Wecom(corp_id=CORP, api=far.address))
        wiring = Wiring(database, settings, SECRETS, lambda: datetime.now(UTC))
        try:
            return await asyncio.to_thread(lambda: list(examine(wiring)))
        finally:
            await far.stop()

    return asyncio.run(whole())


def test_all_is_in_order(database: Database) -> None:
    assert all(one.good for one in found(database, examine_report, lambda _far: None))
    assert all(one.good for one in found(database, examine_broadcast, lambda _far: None))


def test_numbers_that_wecom_does_not_publish_are_said_to_be_missing_and_what_to_enter(database: Database) -> None:
    told = [one for one in found(database, examine_report, lambda _far: None) if "is empty" in one.what]
    lists = ["solved", "urgent", "steps", "cases"]
    assert len(told) == 4 and all(f"] {name} is empty" in one.what for name, one in zip(lists, told, strict=True))
    assert all("publishes no list" in one.do and "enter" in one.do for one in told[:3])
    assert "minqing wecom cases" in told[3].do and "no ticket is closed" in told[0].what


def test_a_permission_that_was_not_granted_says_where_to_grant_it(database: Database) -> None:
    report = found(
        database, examine_report, lambda far: far.fault("report/resident/get_order_list", errcode=48002, errmsg="no")
    )[0]
    assert not report.good and "48002" in report.what and "可调用接口的应用" in report.do
    send = found(
        database, examine_broadcast, lambda far: far.fault("externalcontact/groupchat/list", errcode=60020, errmsg="no")
    )[0]
    assert not send.good and "trusted IPs" in send.what
    assert SECRET not in f"{report}{send}"


def test_without_a_corp_or_a_secret_they_do_not_start() -> None:
    assert len(list(report_misses(Settings(), Secrets()))) == 2
    assert len(list(broadcast_misses(Settings(), Secrets()))) == 2
    assert report_secret(Secrets(wecom_app_secret="a", wecom_report_secret="b")) == "b"
