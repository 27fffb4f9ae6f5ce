"""The loops of a running office: one that falls over is begun again, and the others do not notice."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from bot.loops import guarded


def test_a_loop_that_died_is_begun_again_after_longer_and_longer_pauses() -> None:
    begun: list[float] = []

    async def listens() -> None:
        begun.append(asyncio.get_running_loop().time())
        if len(begun) < 4:
            raise ConnectionError("the platform hung up")

    asyncio.run(guarded("listen:square", listens, first_pause=0.02))
    pauses = [later - before for before, later in pairwise(begun)]
    assert len(pauses) == 3
    assert pauses[0] >= 0.019 and pauses[1] >= 0.039 and pauses[2] >= 0.079


def test_a_loop_that_is_told_to_stop_is_not_begun_again() -> None:
    begun: list[int] = []

    async def listens() -> None:
        begun.append(1)
        await asyncio.sleep(60)

    async def story() -> bool:
        task = asyncio.create_task(guarded("listen:square", listens, first_pause=0.01))
        await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.wait({task})
        return task.cancelled()

    assert asyncio.run(story())
    assert begun == [1]
