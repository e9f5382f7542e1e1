/**
 * Keeps the engine's heap from growing far beyond what lives in it. A run makes much garbage that dies at once, so a
 * larger young generation and a late collection cost tens of MiB and save no time (bench/parse.ts prints both). Imported
 * where logs of any size are read, before anything is.
 */
import { setFlagsFromString } from "node:v8";

setFlagsFromString("--semi-space-growth-factor=1");
setFlagsFromString("--heap-growing-percent=50");
