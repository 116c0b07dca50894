"""Debian's Firefox ESR by Marionette, run by the environment of `.ci/surroundings`."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from typing import Any

from marionette_driver.keys import Keys
from marionette_driver.marionette import ActionSequence, Marionette
from orders import obey

KEYS = {
    "ArrowDown": Keys.ARROW_DOWN,
    "ArrowRight": Keys.ARROW_RIGHT,
    "End": Keys.END,
    "Enter": Keys.ENTER,
    "Escape": Keys.ESCAPE,
    "Home": Keys.HOME,
    "Tab": Keys.TAB,
}

CLEAR = "Services.console.reset()"
SAID = """
return Services.console.getMessageArray()
    .filter(each => each instanceof Ci.nsIScriptError && /^(file|data):/.test(each.sourceName))
    .map(each => `${each.errorMessage} (${each.lineNumber})`);
"""
COPIED = """
const trans = Cc["@mozilla.org/widget/transferable;1"].createInstance(Ci.nsITransferable);
trans.init(null);
trans.addDataFlavor("text/plain");
Services.clipboard.getData(trans, Ci.nsIClipboard.kGlobalClipboard);
const data = {};
trans.getTransferData("text/plain", data);
return data.value.QueryInterface(Ci.nsISupportsString).data;
"""


class Browser:
    """One window of 1280 × 900."""

    def __init__(self, profile: str) -> None:
        self.firefox = Marionette(
            bin=shutil.which("firefox-esr"),
            headless=True,
            port=0,
            workspace=profile,
            gecko_log=os.devnull,
        )
        self.firefox.start_session()
        self.firefox.set_window_rect(width=1280, height=985)

    def name(self) -> str:
        """What the engine calls itself."""
        return str(self.run("navigator.userAgent"))

    def open(self, address: str) -> None:
        """Go to an address."""
        with self.firefox.using_context("chrome"):
            self.firefox.execute_script(CLEAR)
        self.firefox.navigate(address)

    def run(self, code: str) -> Any:  # noqa: ANN401 - what JSON can say
        """The value of an expression."""
        return json.loads(self.firefox.execute_script(f"return JSON.stringify({code})") or "null")

    def click(self, x: int, y: int) -> None:
        """Click with the mouse."""
        mouse = ActionSequence(self.firefox, "pointer", "mouse", {"pointerType": "mouse"})
        mouse.pointer_move(x, y).pointer_down(0).pointer_up(0).perform()

    def press(self, key: str) -> None:
        """Press a key by the name that browsers give it, or a letter."""
        named = KEYS.get(key, key)
        keyboard = ActionSequence(self.firefox, "key", "keyboard")
        keyboard.key_down(named).key_up(named).perform()

    def clipboard(self) -> str:
        """What was copied last."""
        with self.firefox.using_context("chrome"):
            return str(self.firefox.execute_script(COPIED))

    def complaints(self) -> list[str]:
        """What the console has said since the page was opened."""
        with self.firefox.using_context("chrome"):
            return list(self.firefox.execute_script(SAID))

    def picture(self) -> str:
        """The window as PNG."""
        time.sleep(0.3)
        return str(self.firefox.screenshot(full=False))

    def pdf(self) -> str:
        """The page on paper."""
        return str(self.firefox._send_message("WebDriver:Print", {}, key="value"))  # noqa: SLF001 - it has no name for it


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        browser = Browser(folder)
        try:
            obey(browser)
        finally:
            browser.firefox.quit()
