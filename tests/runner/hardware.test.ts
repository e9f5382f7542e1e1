/**
 * What a guest has besides a processor, memory and a serial line: QEMU's words for it, images of the configuration, folders
 * of kraft, and what is wrong with any of them. Such an image is one of the kit without the kit's own tables.
 */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { hardwareWords, openings } from "../../runner/qemu/hardware.js";
import { imageIn } from "../../src/run/images/kraft.js";
import { type Scratch, scratch, uktest } from "../cli/run.js";
import { ROOT, runKit } from "./kit.js";

test("hardware as QEMU's words", (t) => {
  t.deepEqual(hardwareWords(undefined), []);
  t.deepEqual(
    hardwareWords({
      initrd: "/a/rd.cpio",
      cpus: 2,
      networks: ["user,hostfwd=tcp::8080-:80,hostfwd=udp:0.0.0.0:53-:53", "user,model=e1000"],
      drives: ["/a/disk,one.img", "/a/two.qcow2,format=qcow2,snapshot=off,model=ide-hd"],
      folders: ["/a/share", "/b,tag=data,writable"],
      devices: ["virtio-rng-pci"],
      words: ["-d", "int"],
    }),
    [
      ...["-initrd", "/a/rd.cpio", "-smp", "2"],
      // A port of the host is on its loopback interface, where no address says otherwise.
      ...["-netdev", "user,id=net0,hostfwd=tcp:127.0.0.1:8080-:80,hostfwd=udp:0.0.0.0:53-:53"],
      ...["-device", "virtio-net-pci,netdev=net0", "-netdev", "user,id=net1", "-device", "e1000,netdev=net1"],
      ...["-drive", "file=/a/disk,if=none,id=drive0,format=raw,snapshot=on,one.img=on"],
      ...["-device", "virtio-blk-pci,drive=drive0"],
      ...["-drive", "file=/a/two.qcow2,if=none,id=drive1,format=qcow2,snapshot=off"],
      ...["-device", "ide-hd,drive=drive1"],
      ...["-fsdev", "local,id=fs0,path=/a/share,security_model=none,readonly=on"],
      ...["-device", "virtio-9p-pci,fsdev=fs0,mount_tag=fs0"],
      ...["-fsdev", "local,id=fs1,path=/b,security_model=none"],
      ...["-device", "virtio-9p-pci,fsdev=fs1,mount_tag=data"],
      ...["-device", "virtio-rng-pci", "-d", "int"],
    ],
  );
  t.deepEqual(openings({ networks: ["user"], cpus: 2 }), ["2 processors", "network user"]);
});

/** An image of the kit, as one that is not. */
async function foreign(t: ExecutionContext): Promise<Scratch & { readonly image: string }> {
  const built = await runKit("ukargparse", "-m", "qemu-x86_64");
  t.is(built.code, 0, built.stderr);
  const folder = scratch(t);
  const image = folder.file("app_qemu-x86_64");
  const names = ["meta", "log", "measure"].map((name) => `--rename-section=.uk_test${name}=.other_${name}`);
  execFileSync("objcopy", [...names, join(ROOT, ".uktest/build/x86_64-gcc/ukargparse.elf"), image]);
  folder.put("rd.cpio", "070701");
  folder.put("disk.img", "\0".repeat(4096));
  mkdirSync(folder.file("share"));
  return { ...folder, image };
}

test("an image boots with all of it, and every report says what it had", async (t) => {
  t.timeout(600_000);
  const { image, path: cwd } = await foreign(t);
  const hardware = ["--initrd", "rd.cpio", "--cpus=2", "--net", "user,restrict=on", "--drive", "disk.img"];
  const more = ["--9p", "share", "--device", "virtio-rng-pci", "--", "-name", "mine"];
  const reports = ["-r", "json=run.json", "-r", "markdown=run.md", "-r", "html=run.html", "-r", "lines"];
  const run = await uktest(["run", "--debug", "--image", image, ...hardware, ...reports, ...more], { cwd });
  t.is(run.code, 0, run.stderr);
  const started = /^.*qemu-system-x86_64 .*$/m.exec(run.stderr)?.[0] ?? "";
  for (const words of [
    `-initrd ${join(cwd, "rd.cpio")} -smp 2 -netdev user,id=net0,restrict=on -device virtio-net-pci,netdev=net0`,
    `-drive file=${join(cwd, "disk.img")},if=none,id=drive0,format=raw,snapshot=on`,
    `path=${join(cwd, "share")},security_model=none,readonly=on`,
    "-device virtio-rng-pci -name mine",
  ])
    t.true(started.includes(words), `${words}\n${started}`);
  t.regex(
    run.stdout,
    /^HOST the guests had: initrd \S+rd\.cpio; 2 processors; network user,restrict=on; drive /m,
  );
  const said = "network user,restrict=on";
  for (const name of ["run.json", "run.md", "run.html"])
    t.true((await textOf(cwd, name)).includes(said), name);
});

