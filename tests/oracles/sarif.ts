/**
 * What Microsoft's own validator says of a SARIF log, under the rules of the standard and under GitHub's. Both kinds need
 * its program, which is a package of npm for the machine's own system.
 */
import { spawnSync } from "node:child_process";
import { accessSync, chmodSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import program from "@microsoft/sarif-multitool";

export interface Complaint {
  readonly rule: string;
  readonly level: string;
  readonly text: string;
}

interface Report {
  readonly runs: readonly {
    readonly results?: readonly {
      readonly ruleId: string;
      readonly level?: string;
      readonly message: { readonly arguments?: readonly string[] };
    }[];
    readonly invocations?: readonly {
      readonly executionSuccessful?: boolean;
      readonly toolConfigurationNotifications?: readonly unknown[];
    }[];
  }[];
}

/** The validator's program. Nothing of the package is run when it is installed, so it may lack its permission. */
function validator(): string {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    chmodSync(program, 0o755);
  }
  return program;
}

/** Everything it complains about, in any of the logs; the files are named by their place in the list. */
export function complaintsAbout(logs: readonly string[]): readonly Complaint[] {
  const folder = mkdtempSync(join(tmpdir(), "uktest-sarif-"));
  try {
    const files = logs.map((text, at) => {
      const file = join(folder, `${String(at)}.sarif`);
      writeFileSync(file, text);
      return file;
    });
    const output = join(folder, "validation.json");
    const args = ["--rule-kind", "Sarif;Ghas", "--output", output, "--log", "ForceOverwrite"];
    const { error, stdout, stderr } = spawnSync(validator(), ["validate", ...files, ...args], {
      encoding: "utf8",
      env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" },
    });
    if (error !== undefined) throw error;
    if (!stdout.includes("Analysis completed successfully")) throw new Error(`${stdout}\n${stderr}`);
    const report = JSON.parse(readFileSync(output, "utf8")) as Report;
    return report.runs.flatMap(({ results = [] }) =>
      results.map(({ ruleId, level = "warning", message }) => ({
        rule: ruleId,
        level,
        text: (message.arguments ?? []).join(" | "),
      })),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
