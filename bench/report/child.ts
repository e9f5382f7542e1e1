/**
 * One reporter over one large run in a process of its own, so that its peak memory is its own: `REPORTER COUNT KIND`,
 * with `none` for the model alone and a kind of kinds.ts. Prints JSON.
 */
import "../../src/run/v8-heap.js";
import { FanOut } from "../../src/delivery/fan-out.js";
import { readRequest } from "../../src/delivery/reporters.js";
import type { Sink } from "../../src/delivery/sink.js";
import { FILE_SCREEN } from "../../src/delivery/terminal.js";
import { place } from "../../src/core/places.js";
import { KINDS } from "./kinds.js";

/** What a reader of a limit counts. */
interface Written {
  bytes: number;
  /** Lines that begin like a workflow command, by kind. */
  readonly commands: Record<string, number>;
}

function counting(written: Written): Sink {
  return {
    name: "nowhere",
    write(text) {
      written.bytes += Buffer.byteLength(text);
      for (const [, kind = ""] of text.matchAll(/^::(\w+)/gm))
        written.commands[kind] = (written.commands[kind] ?? 0) + 1;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
    discard: () => Promise.resolve(),
  };
}

const [name = "none", count = "1000", wanted = "cases"] = process.argv.slice(2);
const kind = KINDS[wanted];
if (kind === undefined) throw new Error(`there is no kind of run "${wanted}"`);
const written: Written = { bytes: 0, commands: {} };
const rules = { root: "/home/dev/app", stripPrefixes: [] };
const request = name === "none" ? undefined : await readRequest(name);
const destinations =
  request === undefined
    ? []
    : [
        {
          reporter: request.reporter,
          sink: counting(written),
          context: { ...FILE_SCREEN, options: request.options, place: (file: string) => place(file, rules) },
        },
      ];
const start = process.cpuUsage();
const fanOut = new FanOut(destinations);
for (const events of kind.events(Number(count))) await fanOut.send(events);
await fanOut.finish();
const seen = kind.seen(fanOut.model(), Number(count));
const { user, system } = process.cpuUsage(start);
const cpuMs = (user + system) / 1000;
const peakMiB = process.resourceUsage().maxRSS / 1024;
const failures = fanOut.failures.map(({ message }) => message);
process.stdout.write(JSON.stringify({ cpuMs, peakMiB, seen, failures, ...written }));
