"""What an errcode of WeCom or WeChat means: for a letter (SendFailed), and in plain words for `minqing check`.

Codes as listed on the platforms' own pages (WeCom 90313, WeChat "global return codes").
"""

from __future__ import annotations

from domain.errors import SendFailed

# A token that is not, or no longer, good: one fresh one is worth a try.
STALE_TOKEN = frozenset({40001, 40014, 42001})

# Nobody can mend these by trying again: the address is wrong, or the message is.
_PERMANENT = frozenset(
    {40003, 40004, 40005, 40007, 40008, 40009, 40031, 40033, 40035, 40054, 40058, 40096, 43004, 43019}
    | {44001, 44004, 45002, 45008, 45015, 45047, 46004, 48003, 50002, 60111, 81013}
    | {86001, 86003, 86004, 86101, 86106, 86215, 86216, 86217, 93000, 95000}
)
# Nor can anything else be said there: he follows us no longer, is no member or may not see the app; the group is gone,
# or its robot out of it.
_BARRED = frozenset({43004, 46004, 60111, 81013, 86001, 86003, 93000, 93008})
# Seconds to wait where the platform counts.
_WAIT = {45009: 60.0, 45011: 60.0, 45033: 5.0}

_WORDS = {
    -1: "the platform is busy; it is tried again by itself",
    40001: "the secret is wrong, or its token was replaced by another program that uses the same secret",
    40013: "the corp id or app id is wrong: copy it again from the console",
    40014: "the access token is not accepted: is the secret of this very app, and of this corp?",
    40056: "the agent id is wrong: it is shown on the app's page in the console",
    40125: "the secret is wrong: copy it again from the console",
    40164: "this machine's address is not on the account's IP white list: add it in the console",
    41004: "the secret is missing",
    42001: "the access token has run out and no new one was given",
    43004: "the reader does not follow the account",
    45009: "too many calls in this minute, hour or day; it is tried again later",
    45015: "the reader has not written for 48 hours: nothing may be sent to him now",
    45047: "five messages have been sent since the reader last wrote: no more until he writes again",
    46004: "there is no such member",
    48001: "this kind of account has not got this interface",
    48002: "this app has not been given this interface: ask the platform for it in the console",
    50001: "this address is not one that the app may redirect to",
    50002: "the member is not among those who may see the app",
    60011: "the app may not see this: widen its visible range in the console",
    60020: "this machine's address is not among the app's trusted IPs (企业可信IP): add it in the console",
    60111: "there is no such member",
    81013: "none of the readers may see the app: add them to its visible range in the console",
    86001: "there is no such group chat, or it was not made by this app",
    93000: "the robot's key is not known: the robot was removed from its group",
    93008: "the robot is no longer in its group",
    301002: "the app has no right to this: check the agent id and the app's permissions in the console",
    301025: "the report parameters are not right",
}


class ApiRefused(SendFailed):
    """The platform said no. `errcode` is its own number, `errmsg` its own words (they hold no secret)."""

    def __init__(self, errcode: int, errmsg: str) -> None:
        super().__init__(
            f"{errcode}: {_WORDS.get(errcode, errmsg)}",
            permanent=errcode in _PERMANENT,
            barred=errcode in _BARRED,
            retry_after=_WAIT.get(errcode),
        )
        self.errcode = errcode
        self.errmsg = errmsg


def explain(errcode: int, errmsg: str = "") -> str:
    """The code in plain words, with what the platform said where we know no better."""
    return _WORDS.get(errcode) or f"the platform says: {errmsg or errcode}"
