/**
 * The rounds of a soak: each runs the command once, kills something in most of them, and holds what is left against what
 * must be left. It knows no format but JSON.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../integrity/random.js";
import { MAIN, ROOT } from "../run/measure.js";
import { complaints, type Deed, DEEDS, type Document, RIG_FAILED } from "./expected.js";
import { emulators, MARK, marked } from "./processes.js";

/** What is run; each boots once for every case where it is isolated. */
const PROGRAMS = ["ukargparse", "ukbits", "hexdump", "uktest-fails"];
const MACHINES = ["qemu-x86_64", "qemu-i386", "qemu-arm64", "v86"];
const ISOLATIONS = ["auto", "suite", "case"];

interface Kind {
  readonly key: string;
  readonly words: readonly string[];
  readonly wanted: Document;
  readonly wallMs: number;
  readonly boots: number;
}

interface Ended {
  /** Exit code, or the signal that it died of. */
  readonly code: number | string | null;
  readonly stderr: string;
  readonly wallMs: number;
}

export interface SoakResult {
  readonly counts: Readonly<Record<string, number>>;
  readonly flaws: readonly string[];
}

/** An emulator is there in a part of the run only, and it is waited for. */
const EARLY_PART = 0.6;

/** Processes have this long to go once what started them is gone; a busy host takes its time over it. */
const GONE_MS = 30_000;

class Soak {
  readonly flaws: string[] = [];
  readonly counts: Record<string, number> = { runs: 0, "boots that were begun": 0 };
  readonly project: string;
  readonly #temporary: string;
  readonly #reports: string;
  #number = 0;

  constructor(
    private readonly folder: string,
    private readonly random: Random,
    private readonly afterForgetting: SoakOptions["prepare"],
  ) {
    // As deep as the projects of other tests, whose objects of the kit are the same then.
    this.project = folder;
    this.#temporary = join(folder, "tmp");
    this.#reports = join(folder, "reports");
    for (const path of [this.#temporary, this.#reports]) mkdirSync(path);
    cpSync(join(ROOT, "suites"), join(this.project, "suites"), { recursive: true });
    cpSync(join(ROOT, "uktest.config.json"), join(this.project, "uktest.config.json"));
  }

  count(what: string, more = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + more;
  }

  flaw(kind: Pick<Kind, "key">, cause: string, what: string): void {
    this.flaws.push(`run ${String(this.#number)} (${kind.key}, ${cause}): ${what}`);
  }

  #start(words: readonly string[]): {
    readonly child: ChildProcess;
    readonly end: Promise<Ended>;
    readonly mark: string;
  } {
    this.#number += 1;
    this.count("runs");
    const mark = `${String(process.pid)}-${String(this.#number)}`;
    const env = { ...process.env, TMPDIR: this.#temporary, [MARK]: mark };
    const reports = ["json", "events", "junit"].flatMap((one) => [
      "-r",
      `${one}=${join(this.#reports, one)}`,
    ]);
    const start = performance.now();
    const child = spawn(process.execPath, [MAIN, "run", ...words, ...reports, "-r", "lines"], {
      cwd: this.project,
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
    const end = new Promise<Ended>((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (code, signal) => {
        resolve({ code: code ?? signal, stderr, wallMs: performance.now() - start });
      });
    });
    return { child, end, mark };
  }

  /** The report of the run, if it is there; half a one is a flaw. */
  #document(kind: Pick<Kind, "key">, cause: string): Document | undefined {
    const path = join(this.#reports, "json");
    if (!existsSync(path)) return undefined;
    try {
      return JSON.parse(readFileSync(path, "utf8")) as Document;
    } catch {
      this.flaw(kind, cause, "half a JSON report");
      return undefined;
    }
  }

  #boots(): number {
    const path = join(this.#reports, "events");
    return existsSync(path) ? readFileSync(path, "utf8").split('"type":"boot-started"').length - 1 : 0;
  }

  /** Runs something that nobody disturbs, for the others to be held against. */
  async learn(program: string, machine: string, isolation: string): Promise<Kind> {
    const words = [program, "-m", machine, "--isolate", isolation];
    const key = words.join(" ");
    // The first one builds.
    await this.#start(words).end;
    this.clean();
    const { end } = this.#start(words);
    const { code, stderr, wallMs } = await end;
    const wanted = this.#document({ key }, "nothing");
    if (wanted === undefined || code !== wanted.exitCode)
      throw new Error(`${key}: ${String(code)} ${stderr}`);
    const boots = this.#boots();
    this.count("boots that were begun", boots);
    this.clean();
    return { key, words, wanted, wallMs, boots };
  }

  clean(): void {
    for (const name of readdirSync(this.#reports)) rmSync(join(this.#reports, name), { recursive: true });
  }

  /** One run, in which something may be killed. */
  async round(kind: Kind, cause: Deed): Promise<void> {
    if (this.random.chance(0.1)) await this.#forgetBuild();
    const { child, end, mark } = this.#start(kind.words);
    const killed = await this.#kill(child, end, mark, cause, kind.wallMs);
    const ended = await end;
    await this.#holdProcesses(kind, cause, mark);
    const is = this.#document(kind, cause);
    const begun = is === undefined ? kind.boots : this.#boots();
    this.count("boots that were begun", begun);
    this.count(killed ? `killed: ${cause}` : "undisturbed");
    this.#holdResult(kind, killed ? cause : "nothing", ended, is);
    this.#holdFiles(kind, cause);
    this.clean();
  }

  /** What was built is built again, and may be killed while it is. */
  async #forgetBuild(): Promise<void> {
    rmSync(join(this.project, ".uktest/build"), { recursive: true, force: true });
    await this.afterForgetting?.(this.project);
  }

  /** Does the cause at some time of the run; false when the run was faster. */
  async #kill(
    child: ChildProcess,
    end: Promise<Ended>,
    mark: string,
    cause: Deed,
    wallMs: number,
  ): Promise<boolean> {
    if (cause === "nothing") return false;
    const over = new AbortController();
    void end.then(() => {
      over.abort();
    });
    await Promise.race([
      sleep(this.random.int(Math.ceil(cause === "emulator" ? wallMs * EARLY_PART : wallMs))),
      end,
    ]);
    if (over.signal.aborted) return false;
    if (cause === "emulator") {
      for (let look = 0; look < 100; look += 1) {
        const [pid] = emulators(mark);
        if (pid !== undefined && killOne(pid)) return true;
        if (await Promise.race([sleep(2, false), end.then(() => true)])) break;
      }
      return false;
    }
    const [signal, again] = cause.split(" ") as [NodeJS.Signals, string?];
    child.kill(signal);
    if (again !== undefined) {
      await sleep(this.random.int(20));
      child.kill(signal);
    }
    return true;
  }

  async #holdProcesses(kind: Kind, cause: Deed, mark: string): Promise<void> {
    const start = performance.now();
    let left = marked(mark);
    while (left.length > 0 && performance.now() - start < GONE_MS) {
      await sleep(10);
      left = marked(mark);
    }
    if (left.length > 0) this.flaw(kind, cause, `left processes: ${left.map(({ name }) => name).join(", ")}`);
  }

  #holdResult(kind: Kind, cause: Deed, { code, stderr }: Ended, is: Document | undefined): void {
    const said = stderr.trim().split("\n").at(-1) ?? "";
    for (const what of complaints(cause, code, is, kind.wanted)) this.flaw(kind, cause, `${what}: ${said}`);
    if (cause === "emulator" && code === RIG_FAILED && !/qemu-system-\w+ was killed by SIGKILL/.test(stderr))
      this.flaw(kind, cause, `the emulator is not named: ${said}`);
  }

  #holdFiles(kind: Kind, cause: Deed): void {
    const stray = strays(this.folder);
    if (stray.length === 0) return;
    this.flaw(kind, cause, `left files: ${stray.join(", ")}`);
    for (const path of stray) rmSync(join(this.folder, path), { recursive: true, force: true });
  }
}

