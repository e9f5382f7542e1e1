/**
 * Variables as an editor shows them: scopes of a frame, what is in a structure or an array, registers. gdb's variable objects do
 * the work; they live until the guest runs again.
 */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { GdbError } from "../../runner/debug/mi.js";
import { UsageError } from "../core/errors.js";
import { messageOf } from "../core/reason.js";
import type { MiTuple } from "../mi/records.js";
import { quoted } from "../mi/text.js";
import { textsOf, tuplesOf, wordOf } from "../mi/values.js";
import { type FrameOf, inFrame, type Live, type View } from "./live.js";
import { pathOfChild } from "./path.js";

/** More variables of one function are not shown. */
const MOST_VARIABLES = 1000;

/** The frame that an editor means; the one that is shown first where it names none. */
export function frameOf({ frames, running }: Live, id: number | undefined): FrameOf {
  const frame = id === undefined ? { thread: 1, level: running.folded } : frames.get(id);
  // An editor may ask for what it has shown before the guest ran on.
  const known = frame as FrameOf | undefined;
  if (known === undefined) throw new UsageError("this frame is of an earlier stop");
  return known;
}

const scope = (live: Live, frame: FrameOf, kind: "arguments" | "locals" | "registers", name: string) => ({
  name,
  presentationHint: kind,
  variablesReference: live.views.create({ kind, frame }),
  expensive: kind === "registers",
});

export function scopes(
  live: Live,
  { frameId }: DebugProtocol.ScopesArguments,
): DebugProtocol.ScopesResponse["body"] {
  const frame = frameOf(live, frameId);
  return {
    scopes: [
      scope(live, frame, "arguments", "Arguments"),
      scope(live, frame, "locals", "Locals"),
      scope(live, frame, "registers", "Registers"),
    ],
  };
}

/** An address at the beginning of a value: of a pointer, or of a register. */
const addressIn = (value: string): string | undefined => /^(?:\([^)]*\) )?(0x[0-9a-f]+)\b/.exec(value)?.[1];

interface Shown {
  readonly name: string;
  readonly path: string;
  /** What stands in place of gdb's `{...}`. */
  readonly value?: string;
}

/** Whether what is in a variable has a number each. */
const isArray = (type: string): boolean => type.endsWith("]") && !type.includes("(*");

/** A variable object as an editor shows it. */
function shownObject(live: Live, object: MiTuple, { name, path, value }: Shown): DebugProtocol.Variable {
  const type = wordOf(object, "type");
  const children = Number(wordOf(object, "numchild"));
  const said = value ?? wordOf(object, "value");
  // What a wild pointer points to has a type, and no value.
  const text = said === "" ? "<cannot be read>" : said;
  const view: View = { kind: "object", object: wordOf(object, "name"), path, type };
  const address = type.endsWith("*") ? addressIn(text) : undefined;
  return {
    ...{ name, value: text, type, evaluateName: path },
    variablesReference: children > 0 ? live.views.create(view) : 0,
    ...(children > 0 && isArray(type) && { indexedVariables: children }),
    ...(address !== undefined && { memoryReference: address }),
  };
}

/** A variable object for an expression. */
export async function objectFor(live: Live, frame: FrameOf, expression: string): Promise<MiTuple> {
  const object = await live.mi
    .run(`-var-create ${inFrame(frame)} - * ${quoted(expression)}`)
    .catch(async () => {
      // It does not say why; that an expression has no value does.
      await live.mi.run(`-data-evaluate-expression ${inFrame(frame)} ${quoted(expression)}`);
      throw new GdbError(`gdb cannot show ${expression}`);
    });
  live.roots.push(wordOf(object, "name"));
  return object;
}

/** An expression as an editor shows it. */
export async function shownExpression(
  live: Live,
  frame: FrameOf,
  expression: string,
): Promise<DebugProtocol.Variable> {
  const object = await objectFor(live, frame, expression);
  const path = /^\w+$/.test(expression) ? expression : `(${expression})`;
  const isWhole = !/^(?:\{\.\.\.\}|\[\d+\])$/.test(wordOf(object, "value"));
  if (isWhole) return shownObject(live, object, { name: expression, path });
  const whole = await live.mi.run(`-data-evaluate-expression ${inFrame(frame)} ${quoted(expression)}`);
  return shownObject(live, object, { name: expression, path, value: wordOf(whole, "value") });
}

