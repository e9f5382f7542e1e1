/** The parts of the adapter that need no gdb: what is folded, which file is meant, what stands for a member, which stops count. */
import test from "ava";
import type { RedStop } from "../../src/debug/stops.js";
import { setBreakpoints, setExceptionBreakpoints, setSessionStops } from "../../src/dap/breakpoints.js";
import { foldedOf } from "../../src/dap/fold.js";
import type { Live } from "../../src/dap/live.js";
import { pathOfChild } from "../../src/dap/path.js";
import { goOn, hit, stopped } from "../../src/dap/run-control.js";
import { nameOfSource } from "../../src/dap/sources.js";
import type { MiTuple } from "../../src/mi/records.js";
import { CASE, played } from "./played.js";

const frame = (name: string, file: string, address = 0x9000) => ({ function: name, file, address });

test("the machinery between a failure and the user's own code is folded", (t) => {
  const ofCase = frame(CASE.symbol, "suites/s.c", 0x1010);
  const kit = [
    frame("uk_test_on_failure", "guest/lib/uktest/result.c"),
    frame("uktest_conclude", "x/lib/uktest/result.h"),
  ];
  t.is(foldedOf([...kit, ofCase, frame("main", "main.c")], [CASE]), 2);
  t.is(
    foldedOf([...kit, frame("helper", "suites/s.c"), ofCase], [CASE]),
    2,
    "a helper of the user's is shown",
  );
  t.is(
    foldedOf([...kit, frame("main", "main.c")], [CASE]),
    0,
    "nothing is known of a trace without the case",
  );
  t.is(foldedOf([ofCase], [CASE]), 0);
  t.is(foldedOf([], [CASE]), 0);
  const trap = [
    frame("uk_crash_on_screen", "lib/ukdebug/crash.c"),
    frame("raise", "x.c"),
    frame("<signal handler called>", ""),
  ];
  t.is(
    foldedOf([...trap, frame("write_to", "memory.c"), ofCase], [CASE]),
    3,
    "all up to the line that raised it",
  );
  t.is(foldedOf([...trap, ofCase], [CASE]), 3);
  const stub = [frame("uk_test_on_failure", "guest/lib/ukgdb/entry.c"), ...kit.slice(1)];
  t.is(foldedOf([...stub, ofCase], [CASE]), 2, "the hooks of a guest's own stub");
});

test("a file is found by the end of its path, where its folder is another one", (t) => {
  const files = [
    { file: "lib/a/list.c", fullname: "/build/lib/a/list.c" },
    { file: "lib/b/list.c", fullname: "/build/lib/b/list.c" },
    { file: "./main.c", fullname: "/home/main.c" },
  ];
  t.is(nameOfSource("/home/main.c", files), "/home/main.c");
  t.is(nameOfSource("/elsewhere/lib/b/list.c", files), "/build/lib/b/list.c");
  t.is(nameOfSource("/elsewhere/src/main.c", files), "/home/main.c");
  t.is(nameOfSource("/elsewhere/omain.c", files), undefined);
  t.is(nameOfSource("", files), undefined);
});

test("the expression of a member, an element and what a pointer points to", (t) => {
  t.is(pathOfChild({ path: "p", type: "struct s *" }, "x"), "p->x");
  t.is(pathOfChild({ path: "p", type: "const struct s * const" }, "x"), "p->x");
  t.is(pathOfChild({ path: "s", type: "struct s" }, "x"), "s.x");
  t.is(pathOfChild({ path: "a", type: "int [3]" }, "2"), "a[2]");
  t.is(pathOfChild({ path: "p", type: "int *" }, "*p"), "(*p)");
  t.is(pathOfChild({ path: "s", type: "struct s" }, "<anonymous union>"), "s");
});

const UBSAN: RedStop = { place: "__ubsan_handle_x", kind: "finding", isOfCases: true };
const at = (number: string, func = CASE.symbol): MiTuple => ({
  ...{ reason: "breakpoint-hit", bkptno: number, "thread-id": "1" },
  frame: { addr: "0x1004", func },
});

async function running(live: Live, breaks: readonly string[] = []): Promise<void> {
  await setSessionStops(live, { stops: [{ place: "f", kind: "assertion" }, UBSAN], breaks });
  await goOn(live);
}

test("what may come on the way of a kernel counts once a case has begun", async (t) => {
  const { live, commands, said } = played();
  await running(live);
  t.true(commands.includes("-break-insert -d __ubsan_handle_x"));
  t.true(commands.includes(`-break-insert -t ${CASE.symbol}`));
  t.false(commands.includes("-break-enable 2"));
  commands.length = 0;
  await stopped(live, at("3"));
  t.deepEqual(commands, ["-break-enable 2", "-exec-continue"]);
  t.deepEqual(said, [], "the editor hears nothing of it");
});

test("a kind that is turned off stays so when cases begin", async (t) => {
  const { live, commands } = played();
  await running(live);
  live.running.isRunning = false;
  await setExceptionBreakpoints(live, { filters: ["assertion"] });
  t.true(commands.includes("-break-disable 2"));
  await goOn(live);
  await stopped(live, at("3"));
  t.false(commands.includes("-break-enable 2"));
});

test("a breakpoint of the user's where a case begins is reported", async (t) => {
  const { live, commands, said } = played();
  await running(live, [CASE.symbol]);
  hit(live, { number: "4", addr: "0x1004" });
  hit(live, { number: "1", addr: "0x1004" });
  hit(live, { number: "9", addr: "0x2000" });
  await stopped(live, at("4"));
  t.true(commands.includes("-break-enable 3"));
  t.true(commands.includes("monitor uktest reached"), "limits of time end");
  t.like(said[0], ["stopped", { reason: "breakpoint", hitBreakpointIds: [1] }]);
});

test("breakpoints that are set while the guest runs: it goes on, unless it has stopped by itself", async (t) => {
  for (const isOwn of [true, false]) {
    const { live, commands, said } = played();
    await running(live);
    commands.length = 0;
    const set = setBreakpoints(live, { source: { path: "/x.c" }, breakpoints: [] });
    t.deepEqual(commands, ["-exec-interrupt"]);
    await stopped(
      live,
      isOwn
        ? { reason: "signal-received", "signal-name": "SIGINT" }
        : { ...at("1"), frame: { addr: "0x9", func: "f" } },
    );
    t.deepEqual(await set, { breakpoints: [] });
    t.is(commands.includes("-exec-continue"), isOwn);
    t.is(said.length, isOwn ? 0 : 1);
  }
});
