"""django-helpdesk taking the same messages as e-mail, by its own function, on SQLite in WAL mode or PostgreSQL.
Usage: desk.py FILE|postgresql://… MESSAGES.json PRODUCERS [PART OF], with its environment's Python → {"messages",
"tickets", "seconds", "processor"}. The first of several makes the tables; each warms up on mails that do not count."""

from __future__ import annotations

import json
import logging
import queue
import sys
import threading
import time
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import django
from django.conf import settings

database, messages_file, producers = sys.argv[1], sys.argv[2], int(sys.argv[3])
part, of = (int(sys.argv[4]), int(sys.argv[5])) if len(sys.argv) > 4 else (0, 1)
ON_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": database,
    "OPTIONS": {
        "timeout": 60,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
    },
}


def on_postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    where = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username,
        "HOST": where.get("host", parts.hostname),
        "PORT": where.get("port", parts.port or ""),
        # One connection for each thread, kept: opening one costs more than a ticket.
        "CONN_MAX_AGE": None,
    }


settings.configure(
    SECRET_KEY="benchmark",
    DATABASES={"default": on_postgresql(database) if "://" in database else ON_SQLITE},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.sites",
        "django.contrib.humanize",
        "django.contrib.messages",
        "django.contrib.admin",
        "rest_framework",
        "helpdesk",
    ],
    MIDDLEWARE=[],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    SITE_ID=1,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    HELPDESK_ACTIVATE_API_ENDPOINT=False,
    HELPDESK_TEAMS_MODE_ENABLED=False,
    ROOT_URLCONF=__name__,
)
# Models may be imported only after this, hence the E402 below.
django.setup()

from django.core.management import call_command  # noqa: E402  # Django is set up above
from django.db import connection  # noqa: E402  # Django is set up above
from django.urls import include, path  # noqa: E402  # Django is set up above
from helpdesk.email import extract_email_metadata  # noqa: E402  # Django is set up above
from helpdesk.models import Queue, Ticket  # noqa: E402  # Django is set up above

urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]

logging.disable(logging.CRITICAL)
if part == 0:
    call_command("migrate", verbosity=0)
    Queue.objects.create(title="desk", slug="desk", allow_email_submission=True, email_box_type="local")
desk = Queue.objects.get(slug="desk")
logger = logging.getLogger("benchmark")

texts = json.loads(Path(messages_file).read_text(encoding="utf-8"))
WARM = 50


def written(number: int, text: str, host: str = "example.org") -> str:
    mail = EmailMessage()
    mail["From"] = f"resident{number % 60}@example.org"
    mail["To"] = "desk@example.org"
    mail["Subject"] = text[:40].replace("\n", " ")
    mail["Message-Id"] = f"<{number}@{host}>"
    mail.set_content(text)
    return mail.as_string()


mails = [written(number, text) for number, text in enumerate(texts)]
waiting: queue.SimpleQueue[str | None] = queue.SimpleQueue()
for mail in mails[part::of]:
    waiting.put(mail)
for _ in range(producers):
    waiting.put(None)


def produce() -> None:
    while (text := waiting.get()) is not None:
        extract_email_metadata(text, desk, logger)
    connection.close()


threads = [threading.Thread(target=produce) for _ in range(producers)]
if of > 1:
    for number, text in enumerate(texts[:WARM]):
        extract_email_metadata(written(number, text, f"{part}.example.org"), desk, logger)
    print("ready", flush=True)
    sys.stdin.readline()
began, used = time.perf_counter(), time.process_time()
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
seconds, processor = time.perf_counter() - began, time.process_time() - used
tickets = Ticket.objects.count() - (of * WARM if of > 1 else 0)
result = {"messages": len(mails), "tickets": tickets, "seconds": seconds, "processor": processor}
print(json.dumps(result))
