/**
 * Runs compilers side by side, each only where something changed, and reads what they complain about.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { makeFolder } from "../files/make-folder.js";
import { RigError } from "../../src/core/errors.js";
import { readyReaper } from "../process/process-group-reaper.js";
import { partOf, settled } from "../files/temporary-files.js";
import { freshStamp, readingFrom, stampOf, writeStamp } from "./stamp.js";
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

const DIAGNOSTIC = /^(.+?):(\d+):(?:(\d+):)? (?:fatal error|error(?:\[E\d+\])?): (.*)$/;

/** The errors in the output of a compiler; warnings are not among them. */
const diagnosticsOf = (output: string): readonly Diagnostic[] =>
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

/**
 * Puts what a tool made in its place, or removes it. A shell does that, since it is still there when we are killed: it hears
 * of that together with the tool, and goes on when the tool is gone. That it says so to nobody must not end it. On
 * descriptor 3 it asks the guard to watch its group, before it starts anything.
 */
const MAKE = `
echo "group $$" >&3
exec 3>&-
part=$1 made=$2
shift 2
trap : PIPE
trap 'rm -f "$part" "$part.d" "$part.gcno"; exit 130' HUP INT TERM
"$@"
code=$?
if [ $code -eq 0 ]; then
  [ ! -e "$part.d" ] || mv -f "$part.d" "$made.d"
  [ ! -e "$part.gcno" ] || mv -f "$part.gcno" "\${made%.o}.gcno"
  mv -f "$part" "$made"
else
  rm -f "$part" "$part.d" "$part.gcno"
fi
exit $code
`;

/** What a compiler makes besides an object: its dependencies, and its notes for coverage. */
const MADE_TOO: readonly string[] = [".d", ".gcno"];

/** A tool that was not even started, since everything stops. */
const STOPPED: ToolRun = { code: 1, output: "stopped before it was built" };

/** What a tool makes, and what it calls that meanwhile. */
export interface Making {
  readonly part: string;
  readonly made: string;
}

/**
 * Runs a tool of the toolchain in `root`, and puts what it makes in its place. One that runs when everything stops, or
 * when we die, is ended with all that it has started.
 */
export async function runTool(
  program: string,
  args: readonly string[],
  { part, made }: Making,
  { root, stop }: { readonly root: string; readonly stop: AbortSignal },
): Promise<ToolRun> {
  if (stop.aborted) return STOPPED;
  try {
    return await runIn(root, ["-c", MAKE, "sh", part, made, program, ...args], stop);
  } finally {
    settled(part, MADE_TOO);
  }
}

function runIn(root: string, words: readonly string[], stop: AbortSignal): Promise<ToolRun> {
  const guard = readyReaper();
  return new Promise((resolve, reject) => {
    const child = spawn("sh", words, {
      cwd: root,
      // Leads a group of its own, that can be ended as a whole: a compiler is several programs.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", guard.words],
      // What a tool says is read by a program: in English, and with the same dates on every machine.
      env: { ...process.env, LC_ALL: "C", SOURCE_DATE_EPOCH: "0" },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
      });
    child.on("error", (error) => {
      reject(new RigError(`sh could not be started: ${error.message}`));
    });
    const { pid } = child;
    if (pid === undefined) return;
    const free = endedOn(stop, pid);
    child.on("close", (code) => {
      guard.end(pid);
      free();
      resolve({ code: code ?? 1, output });
    });
  });
}

const AGAIN_MS = 100;
/** What still runs after so many signals is killed. */
const SIGNALS = 20;

/**
 * Ends a group when everything stops. A shell that is about to start its tool may have taken the signal for itself, and the
 * tool never heard of it: the signal is repeated until the group is gone.
 * @returns what ends the watch, to be called when the group is gone
 */
function endedOn(stop: AbortSignal, leader: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  const halt = (): void => {
    let sent = 0;
    const signal = (): void => {
      sent += 1;
      endGroup(leader, sent > SIGNALS ? "SIGKILL" : "SIGTERM");
    };
    signal();
    timer = setInterval(signal, AGAIN_MS);
  };
  stop.addEventListener("abort", halt, { once: true });
  return () => {
    stop.removeEventListener("abort", halt);
    clearInterval(timer);
  };
}

