/** The action for GitHub, carried out as the runner does: green, red, hostile inputs, what it installs and keeps. */
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { putKitObjects } from "../kit-objects.js";
import { runGitHere } from "./git.js";
import { type Scratch, scratch } from "../cli/run.js";
import { type Done, type Job, readAction, runAction } from "../oracles/composite.js";

const ROOT = new URL("../../../", import.meta.url).pathname;
const FOLDER = join(ROOT, ".github/actions/uktest");
const ACTION = join(FOLDER, "action.yml");
const SCRIPT = join(FOLDER, "action.sh");

interface Desk {
  readonly folder: Scratch;
  readonly project: string;
  readonly act: (inputs: Record<string, string>, more?: Partial<Job>) => Promise<Done>;
}

// One checkout for all tests, which come one after the other: what was built once is not built again.
const project = mkdtempSync(join(tmpdir(), "uktest-action-"));
test.before(async () => {
  cpSync(join(ROOT, "examples/ring"), project, {
    recursive: true,
    filter: (path) => !path.includes(".uktest"),
  });
  await putKitObjects(project);
});
test.after.always(() => {
  rmSync(project, { recursive: true, force: true });
});

/** A runner around the checkout. */
function desk(t: ExecutionContext): Desk {
  const folder = scratch(t);
  const temp = folder.file("temp");
  mkdirSync(temp);
  const act = (inputs: Record<string, string>, more: Partial<Job> = {}): Promise<Done> =>
    runAction(ACTION, { workspace: project, temp, inputs: { machine: "v86", ...inputs }, ...more });
  return { folder, project, act };
}

/** Makes the ring forget what is put in third and later; until the test is over. */
function breakRing(t: ExecutionContext): void {
  const path = join(project, "ring.c");
  const text = readFileSync(path, "utf8");
  const broken = text.replace("ring->used++;", "ring->used += ring->used < 2 ? 1 : 0;");
  if (broken === text) throw new Error("the ring has changed");
  writeFileSync(path, broken);
  t.teardown(() => {
    writeFileSync(path, text);
  });
}

test.serial("green: counts, verdict, reports in one folder, summary, cache and upload", async (t) => {
  const { act, project } = desk(t);
  const done = await act({});
  t.false(done.hasFailed, done.said.at(-1)?.stderr);
  const { folder = "", record = "", junit = "", sarif = "", ...counts } = done.outputs;
  t.deepEqual(counts, {
    verdict: "passed",
    "exit-code": "0",
    cases: "3",
    passed: "3",
    failed: "0",
    crashed: "0",
    "timed-out": "0",
    skipped: "0",
    "not-run": "0",
    findings: "0",
    faults: "0",
  });
  for (const path of [record, junit, sarif]) t.true(path.startsWith(`${folder}/`) && existsSync(path), path);
  t.regex(done.summary, /uktest: passed/);
  t.deepEqual(
    done.used.map(({ uses }) => uses),
    ["actions/cache/restore", "actions/upload-artifact", "actions/cache/save"],
  );
  const [restore, upload, save] = done.used.map((one) => one.with);
  t.is(restore?.["path"], join(project, ".uktest/build"));
  t.true(existsSync(join(project, ".uktest/build")));
  t.is(save?.["key"], restore?.["key"]);
  t.true(restore?.["key"]?.startsWith(restore["restore-keys"] ?? "-"));
  t.deepEqual(upload, { name: "uktest", path: folder, overwrite: "true" });
});

test.serial(
  "what a cache brings back counts for a fresh checkout: new times, the same content",
  async (t) => {
    const { act } = desk(t);
    await act({ upload: "false" });
    const later = new Date(Date.now() + 60_000);
    for (const name of readdirSync(project).filter((one) => /\.[ch]$/.test(one)))
      utimesSync(join(project, name), later, later);
    const again = await act({ upload: "false" });
    t.false(again.hasFailed);
    t.notRegex(again.said.at(-1)?.stderr ?? "", /uktest: built/);
    breakRing(t);
    t.regex((await act({ upload: "false" })).said.at(-1)?.stderr ?? "", /uktest: built/);
  },
);

