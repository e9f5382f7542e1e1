/**
 * What was typed and what it means: arguments, reporters and dialects by name, suggestions.
 */
import test from "ava";
import { UsageError } from "../../src/core/errors.js";
import { type Command, readCommand } from "../../src/cli/args.js";
import { dialectNames, dialectsFor } from "../../src/console/dialects.js";
import { readRequest, reporterNames } from "../../src/delivery/reporters.js";
import { suggest } from "../../src/text/suggest.js";

test("a suggestion is near, or the list", (t) => {
  const known = ["report", "list", "strip-prefix"];
  const rows: readonly (readonly [given: string, near: string | undefined])[] = [
    ["report", "report"],
    ["REPORT", "report"],
    ["reprot", "report"],
    ["repor", "report"],
    ["lits", "list"],
    ["ist", "list"],
    ["stripprefix", "strip-prefix"],
    ["l", undefined],
    ["", undefined],
    ["serial", undefined],
    ["xxxx", undefined],
  ];
  for (const [given, near] of rows)
    t.is(
      suggest(given, known),
      near === undefined ? `one of: ${known.join(", ")}` : `did you mean "${near}"?`,
      given,
    );
});

const reportOf = async (
  ...argv: readonly string[]
): Promise<Extract<Command, { name: "report" }>["args"]> => {
  const command = await readCommand(["report", ...argv]);
  if (command.name !== "report") throw new Error(command.name);
  return command.args;
};

test("arguments of report: what is not said has its default", async (t) => {
  t.deepEqual(await reportOf("a.log"), {
    logs: ["a.log"],
    onlyNew: false,
    reporters: [],
    autoReporters: true,
    root: ".",
    stripPrefixes: [],
    dialect: "auto",
    color: "auto",
  });
});

test("arguments of report: everything, in any order and spelling", async (t) => {
  const all = {
    logs: ["a.log", "-", "0x10"],
    image: "app.dbg",
    onlyNew: false,
    reporters: ["tap=out.tap", "junit=x.xml,dialect=jenkins", "json"],
    autoReporters: true,
    ubsan: "warn",
    root: "tree",
    stripPrefixes: ["/a", "/b"],
    dialect: "tap",
    color: "never",
  };
  const options = [
    ...["--image", "app.dbg", "-r", "tap=out.tap", "--reporter=junit=x.xml,dialect=jenkins", "-rjson"],
    ...["--ubsan=warn", "--root", "tree", "--strip-prefix=/a", "--strip-prefix", "/b"],
    ...["--dialect=tap", "--color", "never"],
  ];
  const logs = ["a.log", "-", "0x10"];
  t.deepEqual((await reportOf(...logs, ...options)) as unknown, all);
  t.deepEqual((await reportOf(...options, ...logs)) as unknown, all);
  t.deepEqual((await reportOf(...options, "--", ...logs)) as unknown, all);
});

test("arguments of report: logs that look like something else", async (t) => {
  t.deepEqual((await reportOf("-")).logs, ["-"]);
  t.deepEqual((await reportOf("1e3", "007", "true", "a=b")).logs, ["1e3", "007", "true", "a=b"]);
  t.deepEqual((await reportOf("--", "--root", "-r", "-", "list")).logs, ["--root", "-r", "-", "list"]);
  t.is((await reportOf("a.log", "--root", "-")).root, "-");
});

test("arguments of list", async (t) => {
  const args = { patterns: [], image: "a", profile: "", compiler: "gcc", build: true };
  t.deepEqual(await readCommand(["list", "--image", "a"]), { name: "list", args, json: false });
  t.deepEqual(await readCommand(["list", "--json", "--image=a", "--json"]), {
    name: "list",
    args,
    json: true,
  });
  t.deepEqual(
    await readCommand(["list", "x", "y.z", "-m", "v86", "--cc", "clang", "--profile", "p", "--no-build"]),
    {
      name: "list",
      args: { patterns: ["x", "y.z"], machine: "v86", profile: "p", compiler: "clang", build: false },
      json: false,
    },
  );
});

test("arguments of run", async (t) => {
  const plain = {
    patterns: [],
    profile: "",
    isMatrix: true,
    compiler: "gcc",
    build: true,
    onlyNew: false,
    reporters: [],
    autoReporters: true,
    ubsan: "fail",
    stripPrefixes: [],
    color: "auto",
    acceleration: "tcg",
    limits: {},
    isolation: "auto",
    maxCrashes: 100,
    verifyIsolation: false,
    retries: 0,
    flaky: "fail",
    repeat: 1,
    untilFail: false,
    require: "console",
    keep: false,
    lastFailed: false,
    keepCore: false,
  };
  t.deepEqual(await readCommand(["run"]), { name: "run", args: plain } as unknown);
  const words = [
    "run",
    "vfscore",
    "--image",
    "a",
    "--symbols",
    "b",
    "-r",
    "json",
    "--ubsan",
    "warn",
    "--memory",
    "9.5",
  ];
  const more = [
    "--timeout",
    "1.5",
    "--silence",
    "2",
    "--keep",
    "--root",
    "r",
    "--accel",
    "kvm",
    "--config",
    "c.json",
  ];
  t.deepEqual(await readCommand([...words, ...more]), {
    name: "run",
    args: {
      ...plain,
      patterns: ["vfscore"],
      image: "a",
      symbols: "b",
      config: "c.json",
      reporters: ["json"],
      autoReporters: true,
      ubsan: "warn",
      memoryMiB: 10,
      acceleration: "kvm",
      limits: { timeoutMs: 1500, silenceMs: 2000 },
      keep: true,
      root: "r",
    },
  } as unknown);
  t.deepEqual(await readCommand(["machines"]), { name: "machines" });
});

test("reporters by name, with a file and options", async (t) => {
  for (const name of reporterNames) t.true((await readRequest(name)).reporter.summary.length > 0, name);
  t.like(await readRequest("json"), { reporter: { name: "json" }, options: {} });
  const junit = await readRequest("junit=out/a,b.xml,dialect=jenkins,stack=dorny");
  t.deepEqual([junit.file, junit.options], ["out/a,b.xml", { dialect: "jenkins", stack: "dorny" }]);
  t.deepEqual((await readRequest("tap13")).options, { version: "13" });
  t.deepEqual((await readRequest("json=-")).file, undefined);
  t.is((await readRequest("json=a=b.json")).file, "a=b.json");
  for (const wrong of [
    "",
    "=",
    "=x",
    "json=",
    "Json",
    "json,",
    "json,x",
    "json,x=",
    "tap,version=15",
    "toString",
    "tap 13",
  ])
    await t.throwsAsync(readRequest(wrong), { instanceOf: UsageError }, wrong);
});

test("dialects by name", async (t) => {
  t.deepEqual(dialectNames, ["auto", ...(await dialectsFor("auto")).map(({ name }) => name).sort()]);
  for (const name of dialectNames.slice(1))
    t.deepEqual(
      (await dialectsFor(name)).map((one) => one.name),
      [name],
    );
  await t.throwsAsync(dialectsFor("ktap"), { instanceOf: UsageError });
});
