/** A record that is damaged or cut: its events come first, and then the error is told. */
import test from "ava";
import { replay, type RecordLine } from "../../src/record/replay.js";

const START = JSON.stringify({
  type: "run-started",
  schema: "uktest-events/1",
  tool: { name: "uktest", version: "0.1.0" },
  sources: ["a.log"],
  policy: { ubsan: "fail" },
});

async function* lines(...texts: readonly string[]): AsyncGenerator<RecordLine> {
  for (const [index, text] of texts.entries())
    yield { text, number: index + 1, terminated: await Promise.resolve(true) };
}

async function read(...texts: readonly string[]): Promise<readonly string[]> {
  const types: string[] = [];
  try {
    for await (const event of replay(lines(...texts), "run.jsonl")) types.push(event.type);
  } catch (error) {
    types.push(error instanceof Error ? `${error.name}: ${error.message}` : "?");
  }
  return types;
}

test("a line that is no event ends the replay with an error, after a whole stream", async (t) => {
  const types = await read(START, "{}");
  t.deepEqual(types.slice(0, 3), ["run-started", "problem", "run-finished"]);
  t.regex(types.at(-1) ?? "", /^RigError: run\.jsonl/);
});

test("an empty record and a cut one", async (t) => {
  t.regex((await read()).at(-1) ?? "", /^RigError: .*cut in its first line/);
  t.deepEqual(await read(START), ["run-started", "problem", "run-finished"]);
});
