/** `uktest debug` in a project of its own: what people write in suites, and what surrounds them. */
import { existsSync } from "node:fs";
import test from "ava";
import { scratch, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";

const HEAD = "#include <uk/test.h>\n";

/** A case whose first instruction fails, one with parameters, a suite that cannot begin, and very many cases. */
const SOURCES: Readonly<Record<string, string>> = {
  "params.c": `${HEAD}#include <uk/test/extra.h>
static const int numbers[] = { 1, 2, 3 };
UK_TESTCASE_PARAM(param_suite, number, numbers)
{
\tint got = *param * 2;

\tUK_TEST_EXPECT_SNUM_EQ(got, 2);
}
uk_testsuite_register(param_suite, NULL);
`,
  "init.c": `${HEAD}
int bad_init(struct uk_testsuite *suite);
int bad_init(struct uk_testsuite *suite __unused)
{
\treturn -1;
}
UK_TESTCASE(init_suite, never)
{
\tUK_TEST_EXPECT(1);
}
uk_testsuite_register(init_suite, bad_init);
`,
  "many.c": `${HEAD}${Array.from(
    { length: 400 },
    (_, at) =>
      `UK_TESTCASE(many_suite, c${String(at).padStart(3, "0")})\n{\n\tint at = ${String(at)};\n\n\tUK_TEST_EXPECT(at < 399);\n}\n`,
  ).join("")}uk_testsuite_register(many_suite, NULL);
`,
};

test.serial("suites as people write them, commands around boots, and what does not build", async (t) => {
  const { path, put, text, file } = scratch(t);
  await putKitObjects(path, ["qemu-x86_64"]);
  for (const [name, source] of Object.entries(SOURCES)) put(name, source);
  const note = (name: string): readonly string[] => ["sh", "-c", `echo ${name} >> notes`];
  const hooks = {
    beforeRun: note("run"),
    beforeSuite: note("suite"),
    afterSuite: note("end"),
    afterRun: note("over"),
  };
  const suites = { all: { sources: ["*.c"] } };
  put("uktest.config.json", JSON.stringify({ suites, machine: "qemu-x86_64", hooks }));
  const debug = async (...words: readonly string[]) => {
    const said = await uktest(["debug", ...words, "--", "-nx", "-batch"], { cwd: path });
    return { ...said, all: said.stdout + said.stderr };
  };

  const params = await debug("param_suite.number");
  t.regex(params.stdout, /^#\d+ .*_uk_testbody_param_suite_number \(.*\) at \.\/params\.c:8\n/m, params.all);
  t.regex(params.stdout, /^got = 4$/m, params.all);
  t.deepEqual(text("notes").trim().split("\n"), ["run", "suite", "end", "over"]);

  const many = await debug("many_suite");
  t.regex(many.stdout, /^#\d+ .*_uk_testsuite_many_suite_case_c399 \(/m, many.all);
  t.regex(many.stdout, /^at = 399$/m, many.all);

  const init = await debug("init_suite.never");
  t.regex(
    init.stderr,
    /^uktest: init_suite\.never is not-run \(.*\): --break bad_init stops in that function$/m,
    init.all,
  );
  const stopped = await debug("init_suite.never", "--break", "bad_init");
  t.regex(stopped.stdout, /^Breakpoint \d+, bad_init \(/m, stopped.all);

  const label = await debug("param_suite.number/2");
  t.regex(label.stdout, /^got = 6$/m, label.all);

  put("params.c", SOURCES["params.c"]?.replace("int got", "nope got") ?? "");
  const broken = await debug("param_suite.number");
  t.is(broken.code, 3, broken.all);
  t.regex(broken.stderr, /all does not build: .*nope/, broken.all);
  t.notRegex(broken.stderr, /nothing is named/);
  t.false(existsSync(file("core")));
});
