#!/bin/sh
# Says yes (status 0) when browser tests can run; as root on Debian it installs what is missing first.
set -u

browser_is_here() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }
fonts_are_here() { [ -n "$(find /usr/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \
    \( -iname '*cjk*' -o -iname 'wqy-*' \) 2>/dev/null | head -n 1)" ]; }

browser_is_here && fonts_are_here && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing chromium and CJK fonts through apt"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null
    apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
    browser_is_here && fonts_are_here && exit 0
fi
echo "browser tests are left out: Debian's packages chromium and fonts-noto-cjk are missing here"
exit 1
