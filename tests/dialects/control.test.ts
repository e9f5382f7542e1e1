/**
 * The control lines of the kit's guest as claims: the grammar of docs/protocol.md, and above all the time limit of a
 * case, from the macro in C to the claim.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { putKitObjects } from "../kit-objects.js";
import type { Claim, ClaimBody } from "../../src/core/claims.js";
import { readControl } from "../../src/console/control-lines.js";
import { dialect as unikraft } from "../../src/dialects/unikraft.js";
import { LineSplitter } from "../../src/serial/lines.js";
import { segmentsOf } from "../../src/serial/segments.js";
import { scratch, uktest } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";

type Said = ClaimBody & { readonly line: number };

/** Control claims and headers of a console, in the order of its lines. */
function claimsOf(console: Uint8Array): readonly Said[] {
  const lines = new LineSplitter();
  const reader = unikraft.open();
  const claims: Said[] = [];
  lines.feed(console);
  for (let raw = lines.next(); raw !== undefined; raw = lines.next())
    for (const segment of segmentsOf(raw)) {
      const body = readControl(segment);
      if (body !== undefined) claims.push({ ...body, line: segment.line });
      else
        claims.push(
          ...[...reader.line([segment])].map((claim: Claim) => ({ ...claim, line: claim.at.line })),
        );
    }
  return claims;
}

const control = (words: string, prefix = "Info: [libuktest]"): readonly Said[] =>
  claimsOf(Buffer.from(`[    0.002883] ${prefix} uktest:${words}\r\n`, "latin1")).filter(
    ({ type }) => type === "case-limit",
  );

test("a limit names its case, its parameter and milliseconds", (t) => {
  const limit = (suite: string, name: string, limitMs: number) => [
    { type: "case-limit", suite, name, limitMs, line: 1 },
  ];
  t.deepEqual(control("limit mount->kinds 2500"), limit("mount", "kinds", 2500) as never);
  t.deepEqual(control("limit mount->kinds/ramfs 1"), limit("mount", "kinds/ramfs", 1) as never);
  t.deepEqual(control("limit a->b/x.y+z-_1 4294967295"), limit("a", "b/x.y+z-_1", 4_294_967_295) as never);
});

test("what is not whole, or not the kit's, is no limit", (t) => {
  for (const words of [
    ...["limit mount->kinds", "limit mount->kinds ", "limit mount->kinds 25x", "limit mount->kinds -1"],
    ...["limit mount->kinds 2500 ", "limit mount kinds 2500", "limit  mount->kinds 2500", "Limit a->b 1"],
    ...["limit a->b 1234567890123456", "limit a->b 1.5", "limit ->b 1", "limit a-> 1"],
  ])
    t.deepEqual(control(words), [], words);
  for (const prefix of ["Info: [app]", "Warn: [libuktest]", "Info:", "dbg:  [libuktest]"])
    t.deepEqual(control("limit a->b 1", prefix), [], prefix);
});

const nextTo = (claims: readonly Said[], at: number): string =>
  claims
    .slice(at, at + 2)
    .map(({ type }) => type)
    .join(" ");

test("the examples of the protocol have each limit directly after its header", (t) => {
  const page = readFileSync(join(ROOT, "docs/protocol.md"), "utf8");
  let limits = 0;
  for (const [, example = ""] of page.matchAll(/^```serial\n([^]*?)^```/gm)) {
    const claims = claimsOf(Buffer.from(example.replaceAll("→", "\t").replaceAll("␛", "\x1b"), "utf8"));
    claims.forEach((claim, at) => {
      if (claim.type !== "case-limit") return;
      limits += 1;
      t.is(nextTo(claims, at - 1), "header case-limit");
      t.is(claims[at - 1]?.line, claim.line - 1);
    });
  }
  t.true(limits >= 3);
});

test.serial("a guest says the limits that its cases have, and no others", async (t) => {
  const { path, put } = scratch(t);
  await putKitObjects(path);
  put("uktest.config.json", JSON.stringify({ suites: { params: { sources: ["params.c"] } } }));
  put("params.c", readFileSync(join(ROOT, "suites/uktest/params.c"), "latin1"));
  const run = await uktest(["run", "-m", "v86", "--keep"], { cwd: path });
  t.is(run.code, 0, run.stdout + run.stderr);
  const claims = claimsOf(readFileSync(join(path, ".uktest/logs/params-on-v86.log")));
  const limits = claims.flatMap((claim) => (claim.type === "case-limit" ? [claim] : []));
  t.deepEqual(
    new Set(limits.map(({ name, limitMs }) => `${name.replace(/\/.*/, "")} ${String(limitMs)}`)),
    new Set(["limited 10000", "numbered 2500"]),
  );
  const headers = claims.flatMap((claim, at) => (claim.type === "header" ? [{ claim, at }] : []));
  const timed = headers.filter(({ claim }) => /^(?:limited$|numbered\/)/.test(claim.name));
  t.true(timed.length > 3 && headers.length > timed.length);
  t.is(limits.length, timed.length, "one for each parameter");
  for (const { claim, at } of timed) {
    t.is(nextTo(claims, at), "header case-limit");
    const limit = claims[at + 1];
    t.is(limit?.type === "case-limit" ? `${limit.suite}.${limit.name}` : "", `${claim.suite}.${claim.name}`);
  }
});

test.serial("a limit that no case can have does not build", async (t) => {
  const { path, put } = scratch(t);
  await putKitObjects(path);
  put("uktest.config.json", JSON.stringify({ suites: { a: { sources: ["a.c"] } } }));
  for (const limit of ["0", "-5", "1ULL << 40"]) {
    put(
      "a.c",
      "#include <uk/test.h>\nUK_TESTCASE(a, b) { UK_TEST_EXPECT(1); }\n" +
        `UK_TESTCASE_TIMEOUT(a, b, ${limit});\nuk_testsuite_register(a, NULL);\n`,
    );
    const { code, stdout } = await uktest(["run", "-m", "v86"], { cwd: path });
    t.is(code, 1);
    t.regex(stdout, /a time limit of b that no case can have/);
  }
});
