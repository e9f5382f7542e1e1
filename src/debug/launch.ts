/**
 * The files by which VS Code debugs a case: `.vscode/launch.json` and the task that it starts first. Data only; the
 * caller decides where it goes.
 *
 * Sources: VS Code's documentation of cppdbg (`launch.json reference`) and of tasks (`Background / watching tasks`).
 * `stopAtConnect` and `stopAtEntry` come too late or do nothing with a stub of QEMU, so the guest waits by itself.
 */
import { shellWord } from "../text/shell-word.js";
import type { Stop } from "./stops.js";

/** Files of VS Code that can be printed. */
export const EDITOR_FILES = ["launch", "tasks"] as const;
export type EditorFile = (typeof EDITOR_FILES)[number];

export interface LaunchOrder {
  /** What is debugged, as the user has named it: `suite.case`. */
  readonly name: string;
  /** The command that serves it, without the port. */
  readonly command: readonly string[];
  readonly port: number;
  /** Path of the file with the symbols. */
  readonly program: string;
  readonly gdb: string;
  /** Folders of the sources. */
  readonly sources: readonly string[];
  /** Where it stops. */
  readonly stops: readonly Stop[];
}

const labelOf = (name: string): string => `uktest: serve ${name}`;

/** A command of gdb before it connects; one that fails is the user's to see. */
const setup = (text: string, ignoreFailures = false): object => ({ text, ignoreFailures });

const breakOf = ({ place, condition }: Stop): string =>
  `break ${place}${condition === undefined ? "" : ` if ${condition}`}`;

/** What connects to a guest that a task serves. */
interface Connecting extends Omit<LaunchOrder, "command"> {
  /** Label of the task. */
  readonly task: string;
  /** Whether each place is known to be in the image. */
  readonly isKnown: boolean;
}

const configurationOf = (order: Connecting): Readonly<Record<string, unknown>> => ({
  name: `uktest: ${order.name}`,
  type: "cppdbg",
  request: "launch",
  program: order.program,
  cwd: "${workspaceFolder}",
  MIMode: "gdb",
  miDebuggerPath: order.gdb,
  miDebuggerServerAddress: `127.0.0.1:${String(order.port)}`,
  preLaunchTask: order.task,
  setupCommands: [
    ...order.sources.map((folder) => setup(`directory ${folder}`)),
    // A breakpoint of a function that the image has not is an error at once.
    setup("set breakpoint pending off"),
    ...order.stops.map((stop) => setup(breakOf(stop), !order.isKnown)),
  ],
});

/** `.vscode/launch.json`. */
export const launchJson = (order: LaunchOrder): object => ({
  version: "0.2.0",
  configurations: [configurationOf({ ...order, task: labelOf(order.name), isKnown: true })],
});

/** What a compiler complains of, in its place: as it is, as uktest repeats it, and in the console of a run. */
const COMPILER = {
  regexp:
    "^(?:uktest: | *console \\d+ \\| )?([^:\\s]+):(\\d+):(?:(\\d+):)? (?:fatal )?(error|warning): (.*)$",
  file: 1,
  line: 2,
  column: 3,
  severity: 4,
  message: 5,
} as const;

/** A red case in the lines of a run: its name, its place, what went wrong. */
const RED = {
  regexp: "^((?:FAIL|CRASH|TIMEOUT) \\S+) {2}(\\S+?):(\\d+)(?: (.*))?$",
  code: 1,
  file: 2,
  line: 3,
  message: 4,
} as const;

const OWNER = { owner: "uktest", fileLocation: ["relative", "${workspaceFolder}"] } as const;

const serving = (label: string, command: string): Readonly<Record<string, unknown>> => ({
  label,
  type: "shell",
  command,
  isBackground: true,
  problemMatcher: {
    ...OWNER,
    pattern: COMPILER,
    background: {
      activeOnStart: true,
      beginsPattern: "^uktest: built ",
      endsPattern: "waiting for a debugger",
    },
  },
});

/** `.vscode/tasks.json`: the case is served in the background, and what its build complains of is shown in its place. */
export const tasksJson = ({ name, command, port }: LaunchOrder): object => ({
  version: "2.0.0",
  tasks: [serving(labelOf(name), [...command, "--server", String(port)].map(shellWord).join(" "))],
});

/** A project as an editor debugs it: any case of any of its images. */
export interface ProjectOrder {
  /** How uktest is typed there. */
  readonly uktest: string;
  readonly port: number;
  readonly gdb: string;
  readonly sources: readonly string[];
  readonly stops: readonly Stop[];
  /** Its images by name, and where the file with the symbols of each is built. */
  readonly images: readonly { readonly name: string; readonly program: string }[];
  /** The case that the editor offers; empty where none is known. */
  readonly last: string;
}

const SERVE = "uktest: serve a case";

/** A configuration for each image, each of which asks for the case: the name of the image is in that of the configuration. */
export const projectConfigurations = ({
  images,
  ...order
}: ProjectOrder): readonly Readonly<Record<string, unknown>>[] =>
  images.map((image) => configurationOf({ ...order, ...image, task: SERVE, isKnown: false }));

/** The tasks that run the project and serve a case of it, and the question which one. */
export const projectTasks = ({ uktest, port, last }: Pick<ProjectOrder, "uktest" | "port" | "last">) => ({
  tasks: [
    {
      label: "uktest: run",
      type: "shell",
      command: `${uktest} run -r lines`,
      group: "test",
      problemMatcher: [
        { ...OWNER, pattern: COMPILER },
        { ...OWNER, severity: "error", pattern: RED },
      ],
    },
    serving(SERVE, `${uktest} debug \${input:uktestCase} --server ${String(port)}`),
  ],
  inputs: [
    {
      id: "uktestCase",
      type: "promptString",
      description: "Case to debug, as suite.case; empty: the first that was red the last time",
      default: last,
    },
  ],
});
