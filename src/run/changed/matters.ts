/**
 * To which cases the changes of a project's files matter: files are held against their recorded state, and against a commit.
 * What is decided of one text is in src/coverage; nothing boots.
 */
import { relative, resolve } from "node:path";
import { isAsNoted } from "../../../runner/build/stamp.js";
import { type LastCoverage, type Rows, textNow } from "../../../runner/files/last-coverage.js";
import { type Affected, affectedFrom, affectedSince } from "../../coverage/affected.js";
import { type CText, readC } from "../../coverage/c-text.js";
import { type SuiteChange, suiteChange } from "../../coverage/suite-text.js";
import type { ImageTask } from "../task.js";
import type { GitText } from "./base.js";
import { inputsOf } from "./setting.js";

export interface MattersOptions {
  readonly known: LastCoverage;
  /** Absolute: paths in coverage are relative to it. */
  readonly root: string;
  readonly tasks: readonly ImageTask[];
  readonly config: string | undefined;
}

/** A program, its inputs, and the cases of its files. */
interface OpenProgram {
  readonly inputs: ReadonlySet<string>;
  /** `suite.case` by the file that the case is in. */
  readonly cases: ReadonlyMap<string, readonly (readonly [suite: string, name: string])[]>;
  readonly affected: Set<string>;
  readonly affectedSuites: Set<string>;
  /** Why all of its cases run; undefined while there is no reason. */
  why?: string;
}

/** What is C, or decides how C is built: such a file is missed where it is gone. */
const IS_SOURCE = /\.(?:[cSh]|inc|def|ld|json)$/;

export class Matters {
  readonly #known: LastCoverage;
  readonly #root: string;
  readonly #config: string | undefined;
  readonly #programs: ReadonlyMap<string, OpenProgram>;
  readonly #sources = new Set<string>();
  readonly #texts = new Map<string, CText | undefined>();
  #isUnknown = false;

  constructor({ known, root, tasks, config }: MattersOptions) {
    this.#known = known;
    this.#root = root;
    this.#config = config;
    this.#programs = new Map(tasks.map((task) => [task.name, programOf(task, root)]));
  }

