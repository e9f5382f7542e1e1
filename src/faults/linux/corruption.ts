/**
 * Linux reports of damaged state that have no family of their own: bad pages, broken slabs and lists, counters gone wrong.
 * The kernel goes on after them, with memory that nobody can trust.
 */
import type { ReportFamily } from "../../core/fault/report.js";
import { LinuxDraft } from "./draft.js";

const OPENINGS: readonly (readonly [RegExp, string])[] = [
  [/^BUG: Bad (page (?:state|map|cache)|rss-counter state|pagetable)/, "BUG: bad $1"],
  [/^BUG: Dentry .{1,200} still in use/, "BUG: dentry still in use"],
  [/^BUG: non-zero pgtables_bytes/, "BUG: non-zero pgtables_bytes"],
  [
    /^BUG ([\w.-]{1,64})(?: \((?:Not tainted|Tainted)[^)]{0,80}\))?: ((?:Poison|Redzone|(?:Left|Right) Redzone|kmalloc Redzone|Padding|Freechain|Freepointer|Object|Objects|Wrong|Page|Attempt)\b.{1,60})$/,
    "BUG: $2 in cache $1",
  ],
  [/^VFS: Close: file count is (?:0|zero)/, "VFS: Close: file count is zero (use-after-free)"],
  [/^VFS: Busy inodes after unmount/, "VFS: busy inodes after unmount (use-after-free)"],
  [/^(?:slab|slub|kernel): .{0,40}corrupt/i, "slab corruption"],
  [/^(list_(?:add|del) corruption)\b/, "$1"],
];

/** Any other BUG that the kernel prints; without its clock it could be anybody's. */
const OTHER =
  /^BUG: (?!KASAN|KMSAN|KCSAN|KFENCE|memory leak|sleeping|scheduling|using|spinlock|rwlock|rwsem|key|MAX_|Invalid|held)([A-Za-z][\w -]{3,60}?)(?:[:!,.\d[].*)?$/;

const DETAILS: readonly RegExp[] = [
  /^(?:page:|flags: |raw: |page dumped because|bad because|INFO: (?:Slab|Object|Allocated|Freed|0x)|Slab 0x|Object |Redzone|Padding|Bytes b4|FIX |-{20,}|={20,}|Disabling lock debugging|addr:|file:|page_type|head:)/,
];

/** Sources of the forms: mm/page_alloc.c, mm/slub.c, mm/memory.c, fs/open.c, fs/super.c, lib/list_debug.c. */
export const corruption: ReportFamily = {
  name: "linux-corruption",
  system: "linux",
  hints: ["BUG: ", "): ", "edzone", "Poison", "VFS: Close", "VFS: Busy", "corrupt"],
  begin({ text: whole, isStamped }) {
    const text = whole.trim();
    const all = isStamped ? [...OPENINGS, [OTHER, "BUG: $1"] as const] : OPENINGS;
    for (const [pattern, words] of all) {
      const match = pattern.exec(text);
      if (match === null) continue;
      const name = words.replace(/\$(\d)/g, (_, group: string) => (match[Number(group)] ?? "").trim());
      return new LinuxDraft({
        details: DETAILS,
        finish(screen) {
          const place = screen.place();
          return {
            type: "fault",
            outlook: "goes-on",
            fault: {
              kind: "crash",
              title: place === undefined ? name : `${name} in ${place}`,
              registers: screen.registers,
              callTrace: screen.callTrace(),
            },
          };
        },
      });
    }
    return undefined;
  },
};
