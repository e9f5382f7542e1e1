/** Variables, registers and expressions as an editor has them, with a gdb that is played. */
import test from "ava";
import { dataBreakpointInfo, evaluate, setExpression } from "../../src/dap/evaluate.js";
import type { View } from "../../src/dap/live.js";
import { scopes, setVariable, variables } from "../../src/dap/variables.js";
import { type Answers, played } from "./played.js";

const FRAME = { thread: 1, level: 0 };
const WORDS = "--thread 1 --frame 0";

/** A structure with two members, of which one is a pointer, as a view of its own. */
const POINT: View = { kind: "object", object: "var1", path: "p", type: "struct point" };
const MEMBERS = [
  { name: "var1.x", exp: "x", numchild: "0", type: "int", value: "3" },
  { name: "var1.next", exp: "next", numchild: "2", type: "struct point *", value: "0x2000" },
  { name: "var1.far", exp: "far", numchild: "2", type: "char [2]", value: "" },
];
const ANSWERS: Answers = [
  ["-var-list-children", { numchild: "3", children: MEMBERS }],
  ["-var-assign", { value: "4" }],
  ["-data-evaluate-expression", { value: "5" }],
];

test("what is in a structure, and how it can be asked for", async (t) => {
  const { live, commands } = played({ answers: ANSWERS });
  const variablesReference = live.views.create(POINT);
  const { variables: shown } = await variables(live, { variablesReference });
  t.like(shown, [
    { name: "x", value: "3", type: "int", evaluateName: "p.x", variablesReference: 0 },
    { name: "next", value: "0x2000", evaluateName: "p.next", memoryReference: "0x2000" },
    { name: "far", value: "<cannot be read>", indexedVariables: 2 },
  ]);
  t.true((shown[1]?.variablesReference ?? 0) > 0);
  await variables(live, { variablesReference, start: 10, count: 5 });
  t.deepEqual(commands, [
    "-var-list-children --all-values var1",
    "-var-list-children --all-values var1 10 15",
  ]);
});

test("values are set where they are: a member, a variable of the function, a register", async (t) => {
  const { live, commands } = played({ answers: ANSWERS });
  const set = (view: View, name: string) =>
    setVariable(live, { variablesReference: live.views.create(view), name, value: "4" });
  t.deepEqual(await set(POINT, "x"), { value: "4" });
  t.deepEqual(await set({ kind: "locals", frame: FRAME }, "count"), { value: "5" });
  t.deepEqual(await set({ kind: "registers", frame: FRAME }, "rax"), { value: "5" });
  t.deepEqual(commands.slice(1), [
    '-var-assign var1.x "4"',
    `-data-evaluate-expression ${WORDS} "count = 4"`,
    `-data-evaluate-expression ${WORDS} "$rax = 4"`,
  ]);
  await t.throwsAsync(set(POINT, "y"), { message: "there is no y in p" });
  t.deepEqual(await setExpression(live, { expression: "p.x", value: "1 + 4" }), { value: "5" });
  t.is(commands.at(-1), `-data-evaluate-expression ${WORDS} "p.x = 1 + 4"`);
});

test("what was shown at an earlier stop is refused", async (t) => {
  const { live } = played({ answers: ANSWERS });
  const variablesReference = live.views.create(POINT);
  const frameId = live.frames.create(FRAME);
  live.views.reset();
  live.frames.reset();
  const earlier = { message: "these variables are of an earlier stop" };
  await t.throwsAsync(variables(live, { variablesReference }), earlier);
  await t.throwsAsync(setVariable(live, { variablesReference, name: "x", value: "1" }), earlier);
  t.throws(() => scopes(live, { frameId }), { message: "this frame is of an earlier stop" });
});

test("a variable that an inner block hides is shown once, and one that gdb cannot show says why", async (t) => {
  const listed = [
    { name: "i", value: "1" },
    { name: "i", value: "2" },
    { name: "lost", value: "<optimized out>" },
    { name: "gone", value: "" },
    { name: "argument", arg: "1", value: "7" },
  ];
  const { live } = played({
    answers: [
      ["-stack-list-variables", { variables: listed }],
      [`-var-create ${WORDS} - * "i"`, { name: "var1", numchild: "0", type: "int", value: "1" }],
      [`-var-create ${WORDS} - * "argument"`, { name: "var2", numchild: "0", type: "int", value: "7" }],
      ["-var-create", "-var-create: unable to create variable object"],
      [`-data-evaluate-expression ${WORDS} "gone"`, 'No symbol "gone" in current context.'],
    ],
  });
  const inside = async (kind: "locals" | "arguments") => {
    const shown = await variables(live, { variablesReference: live.views.create({ kind, frame: FRAME }) });
    return shown.variables.map(({ name, value }) => `${name} = ${value}`);
  };
  t.deepEqual(await inside("locals"), [
    "i = 1",
    "lost = <optimized out>",
    'gone = No symbol "gone" in current context.',
  ]);
  t.deepEqual(await inside("arguments"), ["argument = 7"]);
});

