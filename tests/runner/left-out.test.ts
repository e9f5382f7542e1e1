/** What a run has left out of an image, as a debugger finds it: of this build, and of no other. */
import { statSync, utimesSync } from "node:fs";
import test from "ava";
import { leftOutOf, rememberLeftOut } from "../../runner/files/left-out.js";
import { machine } from "../../runner/machines/qemu-arm64.js";
import { initAddressIn } from "../../src/core/plan/rounds.js";
import { scratch, startProgram } from "../cli/run.js";

test("init functions are remembered for one build of an image", (t) => {
  const { path, put } = scratch(t);
  const image = put("image", "one build");
  t.deepEqual(leftOutOf(path, image), []);
  rememberLeftOut(path, image, ["0x1246f0"]);
  t.deepEqual(leftOutOf(path, image), ["0x1246f0"]);
  t.deepEqual(leftOutOf(path, put("other", "image")), [], "another image");
  const { atimeMs, mtimeMs } = statSync(image);
  utimesSync(image, atimeMs / 1000, mtimeMs / 1000 + 5);
  t.deepEqual(leftOutOf(path, image), [], "another build");
});

test("what somebody else has written there is no address, and a folder that cannot be written is no error", (t) => {
  const { path, put } = scratch(t);
  const image = put("image", "x");
  for (const text of ["", "[]", "null", '{"functions":["0x1; rm"]}', '{"functions":7}']) {
    put("left-out.json", text);
    t.deepEqual(leftOutOf(path, image), [], text);
  }
  rememberLeftOut("/proc/none", image, ["0x1"]);
  t.deepEqual(leftOutOf("/proc/none", image), []);
});

test("the title of a boot that an init function has stopped names its address", (t) => {
  const title = "init function uk_random_init at 0x1246f0 returned -95 and stopped the boot";
  t.is(initAddressIn({ kind: "boot-init", title }), "0x1246f0");
  t.is(initAddressIn({ kind: "trap", title: "page fault at rip 0x115e11" }), undefined);
});

test("words for a Unikraft image on arm64 have a name in front of them, and no words need none", async (t) => {
  const { path, put } = scratch(t);
  // Stands for the emulator, and prints what it was started with.
  put("qemu-system-aarch64", '#!/bin/sh\necho "$@"\n');
  await startProgram("chmod", ["755", `${path}/qemu-system-aarch64`]).end;
  const started = async (isKit: boolean, words: readonly string[]): Promise<string> => {
    const before = process.env["PATH"];
    process.env["PATH"] = `${path}:${before ?? ""}`;
    try {
      const image = { path: put("image", ""), architecture: "arm64", isKit, words } as const;
      const boot = machine.boot(image, { memoryMiB: 32, acceleration: "tcg" });
      let said = "";
      for await (const chunk of boot.output) said += Buffer.from(chunk).toString("latin1");
      await boot.end.catch(() => undefined);
      boot.release();
      return /-append (.*) -kernel/.exec(said)?.[1] ?? "";
    } finally {
      process.env["PATH"] = before;
    }
  };
  t.is(await started(false, ["a.b=1", "--", "c"]), "unikraft a.b=1 -- c");
  t.is(await started(false, []), "");
  t.is(await started(true, ["uktest.level=err"]), "uktest.exit=semihosting uktest.level=err");
});
