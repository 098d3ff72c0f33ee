"""The browser that walks the journeys and takes the pictures."""

import os
import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str:
    """Return the program's path: ``CHROMIUM`` or the first one installed; refuses when none is."""
    candidates = (os.environ.get("CHROMIUM", ""), *NAMES)
    for candidate in candidates:
        if candidate and (path := shutil.which(candidate)):
            return path
    raise FileNotFoundError(
        "No Chromium was found. Install it (sudo apt-get install chromium) or set CHROMIUM to its "
        "path."
    )
