/** `uktest machines`: what can boot here, and what to type for the rest. */
import { probeCache } from "../../runner/kvm/cache.js";
import { missingForKvm } from "../../runner/kvm.js";
import { missingForSerial } from "../../runner/serial/board.js";
import { chooseMachine, machines } from "../../runner/machines.js";
import type { Machine } from "../../runner/machine.js";
import { configAt, runFolderBeside } from "../config/load.js";
import { extensionsAt } from "../run/extensions.js";

interface Row {
  readonly name: string;
  readonly ready: string;
  readonly summary: string;
}

/** The table, one machine a line; the one that `auto` takes is marked. */
export async function machinesTable(): Promise<string> {
  const own = (await extensionsAt(undefined)).machines;
  const all = [...(await machines()), ...own];
  const { machine: chosen } = await chooseMachine("auto", undefined);
  const rows = all.map((machine): Row => {
    const lack = machine.lack();
    return {
      name: machine.name,
      ready: lack === undefined ? (machine === chosen ? "ready, auto" : "ready") : "missing",
      summary: lack === undefined ? machine.summary : `${lack.what}: ${lack.hint}`,
    };
  });
  rows.push(serialRow(), EXEC_ROW);
  const width = (key: "name" | "ready"): number => Math.max(...rows.map((row) => row[key].length));
  const [names, states] = [width("name"), width("ready")];
  const lines = [...rows, await kvmRow(all)].map(
    ({ name, ready, summary }) => `${name.padEnd(names)}  ${ready.padEnd(states)}  ${summary}\n`,
  );
  return lines.join("");
}

const EXEC_ROW: Row = {
  name: "exec:COMMAND",
  ready: "ready",
  summary: "whatever prints a console, as in 'exec:kraft run .'",
};

function serialRow(): Row {
  const lack = missingForSerial();
  return {
    name: "serial:DEVICE",
    ready: lack === undefined ? "ready" : "missing",
    summary:
      lack === undefined
        ? "a board after a serial port, as in serial:/dev/ttyUSB0,115200"
        : `${lack.what}: ${lack.hint}`,
  };
}

/** What --accel can do here, proved by a guest where there is a program that could run one. */
async function kvmRow(all: readonly Machine[]): Promise<Row> {
  const able = all.find((machine) => machine.kvmBinary !== undefined && machine.lack() === undefined);
  if (able?.kvmBinary === undefined)
    return { name: "kvm", ready: "no", summary: "no machine that could use it is installed" };
  const config = configAt();
  // A folder that is no project is left as it was.
  const folder = config === undefined ? undefined : runFolderBeside(config);
  const lack = await missingForKvm(able.kvmBinary, probeCache(folder));
  if (lack === undefined)
    return { name: "kvm", ready: "works", summary: "a probe guest ran to its end: --accel auto takes it" };
  return { name: "kvm", ready: "no", summary: `${lack.what}: ${lack.hint}` };
}
