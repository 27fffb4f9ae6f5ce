"""Staff end all that they have in hand at once: 都清掉了, 两处都换了."""

from __future__ import annotations

import re

from domain.listening import Known
from handlers.listening.act_odds import names_something
from handlers.listening.window import Window
from nlu.acts import read_act
from nlu.similar import gist

# 都清掉了, 两处都换了: every one that he has in hand here, or both that there are.
_EVERY_ONE = re.compile(r"^(?:现在|已经|全|全部)?都[^，。没不先人吗?？]{1,8}了[。！!~ ]*$")
_BOTH = re.compile(r"两[个处边件头样盏台]都(?!(?:出|下|上|醒|送|救|看|记|收|登))[^，。没不先吗?？]{0,14}[了好完]")
_SEVERAL = 3


def ends_every_one(view: Window) -> list[Known]:
    """Of a line that says so, all that are done by it; an alarm is told of by itself."""
    both = bool(_BOTH.search(view.text))
    bare = bool(_EVERY_ONE.match(view.text)) and not names_something(gist(view.text))
    if (
        not (both or bare)
        or view.pointed()
        or not any(act.does == "done" for act in read_act(view.text, "grid_worker"))
    ):
        return []
    there = [one for one in view.live() if one.status != "proposed" and view.here(one)]
    meant = there if both else [one for one in there if view.holds(one)]
    fits = len(meant) == 2 if both else 2 <= len(meant) <= _SEVERAL
    return meant if fits and all(one.urgency < 3 for one in meant) else []
