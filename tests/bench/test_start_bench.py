"""How soon the built site can be used, as a ratio to a page that only does bare `loadPyodide()` and sets a text.

Both are served by the same server and visited in turn in the same run, in browsers with a profile on disk, as people
have them. First visits have a new profile each. ``BENCH_ROUNDS=3 make bench`` is a quick look; the figures that count
are medians of at least 7.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page
from tests.bench.reporting import ROUNDS, report
from tests.bench.visits import MEGABIT, PROFILES, TabCrashed, interactive, visit
from tests.e2e.driving import Server, Site, copy_of_project, expect_state, grant, throttle
from tests.e2e.kept import await_snapshot

SHIFTS = """globalThis.shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries().map((entry) => entry.value)))
    .observe({ type: "layout-shift", buffered: true });"""
FIRST_PAINT = """() => new Promise((resolve) => {
  const take = (entries) => entries.filter(({ name }) => name === "first-contentful-paint")
    .forEach(({ startTime }) => resolve(startTime));
  new PerformanceObserver((list) => take(list.getEntries())).observe({ type: "paint", buffered: true });
})"""


def test_later_visits_and_the_return_from_the_sign_in(released: Site, profile: Callable[[], Any]) -> None:
    released.emulator.reset()
    with profile() as context:
        bare, page = context.new_page(), context.new_page()
        visit(page, released.url)
        await_snapshot(page)
        page.reload()
        page.get_by_role("button", name="Sign in with Podio").click()
        grant(page)
        expect_state(page, "signed-in")
        later: list[tuple[float, float]] = []
        for _ in range(ROUNDS + 2):
            bare.bring_to_front()
            plain = visit(bare, released.url + "bare/")
            bare.goto("about:blank")
            page.bring_to_front()
            later.append((visit(page, released.url), plain))
        returned = []
        for _ in range(ROUNDS):
            page.evaluate("sessionStorage.clear()")
            visit(page, released.url)
            page.get_by_role("button", name="Sign in with Podio").click()
            expect_state(page, "signed-in")
            returned.append(interactive(page))
    yardstick = median(plain for _, plain in later[2:])
    print(f"\nlater visit, bare page: {yardstick:.0f} ms")
    app, back = median(own for own, _ in later[2:]), median(returned)
    print(f"later visit, signed in: {app:.0f} ms; the sign-in's return: {back:.0f} ms")
    print(f"  each: {[round(own) for own, _ in later]} against {[round(plain) for _, plain in later]}")
    report("1. later visit, signed in, to the bare page", app / yardstick, 0.30)
    report("5. the sign-in's return, to the bare page's later visit", back / yardstick, 0.34)


@pytest.mark.parametrize(
    ("name", "megabits", "latency", "limit"),
    [("localhost", 0, 0, 0.45), ("50 Mbit/s, 50 ms", 50, 50, 0.70), ("10 Mbit/s, 50 ms", 10, 50, 0.78)],
)
def test_first_visits(
    released: Site, profile: Callable[[], Any], name: str, megabits: int, latency: int, limit: float
) -> None:
    released.emulator.reset()
    times: dict[str, list[float]] = {"": [], "bare/": []}
    paints: dict[str, list[float]] = {"": [], "static.html": []}
    sizes, shifts, crashes = [], [], 0

    def first_visit(path: str) -> None:
        with profile() as context:
            page = context.new_page()
            page.add_init_script(SHIFTS)
            devtools = context.new_cdp_session(page)
            devtools.send("Network.enable")
            received: list[int] = []
            devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
            if megabits:
                throttle(page, latency=latency, down=megabits * MEGABIT, up=megabits * MEGABIT)
            if path in times:
                times[path].append(visit(page, released.url + path))
            else:
                page.goto(released.url + path)
            if path in paints:
                paints[path].append(page.evaluate(FIRST_PAINT))
            if not path:
                sizes.append(sum(received))
                shifts.append(sum(page.evaluate("shifts")))

    for path in [*(times | paints)] * ROUNDS:
        try:
            first_visit(path)
        except TabCrashed:
            crashes += 1
    own, bare = median(times[""]), median(times["bare/"])
    print(f"\nfirst visit, {name}: {own:.0f} ms; bare page: {bare:.0f} ms")
    painted, static = median(paints[""]), median(paints["static.html"])
    print(f"4. first paint: {painted:.0f} ms; the same page without scripts: {static:.0f} ms")
    report(f"4. first paint, {name}, to the page without scripts", painted / static, 1.3)
    report(f"2./3. first visit, {name}, to the bare page", own / bare, limit)
    # From near the snapshot comes at once, which the service worker would fetch a moment later.
    if megabits:
        report("3. bytes until interactive", median(sizes) / 1e6, 6.0, " MB")
    report("4. layout shift", max(shifts), 0.0)
    report("crashed tabs", crashes, 0)


def proportional_set_sizes() -> dict[str, float]:
    """Return the PSS in MB of each process of the newest browser that holds pages or workers."""
    sizes = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            if b"--type=renderer" in command and PROFILES[-1].encode() in _ancestry(process):
                lines = (process / "smaps_rollup").read_text().splitlines()
                sizes[process.name] = next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000
        except (OSError, StopIteration):
            continue
    return sizes


def sizes_without_garbage(page: Page) -> dict[str, float]:
    devtools = page.context.new_cdp_session(page)
    for _ in range(3):
        devtools.send("HeapProfiler.collectGarbage")
        page.evaluate("new Promise((resolve) => setTimeout(() => requestIdleCallback(resolve), 300))")
    return proportional_set_sizes()


def size_after_start(context: BrowserContext, url: str, then: Callable[[Page], None] | None = None) -> float:
    """Return the PSS in MB of the process of a page that has started and been rid of its garbage."""
    before = proportional_set_sizes()
    page = context.new_page()
    visit(page, url)
    if then:
        then(page)
    after = sizes_without_garbage(page)
    # One collection frees what holds the next one's: until nothing more comes of it.
    while sum((again := sizes_without_garbage(page)).values()) < sum(after.values()) - 1:
        after = again
    page.close()
    # Which process is the page's is not reported: the browser keeps one ready. It is the one that has grown.
    return after[max(after, key=lambda process: after[process] - before.get(process, 0))]


def _ancestry(process: Path) -> bytes:
    """Return the command lines of a process's parents: the browser's names its profile."""
    parents = b""
    while process.name not in {"0", "1"}:
        parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
        process = Path("/proc") / parent
        if parent == "0":
            break
        parents += (process / "cmdline").read_bytes()
    return parents


def test_memory_after_the_start(released: Site, profile: Callable[[], Any]) -> None:
    released.emulator.reset()
    sizes: dict[str, list[float]] = {"": [], "bare/": []}
    for path, path_sizes in sizes.items():
        with profile() as context:
            first = size_after_start(context, released.url + path, None if path else await_snapshot)
            print(f"\n{path or 'app'}: first visit {first:.0f} MB (of the app with its service worker at work)", end="")
            path_sizes.extend(size_after_start(context, released.url + path) for _ in range(max(ROUNDS, 5)))
            print(f", later visits {[round(size) for size in path_sizes]}", end="")
    own, bare = median(sizes[""]), median(sizes["bare/"])
    print(f"\nmemory after the start: {own:.0f} MB; bare page: {bare:.0f} MB")
    report("6. memory, to the bare page", own / bare, 1.20)


def test_a_reload_after_a_change_of_the_code(profile: Callable[[], Any], tmp_path: Path) -> None:
    copy_of_project(tmp_path)
    changed = tmp_path / "pyapp/workbench/views/signed_out.py"
    server = Server(log=tmp_path / "serve.log", program=tmp_path / "serve.py")
    times = []
    with profile() as context:
        page = context.new_page()
        visit(page, server.url)
        for _ in range(ROUNDS):
            changed.write_text(changed.read_text() + "# changed\n")
            times.append(visit(page, server.url) / 1000)
    server.stop()
    print()
    report("developing: a reload after a change, until it can be used", median(times), 3.0, " s")
