"""One of several processes of our road: takes in its share of the messages, and handles what waits, until nothing does.
Before that it takes in the same share in a database of its own, so that it is as warm as one that has run for days.

Usage: python -m benchmarks.our_intake JOB.json PART OF → {"processor"} on stdout.
"""

from __future__ import annotations

import gc
import json
import logging
import sys
from pathlib import Path

import structlog

from benchmarks.abreast import wait_to_begin
from benchmarks.ingest import PRODUCERS, Message, deliveries, taken_in
from domain.running import StorageSettings
from nlu.reader import Reader
from storage.cipher import Cipher
from storage.database import Database


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    part, of = map(int, sys.argv[2:])
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    said = [Message(tier, text) for tier, text in job["said"]]
    raws = deliveries(said, job["chats"], job["communities"])[part::of]
    reader, cipher = Reader.load(), Cipher(job["key"])
    warm = Database(StorageSettings(url=job["warm"][part]), cipher)
    taken_in(warm, raws, reader, PRODUCERS // of)
    warm.close()
    database = Database(StorageSettings(url=job["url"]), cipher)
    gc.collect()
    wait_to_begin()
    _, processor = taken_in(database, raws, reader, PRODUCERS // of)
    print(json.dumps({"processor": processor}), flush=True)
    database.close()


if __name__ == "__main__":
    main()
