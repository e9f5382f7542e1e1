/**
 * Applies the table of rooms to a tree of files, given as path to text. Each breach is one line: `path:line: what`.
 */
import { posix } from "node:path";
import { type Facts, factsOf, type Import, type Use } from "./facts.js";
import {
  ALLOWED_PAIRS,
  ALLOWED_USES,
  MAX_LINES,
  PLUGINS,
  PROGRAM,
  ROOMS,
  type Room,
  FILE_SINK,
  SINK,
  STREAM_OWNERS,
} from "./rooms.js";

export type Tree = ReadonlyMap<string, string>;

const SCRIPT = /\.[cm]?[jt]sx?$/;
const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
const inProgram = (path: string): boolean => PROGRAM.some((folder) => within(path, folder));

/** The room a file is in. */
export const roomOf = (path: string): string | undefined =>
  Object.keys(ROOMS).find((room) => within(path, room));

/** What was found in a tree; reading all of this repository takes seconds, and several tests ask for it. */
const known = new WeakMap<Tree, ReadonlyMap<string, Facts>>();

/** Scripts with what they say. A tree does not change once it has been read. */
export function scriptsOf(tree: Tree): ReadonlyMap<string, Facts> {
  const before = known.get(tree);
  if (before !== undefined) return before;
  const scripts = [...tree].filter(([path]) => SCRIPT.test(path));
  const facts = new Map(scripts.map(([path, text]) => [path, factsOf(path, text)]));
  known.set(tree, facts);
  return facts;
}

/** All breaches of the table of rooms and of the manners that a machine can see. */
export function breachesOf(tree: Tree): readonly string[] {
  const scripts = scriptsOf(tree);
  return [
    ...[...tree].flatMap(([path, text]) => [...nameBreaches(path), ...sizeBreaches(path, text)]),
    ...[...scripts].flatMap(([path, facts]) => [
      ...mannersBreaches(path, facts),
      ...(roomOf(path) === undefined ? [] : roomBreaches(path, facts, tree)),
    ]),
  ];
}

function nameBreaches(path: string): readonly string[] {
  const vague = path
    .split("/")
    .find((part) => /^(?:utils?|helpers|common|misc)$/i.test(part.replace(/\..*$/, "")));
  const homeless = within(path, "src") && roomOf(path) === undefined;
  return [
    ...(vague === undefined ? [] : [`${path}: "${vague}" says nothing about what is in it`]),
    ...(homeless ? [`${path}: is in no room of the table`] : []),
  ];
}

function sizeBreaches(path: string, text: string): readonly string[] {
  const lines = text.split("\n").length - 1;
  const isCode = inProgram(path) || within(path, "guest") || within(path, "suites");
  // A table that tests are held against is as long as it has to be.
  const bounded = isCode && !path.endsWith(".json");
  return bounded && lines > MAX_LINES
    ? [`${path}: ${String(lines)} lines, at most ${String(MAX_LINES)}`]
    : [];
}

const ESCAPE = /@ts-(?:ignore|expect-error|nocheck)|eslint-disable|istanbul ignore|c8 ignore/;

function mannersBreaches(path: string, { comments, uses, startsWithHeader }: Facts): readonly string[] {
  const escapes = comments
    .filter(({ text }) => ESCAPE.test(text))
    .map(({ line, text }) => `${path}:${String(line)}: escapes a check: ${ESCAPE.exec(text)?.[0] ?? ""}`);
  const loose = uses
    .filter(({ name }) => name === "any" || name === "enum")
    .map(({ line, name }) => `${path}:${String(line)}: ${name}`);
  const headless = inProgram(path) && !startsWithHeader ? [`${path}: has no header`] : [];
  return [...escapes, ...loose, ...headless];
}

function roomBreaches(path: string, facts: Facts, tree: Tree): readonly string[] {
  const name = roomOf(path) ?? "";
  const room = ROOMS[name];
  if (room === undefined) return [];
  const at = (line: number, what: string): string => `${path}:${String(line)}: ${what}`;
  return [
    ...facts.imports.flatMap((one) =>
      importBreaches(path, name, room, one, tree).map((what) => at(one.line, what)),
    ),
    ...facts.uses.flatMap((use) => useBreaches(path, room, use).map((what) => at(use.line, what))),
    ...(path === SINK
      ? []
      : facts.aliasedWrites.map((line) => at(line, "writes to a stream of the process"))),
  ];
}

