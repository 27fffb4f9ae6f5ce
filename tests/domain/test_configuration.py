"""Settings: the file in the root says it all, the environment overrides it, and what is wrong is named exactly."""

from __future__ import annotations

import tomllib
from dataclasses import fields, is_dataclass, replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import config
from domain.calendar import Quiet, Span
from domain.errors import BadConfig
from domain.running import Budget
from domain.settings import Settings

ROOT_FILE = Path(__file__).resolve().parents[2] / "config.toml"


def keys_of(value: Any, prefix: str = "") -> set[str]:
    """Every field of the settings as a dotted key; tables in a list by their first."""
    if isinstance(value, tuple) and value and is_dataclass(value[0]) and not isinstance(value[0], Span):
        value = value[0]
    if not is_dataclass(value) or isinstance(value, Span):
        return {prefix}
    return set().union(*(keys_of(getattr(value, f.name), f"{prefix}.{f.name}".lstrip(".")) for f in fields(value)))


def keys_in(table: Any, prefix: str = "") -> set[str]:
    if isinstance(table, list) and table and isinstance(table[0], dict):
        return set().union(*(keys_in(one, prefix) for one in table))
    if not isinstance(table, dict):
        return {prefix}
    return set().union(*(keys_in(value, f"{prefix}.{key}".lstrip(".")) for key, value in table.items()))


def test_the_file_in_the_root_names_every_setting_with_its_default() -> None:
    text = ROOT_FILE.read_text(encoding="utf-8")
    assert keys_in(tomllib.loads(text)) == keys_of(Settings())
    assert config.read_text(text) == Settings()
    assert config.default_text() == text


def test_every_section_of_the_file_is_explained() -> None:
    lines = ROOT_FILE.read_text(encoding="utf-8").splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith("[")]
    for head in heads:
        if not lines[head].startswith(("[sla.clocks", "[[")):
            assert any(line.startswith("#") for line in lines[head : head + 3]), lines[head]


def test_without_a_file_the_defaults_run(tmp_path: Path) -> None:
    assert config.load(None, {"HOME": str(tmp_path)}, tmp_path) == Settings()


def test_where_the_file_is_looked_for(tmp_path: Path) -> None:
    here, home, named, told = (tmp_path / name for name in ("here", "home", "named.toml", "told.toml"))
    user = home / ".config" / "minqing" / "config.toml"
    user.parent.mkdir(parents=True)
    here.mkdir()
    environ = {"HOME": str(home)}
    for number, path in enumerate((user, here / "config.toml", told, named)):
        path.write_text(f"[web]\nport = {8000 + number}\n", encoding="utf-8")

    assert config.find(named, environ | {"MINQING_CONFIG": str(told)}, here) == named
    assert config.load(None, environ | {"MINQING_CONFIG": str(told)}, here).web.port == 8002
    assert config.load(None, environ, here).web.port == 8001
    (here / "config.toml").unlink()
    assert config.load(None, environ, here).web.port == 8000
    with pytest.raises(BadConfig, match="no such file"):
        config.load(tmp_path / "missing.toml", environ, here)


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[office]\nname = "莲花社区"\n[quiet]\nstart = 22:00:00\n[web]\nport = 9000\n', encoding="utf-8")
    environ = {
        "MINQING_WEB__PORT": "0",
        "MINQING_OFFICE__PHONES__LIFT_RESCUE": "12345678",
        "MINQING_QUIET__END": "06:45",
        "MINQING_PLAYGROUND__ON": "false",
        "MINQING_LOGGING__LEVEL": "debug",
        "MINQING_SENSITIVE__PEOPLE": '["王书记", "周敏"]',
        "MINQING_SLA__CLOCKS__COMPLAINT__STEP": '["", "90 minutes"]',
        "MINQING_SLA__UPPER_TIER_TAKES": "1 hour",
        "MINQING_LISTENING__SURE": "0.75",
        "MINQING_KEY": "secret",
        "MINQING_TEST_POSTGRES": "not ours",
        "PATH": "/bin",
    }
    settings = config.load(file, environ)
    assert (settings.office.name, settings.web.port) == ("莲花社区", 0)
    assert settings.office.phones.lift_rescue == "12345678"
    assert settings.quiet == Quiet(time(22), time(6, 45))
    assert (settings.playground.on, settings.logging.level, settings.listening.sure) == (False, "debug", 0.75)
    assert settings.sensitive.people == ("王书记", "周敏")
    assert settings.sla.clocks.complaint.step == (None, Span(90, "minutes"))
    assert settings.sla.upper_tier_takes == Span(1, "hours")


