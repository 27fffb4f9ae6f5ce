#!/bin/sh
# Makes .venv from the lock: "run" brings what the bot needs, "dev" the extras, tests and tools as well.
set -eu

part=$1
venv=.venv

find_python() {
    found=
    for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        found=$name
        # Debian ships Python without these two; another Python beside it may have them.
        "$name" -c 'import ensurepip, venv' 2>/dev/null && return 0
    done
    if [ -n "$found" ]; then
        version=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        echo "$found cannot make environments: please install python$version-venv (apt-get install python$version-venv)." >&2
    else
        echo "minqing needs Python 3.11 or newer: please install python3 and python3-venv." >&2
    fi
    return 1
}

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    find_python || exit 1
    echo "making $venv with $("$found" --version)"
    rm -rf "$venv"
    "$found" -m venv "$venv"
fi

lock=$venv/$part.lock
if [ "$part" = dev ]; then
    sed '/^# ==== only for the extra ocr/,$d' requirements.lock >"$lock"
else
    sed '/^# ====/,$d' requirements.lock >"$lock"
fi
echo "installing from requirements.lock ($part); the first time takes a minute or two"
# Warnings about the machine's own pip settings help nobody here; errors still show.
quiet="-q -q --disable-pip-version-check --no-input"
"$venv/bin/python" -m pip install $quiet --require-hashes -r "$lock"
"$venv/bin/python" -m pip install $quiet --no-deps --no-build-isolation --editable .

touch "$venv/.run"
if [ "$part" = dev ]; then touch "$venv/.dev"; fi
