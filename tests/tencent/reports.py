"""政民沟通 at the far end: orders with their changes, pages, the tree of grids, photos behind links that change."""

from __future__ import annotations

from typing import Any

from tests.tencent.far_end import Call, FarEnd, Refuse

PHOTO = b"\x89PNG a photo"


class Reports:
    """Hung onto a FarEnd. `orders` by kind and id, with the second in which each was last changed."""

    def __init__(self, far: FarEnd) -> None:
        self.far = far
        self.orders: dict[str, dict[str, tuple[int, dict[str, Any]]]] = {"resident": {}, "patrol": {}}
        self.grids: dict[str, dict[str, Any]] = {}
        self.signed = 0
        self.page = 50
        for kind in self.orders:
            far.serve(f"report/{kind}/get_order_list", lambda call, kind=kind: self._list(kind, call))
        far.serve("report/grid/list", self._grids)

    def put(self, at: int, kind: str = "resident", **order: Any) -> None:
        """An order as it is from that second on; what is not given stays."""
        _, old = self.orders[kind].get(order["order_id"], (0, {}))
        self.orders[kind][order["order_id"]] = (at, old | order)

    def grid(
        self, grid: str, name: str, parent: str = "", admin: tuple[str, ...] = (), member: tuple[str, ...] = ()
    ) -> None:
        self.grids[grid] = {
            "grid_id": grid, "grid_name": name, "grid_parent_id": parent,
            "grid_admin": list(admin), "grid_member": list(member),
        }  # fmt: skip

    def _list(self, kind: str, call: Call) -> dict[str, Any]:
        asked = call.data
        if not 1 <= asked.get("limit", 20) <= 50:
            raise Refuse(40058, "limit out of range")
        found = sorted(
            (at, name) for name, (at, _) in self.orders[kind].items() if at >= asked.get("begin_modify_time", 0)
        )
        page = min(asked.get("limit", 20), self.page)
        start = int(asked["cursor"]) if asked.get("cursor") else 0
        names = [name for _, name in found[start : start + page]]
        more = start + page < len(found)
        return {
            "order_list": [self._signed(self.orders[kind][name][1]) for name in names],
            "next_cursor": str(start + page) if more else "",
        }

    def _signed(self, order: dict[str, Any]) -> dict[str, Any]:
        """Links of photos are other ones at every look."""
        self.signed += 1
        return order | {"image_urls": [f"{url}?sign={self.signed}" for url in order.get("image_urls", [])]}

    def _grids(self, call: Call) -> dict[str, Any]:
        """The grid asked for and its children; without an id the root and its children (94481)."""
        wanted = call.data.get("grid_id") or next(
            (one for one, grid in self.grids.items() if not grid["grid_parent_id"]), ""
        )
        if wanted not in self.grids:
            raise Refuse(40058, "invalid grid_id")
        return {
            "grid_list": [self.grids[wanted], *(one for one in self.grids.values() if one["grid_parent_id"] == wanted)]
        }
