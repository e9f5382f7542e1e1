/**
 * A copy of the kit, in which bugs can be put into the libraries: what all cases say of one, and which of them `--changed`
 * leaves out. Each is a process of uktest, as a user would start it.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Mutant, mutantsOf, mutated, spread } from "./mutants.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const LONGEST_MS = 300_000;

/** What a bug does. */
export interface Tried {
  readonly mutant: Mutant;
  /** `suite.case`. */
  readonly red: readonly string[];
  readonly all: number;
  readonly leftOut: readonly string[];
  /** Red, left out, and red alone as well. */
  readonly missed: readonly string[];
  /** Red and left out, and good alone: what an earlier case leaves makes them red. */
  readonly afterOthers: readonly string[];
}

interface Case {
  readonly name: string;
  readonly status: string;
}
interface Report {
  readonly suites: readonly { readonly name: string; readonly cases: readonly Case[] }[];
  readonly findings: readonly { readonly case?: string }[];
  readonly selection?: { readonly leftOut: readonly string[]; readonly all: number };
  readonly faults: readonly { readonly kind: string }[];
}

export class KitCopy {
  readonly path = mkdtempSync(join(tmpdir(), "uktest-changed-"));

  constructor(
    private readonly program: string,
    private readonly library: string,
  ) {
    for (const name of ["dist/bin", "guest", "suites", "package.json", "uktest.config.json"])
      cpSync(join(ROOT, name), join(this.path, name), { recursive: true, preserveTimestamps: true });
    symlinkSync(join(ROOT, "node_modules"), join(this.path, "node_modules"));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  /** Records what the cases run. */
  record(): void {
    const { code, stderr } = this.#uktest("--coverage");
    if (code !== 0) throw new Error(`the kit is red without a bug: ${stderr}`);
  }

  /** Bugs in the library, those far from each other first. */
  mutants(count: number): readonly Mutant[] {
    const folder = join("guest/lib", this.library);
    const all = readdirSync(join(this.path, folder))
      .filter((name) => name.endsWith(".c"))
      .sort()
      .flatMap((name) => mutantsOf(join(folder, name), this.#text(join(folder, name))));
    return spread(all, count);
  }

  /** Runs a bug; undefined for one that does not compile. */
  try(mutant: Mutant): Tried | undefined {
    const path = join(this.path, mutant.path);
    const text = this.#text(mutant.path);
    writeFileSync(path, mutated(text, mutant));
    try {
      return this.#tried(mutant);
    } finally {
      writeFileSync(path, text);
    }
  }

  #tried(mutant: Mutant): Tried | undefined {
    this.#forget();
    // What was red before runs in any case, and would hide a case that is missed.
    const part = this.#report("--changed");
    if (part === undefined || part.faults.some(({ kind }) => kind === "build")) return undefined;
    this.#forget();
    const red = redOf(this.#report() ?? { suites: [], findings: [], faults: [] });
    this.#forget();
    const { leftOut = [], all = 0 } = part.selection ?? {};
    const lost = red.filter((name) => leftOut.includes(name));
    const missed = lost.filter((name) => redOf(this.#report(name) ?? EMPTY).length > 0);
    const afterOthers = lost.filter((name) => !missed.includes(name));
    return { mutant, red, all, leftOut, missed, afterOthers };
  }

  #forget(): void {
    const path = join(this.path, ".uktest/last-failed.json");
    if (existsSync(path)) rmSync(path);
  }

  #text(path: string): string {
    return readFileSync(join(this.path, path), "utf8");
  }

  #report(...words: readonly string[]): Report | undefined {
    const { stdout } = this.#uktest(...words);
    return stdout === "" ? undefined : (JSON.parse(stdout) as Report);
  }

  #uktest(...words: readonly string[]): {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
  } {
    const main = join(this.path, "dist/bin/uktest/uktest.cjs");
    const names = words.some((word) => word.includes(".")) ? [] : [this.program];
    const limits = ["--case-timeout", "5", "--timeout", "60", "--silence", "20"];
    const all = ["run", ...names, "-m", "qemu-x86_64", "-r", "json", ...limits, ...words];
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...all], {
      ...{ cwd: this.path, encoding: "utf8", timeout: LONGEST_MS, killSignal: "SIGKILL" },
      maxBuffer: 256 << 20,
    });
    return { code: status, stdout, stderr };
  }
}

const EMPTY: Report = { suites: [], findings: [], faults: [] };

/** Cases that were red, by themselves or by what was found in them. */
function redOf({ suites, findings }: Report): readonly string[] {
  const found = new Set(findings.flatMap((one) => one.case ?? []));
  return suites.flatMap(({ name: suite, cases }) =>
    cases
      .map(({ name, status }) => ({ name: `${suite}.${name}`, status }))
      .filter(({ name, status }) => !["passed", "skipped"].includes(status) || found.has(name))
      .map(({ name }) => name),
  );
}
