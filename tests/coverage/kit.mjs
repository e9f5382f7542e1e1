// Measures how many lines of the guest kit its own suites run, on all processors together, and is red below the share that
// has to run. Suites that crash or fail on purpose count too: what ran is read from the memory of a guest that has stopped.
// Where a job of GitHub has a summary, the table of libraries goes there as well. It does not judge the cases: tests do.
// With a folder of records it judges those, and boots nothing.
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const LEAST = 90;
const root = fileURLToPath(new URL("../..", import.meta.url));
const uktest = join(root, "dist/bin/uktest/uktest.cjs");

/** What the processors have of their own. The rest of the kit is the same C everywhere, and runs once. */
const OF_PROCESSORS = ["nolibc", "ukevent", "ukevent-crash", "ukgdb_traps", "ukgdb_next", "ukpaging"];
/** Suites that are red on purpose. One of them hangs: a limit of the silence for that. */
const RED = [
  "leaks",
  "ubsan",
  "ubsan-more",
  "ubsan-fatal",
  "ukdebug",
  "ukevent-crash",
  "uktest-abort",
  "uktest-fails",
];
/** What the guest does for words of its command line alone. Whether it does that well, tests of the host say: benchmarks, messages. */
const WORDS = ["uktest.bench=2", "uktest.print=time,thread,caller,source", "uktest.level=info"];
const RUNS = [
  ["-m", "qemu-x86_64"],
  ["-m", "qemu-x86_64", "--silence", "3", ...RED],
  ["-m", "qemu-x86_64", "uktest-bench", ...WORDS.flatMap((word) => ["--append", word])],
  ["-m", "qemu-arm64", ...OF_PROCESSORS],
  ["-m", "qemu-i386", ...OF_PROCESSORS],
];
/** Exit codes of a run that judged its cases, whatever they were. */
const JUDGED = [0, 1];

const folder = mkdtempSync(join(tmpdir(), "uktest-kit-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Runs uktest; its report is shown where it could not do its work. */
function run(words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [uktest, ...words], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (JUDGED.includes(status)) return;
  process.stderr.write(`${stdout}${stderr}\nuktest ${words.join(" ")} ended with ${String(status)}\n`);
  process.exit(1);
}

/** Of each library the lines that ran and all, the least covered first. */
function libraries(files) {
  const found = new Map();
  for (const { path, lines } of files) {
    const name = path.split("/").slice(0, 3).join("/");
    const sum = found.get(name) ?? { name, hit: 0, all: 0 };
    sum.hit += lines.hit;
    sum.all += lines.all;
    found.set(name, sum);
  }
  return [...found.values()].sort((a, b) => a.hit / a.all - b.hit / b.all);
}

const share = ({ hit, all }) => (100 * hit) / all;
/** Rounded down, so that no share below a limit is shown as the limit. */
const percent = (lines) => `${(Math.floor(share(lines) * 10) / 10).toFixed(1)} %`;

const [given] = process.argv.slice(2);
const records = given === undefined ? join(folder, "records") : resolve(given);
if (given === undefined)
  RUNS.forEach((words, nth) => {
    const record = join(records, String(nth));
    run(["run", "--coverage", "--no-auto-reporters", "--record", record, "-r", "lines", ...words]);
  });
run(["coverage", "merge", records, "-r", `json=${join(folder, "all.json")}`]);
const { coverage } = JSON.parse(readFileSync(join(folder, "all.json"), "utf8"));
const verdict = `coverage of the kit: ${percent(coverage.lines)} of ${String(coverage.lines.all)} lines, at least ${String(LEAST)} % have to run`;
const table = libraries(coverage.files);

for (const each of table)
  process.stdout.write(
    `${each.name.padEnd(26)}${percent(each).padStart(8)}${`${each.hit}/${each.all}`.padStart(12)}\n`,
  );
process.stdout.write(`${verdict}\n`);
if (process.env.GITHUB_STEP_SUMMARY)
  appendFileSync(
    process.env.GITHUB_STEP_SUMMARY,
    [
      `### ${verdict}\n`,
      "| library | lines | ran |",
      "| --- | ---: | ---: |",
      ...table.map((each) => `| ${each.name} | ${each.all} | ${percent(each)} |`),
      "",
    ].join("\n"),
  );
process.exitCode = share(coverage.lines) < LEAST ? 1 : 0;
