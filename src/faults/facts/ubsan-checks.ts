/**
 * Wordings of undefined-behaviour reports to the names that compilers give the checks (`-fsanitize=NAME`).
 * It knows messages only; where they stand and who printed them is the business of ubsan.ts.
 */

/** Width in bits of a C type after promotion. */
function bitsOf(type: string): number {
  if (/int128/.test(type)) return 128;
  return /long|64|size_t|ptr/.test(type) ? 64 : 32;
}

/** `shift of A by B out of bounds for type T`: the exponent is wrong unless it fits the type. */
function shiftCheck(exponent: string, type: string): string {
  const bits = /^-?\d{1,30}$/.test(exponent) ? Number(exponent) : -1;
  return bits >= 0 && bits < bitsOf(type) ? "shift-base" : "shift-exponent";
}

/**
 * In order: the first that matches names the check. Sources: Unikraft lib/ubsan/ubsan.c 0.6 to 0.17 (the short wordings
 * are those of 0.6 and 0.7), and the runtime of clang and gcc.
 */
const CHECKS: readonly (readonly [RegExp, string])[] = [
  [/^unsigned integer overflow/, "unsigned-integer-overflow"],
  [/^signed integer overflow|^negation of |^negation overflow/, "signed-integer-overflow"],
  [/^(?:multiplication|subtraction|addition) overflow/, "signed-integer-overflow"],
  [/^division by zero in type '(?:float|(?:long )?double)'/, "float-divide-by-zero"],
  // The handler is shared with the overflow of INT_MIN / -1, which hardly anyone meets.
  [/^division by zero|^division remainder overflow/, "integer-divide-by-zero"],
  [/^null pointer passed as argument|^null argument/, "nonnull-attribute"],
  [/^null pointer returned from function|^null return$/, "returns-nonnull-attribute"],
  [
    /pointer index expression|^pointer overflow|^applying .{1,40} offset|^(?:addition|subtraction) of unsigned offset/,
    "pointer-overflow",
  ],
  [/null pointer of type|^null pointer access|^reference binding to null pointer/, "null"],
  [/misaligned address|^unaligned access/, "alignment"],
  [/with insufficient space|^type mismatch/, "object-size"],
  [/which does not point to an object of type/, "vptr"],
  [/^function type mismatch|through pointer to incorrect function type/, "function"],
  [/^control flow integrity/, "cfi-icall"],
  [/^variable length array bound|^negative variable array length/, "vla-bound"],
  [/^index .{0,80} out of bounds|^index out of bounds/, "bounds"],
  [/^shift exponent |^shift out of bounds/, "shift-exponent"],
  [/^left shift of /, "shift-base"],
  // C has no check of enumerations, so the short wording can only mean a truth value.
  [
    /^load of value .{0,80}type '(?:(?:const|volatile|_Atomic) ){0,3}(?:_Bool|bool)'?|^invalid value load/,
    "bool",
  ],
  [/^load of value /, "enum"],
  [/^execution reached (?:an )?unreachable|^reached unreachable/, "unreachable"],
  [/^execution reached (?:the )?end of|^missing return/, "return"],
  [/^calling __builtin_unreachable/, "unreachable"],
  [/^calling __builtin_|^passing zero to /, "builtin"],
  [/^float cast overflow|outside the range of representable values/, "float-cast-overflow"],
  [/^implicit conversion /, "implicit-conversion"],
];

const SHIFT = /^shift of \S{1,40} by (\S{1,40}) out of bounds(?: for type (.{0,80}))?/;

/** Names of handlers, as kernels and the minimal runtime print them. */
const HANDLERS: Readonly<Record<string, string>> = {
  "add-overflow": "signed-integer-overflow",
  "alignment-assumption": "alignment",
  "array-index-out-of-bounds": "bounds",
  "builtin-unreachable": "unreachable",
  "cfi-check-fail": "cfi-icall",
  "division-overflow": "integer-divide-by-zero",
  "divrem-overflow": "integer-divide-by-zero",
  "function-type-mismatch": "function",
  "insufficient-object-size": "object-size",
  "integer-overflow": "signed-integer-overflow",
  "invalid-builtin": "builtin",
  "invalid-load": "bool",
  "invalid-value-load": "bool",
  "load-invalid-value": "bool",
  "load-of-invalid-value": "bool",
  "local-bounds": "bounds",
  "local-out-of-bounds": "bounds",
  "misaligned-access": "alignment",
  "missing-return": "return",
  "mul-overflow": "signed-integer-overflow",
  "negate-overflow": "signed-integer-overflow",
  "negation-overflow": "signed-integer-overflow",
  "nonnull-arg": "nonnull-attribute",
  "nonnull-argument": "nonnull-attribute",
  "nonnull-return": "returns-nonnull-attribute",
  "null-pointer-dereference": "null",
  "null-ptr-deref": "null",
  "nullability-arg": "nonnull-attribute",
  "nullability-return": "returns-nonnull-attribute",
  "object-size-mismatch": "object-size",
  "out-of-bounds": "bounds",
  "shift-out-of-bounds": "shift-exponent",
  "sub-overflow": "signed-integer-overflow",
  "type-mismatch": "object-size",
  unreachable: "unreachable",
  "vla-bound-not-positive": "vla-bound",
  "vla-size-not-positive": "vla-bound",
};
/** Handlers of several checks: the message is more exact. */
const SHARED: ReadonlySet<string> = new Set([
  "shift-exponent",
  "object-size",
  "bool",
  "integer-divide-by-zero",
]);

/** The compiler's name of the check after a message of a handler, which may have a name of its own. */
export function checkOfHandler(message: string, handler: string): string {
  const name = handler.toLowerCase().replaceAll(/[ _]+/g, "-").replace(/-v\d$/, "");
  const known = HANDLERS[name];
  const exact = known === undefined || SHARED.has(known) ? checkOf(message) : "unknown";
  if (exact !== "unknown") return exact;
  return known ?? (name === "undefined-behaviour" ? "unknown" : name);
}

/** The compiler's name of the check after a message, or `unknown`. */
export function checkOf(message: string): string {
  const shift = SHIFT.exec(message);
  if (shift !== null) return shiftCheck(shift[1] ?? "", shift[2] ?? "");
  return CHECKS.find(([pattern]) => pattern.test(message))?.[1] ?? "unknown";
}
