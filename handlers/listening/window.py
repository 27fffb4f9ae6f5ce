"""The scene with its lines and tickets at hand, and small questions about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta

from domain.listening import Known, Line, Scene
from nlu.matters import parts

BURST = timedelta(minutes=3)
SPELL = timedelta(minutes=12)
RATING_TIME = timedelta(hours=72)
# Good words come when they come: after the next rain, from the balcony next Sunday. What is broken by then broke anew.
PRAISE_TIME = timedelta(days=10)

SELLING = re.compile(
    r"接龙|拼(?:车|单|团|一)|团购|报名|要的(?:来|接|扣|私|留)|来的(?:扣|回|打|接)|[扣回]\s*1(?!\d)|一箱|[一\d]斤|块钱?(?:一|包)|"
    r"元(?:一|/|每)|自取|出(?:二手|一|个|闲置)|转让|现摘|"
    r"留(?:我|给我)|预定|下单|谁要|有(?:人|没有人?)要|包邮|送货上门|新鲜|缺人|缺\S{0,2}工|领(?:一|汤圆|"
    r"！|$)|记下了$|帮我带|第二份|三缺一"
)
PLUS_ONE = re.compile(
    r"^\s*(?:[+＋]\s*\d+|加\s*(?:1+|一个?)|同(?:求|问|款|感|上|病相怜)|求同|附议|一样|(?:算|加)(?:上)?(?:我|俺)(?:一[个户家])?|举手|"
    r"🙋\S{0,3}\s*同?|我也是?|我家也是|俺也一样|\+1\+1|1)\s*[！!。.~～\w]{0,2}$"
)
PLUS_LEAD = re.compile(
    r"[+＋]\s*1(?!\d)|^\s*[+＋]\s*(?:[2-9]|1\d+)(?!\d*[块元斤份箱盒])|^加(?:1(?!\d)|一个?(?=[，,。 ]))|"
    r"同求|求同|同(?:感|款)|^同(?=[^意学事时样])|附议|举手|🙋|同[一个样的]{0,3}(?:毛病|问题|情况|遭遇)|"
    r"我(?:家|这边|这里|们家?|妈家|们这)?也(?!想|要|去|不|喊|有事|来一|领|买)|"
    r"也(?:是|在漏|没(?!事|关系|什么|啥)|停|这样|坏|不(?!是|想|要|用|错|知道|晓得|会|敢|能|应|至于|好意思)|一样)|"
    r"一样的?(?:情况|问题)|俺也"
)


@dataclass(frozen=True, slots=True)
class Window:
    """Looks at one scene; cheap to make. `memo`: what was found once for all its tickets (never copied)."""

    scene: Scene
    line: Line
    tickets: dict[int, Known]
    memo: dict[str, object] = field(init=False, default_factory=dict, compare=False, repr=False)

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def story(self) -> str:
        """The line with the scraps before it that belong to its sense."""
        scraps = [old.text for old in self.scene.recent if old.id in self.scene.story]
        return "，".join([*scraps, self.line.text])

    def live(self) -> list[Known]:
        return [ticket for ticket in self.tickets.values() if ticket.status not in ("done", "closed")]

    def mine(self, ticket: Known) -> bool:
        """The speaker reported it or has the same trouble."""
        return ticket.reporter == self.line.speaker or self.line.speaker in ticket.voices

    def holds(self, ticket: Known) -> bool:
        """The speaker has it in hand, or passed it on and follows it. Tickets name the person, lines an account that
        may be bound to one."""
        if ticket.assignee is None:
            return self.follows(ticket)
        if self.line.person is not None:
            return ticket.assignee == self.line.person or self.line.person in ticket.helpers
        return ticket.assignee_name == self.line.name

    def follows(self, ticket: Known) -> bool:
        """The speaker passed it on, and nobody has taken it since."""
        return ticket.follower is not None and ticket.follower == self.line.person

    def here(self, ticket: Known) -> bool:
        """Told in this room, shown in it, or talked of in it lately."""
        return (
            ticket.group == self.line.group
            or ticket.id in self.scene.board
            or any(ticket.id in old.tickets for old in self.scene.recent)
        )

    def known(self, ids: tuple[int, ...]) -> list[Known]:
        return [self.tickets[number] for number in ids if number in self.tickets]

    def old_line(self, number: int | None) -> Line | None:
        if number is None:
            return None
        return next((line for line in reversed(self.scene.recent) if line.id == number), None)

    def own_lines(self, within: timedelta) -> list[Line]:
        """The speaker's earlier lines here, newest first."""
        since = self.line.sent_at - within
        return [old for old in reversed(self.scene.recent) if old.speaker == self.line.speaker and old.sent_at >= since]

    def lately(self, within: timedelta, most: int) -> list[Line]:
        """What was said here just before, newest first."""
        since = self.line.sent_at - within
        found: list[Line] = []
        for old in reversed(self.scene.recent):
            if old.sent_at < since or len(found) == most:
                break
            found.append(old)
        return found

    def pointed(self) -> list[Known]:
        """The tickets that the line points at by quoting a card or answering a line."""
        if self.line.quotes is not None and self.line.quotes in self.tickets:
            return [self.tickets[self.line.quotes]]
        old = self.old_line(self.line.replies_to)
        return self.known(old.tickets) if old else []


def window(scene: Scene) -> Window:
    tickets = _told_apart(sorted(scene.tickets, key=lambda t: t.id))
    return Window(scene, scene.line, {ticket.id: ticket for ticket in tickets})


def _told_apart(tickets: list[Known]) -> list[Known]:
    """Of a line that told of several matters each ticket has its own part. They opened in the order of the parts."""
    seen: set[str] = set()
    shared: set[str] = set()
    for ticket in tickets:
        words = set(ticket.texts)
        shared |= words & seen
        seen |= words
    if not shared:
        return tickets
    told = {text: parts(text) for text in shared}
    for text, pieces in told.items():
        among = [place for place, ticket in enumerate(tickets) if text in ticket.texts]
        if len(pieces) != len(among) or len(pieces) == 1:
            continue
        for place, piece in zip(among, pieces, strict=True):
            ticket = tickets[place]
            tickets[place] = replace(ticket, texts=tuple(piece if one == text else one for one in ticket.texts))
    return tickets