/** The variables of a function. One that an inner block hides has the same name, and gdb shows the inner one. */
async function ofFunction(
  live: Live,
  frame: FrameOf,
  isArgument: boolean,
): Promise<DebugProtocol.Variable[]> {
  const answer = await live.mi.run(`-stack-list-variables ${inFrame(frame)} --all-values`);
  const all = tuplesOf(answer, "variables").filter((one) => (wordOf(one, "arg") === "1") === isArgument);
  const seen = new Set<string>();
  const shown: DebugProtocol.Variable[] = [];
  for (const one of all.slice(0, MOST_VARIABLES)) {
    const name = wordOf(one, "name");
    if (seen.has(name)) continue;
    seen.add(name);
    const value = wordOf(one, "value");
    try {
      shown.push(shownObject(live, await objectFor(live, frame, name), { name, path: name, value }));
    } catch (error) {
      shown.push({ name, value: value === "" ? messageOf(error) : value, variablesReference: 0 });
    }
  }
  return shown;
}

/** Those in front of the floating point unit: the rest is seen by `info registers`. */
async function registers({ mi }: Live, frame: FrameOf): Promise<DebugProtocol.Variable[]> {
  const names = textsOf(await mi.run("-data-list-register-names"), "register-names");
  const end = names.findIndex((name) => /^(?:st0|v0|xmm0)$/.test(name));
  const numbers = names.slice(0, end < 0 ? undefined : end).flatMap((name, at) => (name === "" ? [] : [at]));
  const answer = await mi.run(
    `-data-list-register-values ${inFrame(frame)} --skip-unavailable N ${numbers.join(" ")}`,
  );
  return tuplesOf(answer, "register-values").map((one) => {
    const name = String(names[Number(wordOf(one, "number"))]);
    const value = wordOf(one, "value");
    const address = addressIn(value);
    return {
      ...{ name, value, evaluateName: `$${name}`, variablesReference: 0 },
      ...(address !== undefined && { memoryReference: address }),
    };
  });
}

type ObjectView = Extract<View, { kind: "object" }>;

async function children(
  live: Live,
  view: ObjectView,
  { start = 0, count = 0 }: Pick<DebugProtocol.VariablesArguments, "start" | "count">,
): Promise<readonly (readonly [MiTuple, DebugProtocol.Variable])[]> {
  const range = count > 0 ? ` ${String(start)} ${String(start + count)}` : "";
  const answer = await live.mi.run(`-var-list-children --all-values ${view.object}${range}`);
  return tuplesOf(answer, "children").map((child) => {
    const exp = wordOf(child, "exp");
    const name = isArray(view.type) ? `[${exp}]` : exp;
    return [child, shownObject(live, child, { name, path: pathOfChild(view, exp) })];
  });
}

function viewOf({ views }: Live, reference: number): View {
  const view = views.get(reference) as View | undefined;
  if (view === undefined) throw new UsageError("these variables are of an earlier stop");
  return view;
}

export async function variables(
  live: Live,
  args: DebugProtocol.VariablesArguments,
): Promise<DebugProtocol.VariablesResponse["body"]> {
  const view = viewOf(live, args.variablesReference);
  if (view.kind === "registers") return { variables: await registers(live, view.frame) };
  if (view.kind !== "object")
    return { variables: await ofFunction(live, view.frame, view.kind === "arguments") };
  return { variables: (await children(live, view, args)).map(([, shown]) => shown) };
}

/** Gives a variable or a register another value. */
export async function setVariable(
  live: Live,
  { variablesReference, name, value }: DebugProtocol.SetVariableArguments,
): Promise<DebugProtocol.SetVariableResponse["body"]> {
  const view = viewOf(live, variablesReference);
  if (view.kind === "object") {
    const [object] = (await children(live, view, {})).find(([, shown]) => shown.name === name) ?? [];
    if (object === undefined) throw new UsageError(`there is no ${name} in ${view.path}`);
    const answer = await live.mi.run(`-var-assign ${wordOf(object, "name")} ${quoted(value)}`);
    return { value: wordOf(answer, "value") };
  }
  const left = view.kind === "registers" ? `$${name}` : name;
  const words = quoted(`${left} = ${value}`);
  const answer = await live.mi.run(`-data-evaluate-expression ${inFrame(view.frame)} ${words}`);
  return { value: wordOf(answer, "value") };
}

/** Expression of C for a variable of a view. */
export async function expressionOf(live: Live, reference: number | undefined, name: string): Promise<string> {
  if (reference === undefined || reference === 0) return name;
  const view = viewOf(live, reference);
  if (view.kind === "registers") return `$${name}`;
  if (view.kind !== "object") return name;
  const [, shown] = (await children(live, view, {})).find(([, one]) => one.name === name) ?? [];
  if (shown?.evaluateName === undefined) throw new UsageError(`there is no ${name} in ${view.path}`);
  return shown.evaluateName;
}
