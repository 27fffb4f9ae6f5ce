"""Ten thousand spoilt callbacks at each of these doors: never a 500, never a ticket, and nothing secret is said."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable

import pytest
from aiohttp import ClientSession

from domain.messages import Raw
from tests.tencent.caller import AES_KEY, TOKEN, CallbackSender, message, sealed
from tests.tencent.conftest import Play
from tests.tencent.far_end import ACCOUNT_SECRET
from tests.tencent.robot import ROBOT_KEY, ROBOT_TOKEN, Group, robot_secrets, with_robot
from tests.tencent.town import LIMIN, START, Town
from tests.tencent.wechat import MEI, Followers

SQLITE = pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
ROUNDS, AT_ONCE = 100, 100


def spoilt(some: bytes, chance: random.Random) -> bytes:
    changed = bytearray(some)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(changed))
        match chance.randrange(3):
            case 0:
                changed[place] = chance.randrange(256)
            case 1:
                del changed[place]
            case _:
                changed.insert(place, chance.randrange(256))
    return bytes(changed)


def official(town: Town) -> tuple[CallbackSender, str]:
    return Followers.of(town).door, message("text", MEI, 4242, Content="云栖里3幢2单元大门的门禁坏了")


def robot(town: Town) -> tuple[CallbackSender, str]:
    group = Group.of(town)
    told = group.callback(LIMIN, msgtype="text", text={"content": "@民情 代报 3幢2单元大门的门禁坏了"})
    return group.door, json.dumps(told, ensure_ascii=False)


@SQLITE
@pytest.mark.parametrize("door", [official, robot])
def test_spoilt_calls_do_no_harm_and_tell_no_secret(
    play: Play, capfd: pytest.CaptureFixture[str], door: Callable[[Town], tuple[CallbackSender, str]]
) -> None:
    chance = random.Random(8)

    async def story(town: Town) -> None:
        sender, good = door(town)
        there = sealed(good, sender.aes_key, sender.receiver)
        whole, told = sender.envelope(there), sender.signed(there)
        seen: set[int] = set()
        async with ClientSession() as session:

            async def knock(body: bytes, query: dict[str, str]) -> int:
                async with session.post(sender.url, data=body, params=query) as answer:
                    return answer.status

            for _ in range(ROUNDS):
                bodies = [(spoilt(whole, chance), told) for _ in range(AT_ONCE - 2)]
                inner = spoilt(there.encode(), chance).decode("latin-1")
                bodies += [(sender.envelope(inner), sender.signed(inner)), (spoilt(b"{}<xml/>", chance), {})]
                seen |= set(await asyncio.gather(*(knock(*one) for one in bodies)))
        # A change outside the ciphertext leaves the message as it was: then it is taken, once.
        assert seen <= {200, 403}
        await town.settle(60)
        assert sum(town.inbox().values()) <= 1

    play(story, changed=with_robot, secrets=robot_secrets())
    said = "".join(capfd.readouterr())
    for secret in (ACCOUNT_SECRET, TOKEN, AES_KEY, ROBOT_TOKEN, ROBOT_KEY, "response_code=", "token-1"):
        assert secret not in said


@SQLITE
@pytest.mark.parametrize(("door", "channel"), [(official, "official_account"), (robot, "wecom_aibot")])
def test_what_is_rightly_sealed_and_makes_no_sense_is_an_error_of_its_own(
    play: Play, door: Callable[[Town], tuple[CallbackSender, str]], channel: str
) -> None:
    """Spoilt inside the envelope: whatever it is, understanding it gives a message or a plain ValueError."""
    chance = random.Random(9)

    async def story(town: Town) -> None:
        _, good = door(town)
        understand = town.parts.channels[channel].to_incoming
        for _ in range(5000):
            try:
                understand(Raw(channel, "k", "c", spoilt(good.encode(), chance), START))
            except (ValueError, KeyError, TypeError, OverflowError) as error:
                assert "response_code" not in str(error)
            except Exception as error:
                assert type(error).__name__ == "ExpatError"

    play(story, changed=with_robot, secrets=robot_secrets())
