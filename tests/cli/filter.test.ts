/** `--filter`: cases by tags, names and files; what means nothing runs nothing, and near names are suggested. */
import test from "ava";
import { ROOT } from "../ci/checkout.js";
import { parameterWords } from "../../src/run/select.js";
import { turns } from "../amount.js";
import { uktest } from "./run.js";

const passed = (stdout: string): readonly string[] =>
  [...stdout.matchAll(/^PASS (\S+)/gm)].map(([, name = ""]) => name);

test("a run has just the cases that are meant, and the others are not missed", async (t) => {
  t.timeout(600_000);
  const slow = await uktest(
    ["run", "uktest", "--filter", "slow & suite:uktest_*", "-m", "v86", "-r", "lines"],
    {
      cwd: ROOT,
    },
  );
  t.is(slow.code, 0, slow.stderr);
  t.deepEqual(passed(slow.stdout), ["uktest_params.limited"]);
  const some = await uktest(
    ["run", "uktest_params", "--filter", "!slow and file:*params.c", "-m", "v86", "-r", "lines"],
    { cwd: ROOT },
  );
  t.is(some.code, 0, some.stderr);
  t.true(passed(some.stdout).length > 0);
  t.true(passed(some.stdout).some((name) => name.startsWith("uktest_params.labelled/")));
  t.false(passed(some.stdout).includes("uktest_params.limited"));
});

test("list shows tags, and takes a filter", async (t) => {
  t.timeout(600_000);
  const { code, stdout } = await uktest(["list", "uktest", "--filter", "example", "-m", "v86"], {
    cwd: ROOT,
  });
  t.is(code, 0);
  t.regex(stdout, /^uktest_params +late \d +limited \[slow\] \[example\] /m);
  t.is(stdout.match(/suites\//g)?.length, 1);
});

test("what means nothing runs nothing", async (t) => {
  t.timeout(600_000);
  for (const [words, message] of [
    [["uktest", "--filter", "slow & !slow"], /no case is meant by --filter "slow & !slow"/],
    [["uktest", "--filter", "(slow"], /a parenthesis is not closed/],
    [["uktest", "--filter", ""], /--filter is empty/],
    [
      ["uktest_param.limited"],
      /nothing is named "uktest_param\.limited"\n +did you mean "uktest_params\.limited"\?/,
    ],
    [["vfscroe"], /nothing is named "vfscroe"\n +did you mean "vfscore"\?/],
  ] as const) {
    const { code, stdout, stderr } = await uktest(["run", ...words, "-m", "v86"], { cwd: ROOT });
    t.is(code, 2, words.join(" "));
    t.is(stdout, "");
    t.regex(stderr, message);
  }
});

test("one parameter of a case runs alone, on each machine, and a red one is named so that it does again", async (t) => {
  t.timeout(600_000);
  for (const machine of turns(["v86", "qemu-x86_64", "qemu-arm64"], "cli/filter")) {
    const words = [
      "uktest_params.labelled/two_and_a_half",
      "uktest_params.numbered/3",
      "uktest_params.numbered/0",
    ];
    const some = await uktest(["run", ...words, "-m", machine, "-r", "lines"], { cwd: ROOT });
    t.is(some.code, 0, some.stderr);
    t.deepEqual(passed(some.stdout), [
      "uktest_params.labelled/two_and_a_half",
      "uktest_params.numbered/0",
      "uktest_params.numbered/3",
    ]);
    t.regex(some.stdout, /^VERDICT passed: evidence: memory$/m);
  }
  const all = await uktest(
    ["run", "uktest_params.numbered", "uktest_params.numbered/3", "-m", "v86", "-r", "lines"],
    { cwd: ROOT },
  );
  t.is(passed(all.stdout).length, 3, "what is meant as a whole has all of them");
  const none = await uktest(["run", "uktest_params.labelled/tow", "-m", "v86", "-r", "lines"], { cwd: ROOT });
  t.is(none.code, 1, none.stderr);
  t.regex(
    none.stdout,
    /^FAIL uktest_params\.labelled {2}\S+params\.c:\d+ {2}no parameter of it is named so/m,
  );
  t.regex(none.stdout, /there is uktest_params->labelled\/two_and_a_half/);
  const odd = await uktest(["run", "uktest_params.labelled/a b", "-m", "v86"], { cwd: ROOT });
  t.is(odd.code, 2);
  t.regex(odd.stderr, /no parameter is named "a b"/);
});

test("words for parameters: of cases that nothing else means", (t) => {
  t.deepEqual(parameterWords(["a.b/1", "a.c/x", "a.b/2"]), ["uktest.params=a.b/1,a.c/x,a.b/2"]);
  t.deepEqual(parameterWords(["a.b/1", "c.d/1", "a"]), ["uktest.params=c.d/1"]);
  t.deepEqual(parameterWords(["a.b/1", "*.b"]), []);
  t.deepEqual(parameterWords(["a.b", "a/b", "a.b/*"]), []);
});
