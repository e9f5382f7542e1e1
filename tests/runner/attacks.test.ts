/**
 * Guests that lie about their own tests: what becomes of each attack is the table of docs/protocol.md, which this test makes
 * out of real runs. None of them is green but the one that the page says cannot be seen.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { documentOf, type JsonDocument, ROOT, runKit } from "./kit.js";

/** What each attack does, in the words of the page; the names are those of suites/uktest-attacks. */
const ATTACKS: Readonly<Record<string, string>> = {
  printed_pass: "prints a passed result and a header with `printf()`",
  own_form_pass: "prints both with the kernel's prefix",
  own_form_end: "prints a second end of the failed case that says passed",
  whole_forged_run: "prints a whole run that passed, and halts",
  console_erased: "erases lines of the terminal with escape sequences",
  journal_status: "overwrites the status of the failed entry with passed",
  journal_counts: "overwrites the status and the count of failures",
  journal_entry_sealed: "forges the whole entry, its seal included",
  journal_forged: "forges the entry and the head, both with their seals",
  journal_begun: "sets the number of entries to 0",
  journal_erased: "erases the journal",
  journal_ended: "notes the end of all suites, and halts",
  table_status: "overwrites the status of the failed assertion in the test table",
  table_record: "shortens its suite in the test table, so that the next case does not run",
  finding_erased: "sets the count of UBSAN reports to 0",
  halts: "halts the machine inside a case",
  exits: "calls `exit(0)` inside a case",
  resets: "resets the machine inside a case",
  everything: "turns the console off while a case fails, and forges journal, seals, table and totals",
};

/** What shows it, in a few words: the errors of the report, or how the cases ended. */
function outcomeOf({ verdict, problems, suites, findings }: JsonDocument): string {
  if (verdict === "passed") return "**green**: not seen";
  const cases = suites.flatMap((suite) => suite.cases);
  const victim = cases.some(({ name, status }) => name === "a_victim" && status === "failed");
  const crashed = cases.some(({ name, status }) => name === "b_attack" && status === "crashed");
  const lost = cases.some(({ status }) => status === "not-run");
  const codes = [...new Set(problems.filter(({ grade }) => grade === "error").map(({ code }) => code))];
  const facts = [
    ...(victim ? ["the case is failed"] : []),
    ...(crashed ? ["the attack is crashed"] : []),
    ...(lost ? ["a case did not run"] : []),
    ...(findings.length > 0 ? ["the finding stays"] : []),
    ...codes.map((code) => `\`${code}\``),
  ];
  return `red: ${facts.join(", ")}`;
}

const attacksInSource = [
  ...readFileSync(join(ROOT, "suites/uktest-attacks/attacks.c"), "utf8").matchAll(/^ATTACK\((\w+)\)$/gm),
].map(([, name = ""]) => name);

test("every attack of the suite has a line of its own", (t) => {
  t.deepEqual(Object.keys(ATTACKS).sort(), [...attacksInSource, "everything"].sort());
  t.true(attacksInSource.length >= 17);
});

test.serial("the table of attacks in docs/protocol.md is what really happens", async (t) => {
  t.timeout(600_000);
  const rows: string[] = [];
  for (const [name, words] of Object.entries(ATTACKS)) {
    const said = await runKit(`attack_${name}`, "-m", "qemu-x86_64", "-r", "json");
    const document = documentOf(said);
    t.is(said.code, name === "everything" ? 0 : 1, `${name}: ${document.verdict}`);
    rows.push(`| ${words} | ${outcomeOf(document)} |`);
  }
  const page = readFileSync(join(ROOT, "docs/protocol.md"), "utf8");
  const table = page
    .split("\n")
    .slice(page.split("\n").findIndex((line) => line.startsWith("| a case of the guest")))
    .map((line) => line.replace(/ {2,}/g, " "));
  t.deepEqual(table.slice(2, 2 + rows.length), rows, rows.join("\n"));
  t.is(table[2 + rows.length], "", "the table has no other rows");
});
