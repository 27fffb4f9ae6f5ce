"""A reading as it is kept with a line: the part that later lines are matched with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.reading import NOTHING, Reading, Where


def pack(reading: Reading) -> dict[str, Any]:
    where = {name: value for name in Where.__slots__ if (value := getattr(reading.where, name)) is not None}
    return {
        "report": reading.report,
        "confidence": round(reading.confidence, 4),
        "category": reading.category,
        "urgency": reading.urgency,
        "where": where,
        "keywords": list(reading.keywords),
        "nature": reading.nature,
        "tags": list(reading.tags),
    }


def unpack(data: Mapping[str, Any] | None) -> Reading:
    if data is None:
        return NOTHING
    return Reading(
        report=data["report"],
        confidence=data["confidence"],
        category=data["category"],
        urgency=data["urgency"],
        where=Where(**data["where"]),
        keywords=tuple(data["keywords"]),
        nature=data["nature"],
        tags=tuple(data["tags"]),
    )


PACKED_NOTHING = pack(NOTHING)
