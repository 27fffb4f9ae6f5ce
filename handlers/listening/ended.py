"""What staff end by the words alone: an alarm that is over, and all that they have in hand at once."""

from __future__ import annotations

import re

from domain.listening import Acts, Heard, Known
from handlers.listening.act_odds import names_something
from handlers.listening.alarms import in_drill
from handlers.listening.window import Window
from nlu.acts import read_act
from nlu.similar import gist

# 都清掉了, 两处都换了: every one that he has in hand here, or both that there are.
_EVERY_ONE = re.compile(r"^(?:现在|已经|全|全部)?都[^，。没不先人吗?？]{1,8}了[。！!~ ]*$")
_BOTH = re.compile(r"两[个处边件头样盏台]都(?!(?:出|下|上|醒|送|救|看|记|收|登))[^，。没不先吗?？]{0,14}[了好完]")
_SEVERAL = 3
# 救出来了，一个老人带孙子; 油锅起火，已经扑灭了; 阀门关掉了，没味道了: the danger has an end, and nothing is
# left to be done at once. Of 54 such lines in the fitted talks 48 are the end.
_OUT = re.compile(r"(?:人|[两三四五六]个|位|母子|母女|大人|小孩|孩子)[^，。]{0,6}出来了|[救放]出来了|脱险")
_PUT_OUT = re.compile(r"扑灭|(?:火|全|^)灭了|没人受伤|没?味(?:道|儿)?(?:都|也)?(?:散|没)了|没味道?了")
_NOT_ENDED = re.compile(
    r"医|120|救护|迷糊|头晕|[背抬扶]|[等查]|消防(?:在|还)|[?？]|[吗没]$|哭|先散|抢救|上车|还[在有没]|没(?:扑|全)?灭|快要|如果|要是|谁|听说"
)
_RAGES = re.compile(r"火|烟|烧|水|塌")  # whoever is brought out of it leaves it behind


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


def out_of_danger(view: Window) -> Heard | None:
    """The only alarm that is raised here has an end, by the words alone: until then the ladder rings for it."""
    if _NOT_ENDED.search(view.text) or in_drill(view):
        return None
    raised = [one for one in view.live() if one.urgency == 3 and one.status != "proposed" and view.here(one)]
    if len(raised) != 1 or raised[0].private:
        return None
    rages = any(_RAGES.search(text) for text in raised[0].texts)
    if not (_PUT_OUT.search(view.text) or (_OUT.search(view.text) and not rages)):
        return None
    return Heard((Acts(raised[0].id, "done", note=view.text),), ("员工的话：急事过去了",))
