"""The page's few signs, drawn here so that nothing is fetched from elsewhere."""

from __future__ import annotations


def _sign(path: str) -> str:
    return (
        '<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.8" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{path}</svg>'
    )


REPLY = _sign('<path d="M10 8 5 12.5 10 17"/><path d="M5.5 12.5H14a5 5 0 0 1 5 5V19"/>')
EDIT = _sign('<path d="M4 20h4L19 9l-4-4L4 16v4Z"/><path d="m13.5 6.5 4 4"/>')
PHOTO = _sign(
    '<rect x="3.5" y="5" width="17" height="14" rx="2.5"/><circle cx="9" cy="10" r="1.6"/>'
    '<path d="m5 18 5.2-5 3.3 3 2.6-2.4 4.2 4"/>'
)
SEND = _sign('<path d="M12 19V5.5"/><path d="m6 11 6-6 6 6"/>')
CLOSE = _sign('<path d="m6.5 6.5 11 11"/><path d="m17.5 6.5-11 11"/>')
PLAY = _sign('<path d="M8 5.5v13l10.5-6.5Z" fill="currentColor"/>')
DOWN = _sign('<path d="m6 9.5 6 6 6-6"/>')
THEME = {
    "auto": _sign('<circle cx="12" cy="12" r="8"/><path d="M12 4v16a8 8 0 0 0 0-16Z" fill="currentColor"/>'),
    "light": _sign(
        '<circle cx="12" cy="12" r="4"/><path d="M12 2.8v2.4M12 18.8v2.4M2.8 12h2.4M18.8 12h2.4'
        'M5.5 5.5l1.7 1.7M16.8 16.8l1.7 1.7M18.5 5.5l-1.7 1.7M7.2 16.8l-1.7 1.7"/>'
    ),
    "dark": _sign('<path d="M20 14.2A8.2 8.2 0 0 1 9.8 4 8.2 8.2 0 1 0 20 14.2Z"/>'),
}

# A speech bubble with a roof: talk in a neighbourhood.
BRAND = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">'
    '<rect width="32" height="32" rx="9" fill="#1f6b57"/>'
    '<path d="M16 6.8 25 13.6V21.2a2.6 2.6 0 0 1-2.6 2.6H15l-4.6 3.4v-3.4h-.8A2.6 2.6 0 0 1 7 21.2v-7.6Z" fill="#fff"/>'
    '<circle cx="12" cy="17.4" r="1.5" fill="#1f6b57"/><circle cx="16" cy="17.4" r="1.5" fill="#1f6b57"/>'
    '<circle cx="20" cy="17.4" r="1.5" fill="#e0a33e"/></svg>'
)
