/**
 * The rows of the table: a kind of mutation, the logs it works on, and what it demands of uktest.
 */
import { cutAtByte, cutAtLines } from "./cuts.js";
import { dropsLeaving } from "./drops.js";
import { contradicted, withoutCases, withoutEnd } from "./ends.js";
import { faultAfter, faultInside, foreignAfter, foreignInside } from "./foreign.js";
import { forgedEnd, forgedFront, forgedLines } from "./forgeries.js";
import { garbles, shortened } from "./garble.js";
import {
  kernelMessages,
  lineEnds,
  loggers,
  noise,
  nuls,
  partialLines,
  terminal,
  timeStamps,
} from "./harmless.js";
import { escapesStripped, headCut, headCutAtByte } from "./heads.js";
import type { Log } from "./log.js";
import type { Mutant, Mutate } from "./mutant.js";
import { doubled, interleaved, mixed, swapped } from "./order.js";
import type { Random } from "./random.js";
import { several } from "./several.js";

/** Where uktest may call nothing green that is not: everywhere, only when it knows the plan, or it cannot be asked. */
export type Demand = "always" | "with plan" | "nothing";

export interface Row {
  readonly name: string;
  readonly demand: Demand;
  /** Said below the table. */
  readonly note?: string;
  readonly mutants: (log: Log, random: Random, all: readonly Log[], runs: number) => Iterable<Mutant>;
}

/** Mutants of each log for one run, by the truth of the log. */
interface Times {
  readonly red: number;
  readonly green: number;
}

/** Green logs are few beside the red ones made of them, and what is asked of them is a percentage. */
const HARMLESS: Times = { red: 2, green: 30 };
/** Made from no log: how many there are is all that a log decides. */
const FOREIGN: Times = { red: 0, green: 30 };
const DAMAGE: Times = { red: 4, green: 0 };

function row(
  name: string,
  mutate: Mutate,
  times: Times,
  more: Partial<Pick<Row, "demand" | "note">> = {},
): Row {
  return {
    name,
    demand: "always",
    ...more,
    *mutants(log, random, all, runs) {
      for (let nth = 0; nth < Math.ceil(runs * times[log.truth]); nth += 1) {
        const made = mutate(log, random, all);
        if (made !== undefined) yield made;
      }
    },
  };
}

/** Green and captured logs are cut after every line, the red ones made of them after some. */
const everyLine: Row = {
  name: "cut after a line",
  demand: "always",
  *mutants(log, _random, _all, runs) {
    const step = log.flaw === undefined ? 1 : 29;
    yield* cutAtLines(log, Math.max(Math.round(step / Math.max(runs, 0.04)), 1));
  },
};

export const rows: readonly Row[] = [
  everyLine,
  row("cut at a random byte", cutAtByte, { red: 3, green: 30 }),
  row("head cut in front of a line", headCut, { red: 3, green: 30 }),
  row("head cut in front of a byte", headCutAtByte, { red: 3, green: 30 }),
  row("escapes stripped", escapesStripped, { red: 3, green: 30 }),
  row("end missing", withoutEnd, { red: 0, green: 20 }),
  row("no case left", withoutCases, { red: 0, green: 2 }),
  row("counts contradict", contradicted, { red: 0, green: 30 }),
  row("dropped, flaw still shows", dropsLeaving("console"), DAMAGE),
  row("dropped, statistics contradict", dropsLeaving("statistics"), DAMAGE),
  row("dropped, plan contradicts", dropsLeaving("plan"), DAMAGE, { demand: "with plan" }),
  row("dropped without any trace", dropsLeaving("nowhere"), DAMAGE, {
    demand: "nothing",
    note: "what was dropped left no trace on the console or in the plan: only the image's memory closes this row.",
  }),
  row("doubled", doubled, DAMAGE),
  row("swapped with a neighbour", swapped, DAMAGE),
  row("interleaved with another log", interleaved, DAMAGE),
  row("mixed with another log", mixed, DAMAGE),
  row("bytes replaced, printable", garbles.printable, DAMAGE),
  row("bytes replaced, any", garbles.any, DAMAGE),
  row("bytes lost", garbles.lost, DAMAGE),
  row("bytes added", garbles.added, DAMAGE),
  row("one bit flipped", garbles.flipped, DAMAGE),
  row("failed result cut short", shortened, { red: 16, green: 0 }),
  row("forged lines", forgedLines, HARMLESS),
  row("forged front of a line", forgedFront, HARMLESS),
  row(
    "forged end of a hang",
    forgedEnd,
    { red: 1, green: 0 },
    {
      demand: "nothing",
      note: "at the default log level a banner printed by the application is the genuine one, byte for byte.",
    },
  ),
  row("several damages at once", several, DAMAGE),
  row("Linux fault inside a green KTAP stream", faultInside, FOREIGN),
  row("Linux fault after a green KTAP stream", faultAfter, FOREIGN),
  row("another kernel dies between two tests", foreignInside, FOREIGN),
  row("another kernel dies after the plan", foreignAfter, FOREIGN),
  row("harmless: line ends", lineEnds, HARMLESS),
  row("harmless: terminal sequences", terminal, HARMLESS),
  row("harmless: NULs", nuls, HARMLESS),
  row("harmless: CI time stamps", timeStamps, HARMLESS),
  row("harmless: application noise", noise, HARMLESS),
  row("harmless: ten loggers", loggers, { red: 3, green: 60 }),
  row("harmless: kernel messages", kernelMessages, HARMLESS),
  row("harmless: partial lines", partialLines, HARMLESS),
];
