/** A checkout of the ring as a project that has uktest among its packages, and the shells of CI hosts around it. */
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { putKitObjects } from "../kit-objects.js";
import { MAIN, type Said, startProgram } from "../cli/run.js";

export const ROOT = new URL("../../../", import.meta.url).pathname;

/**
 * Puts the ring into `folder`, to be built for the embedded machine unless a command says another.
 * @param machines those for which the kit is compiled already
 */
export async function checkOut(folder: string, machines: readonly string[] = ["v86"]): Promise<void> {
  cpSync(join(ROOT, "examples/ring"), folder, {
    recursive: true,
    filter: (path) => !path.includes(".uktest"),
  });
  const config = join(folder, "uktest.config.json");
  const known = JSON.parse(readFileSync(config, "utf8")) as object;
  writeFileSync(config, JSON.stringify({ ...known, machine: "v86" }));
  await putKitObjects(folder, machines);
}

/** A folder for PATH in which `npx uktest` and `uktest` are this program, and `npm ci` has nothing to do. */
export function binaries(folder: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const program = `exec "${process.execPath}" "${MAIN}" "$@"`;
  const scripts = {
    uktest: program,
    npx: `[ "$1" = uktest ] || exit 9; shift; ${program}`,
    npm: '[ "$*" = ci ] || exit 9',
  };
  for (const [name, body] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}

/** Runs one script as a host's shell does: it stops at the first command that fails. */
export const shell = (
  script: string,
  settings: { readonly cwd: string; readonly bin: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Said> =>
  startProgram("sh", ["-e", "-c", script], {
    cwd: settings.cwd,
    env: { PATH: `${settings.bin}:${process.env["PATH"] ?? ""}`, ...settings.env },
  }).end;