function endGroup(leader: number, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // It is gone, and its output is about to end.
  }
}

/** The files that a depfile names, without the target. */
function dependenciesOf(depfile: string, root: string): readonly string[] {
  const text = readFileSync(depfile, "utf8").replaceAll("\\\n", " ");
  const names = text.slice(text.indexOf(":") + 1).match(/(?:\\ |\S)+/g) ?? [];
  return (
    names
      // rustc has a line for each file too, without dependencies.
      .filter((name) => !name.endsWith(":"))
      .map((name) => name.replaceAll("\\ ", " "))
      .map((name) => (isAbsolute(name) ? name : join(root, name)))
  );
}

/** The words that say what is made: an object, with its dependencies and notes. */
function making({ source, emit, notes }: Unit, part: string): readonly string[] {
  if (emit !== undefined) return [`--emit=${emit}=${part},dep-info=${part}.d`, source];
  return [
    ...(notes === undefined ? [] : [`-fprofile-note=${part}.gcno`]),
    // Without files in between: a compiler that is killed would leave them.
    ...["-pipe", "-MD", "-MF", `${part}.d`, "-c", source, "-o", part],
  ];
}

/** Everything one object was made from. */
interface Compiled {
  readonly inputs: readonly string[];
  readonly failure?: BuildFailure;
}

async function compileOne(unit: Unit, root: string, stop: AbortSignal): Promise<Compiled> {
  const { source, object, compiler, arguments: args, notes, inputs: more = [] } = unit;
  const key = JSON.stringify([compiler, ...args]);
  const fresh = freshStamp(object, key);
  if (fresh !== undefined && (notes === undefined || existsSync(notes)))
    return { inputs: Object.keys(fresh.inputs) };
  makeFolder(dirname(object));
  const part = partOf(object, MADE_TOO);
  const words = [...args, ...making(unit, part)];
  const since = readingFrom();
  const run = await runTool(compiler, words, { part, made: object }, { root, stop });
  if (run.code !== 0) {
    const found = diagnosticsOf(run.output);
    const fallback = { file: source, message: run.output.trim().split("\n")[0] ?? `${compiler} failed` };
    return {
      inputs: [],
      failure: { diagnostics: found.length > 0 ? found : [fallback], output: run.output },
    };
  }
  const inputs = [...dependenciesOf(`${object}.d`, root), ...more];
  writeStamp(object, stampOf(key, inputs, since));
  return { inputs };
}

/** Hears how many files of a program are compiled, and how many there are. */
export type Progress = (done: number, of: number) => void;

/**
 * Compiles all units, as many at a time as there are processors.
 * @returns all files that were read, or what the compiler complained about, of all units
 */
export async function compileAll(
  units: readonly Unit[],
  root: string,
  stop: AbortSignal,
  progress: Progress = () => undefined,
): Promise<{ readonly inputs: ReadonlySet<string>; readonly failure?: BuildFailure }> {
  const inputs = new Set<string>();
  const failures: BuildFailure[] = [];
  let done = 0;
  progress(done, units.length);
  const work = async (queue: Iterable<Unit>): Promise<void> => {
    for (const unit of queue) {
      const compiled = await compileOne(unit, root, stop);
      done += 1;
      progress(done, units.length);
      for (const input of compiled.inputs) inputs.add(input);
      if (compiled.failure !== undefined) failures.push(compiled.failure);
    }
  };
  // What others are compiled against comes first.
  const isArchive = ({ emit }: Unit): boolean => emit === "link";
  await work(units.filter(isArchive));
  const queue = units.filter((unit) => !isArchive(unit)).values();
  if (failures.length === 0)
    await Promise.all(Array.from({ length: availableParallelism() }, () => work(queue)));
  if (failures.length === 0) return { inputs };
  return {
    inputs,
    failure: {
      diagnostics: failures.flatMap(({ diagnostics }) => diagnostics),
      output: failures.map(({ output }) => output).join(""),
    },
  };
}
