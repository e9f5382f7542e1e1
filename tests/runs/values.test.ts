/**
 * Values of ukstore, from the command line to the metrics: what is set before the first suite, what a setter rejects, and
 * what is read of a guest that has stopped, after a crash too, on every machine.
 */
import test from "ava";
import type { RunEvent } from "../../src/core/events.js";
import { turns } from "../amount.js";
import { scratch, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";

const SUITE = `#include <errno.h>
#include <uk/alloc.h>
#include <uk/assert.h>
#include <uk/errptr.h>
#include <uk/store.h>
#include <uk/test.h>

static __u16 limit = 10;
static char name[32] = "none";
static __s32 kept[2] = { -7, 8 };

static int get_limit(void *cookie __unused, __u16 *out)
{
	*out = limit;
	return 0;
}

static int set_limit(void *cookie __unused, __u16 val)
{
	if (val > 1000)
		return -EDOM;
	limit = val;
	return 0;
}

static int get_name(void *cookie __unused, char **out __unused)
{
	return -ENOMEM;
}

static int set_name(void *cookie __unused, const char *val)
{
	for (unsigned int i = 0; i < sizeof(name) - 1 && (name[i] = val[i]); i++)
		name[i + 1] = 0;
	return 0;
}

static int get_kept(void *cookie, __s32 *out)
{
	*out = *(__s32 *)cookie;
	return 0;
}

struct kept { __s32 value; };

UK_STORE_STATIC_ENTRY(1, limit, u16, get_limit, set_limit);
UK_STORE_DATUM(get_limit, limit);
UK_STORE_STATIC_ENTRY(2, name, charp, get_name, set_name);
UK_STORE_DATUM(get_name, name);
UK_STORE_COOKIE_DATUM(get_kept, struct kept, value);

UK_TESTCASE(values, of_the_guest)
{
	static const char *const names[] = { "first", "second" };
	const struct uk_store_entry *entries[] = {
		UK_STORE_ENTRY(1, value, s32, get_kept, NULL), NULL,
	};

	for (int i = 0; i < 2; i++)
		uk_store_obj_add(uk_store_obj_alloc(uk_alloc_get_default(), i,
				 names[i], entries, &kept[i]));
	uk_store_obj_release(uk_store_obj_alloc(uk_alloc_get_default(), 9,
			     "gone", entries, &kept[0]));
	UK_TEST_EXPECT_UNUM_EQ(limit, 300);
	UK_TEST_EXPECT_STR_EQ(name, "a b%");
}

UK_TESTCASE(values, then_a_crash)
{
	UK_CRASH("it ends here");
}
uk_testsuite_register(values, NULL);
`;

const SET = ["--set", "app/limit=300", "--set", "libapp/name=a b%"];

for (const machine of turns(["v86", "qemu-x86_64", "qemu-i386", "qemu-arm64"], "runs/values"))
  test(`set before the first suite, read after the crash: ${machine}`, async (t) => {
    const folder = scratch(t);
    folder.put("suite.c", SUITE);
    folder.put(
      "uktest.config.json",
      JSON.stringify({ suites: { values: { sources: ["*.c"], libraries: ["ukstore"] } }, machine }),
    );
    await putKitObjects(folder.path, [machine]);
    const said = await uktest(
      [
        "run",
        ...SET,
        "--store",
        "--record=rec",
        "--max-crashes=0",
        "-r",
        "lines",
        "-r",
        "prometheus=v.prom",
        "-r",
        "json=v.json",
      ],
      { cwd: folder.path },
    );
    t.is(said.code, 1, said.stderr);
    t.regex(said.stdout, /^PASS values\.of_the_guest /m);
    t.regex(said.stderr, /^uktest: again: .* --set app\/limit=300 --set 'app\/name=a b%'/m);
    const metrics = folder.text("v.prom");
    const where = `boot="b1",machine="${machine}"`;
    for (const line of [
      `unikraft_app_limit{${where}} 300`,
      `unikraft_app_name_info{${where},value="a b%"} 1`,
      `unikraft_app_value{${where},object="first"} -7`,
      `unikraft_app_value{${where},object="second"} 8`,
      "# TYPE unikraft_ukalloc_cur_mem_use_bytes gauge",
      "# TYPE unikraft_ukalloc_tot_nb_allocs_total counter",
    ])
      t.true(metrics.split("\n").includes(line), line);
    t.false(metrics.includes("gone"));
    t.regex(folder.text("v.json"), /"name": ?"limit",\s*"valueType": ?"u16",\s*"value": ?"300"/);
    if (machine !== "v86") return;
    const store = (...words: readonly string[]) => uktest(["store", ...words], { cwd: folder.path });
    const shown = await store("--record", "latest");
    t.is(shown.code, 0, shown.stderr);
    t.regex(shown.stdout, /^b1 values on v86\n\nVALUE +TYPE +NOW\n/);
    t.regex(shown.stdout, /^app\/name +charp +a b%$/m);
    t.regex(shown.stdout, /^app\/second\/value +s32 +8$/m);
    const [line = ""] = (await store("--record", "rec", "--json")).stdout.split("\n");
    t.like(JSON.parse(line), { schema: "uktest-store-values/1", boot: "b1", source: "values on v86" });
    t.is((await store("values", "--record", "rec")).code, 2);
    const none = await store("--record", "v.prom");
    t.not(none.code, 0);
    t.regex(none.stderr, /^uktest: error: /);
  });

test("what a setter rejects makes the run red, and what no image knows boots nothing", async (t) => {
  const folder = scratch(t);
  folder.put("suite.c", SUITE);
  folder.put(
    "uktest.config.json",
    JSON.stringify({ suites: { values: { sources: ["*.c"], libraries: ["ukstore"] } }, machine: "v86" }),
  );
  await putKitObjects(folder.path, ["v86"]);
  const run = (...words: readonly string[]) =>
    uktest(["run", "values.of_the_guest", ...words, "-r", "lines"], { cwd: folder.path });
  const rejected = await run(...SET, "--set", "app/limit=300", "--set", "app/limit=1001");
  t.is(rejected.code, 1, rejected.stderr);
  t.regex(rejected.stdout, /^PASS values\.of_the_guest /m);
  t.regex(rejected.stdout, /outside any suite: uktest\.set=app\/limit: error 33 with the value `1001'/);
  t.false(rejected.stdout.includes("statistics-mismatch"));
  const unknown = await run("--set", "app/limits=3");
  t.is(unknown.code, 2);
  t.regex(unknown.stderr, /error: values: no value is named app\/limits\n +did you mean "app\/limit"\?/);
  t.is((await run("--set", "app/limit=65536")).code, 2);
  folder.put(
    "uktest.config.json",
    JSON.stringify({ suites: { values: { sources: ["*.c"] } }, machine: "v86" }),
  );
  folder.put(
    "suite.c",
    "#include <uk/test.h>\n#include <uk/store.h>\nstatic int set(void *c, __u8 v) { return !c + v - v - 1; }\nUK_STORE_STATIC_ENTRY(1, limit, u8, NULL, set);\nUK_TESTCASE(values, of_the_guest) { UK_TEST_EXPECT(1); }\nuk_testsuite_register(values, NULL);\n",
  );
  const without = await run("--set", "app/limit=3");
  t.is(without.code, 3);
  t.regex(without.stderr, /nothing of ukstore is in it/);
  for (const [word, what] of [
    ["--store", "--store"],
    ["--set=a/b=1", "--set"],
  ] as const) {
    const board = await uktest(["run", "-m", "serial:/dev/none", word], { cwd: folder.path });
    t.is(board.code, 2);
    t.regex(board.stderr, new RegExp(`error: ${what} makes no sense with a board`));
  }
});

const GETTERS = `#include <errno.h>
#include <uk/alloc.h>
#include <uk/errptr.h>
#include <uk/store.h>
#include <uk/test.h>

static __s16 base = -300;
static volatile int turns;

static int get_sum(void *cookie, __s16 *out)
{
	*out = base + (cookie ? *(int *)cookie : 1);
	return 0;
}

static int get_nothing(void *cookie __unused, __u32 *out)
{
	*out = 9;
	return -EIO;
}

static int get_forever(void *cookie __unused, __u64 *out __unused)
{
	for (;;)
		turns++;
}

UK_STORE_STATIC_ENTRY(1, sum, s16, get_sum, NULL);
UK_STORE_STATIC_ENTRY(2, nothing, u32, get_nothing, NULL);
#ifdef STUCK
UK_STORE_STATIC_ENTRY(3, forever, u64, get_forever, NULL);
UK_STORE_STATIC_ENTRY(4, after, s16, get_sum, NULL);
#endif

UK_TESTCASE(getters, first)
{
	static int more = 40;
	const struct uk_store_entry *entries[] = {
		UK_STORE_ENTRY(1, sum, s16, get_sum, NULL), NULL,
	};

	uk_store_obj_add(uk_store_obj_alloc(uk_alloc_get_default(), 1, "one",
					    entries, &more));
	UK_TEST_EXPECT(get_forever != NULL);
}

UK_TESTCASE(getters, last)
{
	base += 100;
	UK_TEST_EXPECT_SNUM_EQ(base, -200);
}
uk_testsuite_register(getters, NULL);

/* The last by its name, and the first to run. */
UK_TESTCASE(z_early, before_all_others)
{
	UK_TEST_EXPECT_SNUM_EQ(base, -300);
}
uk_testsuite_early_prio(z_early, NULL, 0);
`;

for (const machine of turns(["qemu-x86_64", "qemu-i386", "qemu-arm64"], "runs/values, getters"))
  test(`getters of values without data are called after the last case: ${machine}`, async (t) => {
    const folder = scratch(t);
    folder.put("suite.c", GETTERS);
    const suite = { sources: ["*.c"], libraries: ["ukstore"] };
    const config = { suites: { getters: suite }, profiles: { stuck: { flags: ["-DSTUCK"] } }, machine };
    folder.put("uktest.config.json", JSON.stringify(config));
    await putKitObjects(folder.path, [machine]);
    let warned = "";
    const said = async (...words: readonly string[]) => {
      const { code, stdout, stderr } = await uktest(["run", "--store", "-r", "events", ...words], {
        cwd: folder.path,
      });
      t.is(code, 0, stderr);
      warned = stderr;
      return stdout
        .split("\n")
        .flatMap((line) => (line === "" ? [] : [JSON.parse(line) as RunEvent]))
        .flatMap((event) => (event.type === "value" && event.library === "app" ? [event] : []))
        .map(({ object, name, value, isCalled }) => [object, name, value, isCalled]);
    };
    const values = [
      [undefined, "sum", "-199", true],
      ["one", "sum", "-160", true],
    ];
    t.deepEqual(await said(), values);
    t.false(warned.includes("not all values"), warned);
    // Objects come after static entries, of which the one that does not return ends the calls.
    for (const [object, name, value] of await said("--profile", "stuck"))
      t.true(object === undefined && name !== "forever" && value === "-199");
    t.regex(warned, /^uktest: not all values of getters are known: a getter has not returned/m);
  });