  /** Takes what has changed since coverage was recorded. */
  sinceRecord(): void {
    const { inputs, texts, sources, programs } = this.#known;
    for (const [name, program] of this.#programs)
      if (!programs.includes(name)) program.why = `no coverage is known of ${name}`;
    for (const path of new Set([...Object.keys(texts), ...Object.keys(sources)]))
      if (textNow(path) === undefined) this.#everything(path, "is gone");
    for (const path of this.#inputs()) {
      const noted = inputs[path];
      if (noted === undefined) this.#everything(path, "is new");
      else if (!isAsNoted(path, noted)) this.#file(path, texts[path], "recorded");
    }
  }

  /** Takes what has changed since a commit. */
  sinceBase(files: readonly GitText[]): void {
    const all = this.#inputs();
    for (const { path, base, isGone } of files) {
      if (path === this.#config) this.#everything(path, "has changed");
      else if (isGone && IS_SOURCE.test(path)) this.#everything(path, "is gone");
      else if (all.has(path) && base === undefined && path.endsWith(".c")) this.#everything(path, "is new");
      else if (all.has(path)) this.#file(path, base, "base");
    }
  }

  /** Whether a case has to run. */
  isAffected({ name: program }: ImageTask, name: string): boolean {
    const open = this.#programs.get(program);
    if (open === undefined || open.why !== undefined) return true;
    if (!Object.hasOwn(this.#known.cases, name)) {
      this.#isUnknown = true;
      return true;
    }
    return open.affected.has(name) || open.affectedSuites.has(name.slice(0, name.indexOf(".")));
  }

  /** Paths of what has changed. */
  sources(): readonly string[] {
    return [...this.#sources].sort();
  }

  /** Why cases run whose lines have not changed. */
  reasons(): readonly string[] {
    const all = [...this.#programs.values()].flatMap(({ why }) => why ?? []);
    return [...new Set([...all, ...(this.#isUnknown ? ["of some cases no coverage is known"] : [])])];
  }

  #inputs(): ReadonlySet<string> {
    return new Set([...this.#programs.values()].flatMap(({ inputs }) => [...inputs]));
  }

  /** All cases of the programs that are made from a file; of one that is gone, of all programs. */
  #everything(path: string, what: string): void {
    this.#sources.add(path);
    const inside = relative(this.#root, path);
    const why = `${inside.startsWith("..") ? path : inside} ${what}`;
    const all = [...this.#programs.values()];
    const own = all.filter(({ inputs }) => inputs.has(path));
    for (const program of own.length === 0 ? all : own) program.why ??= why;
  }

  #file(path: string, old: string | undefined, from: "recorded" | "base"): void {
    const source = this.#known.sources[path];
    const isSuite = [...this.#programs.values()].some(({ cases }) => cases.has(path));
    if (!path.endsWith(".c") || (source === undefined && !isSuite))
      return this.#everything(path, "has changed, and no coverage is known of it");
    const now = this.#now(path);
    if (isSuite)
      this.#suite(path, old === undefined || now === undefined ? "program" : suiteChange(readC(old), now));
    if (source === undefined) return;
    const code = linesOf(source.code);
    const recorded = from === "recorded" ? old : this.#known.texts[path];
    if (now === undefined || old === undefined || recorded === undefined)
      return this.#lines(path, {
        lines: new Set(code),
        ...(source.excluded.length > 0 && { all: "has lines that comments take out" }),
      });
    const excluded = linesOf(source.excluded);
    const known = { text: readC(recorded), code, excluded, isExact: this.#known.kind === "gcc" };
    this.#lines(path, from === "recorded" ? affectedSince(known, now) : affectedFrom(known, readC(old), now));
  }

  #now(path: string): CText | undefined {
    if (!this.#texts.has(path)) {
      const text = textNow(path);
      this.#texts.set(path, text === undefined ? undefined : readC(text));
    }
    return this.#texts.get(path);
  }

  #suite(path: string, change: SuiteChange): void {
    if (change === "program") return this.#everything(path, "has changed in what other files may see");
    for (const { cases, affected, affectedSuites } of this.#programs.values()) {
      const own = cases.get(path) ?? [];
      if (own.length > 0) this.#sources.add(path);
      for (const [suite, name] of own)
        if (change === "suites") affectedSuites.add(suite);
        else if (change.cases.has(name)) affected.add(name);
    }
  }

  #lines(path: string, { lines, all }: Affected): void {
    if (all !== undefined) return this.#everything(path, all);
    if (lines.size === 0) return;
    this.#sources.add(path);
    const { outside = [] } = this.#known.sources[path] ?? {};
    const shared = linesOf(outside).find((line) => lines.has(line));
    if (shared !== undefined)
      return this.#everything(path, `has changed in line ${String(shared)}, which runs outside of cases too`);
    const place = Object.keys(this.#known.sources).indexOf(path);
    for (const [name, files] of Object.entries(this.#known.cases))
      if (files.some(([at, rows]) => at === place && linesOf(rows).some((line) => lines.has(line))))
        for (const { affected } of this.#programs.values()) affected.add(name);
  }
}

/** The lines of rows. */
const linesOf = (rows: Rows): readonly number[] =>
  rows.flatMap((first, at) =>
    at % 2 === 1
      ? []
      : Array.from({ length: Math.max((rows[at + 1] ?? first) - first + 1, 0) }, (_, more) => first + more),
  );

function programOf(task: ImageTask, root: string): OpenProgram {
  const cases = new Map<string, (readonly [string, string])[]>();
  for (const { name: suite, cases: own } of task.whole.suites)
    for (const { name, file } of own) {
      const path = resolve(root, file);
      const known = cases.get(path) ?? [];
      cases.set(path, [...known, [suite, `${suite}.${name}`]]);
    }
  return {
    ...{ inputs: new Set(Object.keys(inputsOf(task))), cases },
    ...{ affected: new Set<string>(), affectedSuites: new Set<string>() },
  };
}
