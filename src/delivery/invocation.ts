/**
 * A command of this program as the user has to type it here: through npm where npm started us, since then no shell finds
 * `uktest` by itself. It looks at the environment it is given and at nothing else.
 */

/**
 * @param command beginning with `uktest`
 * @param env where npm leaves `npm_command`, whichever of its commands it was (npm's documentation of scripts)
 */
export const asTyped = (command: string, env: Readonly<Record<string, string | undefined>>): string =>
  env["npm_command"] === undefined ? command : `npx ${command}`;
