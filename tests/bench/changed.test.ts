/** A few of the bugs of `npm run bench:changed`: no case that one makes red is left out, and most cases are. */
import test from "ava";
import { KitCopy } from "../../bench/changed/kit.js";
import { mutantsOf, spread } from "../../bench/changed/mutants.js";
import { amount } from "../amount.js";

test("bugs of one line", (t) => {
  const text = "int f(int a)\n{\n\t/* a == 1 */\n\tif (a == 1)\n\t\treturn 0;\n\tg(a);\n}\n";
  t.deepEqual(
    mutantsOf("f.c", text).map(({ line, now }) => [line, now]),
    [
      [4, "\tif (a != 1)"],
      [5, "\t\treturn -1;"],
      [6, "\t;"],
      [6, ""],
    ],
  );
  t.deepEqual([...spread([1, 2, 3, 4, 5, 6], 3)].sort(), [1, 2, 3, 4, 5, 6]);
  t.deepEqual(spread([1, 2, 3, 4, 5, 6], 3).slice(0, 3), [1, 3, 5]);
});

test("no case that a bug makes red is left out", (t) => {
  const kit = new KitCopy("vfscore", "vfscore");
  t.teardown(() => {
    kit.remove();
  });
  kit.record();
  const count = amount(8, 2);
  const tried = kit
    .mutants(count)
    .slice(0, count)
    .flatMap((mutant) => kit.try(mutant) ?? []);
  t.true(tried.length > 0);
  for (const { mutant, missed } of tried) t.deepEqual(missed, [], JSON.stringify(mutant));
  t.true(tried.some(({ red }) => red.length > 0));
  const all = tried.reduce((sum, one) => sum + one.all, 0);
  t.true(tried.reduce((sum, one) => sum + one.leftOut.length, 0) > all / 3);
});
