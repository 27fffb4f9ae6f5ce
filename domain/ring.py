"""The settings of the gateway that makes a telephone ring: calls or SMS, asked for over HTTP."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal, TypeAlias

from domain.clocks import within

Method: TypeAlias = Literal["POST", "PUT", "GET"]


@dataclass(frozen=True, slots=True)
class Ring:
    """`body` is a JSON object in whose texts {phone} and {text} are filled in (GET: its entries become the query);
    `header` carries MINQING_RING_TOKEN; `expects` are words of a good answer, "" for any 2xx. An empty `url`: none."""

    url: str = ""
    method: Method = "POST"
    body: str = '{"phone": "{phone}", "text": "{text}"}'
    header: str = "Authorization"
    expects: str = ""
    timeout_seconds: float = within(5.0, 0.1, 60.0)
    tries: int = within(2, 1, 10)
    pause_seconds: float = within(1.0, 0.0, 30.0)

    def __post_init__(self) -> None:
        if self.url and not self.url.startswith(("https://", "http://")):
            raise ValueError(f"url {self.url!r} is no address", "an https (or, within your own network, http) address")
        try:
            body = json.loads(self.body)
        except json.JSONDecodeError as error:
            raise ValueError(f"body is not JSON ({error.msg})", '{"phone": "{phone}", "text": "{text}"}') from None
        if not isinstance(body, dict) or "{phone}" not in self.body:
            raise ValueError("body does not say where the phone goes", "a JSON object with {phone} in one of its texts")