test.serial("red: fails as uktest does, and uploads all the same", async (t) => {
  const { act } = desk(t);
  breakRing(t);
  const done = await act({ "upload-sarif": "true", name: "red", cache: "false" });
  t.true(done.hasFailed);
  t.is(done.outputs["verdict"], "failed");
  t.is(done.outputs["exit-code"], "1");
  t.is(done.outputs["failed"], "1");
  t.is(done.outputs["passed"], "2");
  t.regex(done.said.at(-1)?.stderr ?? "", /^::error .*file=test_ring\.c,line=\d+/m);
  t.regex(done.summary, /uktest: failed/);
  t.deepEqual(
    done.used.map((one) => [one.uses, one.with["name"] ?? one.with["category"]]),
    [
      ["actions/upload-artifact", "red"],
      ["github/codeql-action/upload-sarif", "red"],
    ],
  );
});

test.serial("a baseline lets pass what was red before", async (t) => {
  const { act } = desk(t);
  breakRing(t);
  const before = await act({ upload: "false" });
  t.true(before.hasFailed);
  const after = await act({ baseline: before.outputs["record"] ?? "", "only-new": "true", upload: "false" });
  t.false(after.hasFailed, after.said.at(-1)?.stdout);
});

test.serial("no text of an input is a command, an option or another file", async (t) => {
  const { act, project, folder } = desk(t);
  const trap = folder.file("trap");
  const texts = [
    `$(touch ${trap})`,
    `\`touch ${trap}\``,
    `"; touch ${trap}; "`,
    `x\ntouch ${trap}`,
    "-r=x",
    "%0A::error::x",
  ];
  const rows = texts.flatMap((text, at): Record<string, string>[] => [
    { pattern: text },
    at % 2 === 0 ? { machine: text } : { "working-directory": text },
  ]);
  for (const name of ["image", "shard", "baseline", "arguments", "merge"])
    rows.push({ [name]: texts[0] ?? "" });
  for (const inputs of rows) {
    const done = await act({ upload: "false", ...inputs });
    t.true(done.hasFailed, JSON.stringify(inputs));
    t.true(["error", ""].includes(done.outputs["verdict"] ?? ""), JSON.stringify(done.outputs));
    t.false(existsSync(trap), JSON.stringify(inputs));
    for (const { stdout, stderr } of done.said) t.notRegex(stdout + stderr, /^touch |^::error::x/m);
  }
  t.false(existsSync(join(project, "x")));
});

test.serial(
  "words of the pattern are uktest's: a star is not the shell's, and several are several",
  async (t) => {
    const { act } = desk(t);
    const done = await act({ pattern: "ring_testsuite.e* \n ring_testsuite.full", upload: "false" });
    t.is(done.outputs["cases"], "2", done.said.at(-1)?.stderr);
  },
);

test.serial(
  "what is not true or false, and a folder that is not there, are refused with an annotation",
  async (t) => {
    const { act } = desk(t);
    for (const inputs of [
      { cache: "maybe" },
      { "only-new": "1" },
      { install: "si" },
      { "working-directory": "gone" },
    ]) {
      const done = await act({ upload: "false", ...inputs });
      t.true(done.hasFailed);
      t.regex(done.said.at(-1)?.stdout ?? "", /^::error title=uktest::/m, JSON.stringify(inputs));
      t.deepEqual(
        done.used.filter(({ uses }) => uses.includes("upload")),
        [],
      );
    }
  },
);

