/**
 * The table of rooms: who may import whom, and what of the world each may touch. This is the place to change when the
 * house changes; rules.ts only applies it.
 */

export interface Room {
  /** Rooms and files it may import, besides its own; `type ` in front: only what is gone at run time. */
  readonly imports: readonly string[];
  readonly node: readonly string[];
  /** Names of the run time that it may use. */
  readonly globals: readonly string[];
  readonly packages: readonly string[];
  /** May use any `node:` module and any name: processes, sockets and clocks live here. */
  readonly world?: true;
}

const PURE: Room = { imports: [], node: [], globals: [], packages: [] };
const FILES = ["node:fs", "node:fs/promises"];

export const ROOMS: Readonly<Record<string, Room>> = {
  "src/core": PURE,
  "src/text": PURE,
  // Of core only the contract of a segment, and a type. Buffer decodes latin1 natively, which TextDecoder does not do at all.
  "src/serial": {
    ...PURE,
    imports: ["src/core/segment.ts", "type src/core/writable.ts"],
    globals: ["Buffer"],
  },
  // TAP is read by the parser that everybody else reads it with.
  "src/dialects": { ...PURE, imports: ["src/core", "type src/serial"], packages: ["tap-parser"] },
  // Expressions of a project, matched by an engine that no line can make slow.
  "src/marker": { ...PURE, imports: ["src/core", "type src/config"], packages: ["re2js"] },
  "src/faults": { ...PURE, imports: ["src/core", "type src/serial"] },
  "src/image": { ...PURE, imports: ["src/core"], node: ["node:fs"], globals: ["Buffer"] },
  // Traces of guests as files that other programs read: it starts nothing, and writes nothing itself.
  "src/trace": {
    ...PURE,
    imports: ["src/core", "src/text", "src/image/trace-format.ts", "type src/image"],
    globals: ["TextEncoder"],
    packages: ["valibot"],
  },
  // Which lines ran: what programs of the toolchain say, and what the image knows, as one model. It starts nothing.
  "src/coverage": {
    ...PURE,
    imports: ["src/core", "src/text", "type src/image"],
    packages: ["valibot", "picomatch"],
  },
  // Stacks as files that other programs read: it samples nothing, and writes nothing.
  "src/profile": {
    ...PURE,
    imports: ["src/core", "src/text"],
    node: ["node:zlib"],
    globals: ["TextEncoder"],
  },
  "src/config": {
    ...PURE,
    imports: ["src/core"],
    node: [...FILES, "node:path"],
    packages: ["valibot", "jiti"],
  },
  "src/record": { ...PURE, imports: ["src/core"], node: FILES, packages: ["valibot"] },
  reporters: {
    ...PURE,
    imports: ["src/core", "src/text"],
    packages: ["ansis", "junit-report-builder", "xmlbuilder"],
  },
  runner: {
    ...PURE,
    imports: ["src/core", "src/image", "src/config", "src/rsp", "src/mi", "src/text/shell-word.ts"],
    packages: ["picomatch", "serialport", "v86"],
    world: true,
  },
  // The bytes of one boot to conclusions: it knows no machine.
  "src/console": {
    ...PURE,
    imports: ["src/core", "src/text", "src/serial", "src/dialects", "src/faults"],
  },
  // What is known from before: it boots nothing.
  "src/history": {
    ...PURE,
    imports: [
      ...["src/core", "src/text", "src/serial", "src/config", "src/record"],
      ...["files/any-text", "files/record-folders", "files/waiting", "host/clock"].map(
        (name) => `runner/${name}.ts`,
      ),
    ],
    node: [...FILES, "node:path", "node:stream", "node:zlib"],
    globals: ["process", "Buffer"],
  },
  // Conclusions to their destinations: it judges nothing.
  "src/delivery": {
    ...PURE,
    imports: [
      ...["src/core", "src/text", "src/config/own-module.ts", "reporters"],
      ...[
        "files/make-folder",
        "files/source-text",
        "files/temporary-files",
        "files/waiting",
        "host/stages",
        "host/ticker",
      ].map((name) => `runner/${name}.ts`),
    ],
    node: [...FILES, "node:path"],
    globals: ["process", "NodeJS", "import.meta"],
  },
  // A run: it knows neither words of a command line nor where reports go.
  "src/run": {
    ...PURE,
    imports: [
      ...["src/core", "src/text", "src/config", "src/image", "src/record", "src/console", "src/marker"],
      ...["src/history", "src/trace", "src/coverage", "src/profile", "type src/delivery", "runner"],
    ],
    node: [...FILES, "node:path", "node:v8"],
    globals: ["Buffer"],
    packages: ["picomatch", "yaml"],
  },
  // The remote protocol of debuggers: bytes, which Buffer makes text of.
  "src/rsp": { ...PURE, globals: ["Buffer"] },
  // The records of gdb's machine interface: UTF-8 in octal bytes, which Buffer makes text of.
  "src/mi": { ...PURE, globals: ["Buffer"] },
  // A debugging session: it composes a boot, a proxy and a debugger, and judges nothing.
  "src/debug": {
    ...PURE,
    imports: ["src/core", "src/text", "src/image", "src/rsp", "src/run", "runner"],
    node: ["node:fs", "node:path"],
  },
  // A session for an editor: requests in, answers and events out. The protocol's messages are those of its own packages.
  "src/dap": {
    ...PURE,
    imports: ["src/core", "src/text", "src/mi", "src/debug", "runner"],
    node: ["node:fs"],
    globals: ["Buffer"],
    packages: ["@vscode/debugadapter", "@vscode/debugprotocol"],
  },
  // The library: what it composes is what the command line composes, without words and streams.
  "src/library": { ...PURE, imports: ["src/core", "type src/run"] },
  "src/index.ts": {
    ...PURE,
    imports: [
      "src/core",
      "src/library",
      "src/run",
      "src/history",
      "src/delivery/tool.ts",
      "type runner/machine.ts",
    ],
  },
  // Words in, commands out: the composition root.
  "src/cli": {
    imports: [
      ...["src/core", "src/text", "src/config", "src/image", "src/record"],
      ...[
        "src/console",
        "src/history",
        "src/delivery",
        "src/run",
        "src/trace",
        "src/profile",
        "src/debug",
        "src/dap",
        "runner",
      ],
    ],
    // Stacks are shown in places of the sources: that needs the map beside the bundle.
    node: [...FILES, "node:path", "node:module", "node:url"],
    globals: ["process", "Buffer", "import.meta"],
    // Files of editors are JSON with comments, which have to stay.
    packages: ["yargs", "jsonc-parser"],
  },
};