test("registers in front of those of the floating point unit, whatever these are called", async (t) => {
  const shown = async (names: readonly string[]) => {
    const { live, commands } = played({
      answers: [
        ["-data-list-register-names", { "register-names": names }],
        [
          "-data-list-register-values",
          {
            "register-values": [
              { number: "0", value: "0x10a946 <write_to+16>" },
              { number: "2", value: "7" },
            ],
          },
        ],
      ],
    });
    const view: View = { kind: "registers", frame: FRAME };
    const all = await variables(live, { variablesReference: live.views.create(view) });
    return [all.variables, commands.at(-1)] as const;
  };
  const ask = `-data-list-register-values ${WORDS} --skip-unavailable N`;
  const [found, asked] = await shown(["rip", "", "rax", "xmm0", "xmm1"]);
  t.is(asked, `${ask} 0 2`);
  t.like(found, [
    { name: "rip", evaluateName: "$rip", memoryReference: "0x10a946" },
    { name: "rax", value: "7", evaluateName: "$rax" },
  ]);
  t.false("memoryReference" in (found[1] ?? {}));
  t.is((await shown(["pc", "", "sp"]))[1], `${ask} 0 2`);
});

test("an expression is shown whole, and opens like a variable", async (t) => {
  const { live } = played({
    answers: [
      [`-var-create ${WORDS} - * "s"`, { name: "v1", numchild: "1", type: "struct point", value: "{...}" }],
      [`-var-create ${WORDS} - * "&a[1]"`, { name: "v2", numchild: "1", type: "int *", value: "0x30" }],
      [`-var-create ${WORDS} - * "a"`, { name: "v3", numchild: "3", type: "int [3]", value: "[3]" }],
      [`-var-create ${WORDS} - * "m"`, { name: "v4", numchild: "2", type: "int (*[2])[3]", value: "[2]" }],
      ["-var-create", "-var-create: unable to create variable object"],
      [`-data-evaluate-expression ${WORDS} "odd"`, { value: "1" }],
      ["-data-evaluate-expression", { value: "{1, 2, 3}" }],
      ["-var-list-children", { children: [{ name: "v2.*a", exp: "*a", numchild: "0", type: "int" }] }],
    ],
  });
  const value = (expression: string) => evaluate(live, { expression, context: "watch" });
  t.like(await value("s"), { result: "{1, 2, 3}", type: "struct point" });
  t.false("indexedVariables" in (await value("s")));
  t.like(await value("a"), { result: "{1, 2, 3}", indexedVariables: 3 });
  t.false("indexedVariables" in (await value("m")), "it is shown by what is in it");
  const { variablesReference, memoryReference } = await value("&a[1]");
  t.is(memoryReference, "0x30");
  const { variables: inside } = await variables(live, { variablesReference });
  t.is(inside[0]?.evaluateName, "(*(&a[1]))");
  await t.throwsAsync(value("odd"), { message: "gdb cannot show odd" });
});

test("what can be watched has an address, and is known by it in every function", async (t) => {
  const answers: Answers = [
    ...ANSWERS.slice(0, 1),
    [
      `-data-evaluate-expression ${WORDS} "(void *)&($rax)"`,
      "Attempt to take address of value in a register",
    ],
    [`-data-evaluate-expression ${WORDS} "(void *)&`, { value: "0x2000 <room+32>" }],
    [`-data-evaluate-expression ${WORDS} "sizeof`, { value: "8" }],
    [`-var-create ${WORDS} - * "p.x"`, { name: "v1", type: "volatile int" }],
    ["-var-create", { name: "v2", type: "struct {...}" }],
  ];
  const { live } = played({ answers });
  const info = (view: View | undefined, name: string) =>
    dataBreakpointInfo(live, {
      name,
      ...(view !== undefined && { variablesReference: live.views.create(view) }),
    });
  t.like(await info(POINT, "x"), {
    dataId: "*(volatile int *)0x2000",
    description: "p.x at 0x2000, 8 bytes",
  });
  t.like(await info({ kind: "locals", frame: FRAME }, "room"), { dataId: "*(char (*)[8])0x2000" });
  t.like(await info(undefined, "room"), { dataId: "*(char (*)[8])0x2000" });
  t.like(await info({ kind: "registers", frame: FRAME }, "rax"), {
    ...{ dataId: null, description: "$rax has no address that could be watched" },
  });
  await t.throwsAsync(info(POINT, "y"), { message: "there is no y in p" });
});
