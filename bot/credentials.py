"""What the environment alone may tell: keys, tokens and secrets. A new one is a new line here."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

PREFIX = "MINQING_"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the environment alone may tell, each as MINQING_ and its name in capitals; None where it tells nothing.
    None of it is ever printed or logged, and repr() does not show it."""

    key: str | None = field(default=None, repr=False)
    # For `minqing db rekey` alone.
    new_key: str | None = field(default=None, repr=False)
    telegram_token: str | None = field(default=None, repr=False)
    telegram_secret: str | None = field(default=None, repr=False)
    wechat_secret: str | None = field(default=None, repr=False)
    wechat_token: str | None = field(default=None, repr=False)
    wechat_aes_key: str | None = field(default=None, repr=False)
    wecom_app_secret: str | None = field(default=None, repr=False)
    wecom_app_token: str | None = field(default=None, repr=False)
    wecom_app_aes_key: str | None = field(default=None, repr=False)
    wecom_report_secret: str | None = field(default=None, repr=False)
    wecom_aibot_token: str | None = field(default=None, repr=False)
    wecom_aibot_aes_key: str | None = field(default=None, repr=False)
    ring_token: str | None = field(default=None, repr=False)
    language_model_key: str | None = field(default=None, repr=False)


SECRETS = {f"{PREFIX}{one.name.upper()}": one.name for one in fields(Secrets)}