def test_a_budget_changes_what_it_names_and_takes_off_no_other() -> None:
    known = {one.channel: one for one in Settings().outbox.budgets}
    text = "[[outbox.budgets]]\nchannel = '{}'\nper_chat_per_minute = 10\n"
    found = config.read_text(text.format("telegram") + text.format("newcomer")).outbox.budgets
    changed = replace(known["telegram"], per_chat_per_minute=10)
    assert changed.per_second > 0
    assert {one.channel: one for one in found} == known | {"telegram": changed, "newcomer": Budget("newcomer", 0.0, 10)}
    again = {"MINQING_OUTBOX__BUDGETS": "[{channel = 'telegram', per_second = 0}]"}
    assert Budget("telegram", 0.0, 18) in config.load(environ=again).outbox.budgets


@pytest.mark.parametrize(
    ("text", "key", "what", "allowed"),
    [
        ("[web]\nprot = 1", "web.prot", "did you mean port?", "port"),
        ("[offce]\nname = 'x'", "offce", "did you mean office?", "office"),
        ("[web]\nport = 70000", "web.port", "70000 is out of bounds", "0 to 65535"),
        ("[web]\nport = -1", "web.port", "-1 is out of bounds", "0 to 65535"),
        ("[web]\nport = '80'", "web.port", "'80' is not a whole number", "0 to 65535"),
        ("[web]\npublic_url = 'http://x.example'", "web", "public_url is no https address", "https://YOUR-HOST"),
        ("[intake]\nbatch = true", "intake.batch", "True is not a whole number", "1 to 1000"),
        ("[listening]\nsure = 1.5", "listening.sure", "1.5 is out of bounds", "0.0 to 1.0"),
        ("[listening]\nunsure = 0.9", "listening", "unsure is above sure", "unsure at most as high as sure"),
        ("[listening]\nask_where = 1", "listening.ask_where", "1 is not yes or no", "true"),
        ("[quiet]\nstart = '25:00'", "quiet.start", "'25:00' is not a time of day", '"00:00" to "23:59"'),
        ("[quiet]\nstart = 2130", "quiet.start", "2130 is not a time of day", '"00:00" to "23:59"'),
        ("[logging]\nlevel = 'warn'", "logging.level", "did you mean warning?", "warning"),
        ("[office]\nname = 5", "office.name", "5 is not a text", "a text in quotes"),
        ("[office]\nphones = 5", "office.phones", "5 is not a table", "hotline"),
        (
            "[office]\ntimezone = 'Asia/Shangai'",
            "office",
            "'Asia/Shangai' is not known",
            "an IANA name such as Asia/Shanghai",
        ),
        ("[office]\ndays_off = ['soon']", "office.days_off[0]", "'soon' is no day", "2027-01-01"),
        ("[office]\ndays_on = [2027-01-01T08:00:00]", "office.days_on[0]", "is no day", "2027-01-01"),
        ("[office]\ndays_on = [20270101]", "office.days_on[0]", "20270101 is no day", "2027-01-01"),
        (
            "[office]\ndays_off = [2027-01-01]\ndays_on = ['2027-01-01']",
            "office",
            "2027-01-01 is in days_off and in days_on",
            "each day in one of them",
        ),
        ("[office]\nduty_from = '21:00'", "office", "not before", "duty_from earlier than duty_to"),
        ("[rating]\nremind_hours = 80", "rating", "not before", "remind_hours less than give_up_hours"),
        ("[sla]\nupper_tier_takes = '5 days'", "sla.upper_tier_takes", "'5 days' cannot be read", "working days"),
        ("[sla]\nupper_tier_takes = 5", "sla.upper_tier_takes", "5 is not a text", "a text in quotes"),
        ("[sla.clocks.complaint]\nfirst = ['1 hour']", "sla.clocks.complaint.first", "has 1 values", "2 values"),
        ("[sla.clocks.complaint]\nfirst = '1 hour'", "sla.clocks.complaint.first", "not a list", "a list in brackets"),
        (
            "[[emergency.ladder]]\ncalls = ['mayor']",
            "emergency.ladder[0].calls[0]",
            "'mayor' is not known",
            "secretary",
        ),
        ("[morning]\nweekdays = [1, 8]", "morning.weekdays[1]", "8 is out of bounds", "1 to 7"),
        ("[outbox]\nbudgets = 5", "outbox.budgets", "not a list", "a list in brackets"),
        (
            "[[outbox.budgets]]\nper_second = -1",
            "outbox.budgets[0].per_second",
            "-1 is out of bounds",
            "0.0 to 10000.0",
        ),
        ("[[outbox.budgets]]\nchannel = []", "outbox.budgets[0].channel", "[] is not a text", "a text in quotes"),
        ("web = 1", "web", "1 is not a table", "port"),
        ("[web\nport = 1", "", "not TOML", "key = value under [section]"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_allowed(
    tmp_path: Path, text: str, key: str, what: str, allowed: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadConfig) as caught:
        config.load(file, {})
    error = caught.value
    assert (error.file, error.key) == (str(file), key)
    assert what in error.what
    assert any(allowed in one for one in error.allowed)
    assert str(file) in str(error) and key in str(error) and what in str(error)


@pytest.mark.parametrize(
    ("environ", "key", "what"),
    [
        ({"MINQING_WEB__PRT": "1"}, "MINQING_WEB__PRT", "did you mean port?"),
        ({"MINQING_WEB__PORT": "many"}, "MINQING_WEB__PORT", "'many' is not a whole number"),
        ({"MINQING_KYE": "hush"}, "MINQING_KYE", "did you mean MINQING_KEY?"),
        (
            {"MINQING_WEB__PORT": "1", "MINQING_WEB__PORT__X": "1"},
            "MINQING_WEB__PORT__X",
            "both as a value and as a table",
        ),
        ({"MINQING_WEB__": "1"}, "MINQING_WEB__", "unknown key"),
    ],
)
def test_a_wrong_variable_is_named(environ: dict[str, str], key: str, what: str) -> None:
    with pytest.raises(BadConfig) as caught:
        config.load(ROOT_FILE, environ)
    assert (caught.value.file, caught.value.key) == ("environment", key)
    assert what in caught.value.what
    assert "hush" not in str(caught.value)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes("[office]\nname = '阳光'".encode("gb18030"))
    with pytest.raises(BadConfig, match="not UTF-8"):
        config.load(file, {})


def test_secrets_come_from_the_environment_and_are_never_shown(tmp_path: Path) -> None:
    secrets = config.secrets({"MINQING_KEY": "hush-key", "MINQING_TELEGRAM_TOKEN": "hush-token"})
    assert (secrets.key, secrets.telegram_token, secrets.ring_token) == ("hush-key", "hush-token", None)
    assert "hush" not in repr(secrets) + str(secrets)

    url = "postgresql+psycopg://minqing:hush@db/minqing"
    file = tmp_path / "config.toml"
    file.write_text(f'[storage]\nurl = "{url}"\n', encoding="utf-8")
    with pytest.raises(BadConfig) as caught:
        config.load(file, {})
    assert caught.value.key == "storage.url" and "hush" not in str(caught.value)

    settings = config.load(ROOT_FILE, {"MINQING_STORAGE__URL": url})
    assert settings.storage.url == url
    shown = dict(config.shown(settings))
    assert shown["storage.url"] == "postgresql+psycopg://minqing:***@db/minqing"
    assert shown["sla.clocks.complaint.first"] == "[4 duty hours, 1 hour]"


@given(st.text(max_size=60))
def test_no_text_breaks_it_otherwise_than_by_saying_so(text: str) -> None:
    try:
        assert isinstance(config.read_text(text), Settings)
    except BadConfig as error:
        assert error.what


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=5,
)


@given(st.sampled_from(sorted(keys_of(Settings()))), values)
def test_any_value_is_taken_or_refused_by_name(key: str, value: Any) -> None:
    data: Any = value
    for part in reversed(key.split(".")):
        data = {part: data}
    try:
        assert isinstance(config.overlay(Settings(), data, "test"), Settings)
    except BadConfig as error:
        # A list of tables names the one item; a table checked as a whole is named itself.
        assert error.file == "test" and (error.key.startswith(key.rsplit(".", 1)[0]) or key.startswith(error.key))
