"""A real Chromium 69 (Qt WebEngine 5.12), run by the environment of `.ci/surroundings`."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable
from typing import Any

from orders import obey
from PyQt5.QtCore import QBuffer, QEventLoop, QPoint, Qt, QTimer, QUrl
from PyQt5.QtTest import QTest
from PyQt5.QtWebEngineWidgets import QWebEnginePage, QWebEngineView
from PyQt5.QtWidgets import QApplication

KEYS = {
    "ArrowDown": Qt.Key_Down,
    "ArrowRight": Qt.Key_Right,
    "End": Qt.Key_End,
    "Enter": Qt.Key_Return,
    "Escape": Qt.Key_Escape,
    "Home": Qt.Key_Home,
    "Tab": Qt.Key_Tab,
    "/": Qt.Key_Slash,
}


class Page(QWebEnginePage):  # type: ignore[misc]
    """A page that remembers what its console says."""

    said: list[str]

    def javaScriptConsoleMessage(self, _level: int, text: str, line: int, _source: str) -> None:  # noqa: N802 - Qt's name
        """Remember it."""
        self.said.append(f"{text} ({line})")


class Browser:
    """One window of 1280 × 900."""

    def __init__(self) -> None:
        self.view = QWebEngineView()
        self.page = Page(self.view)
        self.page.said = []
        self.view.setPage(self.page)
        self.view.resize(1280, 900)
        self.view.show()

    def name(self) -> str:
        """What the engine calls itself."""
        return str(self.run("navigator.userAgent"))

    def open(self, address: str) -> None:
        """Go to an address."""
        self.page.said.clear()
        awaited(self.page.loadFinished.connect, lambda: self.page.load(QUrl(address)))

    def run(self, code: str) -> Any:  # noqa: ANN401 - what JSON can say
        """The value of an expression."""
        found = awaited(lambda got: self.page.runJavaScript(f"JSON.stringify({code})", got))
        return json.loads(found or "null")

    def click(self, x: int, y: int) -> None:
        """Click with the mouse."""
        QTest.mouseClick(self.view.focusProxy(), Qt.LeftButton, Qt.NoModifier, QPoint(x, y))
        pause(100)

    def press(self, key: str) -> None:
        """Press a key by the name that a browser gives it, or that of a letter."""
        code = KEYS[key] if key in KEYS else getattr(Qt, f"Key_{key.upper()}")
        QTest.keyClick(self.view.focusProxy(), code, Qt.NoModifier)
        pause(100)

    def clipboard(self) -> str:
        """What was copied last; Qt has it some time after the page."""
        for _ in range(50):
            if QApplication.clipboard().text():
                break
            pause(100)
        return str(QApplication.clipboard().text())

    def complaints(self) -> list[str]:
        """What the console has said since the page was opened."""
        return self.page.said

    def picture(self) -> str:
        """The window as PNG."""
        pause(500)
        buffer = QBuffer()
        buffer.open(QBuffer.WriteOnly)
        self.view.grab().save(buffer, "PNG")
        return base64.b64encode(bytes(buffer.data())).decode()

    def pdf(self) -> str:
        """The page on paper."""
        return base64.b64encode(bytes(awaited(self.page.printToPdf))).decode()


def awaited(
    ask: Callable[[Callable[[Any], None]], object], begin: Callable[[], object] = id
) -> Any:  # noqa: ANN401
    """What is handed to the function that `ask` is given."""
    loop, given = QEventLoop(), []

    def take(value: object) -> None:
        given.append(value)
        loop.quit()

    ask(take)
    if begin is not id:
        begin()
    if not given:
        loop.exec_()
    return given[0]


def pause(milliseconds: int) -> None:
    """Let the page go on."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec_()


if __name__ == "__main__":
    application = QApplication([sys.argv[0], "--no-sandbox", "--disable-gpu"])
    obey(Browser())
