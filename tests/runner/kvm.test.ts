/**
 * The truth about KVM: what the host's files say, what a probe guest does in made-up QEMUs, and what --accel makes of it.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import test, { type ExecutionContext } from "ava";
import { type ProbeCache, probeCache } from "../../runner/kvm/cache.js";
import { PROBE_END, probeImage } from "../../runner/kvm/guest.js";
import { distrustKvm, missingOnHost, missingForKvm, type KvmHost } from "../../runner/kvm.js";
import type { Boot, MissingTool, Machine } from "../../runner/machine.js";
import { machine as i386 } from "../../runner/machines/qemu-i386.js";
import { machine as arm64 } from "../../runner/machines/qemu-arm64.js";
import { bootQemu } from "../../runner/qemu.js";
import { KIT_BOARD, KIT_DEVICES } from "../../runner/qemu/pc.js";
import { accelerate, type AccelerationWish } from "../../src/run/accelerate.js";
import { bootOne } from "../../src/run/boots/boot.js";
import { RunReader } from "../../src/console/reader.js";
import { dialectsFor } from "../../src/console/dialects.js";
import { RigError, UsageError } from "../../src/core/errors.js";
import { scratch, uktest } from "../cli/run.js";

const INTEL = {
  "/proc/cpuinfo": "processor\t: 0\nflags\t\t: fpu vme vmx sse2\n",
  "/proc/sys/kernel/osrelease": "6.1.0\n",
  "/proc/sys/kernel/random/boot_id": "boot-1\n",
  "/sys/module/kvm_intel": "",
  "/dev/kvm": "",
};

/** A host with these files; the forbidden ones exist. */
function hostOf(
  files: Readonly<Record<string, string>>,
  more: Partial<KvmHost> & { readonly forbidden?: string } = {},
): KvmHost {
  return {
    platform: "linux",
    architecture: "x64",
    read: (path) => files[path],
    access: (path) =>
      path === more.forbidden ? "forbidden" : Object.hasOwn(files, path) ? "usable" : "missing",
    ...more,
  };
}

const without = (path: keyof typeof INTEL): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(INTEL).filter(([name]) => name !== path));

test("the host's files: each check says what it is about", (t) => {
  t.is(missingOnHost(hostOf(INTEL)), undefined);
  const amd = {
    ...without("/sys/module/kvm_intel"),
    "/sys/module/kvm_amd": "",
    "/proc/cpuinfo": "flags : svm\n",
  };
  t.is(missingOnHost(hostOf(amd)), undefined);
  const rows: readonly (readonly [KvmHost, RegExp, RegExp])[] = [
    [hostOf(without("/dev/kvm")), /^\/dev\/kvm does not exist$/, /--device \/dev\/kvm/],
    [hostOf(INTEL, { forbidden: "/dev/kvm" }), /may not be used by this user$/, /group kvm/],
    [hostOf({ ...INTEL, "/sys/module/kvm_pvm": "" }), /kvm_pvm imitates/, /TCG/],
    [
      hostOf({ ...INTEL, "/proc/cpuinfo": "flags : fpu svme avmx\nbugs : vmx\n" }),
      /neither vmx nor svm/,
      /firmware/,
    ],
    [hostOf(without("/proc/cpuinfo")), /neither vmx nor svm/, /nested/],
    [hostOf(without("/sys/module/kvm_intel")), /neither kvm_intel nor kvm_amd/, /modprobe/],
    [hostOf(INTEL, { platform: "darwin" }), /part of Linux, and this is darwin/, /TCG/],
    [hostOf(INTEL, { architecture: "arm64" }), /x86 hosts, and this one is arm64/, /TCG/],
  ];
  for (const [host, what, hint] of rows) {
    const lack = missingOnHost(host);
    t.regex(lack?.what ?? "", what);
    t.regex(lack?.hint ?? "", hint);
  }
});

/** A program that stands in for QEMU. It notes each start. */
function fakeQemu(t: ExecutionContext, script: string) {
  const { put, text, path } = scratch(t);
  const binary = put("qemu-system-x86_64", `#!/bin/sh\necho "$@" >> '${path}/starts'\n${script}\n`);
  chmodSync(binary, 0o755);
  put("starts", "");
  return { binary, path, starts: () => text("starts").split("\n").length - 1, line: () => text("starts") };
}

const NO_CACHE = probeCache(undefined);
const QUICK = { host: hostOf(INTEL), limitMs: 300 };
const AMPLE = { host: hostOf(INTEL), limitMs: 60_000 };

