/** Where a debugger has to stop, read from images that are made for it: of several kernels, stripped, and without one's own code. */
import test, { type ExecutionContext } from "ava";
import { type Stops, stopsOf } from "../../src/debug/stops.js";
import { readImage } from "../../src/image/plan.js";
import { scratch } from "../cli/run.js";
import { compile, objcopy } from "../image/images.js";

/** The stops of an image with suites, and these empty functions. */
function stopsWith(t: ExecutionContext, names: readonly string[], more: readonly string[] = []): Stops {
  const functions = names.map((name) => `void ${name}(void);\nvoid ${name}(void)\n{\n}\n`).join("");
  const path = compile("x86_64", ["inits.c", scratch(t).put("functions.c", functions), ...more], ["-w"]);
  return stopsOf(path, undefined, readImage(path).plan);
}

const placesOf = ({ stops }: Stops): readonly string[] => stops.map(({ place }) => place);

test("of each kind of failure the best way that an image has", (t) => {
  t.deepEqual(placesOf(stopsWith(t, [])), []);
  const unikraft = stopsWith(t, ["_uk_test_do_assert", "ukplat_terminate", "main"]);
  t.like(unikraft.stops, [
    { place: "_uk_test_do_assert", kind: "assertion", condition: "cond == 0", what: "this assertion fails" },
    { place: "ukplat_terminate", kind: "fault", condition: "request == 3" },
  ]);
  t.is(unikraft.main, "main");
  t.is(unikraft.failure, undefined, "it has no function that is called for failures alone");
  const newer = stopsWith(t, ["_uk_test_do_assert", "uk_pm_syscrash", "ukplat_terminate"]);
  t.deepEqual(placesOf(newer), ["_uk_test_do_assert", "uk_pm_syscrash"]);
  t.is(newer.main, undefined);
  const kit = ["uk_test_on_failure", "uk_crash_on_screen", "ukplat_terminate", "uktest_running"];
  const own = stopsWith(t, kit);
  t.deepEqual(placesOf(own), ["uk_test_on_failure", "uk_crash_on_screen", "ukplat_terminate"]);
  t.is(own.stops[2]?.condition, "request != UKPLAT_CRASH && uktest_running != 0");
  t.true((own.failure ?? 0) > 0);
  t.true(own.hasFunction("uk_test_on_failure"));
  t.false(own.hasFunction("uk_pm_syscrash"));
});

test("each handler of a sanitizer, unless all of them come to one place", (t) => {
  const handlers = ["__ubsan_handle_type_mismatch_v1", "__ubsan_handle_add_overflow"];
  t.like(stopsWith(t, handlers).stops, [
    { place: "__ubsan_handle_add_overflow", kind: "finding", what: "undefined behavior", isOfCases: true },
    { place: "__ubsan_handle_type_mismatch_v1", kind: "finding", isOfCases: true },
  ]);
  t.deepEqual(placesOf(stopsWith(t, [...handlers, "ubsan_on_finding"])), ["ubsan_on_finding"]);
});

test("the functions of cases and of init functions, from symbols alone", (t) => {
  const names = ["_uk_testsuite_first_case_one", "_uk_testsuite_second_case_one", "_uk_testbody_second_one"];
  const { cases, inits } = stopsWith(t, names);
  t.deepEqual(
    cases.map(({ name, symbol }) => `${name} ${symbol}`).sort(),
    ["first.one _uk_testsuite_first_case_one", "second.one _uk_testbody_second_one"],
    "of a case with parameters the body is the user's",
  );
  t.true(cases.every(({ start, end }) => end > start));
  t.is(inits.get("first"), "prepare_first");
  t.false(inits.has("plain"));
  const whole = compile("x86_64", ["inits.c"]);
  const bare = objcopy(whole, "x86_64", "--strip-all");
  const { plan } = readImage(whole);
  t.deepEqual(stopsOf(bare, undefined, plan).cases, []);
  t.is(stopsOf(bare, undefined, plan).inits.size, 0);
  t.is(stopsOf(bare, whole, plan).inits.get("first"), "prepare_first", "the symbols of another file");
});
