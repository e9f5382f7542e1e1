/** Flags of a project that would make something else than objects with machine code in them. */
import { readdirSync } from "node:fs";
import test from "ava";
import { demo } from "../cli/project.js";
import { uktest } from "../cli/run.js";

type Flags = readonly string[];

/** Runs a project whose configuration has these flags; the answer is that of `uktest run`. */
const withFlags = async (t: Parameters<typeof demo>[0], config: object, ...args: Flags) => {
  const project = await demo(t);
  const before = JSON.parse(project.text("uktest.config.json")) as object;
  project.put("uktest.config.json", JSON.stringify({ ...before, ...config }));
  return { project, said: await uktest(["run", "-m", "v86", ...args], { cwd: project.path }) };
};

for (const flag of ["-flto", "-flto=thin"])
  test.serial(`${flag} is refused in one sentence, wherever it stands`, async (t) => {
    for (const [key, config, args] of [
      ["flags", { flags: [flag] }, []],
      ["profiles.fast.flags", { profiles: { fast: { flags: ["-O2", flag] } } }, ["--profile", "fast"]],
    ] as const)
      for (const compiler of ["gcc", "clang"]) {
        const { said } = await withFlags(t, config, "--cc", compiler, ...args);
        t.is(said.code, 2);
        t.true(said.stderr.includes(`uktest.config.json: ${key}: ${flag} is not supported`), said.stderr);
        t.is(said.stdout, "");
      }
  });

const FLAGS = ["-flto", "-ffat-lto-objects", "-gsplit-dwarf"];

for (const compiler of ["gcc", "clang"])
  test.serial(`${FLAGS.join(" ")} builds with ${compiler}, and leaves no file of its own`, async (t) => {
    const { project, said } = await withFlags(t, { flags: FLAGS }, "--cc", compiler);
    t.is(said.code, 0, said.stdout + said.stderr);
    const files = readdirSync(project.path, { recursive: true }) as readonly string[];
    t.deepEqual(
      files.filter((name) => name.endsWith(".dwo")),
      [],
    );
  });