const textOf = async (folder: string, name: string): Promise<string> =>
  (await import("node:fs")).readFileSync(join(folder, name), "utf8");

test("an image of the configuration, by its name and by its cases; `again` has what it needs", async (t) => {
  t.timeout(600_000);
  const { path: cwd, put } = await foreign(t);
  const web = { image: "app_qemu-x86_64", initrd: "rd.cpio", append: ["one", "two"], networks: ["user"] };
  put("uktest.config.json", JSON.stringify({ suites: {}, images: { web } }));
  const run = await uktest(["run", "web", "--debug", "-r", "lines"], { cwd });
  t.is(run.code, 0, run.stderr);
  t.regex(run.stderr, /-append 'one two'/);
  t.regex(run.stdout, /^HOST the guests had: initrd \S+; network user$/m);
  const [, suite = "", name = ""] = /^PASS (\w+)\.(\w+)/m.exec(run.stdout) ?? [];
  const one = await uktest(["run", "web", `${suite}.${name}`, "-r", "lines"], { cwd });
  t.is(one.code, 0, one.stderr);
  t.is(one.stdout.match(/^PASS /gm)?.length, 1);
  const two = await uktest(["run", "web", "other"], { cwd });
  t.is(two.code, 2);
  t.regex(two.stderr, /the image web is run by itself/);
});

test("a folder of kraft: its image, its words and its archive", async (t) => {
  t.timeout(600_000);
  const { path, image, put } = await foreign(t);
  const folder = join(path, "app");
  mkdirSync(join(folder, ".unikraft/build"), { recursive: true });
  copyFileSync(image, join(folder, ".unikraft/build/app_qemu-x86_64"));
  writeFileSync(join(folder, ".unikraft/build/initramfs-x86_64.cpio"), "070701");
  writeFileSync(join(folder, "Kraftfile"), 'spec: v0.6\nrootfs: ./rootfs\ncmd: ["/app", "--quiet"]\n');
  const run = await uktest(["run", "--debug", "--image", "app", "-r", "lines"], { cwd: path });
  t.is(run.code, 0, run.stderr);
  t.regex(run.stderr, /-append '\/app --quiet'/);
  t.regex(run.stdout, /^HOST the guests had: initrd \S+initramfs-x86_64\.cpio$/m);
  put("app/Kraftfile", "cmd: 3\n");
  t.throws(() => imageIn(folder), { message: /Kraftfile: cmd has to be a text or a list of texts$/ });
  put("app/Kraftfile", "a: [1\n");
  t.throws(() => imageIn(folder), { message: /Kraftfile is no YAML: / });
  put("app/Kraftfile", "- a\n");
  t.throws(() => imageIn(folder), { message: /is no Kraftfile: it holds no keys$/ });
  put("app/Kraftfile", "rootfs: {type: cpio}\n");
  t.throws(() => imageIn(folder), { message: /rootfs has to name a file$/ });
  copyFileSync(image, join(folder, "other_kvm-arm64"));
  t.throws(() => imageIn(folder), { message: /holds 2 images$/ });
  t.throws(() => imageIn(join(path, "share")), { message: /holds no image of Unikraft$/ });
});

test("what is missing or cannot be had is one error", async (t) => {
  t.timeout(600_000);
  const { image, path: cwd } = await foreign(t);
  const kit = join(ROOT, ".uktest/build/x86_64-gcc/ukargparse.elf");
  for (const [words, message] of [
    [["--image", image, "--initrd", "gone"], /^uktest: error: --initrd gone: there is no such file$/m],
    [["--image", image, "--initrd", "share"], /--initrd share is a folder$/m],
    [["--image", image, "--9p", "disk.img,tag=a"], /--9p disk\.img is a file$/m],
    [["--image", image, "--9p", "share,bogus=3"], /--9p share,bogus=3: "bogus=3" means nothing$/m],
    [["--image", image, "--cpus", "0"], /--cpus has to be a number from 1$/m],
    [["--image", image, "--net="], /--net is empty$/m],
    [["--image", kit, "--net", "user"], /--net goes with an image that the kit did not build$/m],
    [["--image", image, "--net", "user", "-m", "v86"], /uktest: error: .*v86/],
  ] as const) {
    const { code, stderr } = await uktest(["run", ...words], { cwd });
    t.is(code, 2, `${words.join(" ")}: ${stderr}`);
    t.regex(stderr, message);
  }
  const own = await uktest(["run", "ukargparse", "--drive", "x"], { cwd: ROOT });
  t.is(own.code, 2);
  t.regex(own.stderr, /--drive goes with --image$/m);
  const nonsense = await uktest(["run", "--image", image, "--device", "nonsense"], { cwd });
  t.is(nonsense.code, 3);
  t.regex(nonsense.stderr, /'nonsense' is not a valid device model name/);
});