/** Files that should be there for a moment only. */
const strays = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.startsWith("tmp/") || /\.part(\.d)?$|\.tmp$/.test(path),
  );

function killOne(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false;
  }
}

export interface SoakOptions {
  /** Told of the project before anything runs in it. */
  readonly prepare?: ((project: string) => Promise<void>) | undefined;
  /** Told of it when its builds are gone. */
  readonly afterForgetting?: SoakOptions["prepare"];
  readonly programs?: readonly string[];
  readonly machines?: readonly string[];
}

/** Runs at least so many boots. */
export async function soak(
  folder: string,
  boots: number,
  random: Random,
  tell: (line: string) => void,
  { programs = PROGRAMS, machines = MACHINES, prepare, afterForgetting }: SoakOptions = {},
): Promise<SoakResult> {
  const run = new Soak(folder, random, afterForgetting);
  await prepare?.(run.project);
  const kinds: Kind[] = [];
  for (const program of programs)
    for (const machine of machines) kinds.push(await run.learn(program, machine, random.pick(ISOLATIONS)));
  let told = 0;
  while ((run.counts["boots that were begun"] ?? 0) < boots) {
    const kind = random.pick(kinds);
    const cause = random.pick(DEEDS);
    // The embedded machine has no emulator that could be killed.
    await run.round(kind, cause === "emulator" && kind.key.includes("v86") ? "nothing" : cause);
    const begun = run.counts["boots that were begun"] ?? 0;
    if (begun - told < 100) continue;
    told = begun;
    tell(`${String(begun)} boots, ${String(run.flaws.length)} flaws`);
  }
  return { counts: run.counts, flaws: run.flaws };
}
