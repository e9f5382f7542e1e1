/**
 * Turns the test table of an image into the plan of a run: what must happen, and where in the sources.
 * It drops addresses and statuses, and refuses nothing that the table decoder has accepted.
 */
import type { PlannedCase, Plan } from "../core/plan.js";
import { withImage } from "./elf/bytes.js";
import { readElf } from "./elf.js";
import { type EvidenceMap, evidenceIn } from "./evidence.js";
import { identityOf } from "./identity.js";
import { metaOf, tagsOf } from "./meta.js";
import { withLinked } from "./elf/linked.js";
import { readTestTable, type TableCase, type TestTable } from "./testtab.js";

type Tags = ReadonlyMap<bigint, readonly string[]>;

function plannedCase(one: TableCase, all?: Tags): PlannedCase {
  const tags = all?.get(one.function);
  const lines = new Set(one.entries.map((entry) => entry.line));
  return {
    name: one.name,
    ...(one.description === undefined ? {} : { description: one.description }),
    file: one.file,
    ...(one.line === 0 ? {} : { line: one.line }),
    ...(tags !== undefined && { tags }),
    sites: [...lines].sort((a, b) => a - b),
  };
}

/** The plan that a test table makes. */
export const planOf = (table: TestTable, tags?: Tags): Plan => ({
  image: table.image,
  architecture: table.architecture,
  suites: table.suites.map(({ name, stage, cases }) => ({
    name,
    ...(stage === undefined ? {} : { stage }),
    cases: cases.map((one) => plannedCase(one, tags)),
  })),
  orphans: table.orphans.map((one) => ({
    ...plannedCase(one),
    ...(one.suite === undefined ? {} : { suite: one.suite }),
  })),
});

/** Reads the test table of an image, addresses included; see readTestTable and readElf for what it throws. */
export const readTableOf = (path: string): TestTable =>
  withImage(path, (bytes) => readTestTable(readElf(bytes)));

/**
 * Reads what an image says must happen: suites in the order of the table, their cases in the order in which the guest
 * runs them, the lines of each case's assertions (ascending, each once), and cases that can never run.
 * Throws a RigError, with a hint, when the file cannot be read, is no ELF, is damaged, or holds no test table.
 * Source of the format: Unikraft `lib/uktest` (`.uk_testtab`), releases 0.6 to 0.17, in images of x86_64, i386 and
 * arm64, with or without symbols. Without symbols stages and the suites of orphans are unknown.
 */
export const readPlan = (path: string): Plan => readImage(path).plan;

/** What is known of an image once its test table was read. */
export interface ReadImage {
  readonly plan: Plan;
  /** Whether our guest kit is in it. */
  readonly isKit: boolean;
  /** Where the memory of its guest tells of the tests. */
  readonly evidence: EvidenceMap;
}

/**
 * The plan of an image, and what else its test table says; throws like readPlan.
 * @param symbols the file that has its symbols, where it has none
 */
export const readImage = (path: string, symbols?: string): ReadImage =>
  withLinked(path, symbols, (elf) => {
    const { buildId, isKit } = identityOf(elf);
    const table = readTestTable(elf);
    const meta = metaOf(elf);
    const plan = { ...planOf(table, tagsOf(elf, meta)), ...(buildId !== undefined && { buildId }) };
    return { plan, isKit, evidence: evidenceIn(table, elf, meta) };
  });