/** A folder with all that the script needs but tools to install, and programs that note how they were called. */
function tools(folder: Scratch, fakes: Readonly<Record<string, string>>): string {
  const bin = folder.file(`bin-${String(Math.random()).slice(2)}`);
  mkdirSync(bin);
  const real = [
    "bash",
    "cat",
    "cut",
    "dirname",
    "env",
    "head",
    "mktemp",
    "node",
    "od",
    "sha256sum",
    "tr",
    "git",
  ];
  for (const name of real.filter((one) => !Object.hasOwn(fakes, one)))
    symlinkSync(name === "node" ? process.execPath : whereIs(name), join(bin, name));
  for (const [name, body] of Object.entries(fakes)) {
    writeFileSync(join(bin, name), `#!/bin/bash\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}

/** Body of a program that notes how it was called. */
const notedAs = (name: string): string => `echo "${name} $*" >>"$NOTES"`;
const whereIs = (name: string): string =>
  ["/usr/bin", "/bin", "/usr/local/bin"]
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path)) ?? name;

test.serial("installs just what is missing for the machine, through sudo where it is not root", async (t) => {
  const { act, folder } = desk(t);
  const elf = Buffer.alloc(64);
  elf.writeUInt16LE(183, 18);
  const image = folder.put("arm.elf", elf);
  const rows: readonly (readonly [Record<string, string>, Record<string, string>, RegExp | undefined])[] = [
    [
      { machine: "qemu-arm64" },
      {},
      /install .*qemu-system-arm gcc-aarch64-linux-gnu binutils-aarch64-linux-gnu$/m,
    ],
    [
      { machine: "qemu-arm64" },
      { "aarch64-linux-gnu-gcc": "", "aarch64-linux-gnu-ld": "" },
      / qemu-system-arm$/m,
    ],
    [{ machine: "qemu-x86_64" }, { gcc: "echo gcc" }, / qemu-system-x86 binutils$/m],
    [
      { machine: "qemu-x86_64" },
      { uname: "echo aarch64" },
      / gcc-x86-64-linux-gnu binutils-x86-64-linux-gnu$/m,
    ],
    [{ machine: "v86" }, { uname: "echo aarch64" }, / gcc-i686-linux-gnu binutils-i686-linux-gnu$/m],
    [{ machine: "auto" }, { gcc: "echo gcc", ld: "" }, undefined],
    [{ machine: "auto", image }, {}, / qemu-system-arm$/m],
    [{ machine: "v86", merge: "records" }, {}, undefined],
    [{ machine: "v86", install: "false" }, {}, undefined],
  ];
  for (const [inputs, more, wanted] of rows)
    for (const user of ["0", "1000"]) {
      const notes = folder.put("notes", "");
      const fakes = {
        "apt-get": notedAs("apt-get"),
        sudo: `${notedAs("sudo")}; exec "$@"`,
        id: `echo ${user}`,
        uname: "echo x86_64",
        ...more,
      };
      const bin = tools(folder, fakes);
      await act(inputs, { steps: ["prepare"], env: { PATH: bin, NOTES: notes } });
      const said = folder.text("notes");
      if (wanted === undefined) t.is(said, "", JSON.stringify(inputs));
      else t.regex(said, wanted, JSON.stringify(inputs));
      t.is(said.includes("sudo "), wanted !== undefined && user !== "0");
    }
  const bin = tools(folder, { uname: "echo x86_64", id: "echo 0" });
  const bare = await act({ machine: "qemu-arm64" }, { steps: ["prepare"], env: { PATH: bin } });
  t.regex(bare.said.at(-1)?.stdout ?? "", /::error .*this runner has no apt-get/);
});

test.serial("an image that is not there, or is none, is refused before anything is installed", async (t) => {
  const { act, folder } = desk(t);
  const text = folder.put("text.elf", "no image at all, and longer than a header of twenty bytes");
  for (const [image, message] of [
    ["gone.elf", /there is no image gone\.elf/],
    [text, /is no ELF image/],
  ] as const) {
    const done = await act({ machine: "auto", image });
    t.regex(done.said.at(-1)?.stdout ?? "", message);
    t.is(done.said.length, 1);
  }
});

test.serial(
  "the key of the cache: sources decide, a change of them keeps the prefix; no repository, the run decides",
  async (t) => {
    const { act, project } = desk(t);
    const keyOf = async (): Promise<readonly [string, string]> => {
      const done = await act({}, { steps: ["prepare", "restore"] });
      const [restore] = done.used;
      return [restore?.with["key"] ?? "", restore?.with["restore-keys"] ?? ""];
    };
    const [loose] = await keyOf();
    t.regex(loose, /^uktest-[0-9a-f]{24}-[0-9a-f]{24}$/);
    runGitHere(project);
    t.teardown(() => {
      rmSync(join(project, ".git"), { recursive: true });
    });
    const [first, prefix] = await keyOf();
    t.deepEqual(await keyOf(), [first, prefix]);
    t.not(first, loose);
    breakRing(t);
    const [second, same] = await keyOf();
    t.not(second, first);
    t.is(same, prefix);
  },
);

test.serial(
  "uktest is the project's own where it has one; else it is built once, in the action's checkout",
  async (t) => {
    const { act, folder, project } = desk(t);
    const own = join(project, "node_modules/uktest/dist/bin/uktest");
    mkdirSync(own, { recursive: true });
    t.teardown(() => {
      rmSync(join(project, "node_modules"), { recursive: true });
    });
    writeFileSync(join(own, "uktest.cjs"), "console.log('the own one'); process.exit(7);");
    const done = await act({});
    t.regex(done.said.at(-1)?.stdout ?? "", /the own one/);
    t.is(done.outputs["exit-code"], "7");
    t.is(done.outputs["verdict"], "error");
    t.is(done.outputs["cases"], "0");

    const there = folder.file("there/.github/actions/uktest");
    mkdirSync(there, { recursive: true });
    for (const path of [ACTION, SCRIPT]) copyFileSync(path, join(there, path.slice(FOLDER.length + 1)));
    const build = 'mkdir -p dist/bin/uktest; echo "process.exit(0)" >dist/bin/uktest/uktest.cjs';
    const bin = tools(folder, {
      npm: `${notedAs("npm")}; ${build}`,
      mkdir: 'exec /bin/mkdir "$@"',
      gcc: "echo gcc",
      ld: "",
      uname: "echo x86_64",
      rm: 'exec /bin/rm "$@"',
    });
    const notes = folder.put("npm-notes", "");
    const workspace = folder.file("empty");
    mkdirSync(workspace);
    for (let round = 0; round < 2; round += 1)
      await runAction(join(there, "action.yml"), {
        workspace,
        temp: folder.file("temp"),
        env: { PATH: bin, NOTES: notes },
      });
    t.is(folder.text("npm-notes"), "npm ci --include=dev --no-audit --no-fund\n");
  },
);

test("the document: pinned, no expression in a script, every input, output and variable in use on both sides", (t) => {
  const action = readAction(ACTION);
  const yaml = readFileSync(ACTION, "utf8");
  const script = readFileSync(SCRIPT, "utf8");
  t.is(action.runs.using, "composite");
  for (const step of action.runs.steps) {
    t.notRegex(step.run ?? "", /\$\{\{/);
    if (step.run !== undefined) t.is(step.shell, "bash");
  }
  for (const line of yaml.split("\n").filter((one) => one.includes("uses:") && !one.startsWith("#")))
    t.regex(line, /uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  for (const name of Object.keys(action.inputs)) t.regex(yaml, new RegExp(`inputs\\.${name}\\b(?!-)`), name);
  for (const [, name = ""] of yaml.matchAll(/inputs\.([\w-]+)/g))
    t.true(Object.hasOwn(action.inputs, name), name);
  const set = new Set(action.runs.steps.flatMap(({ env = {} }) => Object.keys(env)));
  const read = new Set([...script.matchAll(/\b(INPUT_\w+|PROGRAM|FOLDER)\b/g)].map(([, name = ""]) => name));
  for (const name of read) if (name !== "INPUT_") t.true(set.has(name), `${name} is read and never set`);
  for (const name of set)
    t.true(read.has(name) || name.startsWith("UKTEST_JOB_"), `${name} is set and never read`);
  const outputs = [...yaml.matchAll(/steps\.(?:run|prepare)\.outputs\.([\w-]+)/g)].map(
    ([, name = ""]) => name,
  );
  for (const name of outputs)
    t.regex(script, new RegExp(`(?:output|there) ${name} |"${name}"|${name}=`), name);
});