/** Rooms whose files are plug-ins: one file each, with a folder of the same name for its parts. */
export const PLUGINS: Readonly<Record<string, { readonly shared: readonly string[] }>> = {
  "src/dialects": { shared: [] },
  // What several screens of one kernel say in the same words: frames, syndromes, error codes.
  "src/faults": { shared: ["src/faults/facts"] },
  // What all reporters have to show alike is said once.
  reporters: { shared: ["reporters/view"] },
};

/** Imports between the files of one plug-in room that are no breach, each with its reason. */
export const ALLOWED_PAIRS: readonly (readonly [from: string, to: string, why: string])[] = [];

/** Names of the run time that one file uses although its room may not, each with its reason. */
export const ALLOWED_USES: readonly (readonly [path: string, name: string, why: string])[] = [
  [
    "src/dialects/unikraft/passes.ts",
    "Buffer",
    "counts passed results on raw bytes: latin1, as in src/serial",
  ],
  ["src/image/elf/compressed.ts", "process", "loads node:zlib for compressed sections only: it takes 6 ms"],
];

/** The only file that writes to the process's streams, and the only one outside the runner that changes files. */
export const SINK = "src/delivery/sink.ts";
export const FILE_SINK = "src/delivery/file-sink.ts";

/** Files that hand the process's streams to the sink; nobody else may name them. */
export const STREAM_OWNERS: readonly string[] = [SINK, "src/cli/main.ts", "src/delivery/destinations.ts"];

/** Folders of a program's own code: no escapes from the type checker, no file beyond the limit. */
export const PROGRAM: readonly string[] = ["src", "runner", "reporters", "bench"];

export const MAX_LINES = 350;

/** Files of a folder: more than these are not looked through. */
export const MAX_FILES = 25;
