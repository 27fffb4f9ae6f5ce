"""Orders on their way to the inbox, and what one means. Pure: the bytes that were stored and the settings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

from bot.tencent.understanding import chinese_spot
from domain.messages import Address, Filed, Media, Raw, Sender, Spot, Step
from domain.reading import Category
from domain.wecom import WecomReport

CHANNEL = "wecom_report"
Kind: TypeAlias = Literal["resident", "patrol"]
KINDS: tuple[Kind, ...] = ("resident", "patrol")
# An order's own words beyond this are no report but a file.
LONGEST = 4000


def raw_of(kind: Kind, order: Mapping[str, Any], now: datetime) -> Raw | None:
    """The order as it is now; its key is another one whenever something of it changed. None: it has no id. ValueError
    where there is half an emoji in it."""
    name = order.get("order_id")
    if not isinstance(name, str) or not name:
        return None
    body = json.dumps({"kind": kind, "order": order}, ensure_ascii=False, sort_keys=True).encode()
    # The links of photos are signed anew at every look; without that they stay the same.
    steady = dict(order) | {"image_urls": [_path(url) for url in _strings(order.get("image_urls"))]}
    change = hashlib.sha256(json.dumps([kind, steady], ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:24]
    return Raw(CHANNEL, f"{kind}:{_short(name)}:{change}", f"{kind}:{_short(str(order.get('grid_id', '')))}", body, now)


def _path(url: str) -> str:
    """A link without what is signed; one that cannot be taken apart, up to where that begins."""
    try:
        return urlsplit(url).path
    except ValueError:
        return url.partition("?")[0]


def understand(raw: Raw, settings: WecomReport) -> list[Filed]:
    """One order. ValueError or KeyError when it is none of ours."""
    told = json.loads(raw.body)
    order: dict[str, Any] = told["order"]
    name = str(order["order_id"])
    created = _time(order.get("create_time")) or raw.received_at
    reporter = str(order.get("reporter_name") or "").strip()
    return [
        Filed(
            at=Address(CHANNEL, raw.chat),
            id=raw.key,
            sender=Sender(_reporter(order) or f"order:{name}", reporter),
            sent_at=min(created, raw.received_at),
            private=True,
            text=str(order.get("desc") or "").strip()[:LONGEST],
            media=media_of(name, order),
            spot=_spot(order.get("location")),
            order=f"{told['kind']}:{name}",
            grid=str(order.get("grid_id") or ""),
            grid_name=str(order.get("grid_name") or ""),
            category=_category(order, settings),
            urgency=2 if order.get("urge_type") in settings.urgent else 0,
            phone=str(order.get("reporter_mobile") or "").strip()[:40],
            steps=tuple(_steps(order, settings)),
            solved=_solved(order, settings),
        )
    ]


def media_of(name: str, order: Mapping[str, Any]) -> tuple[Media, ...]:
    """Photos by their place in the order (their links are too long and run out), videos by their media id."""
    photos = [Media("photo", photo_ref(name, n)) for n, _ in enumerate(_strings(order.get("image_urls")))]
    videos = [Media("video", f"media:{one}") for one in _strings(order.get("video_media_ids"))]
    return (*photos, *videos)


def photo_ref(name: str, n: int) -> str:
    return f"photo:{_short(name)}:{n}"


def photo_links(order: Mapping[str, Any]) -> dict[str, str]:
    """Where each photo lies just now."""
    name = str(order.get("order_id") or "")
    return {photo_ref(name, n): url for n, url in enumerate(_strings(order.get("image_urls")))}


def _reporter(order: Mapping[str, Any]) -> str | None:
    for field in ("unionid", "reporter_userid", "reporter_external_userid"):
        if isinstance(order.get(field), str) and order[field]:
            return f"{field}:{_short(order[field])}"
    return None


def _category(order: Mapping[str, Any], settings: WecomReport) -> Category | None:
    """By the name of the case, or of one above it ("设施维修/电梯")."""
    name = str(order.get("case_name") or "").strip()
    parts = [name, *reversed([part.strip() for part in name.replace("-", "/").split("/")])]
    for part in parts:
        for case in settings.cases:
            if part and case.name == part:
                return case.category
    return None


def _steps(order: Mapping[str, Any], settings: WecomReport) -> Iterator[Step]:
    """Each step with who did it, what was said and its raw numbers where nobody has told us what they mean."""
    names = {one.number: one.says for one in settings.steps}
    for step in _objects(order.get("process_list")):
        number = step.get("process_type")
        status = step.get("status")
        words = [
            "政民沟通",
            names.get(number, f"类型{number}") if isinstance(number, int) else "",
            str(step.get("solve_userid") or ""),
            f"状态{status}" if isinstance(status, int) and status not in settings.solved else "",
            str(step.get("process_desc") or "").strip(),
        ]
        text = " ".join(word for word in words if word)
        yield Step(_digest([number, step.get("solve_userid"), step.get("process_desc"), status]), text)
    people = ", ".join(sorted(_strings(order.get("processor_userids"))))
    if people:
        yield Step(_digest(["processors", people]), f"政民沟通 处理人 {people}")


def _solved(order: Mapping[str, Any], settings: WecomReport) -> str | None:
    """The words of the last step, if its status is one that means solved here."""
    steps = list(_objects(order.get("process_list")))
    if not steps or steps[-1].get("status") not in settings.solved:
        return None
    return str(steps[-1].get("process_desc") or "").strip()


def _spot(location: object) -> Spot | None:
    if not isinstance(location, dict):
        return None
    name = str(location.get("name") or location.get("address") or "")
    try:
        lat, lng = float(location["latitude"]), float(location["longitude"])
        return chinese_spot(name, lat, lng)
    except (KeyError, TypeError, ValueError):
        return chinese_spot(name, 0.0, 0.0) if name else None


def _time(value: object) -> datetime | None:
    """Seconds since 1970; 0 and what is no time is none."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 32_503_680_000:
        return None
    return datetime.fromtimestamp(value, UTC)


def _strings(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str) and one] if isinstance(value, list) else []


def _objects(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]


def _short(name: str) -> str:
    """At most 64 characters: as it is, or its hash."""
    return name if len(name) <= 64 else hashlib.sha256(name.encode()).hexdigest()