test("a probe guest that comes to its end proves KVM, until the host is booted anew", async (t) => {
  const { binary, path, starts, line } = fakeQemu(t, `exit ${String(PROBE_END)}`);
  const cache = probeCache(`${path}/.uktest`);
  t.is(await missingForKvm(binary, cache, AMPLE), undefined);
  t.regex(line(), /-accel kvm .*-kernel \S+$/m);
  t.is(await missingForKvm(binary, cache, AMPLE), undefined);
  t.is(starts(), 1);
  const rebooted = hostOf({ ...INTEL, "/proc/sys/kernel/random/boot_id": "boot-2\n" });
  t.is(await missingForKvm(binary, cache, { ...AMPLE, host: rebooted }), undefined);
  t.is(starts(), 2);
  const upgraded = hostOf({ ...INTEL, "/proc/sys/kernel/osrelease": "6.2.0\n" });
  await missingForKvm(binary, cache, { ...AMPLE, host: upgraded });
  t.is(starts(), 3);
  const forbidden = hostOf(INTEL, { forbidden: "/dev/kvm" });
  t.regex((await missingForKvm(binary, cache, { host: forbidden }))?.what ?? "", /may not be used/);
  t.is(starts(), 3, "no guest is started where the files say no");
  for (const rubbish of ["", "{", "[]", '{"key":1,"why":""}', '{"key":"6.1.0"}', "null"]) {
    writeFileSync(`${path}/.uktest/kvm.json`, rubbish);
    t.is(cache.read("6.1.0"), undefined, rubbish);
  }
  t.is(readFileSync(`${path}/.uktest/.gitignore`, "utf8"), "*\n");
});

test("a probe guest that hangs, fails or stops inside KVM proves nothing", async (t) => {
  const rows: readonly (readonly [string, RegExp])[] = [
    ["exec sleep 60", /did not come to its end within 0\.3 s$/],
    [
      "echo 'KVM internal error. Suberror: 1' >&2; exec sleep 60",
      /failed: .*KVM internal error\. Suberror: 1$/,
    ],
    ["echo 'Could not access KVM kernel module' >&2; exit 1", /failed with 1: Could not access KVM/],
    ["exit 0", /ended in a wrong way: the guest reset its machine or turned it off$/],
    ["exit 33", /failed with 33$/],
  ];
  for (const [script, what] of rows) {
    const { binary, path, starts } = fakeQemu(t, script);
    const cache = probeCache(`${path}/.uktest`);
    const limits = script.includes("internal") ? AMPLE : script.startsWith("exec") ? QUICK : AMPLE;
    const lack = await missingForKvm(binary, cache, limits);
    t.regex(lack?.what ?? "", what);
    t.regex(lack?.hint ?? "", /remove \.uktest\/kvm\.json to try again/);
    t.deepEqual(await missingForKvm(binary, cache, limits), lack);
    t.is(starts(), 1, "the answer is kept");
  }
  const gone = await missingForKvm("/nonexistent/qemu", NO_CACHE, AMPLE);
  t.regex(gone?.what ?? "", /could not be started/);
});

test("a cache that cannot be written is none", async (t) => {
  const { binary, path, starts } = fakeQemu(t, `exit ${String(PROBE_END)}`);
  writeFileSync(`${path}/file`, "");
  const cache = probeCache(`${path}/file`);
  t.is(await missingForKvm(binary, cache, AMPLE), undefined);
  t.is(await missingForKvm(binary, cache, AMPLE), undefined);
  t.is(starts(), 2);
});

for (const binary of ["qemu-system-i386", "qemu-system-x86_64"])
  test(`the probe guest takes its interrupt and ends, in ${binary} without KVM`, async (t) => {
    const run = async (content: Uint8Array): Promise<string> => {
      const boot = bootQemu({
        binary,
        board: KIT_BOARD,
        arguments: [...KIT_DEVICES, "-accel", "tcg"],
        image: { path: "probe", content },
        commandLine: [],
        memoryMiB: 32,
        memoryBase: 0,
        ends: new Map([[PROBE_END, "normal"]]),
      });
      for await (const chunk of boot.output) t.is(chunk.length, 0);
      const end = await boot.end;
      boot.release();
      return end.kind === "ended" ? end.how : end.kind;
    };
    t.is(await run(probeImage()), "normal");
    const broken = probeImage();
    // The handler of the interrupt: an invalid instruction instead of its return.
    broken.set([0x0f, 0x0b], broken.lastIndexOf(0xcf));
    t.not(await run(broken), "normal", "the interrupt is part of the proof");
  });

/** What accelerate says and gives for an answer about KVM. */
async function accelerated(
  wish: AccelerationWish,
  machine: Machine,
  lack: MissingTool | undefined,
  cached?: string,
) {
  const said: string[] = [];
  let asked: ProbeCache | undefined;
  const result = await accelerate(
    wish,
    machine,
    cached ?? "/nonexistent",
    (line) => said.push(line),
    (_binary, cache) => {
      asked = cache;
      return Promise.resolve(lack);
    },
  );
  return { result, said, asked };
}

const LACK: MissingTool = { what: "/dev/kvm does not exist", hint: "make one" };

