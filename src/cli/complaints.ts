/**
 * Turns the parser's complaints into one line that names what was typed, and a hint. It judges nothing itself.
 */
import { UsageError } from "../core/errors.js";
import { suggest } from "../text/suggest.js";

/** What says which image boots, and how. */
const IMAGE = [
  "image",
  "symbols",
  "machine",
  "config",
  "profile",
  "cc",
  "no-build",
  "memory",
  "append",
  ...["initrd", "cpus", "net", "drive", "9p", "device", "qemu-arg"],
  "set",
];

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  run: [
    ...[...IMAGE, "accel", "timeout", "silence", "keep", "reporter", "ubsan", "root", "strip-prefix"],
    ...["color", "help"],
  ],
  debug: [...IMAGE, "break", "core", "case-timeout", "record-replay", "server", "stub", "print", "help"],
  build: [
    ...[
      "unikraft",
      "app",
      "from",
      "lib",
      "no-run",
      "machine",
      "memory",
      "append",
      "reporter",
      "ubsan",
      "color",
    ],
    "help",
  ],
  machines: ["help"],
  report: ["image", "reporter", "ubsan", "root", "strip-prefix", "dialect", "config", "color", "help"],
  init: ["name", "ci", "editor", "help"],
  watch: ["machine", "config", "profile", "cc", "reporter", "ubsan", "root", "color", "help"],
  doctor: ["json", "help"],
  dap: ["port", "help"],
  trace: ["format", "output", "help"],
  dialect: ["dialect", "config", "help"],
  coverage: ["reporter", "root", "strip-prefix", "color", "help"],
  completion: ["help"],
  list: [
    "image",
    "filter",
    "json",
    "compile-commands",
    "machine",
    "config",
    "profile",
    "cc",
    "no-build",
    "help",
  ],
};

/** What a command cannot do without. */
const LACKING: Readonly<Record<string, string>> = {
  completion: "shell",
  trace: "record",
  coverage: "record",
  dialect: "action (list, try)",
};

const LONG: Readonly<Record<string, string>> = { r: "reporter", m: "machine" };

/** The parser's message as an error for the user. */
export function complaint(message: string, argv: readonly string[]): UsageError {
  const command = Object.hasOwn(OPTIONS, argv[0] ?? "") ? (argv[0] ?? "") : "";
  const help = `see uktest ${command === "" ? "" : `${command} `}--help`;
  if (message.startsWith("Not enough non-option arguments"))
    return new UsageError(`no ${LACKING[command] ?? "log"} given`, help);
  const empty = /^Not enough arguments following: (.*)$/s.exec(message)?.[1];
  if (empty !== undefined)
    return new UsageError(
      `--${LONG[empty] ?? empty} needs a value`,
      empty === "append" ? '--append="-- WORDS" takes one that begins with dashes' : help,
    );
  const missing = /^Missing required arguments?: (.*)$/s.exec(message)?.[1];
  if (missing !== undefined) return new UsageError(`--${missing} is missing`, help);
  const wrong = /Argument: (.*?), Given: "?(.*?)"?, Choices: (.*)/s.exec(message);
  if (wrong !== null) return wrongValue(wrong[1] ?? "", wrong[2] ?? "", wrong[3] ?? "");
  const unknown = /^Unknown (?:arguments?|commands?): ([^,\s]+)/.exec(message)?.[1];
  const plain = message.replace(/\s*\n\s*/g, " ").replace(/^U/, "u");
  return new UsageError(plain.trim(), nearOption(unknown, command, argv) ?? help);
}

function wrongValue(option: string, given: string, choices: string): UsageError {
  const known = [...(choices.split("\n")[0] ?? "").matchAll(/"(.*?)"/g)].map((match) => match[1] ?? "");
  const word = option === "shell" ? given : `--${option} ${given}`;
  return new UsageError(`${word}: unknown value`, suggest(given, known));
}

function nearOption(
  unknown: string | undefined,
  command: string,
  argv: readonly string[],
): string | undefined {
  if (unknown === undefined || !argv.some((word) => word.replace(/=.*$/s, "") === `--${unknown}`))
    return undefined;
  const near = suggest(unknown, OPTIONS[command] ?? []);
  return near.startsWith("did you mean") ? near.replace(/"(.*)"/, '"--$1"') : undefined;
}
