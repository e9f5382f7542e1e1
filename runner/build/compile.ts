/**
 * Runs compilers side by side, each only where something changed, and reads what they complain about.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { RigError } from "../../src/core/errors.js";
import { freshStamp, stampOf, writeStamp } from "./stamp.js";
import type { Unit } from "./units.js";

/** One complaint of a compiler or linker. */
export interface Diagnostic {
  /** Relative to the root of the project; absent for the linker's. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

export interface BuildFailure {
  readonly diagnostics: readonly Diagnostic[];
  /** All that was printed. */
  readonly output: string;
}

const DIAGNOSTIC = /^(.+?):(\d+):(?:(\d+):)? (?:fatal error|error): (.*)$/;

/** The errors in the output of a compiler; warnings are not among them. */
export const diagnosticsOf = (output: string): readonly Diagnostic[] =>
  output.split("\n").flatMap((text) => {
    const match = DIAGNOSTIC.exec(text);
    if (match === null) return [];
    const [, file = "", line, column, message = ""] = match;
    return [{ file, line: Number(line), ...(column !== undefined && { column: Number(column) }), message }];
  });

export interface ToolRun {
  readonly code: number;
  readonly output: string;
}

/** Runs a tool of the toolchain in `root`. */
export function runTool(program: string, args: readonly string[], root: string): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      // What a tool says is read by a program: in English, and with the same dates on every machine.
      env: { ...process.env, LC_ALL: "C", SOURCE_DATE_EPOCH: "0" },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
      });
    child.on("error", (error) => {
      reject(new RigError(`${program} could not be started: ${error.message}`));
    });
    child.on("close", (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}

/** The files that a depfile names, without the target. */
export function dependenciesOf(depfile: string, root: string): readonly string[] {
  const text = readFileSync(depfile, "utf8").replaceAll("\\\n", " ");
  const names = text.slice(text.indexOf(":") + 1).match(/(?:\\ |\S)+/g) ?? [];
  return names
    .map((name) => name.replaceAll("\\ ", " "))
    .map((name) => (isAbsolute(name) ? name : join(root, name)));
}

/** Everything one object was made from. */
interface Compiled {
  readonly inputs: readonly string[];
  readonly failure?: BuildFailure;
}

async function compileOne(
  compiler: string,
  { source, object, arguments: args }: Unit,
  root: string,
): Promise<Compiled> {
  const key = JSON.stringify([compiler, ...args]);
  const fresh = freshStamp(object, key);
  if (fresh !== undefined) return { inputs: Object.keys(fresh.inputs) };
  mkdirSync(dirname(object), { recursive: true });
  const part = `${object}.${String(process.pid)}.part`;
  const run = await runTool(compiler, [...args, "-MD", "-MF", `${part}.d`, "-c", source, "-o", part], root);
  if (run.code !== 0) {
    rmSync(part, { force: true });
    rmSync(`${part}.d`, { force: true });
    const found = diagnosticsOf(run.output);
    const fallback = { file: source, message: run.output.trim().split("\n")[0] ?? `${compiler} failed` };
    return {
      inputs: [],
      failure: { diagnostics: found.length > 0 ? found : [fallback], output: run.output },
    };
  }
  const inputs = dependenciesOf(`${part}.d`, root);
  rmSync(`${part}.d`);
  renameSync(part, object);
  writeStamp(object, stampOf(key, inputs));
  return { inputs };
}

/** Hears how many files of a program are compiled, and how many there are. */
export type Progress = (done: number, of: number) => void;

/**
 * Compiles all units, as many at a time as there are processors.
 * @returns all files that were read, or what the compiler complained about, of all units
 */
export async function compileAll(
  compiler: string,
  units: readonly Unit[],
  root: string,
  progress: Progress = () => undefined,
): Promise<{ readonly inputs: ReadonlySet<string>; readonly failure?: BuildFailure }> {
  const inputs = new Set<string>();
  const failures: BuildFailure[] = [];
  const queue = units.values();
  let done = 0;
  progress(done, units.length);
  const work = async (): Promise<void> => {
    for (const unit of queue) {
      const compiled = await compileOne(compiler, unit, root);
      done += 1;
      progress(done, units.length);
      for (const input of compiled.inputs) inputs.add(input);
      if (compiled.failure !== undefined) failures.push(compiled.failure);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  if (failures.length === 0) return { inputs };
  return {
    inputs,
    failure: {
      diagnostics: failures.flatMap(({ diagnostics }) => diagnostics),
      output: failures.map(({ output }) => output).join(""),
    },
  };
}
