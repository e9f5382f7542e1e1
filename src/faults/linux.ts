/**
 * The reports of Linux, in order of precedence. It recognises none itself.
 */
import type { ReportFamily } from "../core/fault/report.js";
import { corruption } from "./linux/corruption.js";
import { locking } from "./linux/locking.js";
import { memoryErrors } from "./linux/memory-errors.js";
import { memoryLeak } from "./linux/memory-leak.js";
import { oops } from "./linux/oops.js";
import { panic } from "./linux/panic.js";
import { stall } from "./linux/stall.js";
import { undefinedBehaviour } from "./linux/undefined-behaviour.js";
import { warning } from "./linux/warning.js";

export const family: readonly ReportFamily[] = [
  panic,
  memoryErrors,
  undefinedBehaviour,
  stall,
  locking,
  oops,
  warning,
  memoryLeak,
  corruption,
].map((one) => ({ ...one, precedence: 10 }));
