#!/bin/sh
# Checks, then tests; pytest's closing line comes last.
set -eu

if sh tools/browser.sh; then
    without=
elif [ "${CI:-}" = true ]; then
    echo "on CI the browser tests must run" >&2
    exit 1
else
    without="-m not browser"
fi
make --no-print-directory check
# One file stays in one process, so that a page or a database made for a file is made once.
exec .venv/bin/python -m pytest -q -n auto --maxprocesses 8 --dist loadfile ${without:+"$without"}
