/** The profiles that `--profile` takes: those of every project, and a project's own, which win. */
import type { Config, Profile } from "./schema.js";

/**
 * `debug` keeps variables and lines of a project for a debugger: at -O1, with which images are built else, gdb shows most of
 * them as optimized out, and at -Og still each whose last use is over, as the operands of an assertion are when it has
 * failed. Frame pointers are kept in every profile. `debug-stub` is that with the GDB stub of the kit.
 */
const BUILT_IN: Readonly<Record<string, Profile>> = {
  debug: { flags: ["-O0"] },
  "debug-stub": { flags: ["-O0"], libraries: ["ukgdb"] },
};

/** Profiles by name. */
export const profilesOf = ({ profiles }: Pick<Config, "profiles">): Readonly<Record<string, Profile>> => ({
  ...BUILT_IN,
  ...profiles,
});
