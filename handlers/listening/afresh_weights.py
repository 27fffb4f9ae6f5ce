"""The weights of afresh.py, written by `python -m benchmarks.weigh_afresh`."""

from __future__ import annotations

AFRESH = {
    "bias": -0.49,
    "agrees": -0.29,
    "also": -1.09,
    "home": 0.31,
    "kinds": -0.16,
    "lately": -1.31,
    "length": 0.8,
    "no trouble": -0.54,
    "of him": -0.48,
    "of it": 0.23,
    "other kinds": 0.3,
    "other spot": 0.72,
    "place fits": -1.71,
    "plus": 0.29,
    "push": -0.08,
    "reader": 1.33,
    "room": -0.41,
    "same breath": -0.12,
    "same category": -1.8,
    "same spot": -0.12,
    "same thing": -0.65,
    "same weak thing": -0.2,
    "same words": -0.99,
    "still": -0.2,
    "strangers": 0.71,
    "this": -0.12,
    "turns": 1.51,
    "within the hour": -0.16,
}
