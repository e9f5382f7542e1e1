/** What crashes cost: the same cases with and without some that crash, and the boots that this took. */
import { CASES, CRASHES } from "./project.js";
import { median, ROUNDS, row, uktest } from "./measure.js";

interface Ran {
  readonly wallMs: number;
  readonly boots: number;
  /** Cases with a result of their own. */
  readonly results: number;
}

async function run(program: string, words: readonly string[], crashes: number): Promise<Ran> {
  const { wallMs, lines } = await uktest([...words, program, "-r", "events"], {
    codes: [crashes > 0 ? 1 : 0],
  });
  const count = (type: string): number =>
    lines.filter(({ text }) => text.includes(`"type":"${type}"`)).length;
  return { wallMs, boots: count("boot-started"), results: count("case-finished") };
}

/** Measures and prints; true when no run took more boots than it may. */
export async function crashCost(words: readonly string[]): Promise<boolean> {
  const walls = new Map<string, number[]>();
  let isKept = true;
  const boots = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [program, crashes] of Object.entries(CRASHES)) {
      const ran = await run(program, words, crashes);
      if (ran.results !== CASES) throw new Error(`${program}: ${String(ran.results)} results`);
      walls.set(program, [...(walls.get(program) ?? []), ran.wallMs]);
      boots.set(program, Math.max(boots.get(program) ?? 0, ran.boots));
      if (ran.boots > 1 + crashes) isKept = false;
    }
  const calmMs = median(walls.get("calm") ?? []);
  for (const [program, crashes] of Object.entries(CRASHES)) {
    if (crashes === 0) continue;
    const ms = median(walls.get(program) ?? []);
    const each = `${((ms - calmMs) / crashes).toFixed(0)} ms a crash`;
    row(`wall with ${String(crashes)} crashes over wall with none`, (ms / calmMs).toFixed(2), each);
    row(
      `boots with ${String(crashes)} crashes`,
      String(boots.get(program)),
      `at most ${String(1 + crashes)}`,
    );
  }
  return isKept;
}