test("--accel: tcg asks nobody, kvm insists, auto says what it took", async (t) => {
  const tcg = await accelerated("tcg", i386, undefined);
  t.deepEqual([tcg.result.now, tcg.said, tcg.asked], ["tcg", [], undefined]);
  const kvm = await accelerated("kvm", i386, undefined);
  t.deepEqual([kvm.result.now, kvm.said], ["kvm", []]);
  const auto = await accelerated("auto", i386, undefined);
  t.deepEqual([auto.result.now, auto.said], ["kvm", ["acceleration: kvm, a probe guest proved it"]]);
  const lacking = await accelerated("auto", i386, LACK);
  t.is(lacking.result.now, "tcg");
  t.deepEqual(lacking.said, ["acceleration: tcg, since KVM does not work here: /dev/kvm does not exist"]);
  const error = await t.throwsAsync(accelerated("kvm", i386, LACK), { instanceOf: RigError });
  t.is(error.message, "KVM does not work here: /dev/kvm does not exist");
  t.is(error.hint, "make one");
  t.is((await accelerated("auto", arm64, undefined)).result.now, "tcg");
  await t.throwsAsync(accelerated("kvm", arm64, undefined), { instanceOf: UsageError });
});

const FOREVER = { timeoutMs: 60_000, silenceMs: 60_000, caseMs: 60_000 };

test("auto turns to TCG where KVM fails before the first byte, once and for all", async (t) => {
  const { path } = scratch(t);
  const folder = `${path}/.uktest`;
  mkdirSync(folder);
  const { result, said } = await accelerated("auto", i386, undefined, folder);
  const starts: string[] = [];
  const machine = (bytes: readonly string[]): Machine => ({
    ...i386,
    boot: (_image, { acceleration }): Boot => {
      starts.push(acceleration);
      const says = acceleration === "kvm" ? bytes : ["fine"];
      return {
        output: (async function* () {
          for (const text of says) yield await Promise.resolve(Buffer.from(text));
        })(),
        end:
          acceleration === "kvm"
            ? Promise.reject(new RigError("qemu failed: KVM internal error"))
            : Promise.resolve({ kind: "ended", how: "normal", detail: "" }),
        stop: () => undefined,
        inspect: () => Promise.resolve({ registers: [], read: () => Promise.resolve(undefined) }),
        waitedMs: () => 0,
        release: () => undefined,
      };
    },
  });
  const read = async (bytes: readonly string[]): Promise<readonly string[]> => {
    const told: string[] = [];
    const tool = { name: "uktest", version: "0" } as const;
    const plan = { image: "x", architecture: "i386", suites: [], orphans: [] } as const;
    const { settle } = await bootOne({
      machine: machine(bytes),
      image: { path: "x", architecture: "i386", isKit: true, words: [] },
      options: { memoryMiB: 32, acceleration: result.now },
      fallBack: (because) => result.fallBack(because),
      limits: FOREVER,
      prepare: async () => ({
        reader: new RunReader(
          { tool, sources: [], policy: { ubsan: "fail" }, partOf: 1 },
          await dialectsFor("unikraft"),
        ),
        plan,
      }),
      source: "x",
      part: { group: "g1" },
      stop: new AbortController().signal,
      slow: () => undefined,
      emit: (events) => void told.push(...events.map(({ type }) => type)),
    });
    settle([]);
    return told;
  };
  await t.throwsAsync(read(["half"]), { instanceOf: RigError }, "what was read cannot be taken back");
  t.is(result.now, "kvm");
  const told = await read([]);
  t.is(told.filter((type) => type === "boot-started").length, 1, "the first try leaves no trace");
  t.deepEqual(starts, ["kvm", "kvm", "tcg"]);
  t.is(said.at(-1), "acceleration: tcg from here on, since KVM failed: qemu failed: KVM internal error");
  t.false(result.fallBack("again"), "there is nothing after TCG");
  t.regex(readFileSync(`${folder}/kvm.json`, "utf8"), /KVM internal error/);
  const insisting = await accelerated("kvm", i386, undefined, folder);
  t.false(insisting.result.fallBack("no"));
});

test("a KVM that failed a guest is not taken again on this boot of the host", async (t) => {
  const { binary, path, starts } = fakeQemu(t, `exit ${String(PROBE_END)}`);
  const cache = probeCache(`${path}/.uktest`);
  t.is(await missingForKvm(binary, cache, AMPLE), undefined);
  distrustKvm(binary, cache, "it stalled", AMPLE.host);
  t.is((await missingForKvm(binary, cache, AMPLE))?.what, "it stalled");
  t.is(starts(), 1);
});

test.serial("the commands agree with each other about this host", async (t) => {
  const { path } = scratch(t);
  const { stdout } = await uktest(["machines"], { cwd: path });
  const [, state] = /^kvm +(no|works) +\S/m.exec(stdout) ?? [];
  t.truthy(state);
  const run = await uktest(["run", "ukargparse", "-m", "qemu-i386", "--accel", "kvm"], { cwd: path });
  t.is(run.code, state === "works" ? 0 : 3, run.stderr);
  if (state === "no") t.regex(run.stderr, /^uktest: error: KVM does not work here: .*\n {8}\S/m);
  const bare = await uktest(["machines"], { cwd: path, env: { PATH: "/nonexistent" } });
  t.regex(bare.stdout, /^kvm +no +no machine that could use it is installed$/m);
});

test("the probe guest is an image that readers of ELF take", (t) => {
  const { put } = scratch(t);
  const shown = execFileSync("readelf", ["-hl", put("probe.elf", probeImage())], { encoding: "utf8" });
  t.regex(shown, /Entry point address: +0x1000c0/);
  t.is(probeImage().length, 256);
});
