/**
 * Traps that no handler takes: one crash screen, the event that is raised after it, and an end of the machine on each. Those
 * that are handled are in suites/ukevent.
 */
import test from "ava";
import { turns } from "../amount.js";
import { documentOf, MACHINES, runKit } from "./kit.js";

for (const machine of turns(MACHINES, "runner/events"))
  test.serial(`${machine}: an unhandled trap is a crash, and raises the event of a crash`, async (t) => {
    const run = await runKit("ukevent-crash", "-m", machine, "-r", "json");
    t.is(run.code, 1, run.stderr);
    const { suites: unsorted, faults } = documentOf(run);
    const suites = [...unsorted].sort((a, b) => (a.name < b.name ? -1 : 1));
    t.deepEqual(
      suites.map(({ name, cases }) => [name, cases[0]?.status]),
      ["ukevent_assertion", "ukevent_endless", "ukevent_error", "ukevent_not_handled"].map((name) => [
        name,
        "crashed",
      ]),
    );
    const said = (suite: string): string =>
      (faults.find((fault) => fault.suite === suite)?.excerpt ?? []).map(({ text }) => text).join("\n");
    t.is(faults.length, 4);
    for (const suite of ["ukevent_not_handled", "ukevent_error"])
      t.regex(said(suite), /crash event: (?:invalid opcode|sync), with registers/, suite);
    t.regex(said("ukevent_assertion"), /crash event: assertion, with registers/);
    // A handler that never ends its own traps uses up the stacks of handlers, and no more than these.
    t.regex(faults.find((fault) => fault.suite === "ukevent_endless")?.title ?? "", /breakpoint/);
  });
