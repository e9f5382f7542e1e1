/**
 * Writes a JUnit document through junit-report-builder, and adds what that cannot: lines, reasons, more failures.
 * It refuses the builder's CDATA, which breaks at the second `]]>` of a text; ordinary text nodes are escaped whole.
 */
import type { Builder, TestCase, TestSuite } from "junit-report-builder";
import { roundToMicroseconds } from "../../src/text/duration.js";
import { xmlAttribute, xmlText } from "../../src/text/xml.js";
import type { Breakage, JunitCase, JunitSuite } from "./document.js";

export type Dialect = "full" | "jenkins";

type Element = ReturnType<TestCase["build"]>;

/** Adds to the element that a node of the builder makes of itself. */
function extend(node: { build(parent?: Element): Element }, add: (element: Element) => void): void {
  const build = node.build.bind(node);
  node.build = (parent) => {
    const element = build(parent);
    add(element);
    return element;
  };
}

const secondsOf = (timeMs: number): number => roundToMicroseconds(timeMs * 1000) / 1e6;

/** The sum of the times that are known; undefined when none is. */
function totalTime(cases: readonly JunitCase[]): number | undefined {
  const known = cases.flatMap((one) => one.timeMs ?? []);
  return known.length === 0 ? undefined : secondsOf(known.reduce((sum, timeMs) => sum + timeMs, 0));
}

function child(element: Element, name: "failure" | "error", { message, type, body }: Breakage): void {
  element.ele(name, { message: xmlAttribute(message), type: xmlAttribute(type) }).txt(xmlText(body));
}

/** The children that say how a case ended. The builder asks for the counts and would write bare children itself. */
function writeOutcome(testCase: TestCase, { outcome, systemOut }: JunitCase): void {
  testCase.getSkippedCount = () => (outcome.kind === "skipped" ? 1 : 0);
  testCase.getFailureCount = () => (outcome.kind === "failure" ? 1 : 0);
  testCase.getErrorCount = () => (outcome.kind === "error" ? 1 : 0);
  extend(testCase, (element) => {
    if (outcome.kind === "skipped") element.ele("skipped", { message: xmlAttribute(outcome.message) });
    if (outcome.kind === "failure")
      for (const failure of outcome.failures) child(element, "failure", failure);
    if (outcome.kind === "error") child(element, "error", outcome.error);
    if (systemOut !== undefined) element.ele("system-out").txt(xmlText(systemOut));
  });
}

function writeCase(testCase: TestCase, one: JunitCase, dialect: Dialect): void {
  testCase.className(xmlAttribute(one.classname)).name(xmlAttribute(one.name));
  if (one.timeMs !== undefined) testCase.time(secondsOf(one.timeMs));
  writeOutcome(testCase, one);
  // Jenkins' schema knows neither these attributes nor properties of a case.
  if (dialect === "jenkins") return;
  for (const [key, value] of Object.entries(one.properties ?? {}))
    testCase.property(xmlAttribute(key), xmlAttribute(value));
  extend(testCase, (element) => {
    if (one.file !== undefined) element.att("file", xmlAttribute(one.file));
    if (one.line !== undefined) element.att("line", String(one.line));
    if (one.assertions !== undefined) element.att("assertions", String(one.assertions));
  });
}

/** A whole document as text. */
export function writeDocument(builder: Builder, suites: readonly JunitSuite[], dialect: Dialect): string {
  builder.name("uktest");
  for (const { name, properties, cases } of suites) {
    const suite = builder.testSuite().name(xmlAttribute(name));
    const time = totalTime(cases);
    if (time !== undefined) suite.time(time);
    for (const [key, value] of Object.entries(properties)) suite.property(key, xmlAttribute(value));
    for (const one of cases) writeCase(suite.testCase(), one, dialect);
  }
  // Private in its types only; the root has no other door.
  const root = builder["_rootTestSuites"] as TestSuite;
  const time = totalTime(suites.flatMap((suite) => suite.cases));
  if (time !== undefined) root.time(time);
  // Jenkins' schema has no such attribute at the root.
  if (dialect === "jenkins") extend(root, (element) => element.removeAttribute("skipped"));
  return builder.build();
}
