/** The files of an editor for one case, made of what `uktest debug` would debug. It boots nothing and writes nothing. */
import { resolve } from "node:path";
import { KIT_ROOT } from "../../runner/build/kit.js";
import { findGdb } from "../../runner/debug/gdb.js";
import type { DebugArguments, Surroundings } from "./arguments.js";
import { type EditorFile, launchJson, tasksJson } from "./launch.js";
import { prepared } from "./session.js";
import { targetOf } from "./target.js";

/** That of gdb's own examples. */
const DEFAULT_PORT = "1234";

/** What an editor needs to debug the same, as JSON: the file that is asked for, or both. */
export async function editorFiles(
  args: DebugArguments,
  what: EditorFile,
  { stop, say }: Pick<Surroundings, "stop" | "say">,
): Promise<string> {
  const target = await targetOf(args, stop, say);
  const { where, symbols, breaks } = prepared(args, target, say);
  const order = {
    name: args.patterns.join(" "),
    command: args.command,
    port: Number(args.server ?? DEFAULT_PORT),
    program: resolve(symbols),
    gdb: await findGdb(target.machine.architecture),
    sources: [...new Set([KIT_ROOT, target.project.root])],
    stops: [...where.stops, ...breaks.map((place) => ({ place }))],
  };
  return `${JSON.stringify(what === "launch" ? launchJson(order) : tasksJson(order), null, 2)}\n`;
}