function importBreaches(path: string, name: string, room: Room, one: Import, tree: Tree): readonly string[] {
  const { specifier } = one;
  if (specifier === undefined) return ["imports what nobody can see before it runs"];
  if (specifier.startsWith("node:")) return nodeBreaches(path, room, one, specifier);
  if (!specifier.startsWith(".")) {
    const wanted = packageOf(specifier);
    return room.packages.includes(wanted) ? [] : [`may not use the package ${wanted}`];
  }
  // What is built from elsewhere has only its types in the tree.
  const target = posix
    .join(posix.dirname(path), specifier)
    .replace(/\.js$/, ".ts")
    .replace(/\.mjs$/, ".d.mts");
  if (!tree.has(target)) return [`imports ${target}, which is not there`];
  if (within(target, name)) return pluginBreaches(path, name, target);
  const allowed = room.imports.some((rule) =>
    rule.startsWith("type ") ? one.typeOnly && within(target, rule.slice(5)) : within(target, rule),
  );
  return allowed ? [] : [`may not import ${target}`];
}

export const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

const CHANGES_FILES =
  /^(?:write|append|create|rm|unlink|rename|mkdir|mkdtemp|cp|copy|truncate|ftruncate|symlink|link|ch|lch|fch|utimes)/;

function nodeBreaches(path: string, room: Room, one: Import, specifier: string): readonly string[] {
  if (room.world === true) return [];
  if (!room.node.includes(specifier)) return [`may not use ${specifier}`];
  if (path === FILE_SINK || !specifier.startsWith("node:fs")) return [];
  if (one.names === undefined) return [`takes all of ${specifier}: name what it needs`];
  return one.names.filter((name) => CHANGES_FILES.test(name)).map((name) => `${name}: only the sink writes`);
}

/** Files of a plug-in room keep to themselves and their own parts. */
function pluginBreaches(path: string, name: string, target: string): readonly string[] {
  const plugins = PLUGINS[name];
  if (plugins === undefined) return [];
  const plugin = (file: string): string =>
    `${name}/${(file.slice(name.length + 1).split("/")[0] ?? "").replace(/\..*$/, "")}`;
  if (plugin(path) === plugin(target)) return [];
  if (plugins.shared.includes(plugin(target))) return [];
  if (ALLOWED_PAIRS.some(([from, to]) => path === from && within(target, to))) return [];
  return [`may not import ${target}: plug-ins do not know each other`];
}

function useBreaches(path: string, room: Room, { name, member, further }: Use): readonly string[] {
  // Said of every file by mannersBreaches.
  if (name === "any" || name === "enum") return [];
  if (name === "console") return ["uses console: only the sink prints"];
  if (name === "globalThis" || name === "global" || name === "eval")
    return [`uses ${name}, which hides what it needs`];
  if (name === "process") {
    const what = processBreach(path, room, member, further);
    if (what !== undefined) return [what];
  }
  const isAllowed =
    room.world === true ||
    room.globals.includes(name) ||
    ALLOWED_USES.some(([file, used]) => file === path && used === name);
  return isAllowed ? [] : [`may not use ${name}`];
}

const READ_OF_STREAMS = new Set([undefined, "isTTY", "columns"]);

function processBreach(
  path: string,
  room: Room,
  member: string | undefined,
  further: string | undefined,
): string | undefined {
  if (member === undefined || member === "?") return "takes process as a whole: name what it needs";
  if (/^(?:hrtime|uptime|cpuUsage)$/.test(member) && room.world !== true)
    return `process.${member} is a clock`;
  if (!/^std(?:out|err)$/.test(member) || path === SINK) return undefined;
  if (!STREAM_OWNERS.includes(path)) return `names process.${member}: only ${STREAM_OWNERS.join(", ")} may`;
  return READ_OF_STREAMS.has(further) ? undefined : `writes to process.${member}: only the sink may`;
}
