/** `uktest machines`: what can boot here, and what to type for the rest. */
import { chooseMachine, machines } from "../../runner/machines.js";

/** The table, one machine a line; the one that `auto` takes is marked. */
export async function machinesTable(): Promise<string> {
  const all = await machines();
  const { machine: chosen } = await chooseMachine("auto", undefined);
  const rows = all.map((machine) => {
    const lack = machine.lack();
    return {
      name: machine.name,
      ready: lack === undefined ? (machine === chosen ? "ready, auto" : "ready") : "missing",
      summary: lack === undefined ? machine.summary : `${lack.what}: ${lack.hint}`,
    };
  });
  const width = (key: "name" | "ready"): number => Math.max(...rows.map((row) => row[key].length));
  const [names, states] = [width("name"), width("ready")];
  return rows
    .map(({ name, ready, summary }) => `${name.padEnd(names)}  ${ready.padEnd(states)}  ${summary}\n`)
    .join("");
}
