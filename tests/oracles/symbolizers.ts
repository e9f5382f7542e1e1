/**
 * Asks addr2line or llvm-symbolizer for the functions and lines of many addresses, and writes every answer the same way.
 */
import { spawnSync } from "node:child_process";

export type Tool = "addr2line" | "aarch64-linux-gnu-addr2line" | "llvm-symbolizer";

const PACKAGES: Readonly<Record<Tool, string>> = {
  addr2line: "binutils",
  "aarch64-linux-gnu-addr2line": "binutils-aarch64-linux-gnu",
  "llvm-symbolizer": "llvm",
};

/** `function path:line`, or `function` alone. Copies of a function have its name. */
export const frameText = (name: string, path: string | undefined, line: number): string =>
  `${name.split(".", 1)[0] ?? ""}${path === undefined ? "" : ` ${path}:${String(line)}`}`;

/** Without `.` and `x/..`. */
function plainPath(path: string): string {
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else kept.push(part);
  }
  return `${path.startsWith("/") ? "/" : ""}${kept.join("/")}`;
}

function readPlace(name: string, place: string): string {
  const match = /^(.*?):(\d+|\?)(?::\d+)?(?: \(discriminator \d+\))?$/.exec(place);
  const path = match?.[1] ?? "??";
  const line = match?.[2] === "?" ? 0 : Number(match?.[2]);
  // The bare name of a file, or of an object, is a guess by the symbol table.
  const isPlace = path.includes("/");
  return frameText(name, isPlace ? plainPath(path) : undefined, line);
}

/** The frames of each address, innermost first. */
export function askSymbolizer(
  tool: Tool,
  image: string,
  addresses: readonly number[],
): ReadonlyMap<number, readonly string[]> {
  const style = tool === "llvm-symbolizer" ? ["--output-style=GNU"] : [];
  const { stdout, error } = spawnSync(tool, ["-e", image, "-a", "-f", "-i", ...style], {
    encoding: "utf8",
    input: addresses.map((address) => `0x${address.toString(16)}\n`).join(""),
    maxBuffer: 1 << 28,
  });
  if (error !== undefined)
    throw new Error(`these tests ask ${tool}: install ${PACKAGES[tool]}`, { cause: error });
  const frames = new Map<number, string[]>();
  let current: string[] = [];
  const lines = stdout.split("\n").filter((line) => line !== "");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (/^0x[0-9a-f]+$/.test(line)) {
      current = [];
      frames.set(Number(line), current);
    } else {
      at += 1;
      current.push(readPlace(line, lines[at] ?? ""));
    }
  }
  return frames;
}
