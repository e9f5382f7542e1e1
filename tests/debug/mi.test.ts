/** A gdb that speaks MI, played by a script: answers, refusals, noise, and ends of every kind. */
import { chmodSync } from "node:fs";
import test, { type ExecutionContext } from "ava";
import { GdbError, type Mi, startMi } from "../../runner/debug/mi.js";
import { RigError } from "../../src/core/errors.js";
import type { MiRecord } from "../../src/mi/records.js";
import { scratch } from "../cli/run.js";
import { until } from "../runner/processes.js";

interface Started {
  readonly mi: Mi;
  readonly heard: MiRecord[];
}

/** @param script for each line of what it is asked: the word of the command is in `$word`, its number in `$token` */
function started(t: ExecutionContext, script: string, before = ""): Started {
  const program = scratch(t).put(
    "gdb",
    [
      "#!/bin/sh",
      before,
      "while IFS= read -r line; do",
      "token=${line%%-*}; word=${line#*-}",
      'case "$word" in',
      script,
      "esac; done",
    ].join("\n"),
  );
  chmodSync(program, 0o755);
  const heard: MiRecord[] = [];
  const mi = startMi(program, [], (record) => heard.push(record));
  t.teardown(mi.stop);
  return { mi, heard };
}

test("an answer belongs to its command, and what is none is heard", async (t) => {
  const { mi, heard } = started(
    t,
    [
      "first) echo '999^done,x=\"nobody has asked\"'; echo '=event,a=\"1\"'; printf '%s^do' $token;;",
      'second) printf \'ne,x="1"\\r\\n\'; echo "$token^done,x=\\"2\\"";;',
      'third) echo "$token^error";;',
      'fourth) echo "$token^error,msg=\\"no such thing\\"";;',
    ].join("\n"),
    "echo complaint >&2",
  );
  const both = await Promise.all([mi.run("-first"), mi.run("-second")]);
  t.deepEqual(both, [{ x: "1" }, { x: "2" }]);
  await t.throwsAsync(mi.run("-third"), { instanceOf: GdbError, message: "gdb refused it" });
  await t.throwsAsync(mi.run("-fourth"), { instanceOf: GdbError, message: "no such thing" });
  t.true(await until(() => heard.length >= 2));
  t.true(heard.some((record) => record.kind === "notify" && record.name === "event"));
  t.true(heard.some((record) => record.kind === "other" && record.text === "complaint"));
});

test("what a command of the console prints is its answer, without the log", async (t) => {
  const { mi, heard } = started(
    t,
    [
      'interpreter*) printf "%s\\n" \'&"print x\\n"\' \'~"1\\n"\' \'@"2\\n"\' "*stopped"',
      'echo "$token^done";;',
    ].join("\n"),
  );
  t.is(await mi.console("print x"), "1\n2\n");
  t.is(await mi.console("print x", "--frame 1"), "1\n2\n");
  t.deepEqual(
    heard.map(({ kind }) => kind),
    ["exec", "exec"],
  );
});

test("once it has ended nothing is answered, and nothing more is asked", async (t) => {
  const { mi } = started(t, "leave) exit 7;;");
  await t.throwsAsync(mi.run("-leave"), { instanceOf: RigError, message: "gdb has ended" });
  t.is(await mi.end, 7);
  await t.throwsAsync(mi.run("-leave"), { instanceOf: RigError, message: "gdb has ended" });
  await mi.stop();
  const killed = started(t, "leave) kill -9 $$;;");
  await t.throwsAsync(killed.mi.run("-leave"));
  t.is(await killed.mi.end, 1);
});

test("one that does not end when it is asked to is killed", async (t) => {
  const { mi } = started(t, 'hello) echo "$token^done";;', "trap '' TERM");
  await mi.run("-hello");
  const pending = t.throwsAsync(mi.run("-never"), { message: "gdb has ended" });
  await mi.stop();
  await pending;
  t.is(await mi.end, 1);
});

test("one that is not there cannot be started", async (t) => {
  const mi = startMi("/nonexistent/gdb", [], () => undefined);
  await t.throwsAsync(mi.end, {
    instanceOf: RigError,
    message: /^\/nonexistent\/gdb could not be started: /,
  });
  await t.throwsAsync(mi.run("-x"), { message: "gdb has ended" });
});
