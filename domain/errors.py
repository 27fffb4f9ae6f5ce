"""The three ways in which things go wrong on purpose; anything else raised is a bug."""

from __future__ import annotations

from collections.abc import Sequence


class Refused(Exception):
    """A person asked for something that cannot be done. `key` names the text (handlers/texts) that
    tells him so, `params` fill it in; nothing was changed."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params

    def __str__(self) -> str:
        return self.key


class SendFailed(Exception):
    """A channel could not deliver. `permanent`: never try again; `barred`: and nothing else there either, for the
    platform says plainly that the room is gone, or that we are out of it; `retry_after` seconds to wait, where it says
    so; `unknown`: it may have arrived all the same (a time-out after the request went out)."""

    def __init__(
        self,
        why: str = "",
        *,
        permanent: bool = False,
        barred: bool = False,
        retry_after: float | None = None,
        unknown: bool = False,
    ) -> None:
        super().__init__(why)
        self.why = why
        self.permanent = permanent or barred
        self.barred = barred
        self.retry_after = retry_after
        self.unknown = unknown

    def after(self, said: int) -> SendFailed:
        """What it means for a letter of which so many pieces stand already: from the first one on being told to wait is
        a try like any other. The letter is said again from its beginning, since half a list that nobody knows to be
        half is worse than a piece that stands there twice; but it must not be begun again without end."""
        if not said:
            return self
        return SendFailed(self.why, permanent=self.permanent, barred=self.barred, unknown=self.unknown)


class BadConfig(Exception):
    """A setting is wrong: where it stands (a file or the environment), its key, what is wrong with it,
    and what is allowed."""

    def __init__(self, file: str, key: str, what: str, allowed: Sequence[str] | str = ()) -> None:
        self.file = file
        self.key = key
        self.what = what
        self.allowed = (allowed,) if isinstance(allowed, str) else tuple(allowed)
        super().__init__(file, key, what, self.allowed)

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}: " if self.key else f"{self.file}: "
        return where + self.what + (f" (allowed: {', '.join(self.allowed)})" if self.allowed else "")


# What the rules in domain/ themselves refuse, and the parameters that each text gets.
REFUSALS: dict[str, tuple[str, ...]] = {
    "refused.not_now": ("number", "status", "does"),
    "refused.taken_by_other": ("number", "assignee"),
    "refused.already_yours": ("number",),
    "refused.already_there": ("number", "tier"),
    "refused.top_tier": ("number",),
    "refused.only_upward": ("number", "tier"),
    "refused.not_done_yet": ("number",),
    "refused.already_rated": ("number",),
    "refused.rating_1_to_3": ("number",),
    "refused.urgency_1_to_3": ("number",),
    "refused.lower_needs_reason": ("number",),
    "refused.needs_result": ("number",),
    "refused.needs_reason": ("number",),
    "refused.needs_person": ("number",),
    "refused.needs_target": ("number",),
    "refused.nothing_changed": ("number",),
    "refused.extended_before": ("number",),
    "refused.not_later": ("number",),
    "refused.paused_already": ("number",),
    "refused.not_paused": ("number",),
    "refused.pause_used_up": ("number", "days"),
    "refused.bounced_before": ("number",),
    "refused.not_with_department": ("number",),
    "refused.same_ticket": ("number",),
    "refused.emergency_runs": ("number",),
    "command.extend.how": ("number",),
    "command.impossible.how": ("number",),
    "refused.bad_household": ("text",),
    "refused.not_allowed": ("action",),
}
