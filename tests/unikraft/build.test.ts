/**
 * `uktest build` against a tree that is made up: its Makefile takes what Unikraft's takes, leaves out options as Kconfig
 * does, and gives an image of the kit for what was built. Trees of Unikraft itself are tried by hand.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { ROOT } from "../ci/checkout.js";
import { type Said, scratch, uktest } from "../cli/run.js";

const MAKEFILE = `# C: configuration, O: output, A: application, UK_DEFCONFIG: what it is made from
all:
	@test -f $(A)/Makefile.uk
	@test ! -e $(O)/../fails || { echo "ring.c:3: error: no ring"; exit 1; }
	@cp $(CURDIR)/image $(O)/$$(sed -n 's/^CONFIG_UK_NAME="\\(.*\\)"/\\1/p' $(C))_qemu-x86_64
defconfig:
	@grep -v CONFIG_LIBDEEP $(UK_DEFCONFIG) > $(C)
`;

const CONFIGS: Readonly<Record<string, string>> = {
  "Config.uk": "config PLAT_KVM\nconfig ARCH_X86_64\nconfig LIBUKDEBUG_PRINTK_INFO\n",
  "lib/uktest/Config.uk": "menuconfig LIBUKTEST\nconfig LIBUKTEST_ALL\n",
  "lib/ukring/Config.uk": "config LIBUKRING\nconfig LIBUKRING_TEST\n",
  "lib/deep/Config.uk": "config LIBDEEP\n\tdepends on LIBSEA\nconfig LIBDEEP_TEST\n",
};

interface Tree {
  readonly path: string;
  readonly build: (...words: readonly string[]) => Promise<Said>;
}

async function tree(t: ExecutionContext): Promise<Tree> {
  const { path, put } = scratch(t);
  for (const folder of ["tree/lib/uktest", "tree/lib/ukring", "tree/lib/deep"])
    mkdirSync(join(path, folder), { recursive: true });
  for (const [name, text] of Object.entries(CONFIGS)) put(join("tree", name), text);
  put("tree/Makefile", MAKEFILE);
  const listed = await uktest(["list", "ukargparse", "-m", "qemu-x86_64"], { cwd: ROOT });
  t.is(listed.code, 0, listed.stderr);
  copyFileSync(join(ROOT, ".uktest/build/x86_64-gcc/ukargparse.elf"), join(path, "tree/image"));
  const build = (...words: readonly string[]): Promise<Said> =>
    uktest(["build", "--unikraft", "tree", ...words], { cwd: path });
  return { path, build };
}

/** The configuration of the one build that there is. */
function configIn(path: string): string {
  const folder = join(path, ".uktest/unikraft");
  return join(folder, readdirSync(folder).find((name) => name.endsWith(".config")) ?? "none");
}

test("a copy of the configuration has the tests on, and the image is run", async (t) => {
  t.timeout(600_000);
  const { path, build } = await tree(t);
  const said = await build("ukring", "-r", "lines");
  t.is(said.code, 0, said.stderr);
  t.regex(said.stdout, /^PASS ukargparse_words_testsuite\.words_quotes/m);
  t.regex(said.stderr, /libraries with tests: ukring\n/);
  t.regex(said.stderr, /built \S+\/\.uktest\/unikraft\/app-x86_64-\w{8}\/tests_qemu-x86_64\n/);
  const config = readFileSync(configIn(path), "utf8");
  for (const name of ["LIBUKTEST", "LIBUKTEST_ALL", "LIBUKRING", "LIBUKRING_TEST", "PLAT_KVM", "ARCH_X86_64"])
    t.true(config.includes(`CONFIG_${name}=y\n`), name);
  t.deepEqual(readdirSync(join(path, "tree")).sort(), ["Config.uk", "Makefile", "image", "lib"]);
  const only = await build("--no-run");
  t.is(only.code, 0, only.stderr);
  t.is(only.stdout, `${configIn(path).replace(/\.config$/, "")}/tests_qemu-x86_64\n`);
});

test("an application's own configuration is copied, and not written", async (t) => {
  t.timeout(600_000);
  const { path, build } = await tree(t);
  mkdirSync(join(path, "web"));
  writeFileSync(join(path, "web/Makefile.uk"), "");
  writeFileSync(
    join(path, "web/.config"),
    'CONFIG_UK_NAME="web"\n# CONFIG_LIBUKTEST is not set\nCONFIG_WEB=7\n',
  );
  const said = await build("--app", "web", "--no-run");
  t.is(said.code, 0, said.stderr);
  t.regex(said.stdout, /web-x86_64-\w{8}\/web_qemu-x86_64\n$/);
  const config = readFileSync(configIn(path), "utf8");
  t.true(config.includes("CONFIG_WEB=7\n") && config.includes("CONFIG_LIBUKTEST=y\n"));
  t.false(config.includes("CONFIG_LIBUKTEST is not set"));
  t.deepEqual(readdirSync(join(path, "web")).sort(), [".config", "Makefile.uk"]);
});

test("one error for what cannot be built", async (t) => {
  t.timeout(600_000);
  const { path, build } = await tree(t);
  const rows: readonly (readonly [words: readonly string[], code: number, says: RegExp])[] = [
    [["ukrign"], 2, /the tree has no library ukrign\n +did you mean "ukring"\?/],
    [["--app", "nowhere"], 2, /there is no folder \S+nowhere/],
    [["--from", "nowhere"], 2, /there is no nowhere/],
    [["-m", "v86"], 2, /v86 boots no image of Unikraft's build/],
    [["--image", "x"], 2, /--image makes no sense with uktest build/],
    [["deep"], 3, /does not take CONFIG_LIBDEEP \(depends on LIBSEA\), CONFIG_LIBDEEP_TEST\n/],
  ];
  for (const [words, code, says] of rows) {
    const said = await build(...words);
    t.is(said.code, code, said.stderr);
    t.regex(said.stderr, says);
    t.is(said.stdout, "");
  }
  writeFileSync(join(path, ".uktest/unikraft/fails"), "");
  const broken = await build("ukring");
  t.is(broken.code, 3, broken.stderr);
  t.regex(broken.stderr, /^uktest: ring\.c:3: error: no ring$/m);
  t.regex(broken.stderr, /building: make ended with 2\n +all that it printed is in \S+app-x86_64-\w{8}\.log/);
  const bare = await uktest(["build", "--unikraft", "."], { cwd: path });
  t.is(bare.code, 2);
  t.regex(bare.stderr, /is no tree of Unikraft with uktest: it has no Config\.uk/);
  t.true(existsSync(configIn(path).replace(/config$/, "log")));
});

test("objects of one tree are not those of another, and make takes no path with a blank", async (t) => {
  t.timeout(600_000);
  const { path, build } = await tree(t);
  t.is((await build("--no-run")).code, 0);
  renameSync(join(path, "tree"), join(path, "other"));
  const other = await uktest(["build", "--unikraft", "other", "--no-run"], { cwd: path });
  t.is(other.code, 0, other.stderr);
  const made = readdirSync(join(path, ".uktest/unikraft")).filter((name) => name.endsWith(".config"));
  t.is(made.length, 2, made.join(" "));
  renameSync(join(path, "other"), join(path, "a tree"));
  const blank = await uktest(["build", "--unikraft", "a tree", "--no-run"], { cwd: path });
  t.is(blank.code, 2, blank.stderr);
  t.regex(blank.stderr, /Unikraft's make cannot take the path \S+\/a tree\n/);
});
