/**
 * One measurement in a process of its own, so that its peak memory is its own: `scan FILE` looks for line feeds only,
 * `read FILE` reads and concludes everything. Both take their bytes from the command's own reader. Prints JSON.
 */
import "../../src/run/v8-heap.js";
import { dialectsFor } from "../../src/console/dialects.js";
import { RunReader } from "../../src/console/reader.js";
import { openSource } from "../../src/history/sources.js";
import { ModelBuilder } from "../../src/core/model/reduce.js";
import { judge } from "../../src/core/verdict.js";

async function scan(path: string): Promise<string> {
  let lines = 0;
  for await (const chunk of (await openSource(path)).chunks()) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  }
  return `${String(lines)} lines`;
}

async function read(path: string): Promise<string> {
  const policy = { ubsan: "fail" } as const;
  const reader = new RunReader(
    { tool: { name: "uktest", version: "0" }, sources: [path], policy },
    await dialectsFor("auto"),
  );
  const builder = new ModelBuilder();
  reader.open(path);
  for await (const chunk of (await openSource(path)).chunks())
    for (const event of reader.feed(chunk)) builder.add(event);
  for (const event of [...reader.close(), ...reader.finish()]) builder.add(event);
  return judge(builder.model()).verdict;
}

const [mode = "", path = ""] = process.argv.slice(2);
const cpu = process.cpuUsage();
const start = performance.now();
const result = mode === "scan" ? await scan(path) : await read(path);
const wallMs = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(JSON.stringify({ wallMs, cpuMs: (user + system) / 1000, result }));
