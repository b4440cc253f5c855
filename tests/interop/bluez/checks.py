"""Named checks of a scenario. The outcome of each is a line of JSON on standard output: tests/interop/*.cs make a test result of it."""
import argparse
import asyncio
import json
import shlex
import signal
import sys
import time
import traceback

from lab import Lab


class PeerDefect(Exception):
    """The peer was seen to be wrong, as is known of it; the text is the evidence."""


def check(name, essential=False, board=True):
    """Marks a method as a check, not of a board if that is said. Without an essential one the rest cannot be run. tests/interop finds the names in the source."""
    def mark(method):
        method.check, method.essential, method.board = name, essential, board
        return method
    return mark


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(bytes(w).hex() if isinstance(w, (bytes, bytearray)) else str(w) for w in what))


def equal(actual, expected, what):
    expect(actual == expected, what, "is", actual, "and not", expected)


def run(scenario):
    """Runs the checks of a scenario in the order of its source."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--node", required=True, help="command that starts the node under test")
    parser.add_argument("--folder", required=True, help="for sockets and logs")
    parser.add_argument("--argument", default="", help="what the scenario is about, if it can be about several")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(asyncio.run(_run(scenario, options)))


async def _run(scenario, options):
    failed = False
    async with Lab(options.folder) as lab:
        subject = scenario(lab, shlex.split(options.node), options.argument)
        for method in [m for m in vars(scenario).values() if hasattr(m, "check") and (m.board or not subject.is_board)]:
            start, note, outcome = time.monotonic(), "", "passed"
            try:
                note = await method(subject) or ""
            except PeerDefect as e:
                note, outcome = str(e), "defect"
            except Exception:
                note, outcome, failed = traceback.format_exc(limit=-4), "failed", True
            print(json.dumps({"check": method.check, "outcome": outcome, "seconds": round(time.monotonic() - start, 2), "note": note}), flush=True)
            if outcome == "failed" and method.essential:
                break
    return 1 if failed else 0
