"""What people put right is learnt from: weighed before it counts, explained, taken back, and never out of what was said
by somebody who does not want to be kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from typer.testing import CliRunner

from bot import taught
from bot.cli import app
from bot.clock import tick
from bot.taught import TaughtReader, Teaching
from domain.aids import Learning
from domain.running import StorageSettings
from domain.settings import Settings
from handlers.care.today import ensure_alarms
from handlers.deeds import correcting
from nlu.adapt import MOST_ODDS, Adaptation
from nlu.learn import Example, Outcome, Right, fit, is_held_back, shipped_fold, weigh
from nlu.reader import Reader
from storage import migrate
from storage.cipher import Cipher, new_key
from storage.database import Database
from storage.tables import adaptations
from tests.deeds.street import Street
from tests.learning.office import METERS, RUNNERS, lines, put_right

NEW_RUN = "后天夜跑，桥边的路灯全坏了"
NEW_METER = "咪表黑了"


@pytest.fixture
def street(database: Database, settings: Settings, reader: Reader) -> Street:
    nightly = replace(settings, learning=Learning(nightly=True, least_corrections=20))
    return Street(database, nightly, reader).settle()


def night(street: Street) -> datetime:
    """The clock passes half past three."""
    street.now += timedelta(days=1)
    tick(street.database, street.settings, street.reader, street.now)
    return street.now


def test_a_night_later_the_reader_hears_what_it_was_taught(street: Street, reader: Reader) -> None:
    street.do(ensure_alarms)
    put_right(street)
    readers, teaching = TaughtReader(reader), Teaching(street.database, reader, lambda: street.now)
    before = street.database.read(readers.of)
    assert not teaching.fit_wanted(), "nobody has asked for it yet"
    night(street)
    assert teaching.fit_wanted() and not teaching.fit_wanted()
    after = street.database.read(readers.of)
    assert after.read(NEW_RUN).confidence < before.read(NEW_RUN).confidence
    assert after.read(NEW_METER).confidence > before.read(NEW_METER).confidence
    assert before.read(NEW_METER).category is None and after.read(NEW_METER).category == "public_repair"
    # What it was never told of stays as it was.
    for text in ("3幢2单元电梯停了", "谢谢大家"):
        assert after.read(text) == before.read(text)
    # Nothing new was put right: the next night asks for nothing.
    night(street)
    assert not teaching.fit_wanted()
    undone = street.database.write(lambda store: store.learning.undo())
    assert undone is not None and street.database.read(readers.of).read(NEW_RUN) == before.read(NEW_RUN)


def test_too_few_corrections_or_nights_that_are_off_ask_for_nothing(street: Street) -> None:
    street.do(ensure_alarms)
    ticket, _ = street.report(text="今晚夜跑队集合，路灯不亮带好头灯")
    street.by("小李", correcting.reject, ticket)
    night(street)
    assert not street.database.read(lambda store: store.learning.is_wanted())
    put_right(street)
    street.settings = replace(street.settings, learning=Learning(nightly=False))
    night(street)
    assert not street.database.read(lambda store: store.learning.is_wanted())


def test_a_process_without_scikit_learn_leaves_it_to_another(street: Street, reader: Reader, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    street.database.write(lambda store: store.learning.want(street.now))
    monkeypatch.setattr(taught, "find_spec", lambda _name: None)
    assert not Teaching(street.database, reader, lambda: street.now).fit_wanted()
    assert street.database.read(lambda store: store.learning.is_wanted())


def test_what_was_learnt_lies_sealed(street: Street, reader: Reader) -> None:
    put_right(street)
    street.database.write(lambda store: store.learning.want(street.now))
    Teaching(street.database, reader, lambda: street.now).fit_wanted()
    content = street.database.read(lambda store: store.connection.execute(select(adaptations.c.content)).scalar_one())
    assert "夜跑".encode() not in content and b"\\u591c" not in content


def test_nothing_is_learnt_of_emergencies_secrets_and_those_who_opted_out(street: Street) -> None:
    alarm, _ = street.report(text="着火了", category="emergency", urgency=3)
    street.by("周姐", correcting.reject, alarm)
    secret, _ = street.report(who="小美", text="老公又打我", category="public_security", urgency=2)
    street.by("王书记", correcting.correct, secret, category="complaint")
    his, _ = street.report(who="老刘", text="楼道灯坏了")
    street.by("小李", correcting.reject, his)
    hers, _ = street.report(who="张女士", text="电梯广告真吵")
    street.by("小李", correcting.reject, hers)
    street.by("小李", correcting.register, hers)

    def opt_out(who: str) -> None:
        street.do(lambda ctx: ctx.store.people.opt_out(street.speaker(ctx, who, "unit").account.id, True))

    opt_out("老刘")
    lessons = street.database.read(lambda store: store.learning.lessons())
    # The last word about a ticket counts.
    assert [(one.text, one.report, one.category) for one in lessons] == [("电梯广告真吵", True, "public_repair")]


def test_each_kind_of_correction_keeps_the_words(street: Street) -> None:
    ticket, _ = street.report(text="3幢2单元电梯停了，里面没人，门口还堆着纸箱和旧沙发挡着路走不过去真的很久了没人管")
    street.by("小李", correcting.correct, ticket, category="complaint")
    street.by("小李", correcting.reject, ticket)
    words = [one.text for one in street.database.read(lambda store: store.learning.lessons())]
    assert words == [ticket.summary]


# the fit itself


def examples(reader: Reader) -> list[Example]:
    from nlu.learn import example

    talk = [example(reader, text, "community", False, None) for text in lines(RUNNERS)]
    return talk + [example(reader, text, "community", True, "public_repair") for text in lines(METERS)]


def test_the_same_words_are_never_fitted_on_and_weighed_on(reader: Reader) -> None:
    texts = [one.text for one in examples(reader)]
    held = [text for text in texts if is_held_back(text)]
    assert 0 < len(held) < len(texts) / 2
    assert all(is_held_back(f" {text} ") for text in held)


def test_without_corrections_nothing_is_moved(reader: Reader) -> None:
    anchors, _ = shipped_fold(reader)
    assert not fit([], anchors)


def test_the_fold_was_not_read_by_the_model_that_scored_it(reader: Reader) -> None:
    """A model that had read the lines would be right about nearly all of them."""
    anchors, fold = shipped_fold(reader)
    assert min(len(anchors), len(fold)) > 400
    right = weigh(fold, Adaptation())
    assert 0.85 < right.reports / right.of < 0.97
    assert 0.7 < right.categories / right.among < 0.95


def test_corrections_that_contradict_everybody_are_refused(reader: Reader) -> None:
    """Somebody rejected every leak and every lift: our own lines would be read worse."""
    from nlu.learn import learn

    anchors, fold = shipped_fold(reader)
    wrong = [replace(one, report=False, category=None) for one in (*anchors, *fold) if one.report]
    outcome = learn(wrong, reader)
    assert outcome.fold_after.all < outcome.fold_before.all and not outcome.better


def test_worse_on_either_side_is_not_taken_over() -> None:
    def outcome(held: tuple[int, int], fold: tuple[int, int]) -> Outcome:
        sides = [Right(10, count, 0, 0) for count in (*held, *fold)]
        return Outcome(Adaptation({"·夜跑": -1.0}), 10, *sides)

    assert outcome((5, 6), (9, 9)).better and outcome((5, 5), (9, 9)).better
    assert not outcome((5, 4), (9, 10)).better and not outcome((5, 10), (9, 8)).better
    assert not replace(outcome((5, 6), (9, 9)), adaptation=Adaptation()).better


@given(
    st.dictionaries(st.sampled_from(["·电梯", "·坏了", "·着火", "·救命"]), st.floats(-99, 99), max_size=4),
    st.floats(1e-6, 1 - 1e-6),
)
def test_whatever_is_taught_moves_only_so_far(weights: dict[str, float], chance: float) -> None:
    taught = Adaptation(weights)
    words = ["·电梯", "·坏了"]
    assert abs(taught.odds(words)) <= MOST_ODDS
    moved = taught.moved(words, chance)
    assert 0 < moved < 1
    assert (moved > chance) == (taught.odds(words) > 0) or abs(moved - chance) < 1e-6


def test_an_emergency_is_heard_whatever_was_taught(reader: Reader) -> None:
    texts = ("着火了，3幢5楼冒烟，快来人", "电梯里困了人，救命")
    words = {word: -9.0 for text in texts for word in reader.untaught(text, "unit")[0]}
    deaf = replace(reader, adaptation=Adaptation(words))
    for text in texts:
        assert reader.read(text).urgency == 3 and deaf.read(text) == reader.read(text)


# at the machine


def test_learn_show_and_undo_at_the_command_line(
    tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, url = new_key(), f"sqlite:///{tmp_path / 'office.db'}"
    monkeypatch.setenv("MINQING_KEY", key)
    monkeypatch.setenv("MINQING_STORAGE__URL", url)
    monkeypatch.chdir(tmp_path)
    settings = replace(Settings(), storage=StorageSettings(url=url))
    database = Database(settings.storage, Cipher(key))
    migrate.upgrade(database)
    try:
        run = CliRunner().invoke
        assert "Nobody has put anything right yet" in run(app, ["learn"]).output
        assert run(app, ["learn", "--undo"]).exit_code == 3
        put_right(Street(database, settings, reader).settle())
        done = run(app, ["learn"])
        assert done.exit_code == 0 and "It is in force from the next message on" in done.output, done.output
        shown = run(app, ["learn", "--show"]).output
        assert "夜跑 -" in shown and "咪表 +" in shown and "Sounds more like public_repair" in shown
        assert "version 1: used" in shown and "our own lines: report or not" in shown
        assert "the reader is as it was shipped" in run(app, ["learn", "--undo"]).output
        assert "Nothing is learnt" in run(app, ["learn", "--show"]).output
    finally:
        database.close()
