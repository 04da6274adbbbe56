# SPDX-License-Identifier: MIT
"""Chromium without a window, driven through a pair of pipes with its DevTools protocol; nothing but the standard library."""

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

ANSWER_WITHIN = 120  # seconds; the tests run on small machines


class BrowserError(Exception):
    """What the browser refused, or that it is gone."""


class Browser:
    """One process with a profile of its own, gone with it."""

    def __init__(self, program="chromium"):
        self.profile = tempfile.mkdtemp(prefix="pooltriage-pages.")
        inside_in, to_browser = map(above, os.pipe())
        from_browser, inside_out = map(above, os.pipe())
        arguments = [program, "--headless", "--remote-debugging-pipe", "--user-data-dir=" + self.profile,
                     "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync",
                     "--hide-scrollbars", "--font-render-hinting=none", "about:blank"]
        if os.getuid() == 0:
            arguments.append("--no-sandbox")  # Chromium refuses its sandbox to root
        # The browser reads from descriptor 3 and writes to 4.
        there = f'exec "$@" 3<&{inside_in} 4>&{inside_out} {inside_in}<&- {inside_out}>&-'
        self.process = subprocess.Popen(
            ["bash", "-c", there, "bash"] + arguments,
            pass_fds=(inside_in, inside_out), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(inside_in)
        os.close(inside_out)
        self.to_browser, self.from_browser = to_browser, from_browser
        self.unread = b""
        self.last_id = 0
        self.events = []  # of all sessions, as they came

    def call(self, method, session=None, **params):
        """Sends one command and returns its result; events that come meanwhile are kept."""
        self.last_id += 1
        message = {"id": self.last_id, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        rest = json.dumps(message).encode() + b"\0"
        while rest:
            rest = rest[os.write(self.to_browser, rest):]
        until = time.monotonic() + ANSWER_WITHIN
        while True:
            answer = self.read(until)
            if answer.get("id") != self.last_id:
                self.events.append(answer)
            elif "error" in answer:
                raise BrowserError(f"{method}: {answer['error'].get('message')}")
            else:
                return answer["result"]

    def wait(self, method, session):
        """Waits for an event that may have come already."""
        until = time.monotonic() + ANSWER_WITHIN
        while not any(e.get("method") == method and e.get("sessionId") == session for e in self.events):
            self.events.append(self.read(until))

    def read(self, until):
        while b"\0" not in self.unread:
            if not select.select([self.from_browser], [], [], max(0, until - time.monotonic()))[0]:
                raise BrowserError(f"no answer within {ANSWER_WITHIN} s")
            part = os.read(self.from_browser, 1 << 20)
            if not part:
                raise BrowserError("it ended")
            self.unread += part
        message, self.unread = self.unread.split(b"\0", 1)
        return json.loads(message)

    def close(self):
        try:
            self.call("Browser.close")
            self.process.wait(20)
        except (BrowserError, OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        os.close(self.to_browser)
        os.close(self.from_browser)
        shutil.rmtree(self.profile, ignore_errors=True)


class Page:
    """A file, opened in a tab of its own; scripts of ours run in a world that the page does not see."""

    def __init__(self, browser, path, script):
        self.browser = browser
        self.url = "file://" + os.path.abspath(path)
        self.target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
            self.call(domain + ".enable")
        self.show(1024)
        self.browser.events.clear()  # those of the empty page
        frame = self.call("Page.navigate", url=self.url)["frameId"]
        browser.wait("Page.loadEventFired", self.session)
        self.world = self.call("Page.createIsolatedWorld", frameId=frame, worldName="test")["executionContextId"]
        self.run(script)

    def call(self, method, **params):
        return self.browser.call(method, self.session, **params)

    def run(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, contextId=self.world, awaitPromise=True,
                           returnByValue=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    def events(self, method):
        return [e["params"] for e in self.browser.events
                if e.get("method") == method and e.get("sessionId") == self.session]

    def show(self, width, media="", **features):
        """A screen of this width: media "print", and features like prefers_color_scheme="dark"."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", media=media,
                  features=[{"name": name.replace("_", "-"), "value": value} for name, value in features.items()])

    def picture(self, path):
        """The whole page, however long: NAME.png, and NAME-2.png and so on for what lies beyond 16,000 dots, where nothing
        more is drawn in one picture."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        for part, top in enumerate(range(0, int(size["height"]), 16000), 1):
            clip = {"x": 0, "y": top, "width": size["width"], "height": min(16000, size["height"] - top), "scale": 1}
            answer = self.call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip,
                               optimizeForSpeed=True)
            write(path if part == 1 else f"-{part}".join(os.path.splitext(path)), answer)

    def print(self, path, width, height):
        """Paper of so many inches."""
        write(path, self.call("Page.printToPDF", paperWidth=width, paperHeight=height, preferCSSPageSize=False,
                              printBackground=False, marginTop=0, marginBottom=0, marginLeft=0, marginRight=0))

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)


def above(descriptor):
    """The same at 10 or more, out of the way of the browser's 3 and 4."""
    copy = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(descriptor)
    return copy


def write(path, answer):
    with open(path, "wb") as file:
        file.write(base64.b64decode(answer["data"]))
