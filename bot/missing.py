"""What keeps a door from starting, found without any network: what is not set, and where the console shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.credentials import Secrets
from domain.settings import Settings


def wecom_aibot_misses(settings: Settings, secrets: Secrets) -> Iterator[str]:
    if not secrets.wecom_aibot_token:
        yield "WeCom's robot is on, but MINQING_WECOM_AIBOT_TOKEN is not set (智能机器人 → API 模式 shows it)"
    if not re.fullmatch(r"[A-Za-z0-9]{43}", secrets.wecom_aibot_aes_key or ""):
        yield "WeCom's robot is on, but MINQING_WECOM_AIBOT_AES_KEY is not the 43 characters of the EncodingAESKey"


def official_account_misses(settings: Settings, secrets: Secrets) -> Iterator[str]:
    if not settings.official_account.app_id:
        yield "the official account is on, but [official_account] app_id is empty (设置与开发 → 开发接口管理)"
    if not secrets.wechat_secret:
        yield "the official account is on, but MINQING_WECHAT_SECRET (its AppSecret) is not set"
    if not secrets.wechat_token:
        yield "the official account is on, but MINQING_WECHAT_TOKEN (服务器配置 → 令牌) is not set"
    if not re.fullmatch(r"[A-Za-z0-9]{43}", secrets.wechat_aes_key or ""):
        yield "the official account is on, but MINQING_WECHAT_AES_KEY is not the 43 characters of the EncodingAESKey"
