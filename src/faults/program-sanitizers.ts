/**
 * Reports of the sanitizers that compilers link into a program: AddressSanitizer, LeakSanitizer, MemorySanitizer,
 * ThreadSanitizer.
 */
import type { Frame } from "../core/fault.js";
import type { FindingKind } from "../core/finding-kinds.js";
import type { FindingDescription, ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";

const OPENING =
  /^(?:==\d{1,10}==)?(?:ERROR|WARNING): (HWAddress|Address|Leak|Memory|Thread)Sanitizer: (.{1,300})$/;
const KINDS: Readonly<Record<string, FindingKind>> = {
  HWAddress: "asan",
  Address: "asan",
  Leak: "lsan",
  Memory: "msan",
  Thread: "tsan",
};
/** `#0 0x4f1a f a.c:3:5`, `#1 0x4f1b in g /src/b.c:7`, `#2 h c.c:9 (app+0x12)`. */
const FRAME =
  /^#\d{1,3} (?:0x([0-9a-f]{1,16}) )?(?:in )?([A-Za-z_~$<][^\s(]{0,200}(?:\(.{0,120}?\))?(?: const)?)(?: ([^\s:()]{1,300}):(\d{1,7})(?::\d{1,6})?)?(?: \(.{1,300}\))?$/;
const SUMMARY = /^SUMMARY: \w{1,40}: (\S{1,80}) ([^\s:()]{1,300}):(\d{1,7})(?::\d{1,6})? in (.{1,200})$/;
const DETAILS: readonly RegExp[] = [
  /^(?:READ of size|WRITE of size|Read of size|Write of size|Previous |Location is|Mutex |Thread T|0x[0-9a-f]+ is located|freed by|previously allocated|allocated by|Address 0x|Shadow |Direct leak|Indirect leak|Uninitialized value|SUMMARY: |=>?0x|  0x|0x[0-9a-f]{8,16}: |#\d{1,3} |Addressable|Partially|Heap |Stack |Global |Freed |Poisoned|Container|Array cookie|Intra|ASan |Left alloca|Right alloca|HINT: |This frame|\[\d+, \d+\)|Hint: |AddressSanitizer can not|==\d+==(?:Hint|The|ADDITIONAL|Register)|-{10,}|Objects leaked)/,
];
const ASIDE = /^(?:freed by|previously allocated|Previous |allocated by|Uninitialized value was)/;
const INTERCEPTED =
  /^(?:__interceptor_\w+|__asan_\w+|__hwasan_\w+|__lsan_\w+|malloc|calloc|realloc|free|operator (?:new|delete).*|mem(?:cpy|move|set)|str\w+)$/;
function frameIn(text: string): Frame | undefined {
  if (!text.startsWith("#")) return undefined;
  const match = FRAME.exec(text);
  if (match === null) return undefined;
  const [, address = "", name = "", file, line] = match;
  const isRuntime = INTERCEPTED.test(name);
  return {
    address,
    symbol: name,
    function: name,
    ...(file !== undefined && { file, line: Number(line) }),
    ...(isRuntime && { machinery: "crash" }),
  };
}

/** What the first line names: `heap-use-after-free on address …`, `data race (pid=1)`, `detected memory leaks`. */
function checkOf(words: string): string {
  if (words.startsWith("detected memory leaks")) return "memory-leak";
  if (words.startsWith("attempting double-free")) return "double-free";
  if (words.startsWith("attempting free on address")) return "bad-free";
  if (words.startsWith("data race")) return "data-race";
  return (words.split(" ", 1)[0] ?? words).replace(/[:,]$/, "");
}

interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly function?: string;
}

/** The summary is exact; without one, the first frame that is not the runtime's. */
function placeOf(summary: Place | undefined, trace: readonly Frame[]): Place {
  if (summary !== undefined) return summary;
  const own = trace.find(({ machinery }) => machinery === undefined) ?? trace[0];
  return {
    ...(own?.file !== undefined && { file: own.file, line: own.line ?? 0 }),
    ...(own?.function !== undefined && { function: own.function }),
  };
}

/** Sources of the forms: compiler-rt/lib/{asan,lsan,msan,tsan,hwasan} of LLVM 3 to 20, libsanitizer of gcc. */
export const family: ReportFamily = {
  name: "program-sanitizers",
  precedence: 80,
  system: "program",
  hints: ["Sanitizer: "],
  begin({ text: whole }) {
    const [, tool, words = ""] = OPENING.exec(whole.trim()) ?? [];
    if (tool === undefined) return undefined;
    const check = checkOf(words);
    let summary: Place | undefined;
    let isAside = false;
    return listedDraft({
      details: DETAILS,
      frameIn: (text) => {
        const frame = frameIn(text);
        return isAside && frame !== undefined ? undefined : frame;
      },
      last: /^==\d{1,10}==ABORTING$/,
      notice(text) {
        isAside ||= ASIDE.test(text);
        const [, , file, line, name] = SUMMARY.exec(text) ?? [];
        if (file !== undefined)
          summary ??= { file, line: Number(line), ...(name !== undefined && { function: name }) };
      },
      finish({ callTrace }) {
        const place = placeOf(summary, callTrace);
        const where = place.function === undefined ? "" : ` in ${place.function}`;
        const finding: FindingDescription = {
          kind: KINDS[tool] ?? "asan",
          check,
          message: `${tool}Sanitizer: ${check}${where}`,
          ...place,
          callTrace,
        };
        return { type: "finding", finding };
      },
    });
  },
};
