/**
 * The schema of records knows everything that events.ts knows, read from its source: every event, every field, every
 * word of every closed list. And it lets through whatever the assembler and the builder write.
 */
import { readFileSync } from "node:fs";
import test from "ava";
import ts from "typescript";
import type { RunEvent } from "../../src/core/events.js";
import { decodeEvent } from "../../src/record/events.js";
import { bytesOf, readChunks, serialLogs } from "../reading.js";
import { hostileRun, redRun, twoBoots } from "../reporters/samples.js";

const CORE = new URL("../../../src/core/", import.meta.url);
const parse = (name: string): ts.SourceFile =>
  ts.createSourceFile(name, readFileSync(new URL(name, CORE), "utf8"), ts.ScriptTarget.ES2023, true);
const FILES = [
  "events.ts",
  "evidence.ts",
  "fault.ts",
  "finding-kinds.ts",
  "policy.ts",
  "problem-codes.ts",
  "plan/selection.ts",
  "plan/shards.ts",
  "model/coverage.ts",
  "model/trace-summary.ts",
  "model/value.ts",
].map(parse);

const declared = (name: string): ts.InterfaceDeclaration | ts.TypeAliasDeclaration => {
  for (const file of FILES)
    for (const one of file.statements)
      if ((ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one)) && one.name.text === name)
        return one;
  throw new Error(`core has no type ${name}`);
};

/** The words of a closed list. */
function words(name: string): readonly string[] {
  const type = declared(name);
  if (!ts.isTypeAliasDeclaration(type) || !ts.isUnionTypeNode(type.type))
    throw new Error(`${name} is no list`);
  return type.type.types.map((one) =>
    ts.isLiteralTypeNode(one) && ts.isStringLiteral(one.literal) ? one.literal.text : one.getText(),
  );
}

const PLACES: Readonly<Record<string, unknown>> = { string: "text", number: 1, boolean: true };

/** A value of a type as it is written in the source; optional fields only if `full`. */
function valueOf(type: ts.TypeNode, full: boolean): unknown {
  const text = type.getText();
  if (text in PLACES) return PLACES[text];
  // A flag that is there or not.
  if (text === "true") return true;
  if (text === "typeof EVENTS_SCHEMA") return "uktest-events/1";
  if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) return type.literal.text;
  if (ts.isUnionTypeNode(type)) return type.types[0] === undefined ? undefined : valueOf(type.types[0], full);
  if (ts.isTypeLiteralNode(type)) return fieldsOf(type.members, full);
  if (ts.isTypeOperatorNode(type)) return valueOf(type.type, full);
  if (ts.isTupleTypeNode(type))
    return type.elements.map((one) => valueOf(ts.isNamedTupleMember(one) ? one.type : one, full));
  if (ts.isParenthesizedTypeNode(type)) return valueOf(type.type, full);
  if (ts.isArrayTypeNode(type)) return [valueOf(type.elementType, full)];
  if (!ts.isTypeReferenceNode(type)) throw new Error(`what is ${text}?`);
  const named = declared(type.typeName.getText());
  return ts.isInterfaceDeclaration(named) ? fieldsIn(named, full) : valueOf(named.type, full);
}

/** The fields of an interface, and those of the interfaces that it extends. */
function fieldsIn(type: ts.InterfaceDeclaration, full: boolean): Record<string, unknown> {
  const bases = (type.heritageClauses ?? []).flatMap(({ types }) => types.map((one) => one.getText()));
  const fields = bases
    .map(declared)
    .map((one) => (ts.isInterfaceDeclaration(one) ? fieldsIn(one, full) : {}));
  return Object.assign({}, ...fields, fieldsOf(type.members, full)) as Record<string, unknown>;
}

function fieldsOf(members: ts.NodeArray<ts.TypeElement>, full: boolean): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const member of members) {
    if (!ts.isPropertySignature(member) || member.type === undefined) continue;
    if (member.questionToken === undefined || full)
      fields[member.name.getText()] = valueOf(member.type, full);
  }
  return fields;
}

const EVENTS = words("RunEvent");
const exampleOf = (name: string, full: boolean): Record<string, unknown> => {
  const type = declared(name);
  if (!ts.isInterfaceDeclaration(type)) throw new Error(`${name} is no event`);
  return fieldsIn(type, full);
};

