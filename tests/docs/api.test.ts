/** docs/writing-suites.md has every macro of the headers, with the words of the headers. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { format } from "prettier";
import { ROOT } from "../ci/checkout.js";
import { kindOf, readInterface, reference } from "./api.js";

const PAGE = join(ROOT, "docs/writing-suites.md");
const BETWEEN =
  /(<!-- made from guest\/lib\/uktest\/include\/uk\/test\.h[^\n]*-->\n)([\s\S]*)(<!-- end of what is made -->)/;
const all = readInterface(ROOT);

const page = readFileSync(PAGE, "utf8");
const settings = JSON.parse(readFileSync(join(ROOT, ".prettierrc.json"), "utf8")) as object;
const made = await format(
  page.replace(BETWEEN, (_all, head: string, _old, foot: string) => `${head}\n${reference(all)}\n${foot}`),
  {
    ...settings,
    parser: "markdown",
  },
);
// Nobody writes this part by hand: UKTEST_UPDATE_GOLDEN=1 makes it, and a reader of the difference decides.
if (process.env["UKTEST_UPDATE_GOLDEN"] === "1") writeFileSync(PAGE, made);

test("the reference is in step with the headers", (t) => {
  t.regex(page, BETWEEN);
  t.is(readFileSync(PAGE, "utf8"), made);
});

test("every name of the headers is in it, with a meaning, and each assertion with its twins", (t) => {
  const table = BETWEEN.exec(made)?.[2] ?? "";
  t.true(all.length > 120, String(all.length));
  for (const entry of all) {
    if (entry.name === "uk_test_begin" || entry.name === "uk_test_end") continue;
    t.regex(table, new RegExp(`\`${entry.name}[(\`]`), entry.name);
    if (kindOf(entry) === undefined || kindOf(entry) === "CONTINUE") t.not(entry.meaning, "", entry.name);
  }
  const rows = table
    .slice(table.indexOf("### Assertions"))
    .split("\n")
    .filter((line) => line.startsWith("| `UK_TEST_EXPECT"));
  t.is(
    rows.length,
    all.filter((entry) => kindOf(entry) === "CONTINUE" && entry.name.includes("EXPECT")).length,
  );
  for (const line of rows)
    t.regex(line, /`UK_TEST_EXPECT\w*\(.*`.*\| `UK_TEST_REQUIRE\w*` .*\| `UK_FIXME_EXPECT\w*` /, line);
});
