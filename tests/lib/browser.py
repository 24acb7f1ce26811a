"""A real browser before the product: a phone's page, and a camera that sees a code."""

from pathlib import Path
from typing import Any

import numpy as np
import segno
from playwright.sync_api import Browser, Page, Playwright

CHROMIUM = next(
    path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
    if Path(path).exists()
)  # fmt: skip
FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
LOCALE = {"zh": "zh-CN", "en": "en-US"}


def phone_page(browser: Browser, language: str, url: str, **more: Any) -> Page:
    """A page of a phone's size in a language."""
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, locale=LOCALE[language], base_url=url, **more
    )
    context.set_default_timeout(30_000)
    return context.new_page()


def settled(page: Page, asked: str) -> Any:
    """What an async function on the page answers, once that is something; within ten seconds.

    `wait_for_function` takes the promise itself for an answer.
    """
    return page.evaluate(
        f"""async () => {{
            for (let tries = 0; tries < 200; tries += 1) {{
                const answer = await ({asked})();
                if (answer) return answer;
                await new Promise((go) => setTimeout(go, 50));
            }}
            throw new Error("nothing came of it");
        }}"""
    )


def camera_before(playwright: Playwright, text: str, folder: Path) -> Browser:
    """A browser whose camera sees a QR code."""
    film = folder / f"camera-{abs(hash(text)):x}.y4m"
    film.write_bytes(_film(text))
    flags = [
        *FLAGS, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]  # fmt: skip
    return playwright.chromium.launch(executable_path=CHROMIUM, args=flags)


def _film(text: str) -> bytes:
    """A second of a code held before a grey wall, as YUV4MPEG2."""
    code = np.array([[1 - dark for dark in row] for row in segno.make(text, error="m").matrix])
    scale = 440 // (len(code) + 8)
    code = np.pad(code, 4, constant_values=1).repeat(scale, 0).repeat(scale, 1) * 235
    picture = np.full((480, 640), 128, np.uint8)
    top, left = (480 - len(code)) // 2, (640 - len(code)) // 2
    picture[top : top + len(code), left : left + len(code)] = np.maximum(code, 16)
    frame = b"FRAME\n" + picture.tobytes() + bytes([128]) * (640 * 480 // 2)
    return b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + frame * 10