const accepts = (event: unknown): boolean => {
  try {
    decodeEvent(JSON.stringify(event), "here");
    return true;
  } catch {
    return false;
  }
};

test("the source was read", (t) => {
  t.true(EVENTS.length >= 13);
  t.true(words("ProblemCode").length >= 20);
  t.deepEqual(exampleOf("ConsoleLine", true), {
    type: "console",
    case: "text",
    text: "text",
    painted: "text",
    origin: { line: 1, byteOffset: 1 },
  });
});

for (const name of EVENTS)
  test(`${name}: with and without its optional fields, none missing, none more, none of another type`, (t) => {
    for (const full of [true, false]) {
      const event = exampleOf(name, full);
      const line = JSON.stringify(event);
      t.is(JSON.stringify(decodeEvent(line, "here")), line);
      t.false(accepts({ ...event, surplus: 1 }));
      for (const key of Object.keys(event))
        t.false(accepts({ ...event, [key]: { nothing: "like it" } }), key);
    }
    const least = exampleOf(name, false);
    for (const key of Object.keys(least)) {
      const { [key]: _, ...rest } = least;
      t.false(accepts(rest), `without ${key}`);
    }
  });

const LISTS: readonly (readonly [list: string, event: string, put: (word: string) => object])[] = [
  ["ProblemCode", "ProblemReported", (code) => ({ code })],
  ["ProblemGrade", "ProblemReported", (grade) => ({ grade })],
  ["CaseStatus", "CaseFinished", (status) => ({ status })],
  ["Evidence", "CaseFinished", (evidence) => ({ evidence })],
  ["FaultKind", "FaultReported", (kind) => ({ fault: { ...exampleOf("FaultRecord", false), kind } })],
  [
    "Machinery",
    "FaultReported",
    (machinery) => ({
      fault: { ...exampleOf("FaultRecord", false), callTrace: [{ address: "1", machinery }] },
    }),
  ],
];

for (const [list, event, put] of LISTS)
  test(`every word of ${list}, and no other`, (t) => {
    for (const word of words(list)) t.true(accepts({ ...exampleOf(event, false), ...put(word) }), word);
    for (const word of ["", "another", "passed ", "__proto__"])
      t.false(accepts({ ...exampleOf(event, false), ...put(word) }), word);
  });

test("numbers are counts: whole, finite, not negative", (t) => {
  const started = exampleOf("BootStarted", false);
  const line = (raw: string): string =>
    JSON.stringify({ ...started, origin: { line: "@", byteOffset: 0 } }).replace('"@"', raw);
  const reads = (text: string): boolean => {
    try {
      return decodeEvent(text, "here").type === "boot-started";
    } catch {
      return false;
    }
  };
  for (const raw of ["0", "1", "9007199254740991"]) t.true(reads(line(raw)), raw);
  for (const raw of ["-1", "1.5", "1e999", "9007199254740993", "null", '"1"', "[1]", "true"])
    t.false(reads(line(raw)), raw);
  const finished = (durationMs: string): string =>
    JSON.stringify({ ...exampleOf("CaseFinished", false), durationMs: "@" }).replace('"@"', durationMs);
  t.is(decodeEvent(finished("0.25"), "here").type, "case-finished");
  for (const raw of ["-1", "1e999", "null"])
    t.throws(() => decodeEvent(finished(raw), "here"), undefined, raw);
});

test("whatever is written can be read, and is the same", (t) => {
  const all: readonly (readonly RunEvent[])[] = [
    ...serialLogs.map((name) => readChunks([bytesOf(name)])),
    redRun(),
    twoBoots(),
    hostileRun("\x1b[31m\ud800\u2028\0::error::x"),
  ];
  for (const events of all)
    for (const event of events) t.deepEqual(decodeEvent(JSON.stringify(event), "here"), event);
});

test("the error names the place and the field", (t) => {
  const { line: _, ...broken } = exampleOf("FindingReported", false);
  const error = t.throws(() => decodeEvent(JSON.stringify(broken), "run.jsonl:7"));
  t.is(error.name, "RigError");
  t.regex(error.message, /^run\.jsonl:7: line: /);
});
