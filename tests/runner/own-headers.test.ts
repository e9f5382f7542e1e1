/**
 * Projects that bring a library of their own under a name that the kit has as well: theirs is what they test.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { putKitObjects } from "../kit-objects.js";
import { scratch, uktest } from "../cli/run.js";

test.serial("the headers of a project come before the kit's", async (t) => {
  const { path, put } = scratch(t);
  await putKitObjects(path);
  mkdirSync(join(path, "include/uk"), { recursive: true });
  put("include/uk/bitops.h", "#define OWN_BITOPS 1\n#include <uk/essentials.h>\n");
  put(
    "test_own.c",
    "#include <uk/bitops.h>\n#include <uk/test.h>\n" +
      "UK_TESTCASE(own, header) { UK_TEST_EXPECT_SNUM_EQ(OWN_BITOPS, 1); }\nuk_testsuite_register(own, NULL);\n",
  );
  put("uktest.config.json", '{"include":["include"],"suites":{"own":{"sources":["*.c"]}}}');
  const { code, stdout, stderr } = await uktest(["run", "-m", "v86"], { cwd: path });
  t.is(code, 0, stdout + stderr);
});
