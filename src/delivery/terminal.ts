/**
 * What a stream of the process can show: colours, width, characters. The order of precedence is --color, FORCE_COLOR,
 * NO_COLOR, then what the stream itself is.
 */

export type ColorChoice = "auto" | "always" | "never";

export interface Screen {
  readonly colorLevel: 0 | 1 | 2 | 3;
  readonly width: number;
  readonly unicode: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A report in a file: no colours, a comfortable width. */
export const FILE_SCREEN: Screen = { colorLevel: 0, width: 100, unicode: true };

/** What `stream` can show. */
export function screenOf(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  choice: ColorChoice,
  env: Environment,
): Screen {
  return {
    colorLevel: colorLevel(stream.isTTY === true, choice, env),
    width: concurrencyOf(stream.columns),
    unicode: showsUnicode(env),
  };
}

/** A terminal of unknown size says 0. */
const concurrencyOf = (columns: number | undefined): number =>
  columns === undefined || columns < 1 ? FILE_SCREEN.width : columns;

function colorLevel(isTty: boolean, choice: ColorChoice, env: Environment): Screen["colorLevel"] {
  if (choice === "never") return 0;
  const forced = env["FORCE_COLOR"];
  if (choice === "auto" && forced !== undefined) return forcedLevel(forced);
  if (choice === "auto" && (env["NO_COLOR"] ?? "") !== "") return 0;
  const able = terminalLevel(env);
  if (choice === "always") return able === 0 ? 1 : able;
  // These hosts render ANSI in their logs although nothing there is a terminal.
  const ciRenders =
    env["GITHUB_ACTIONS"] !== undefined || env["GITLAB_CI"] !== undefined || env["BUILDKITE"] !== undefined;
  if (!isTty) return ciRenders ? 1 : 0;
  return able;
}

/** FORCE_COLOR as Node reads it: 0 and false switch off, 1 to 3 name the level, anything else is on. */
function forcedLevel(forced: string): Screen["colorLevel"] {
  if (forced === "0" || forced === "false") return 0;
  return forced === "2" ? 2 : forced === "3" ? 3 : 1;
}

function terminalLevel(env: Environment): Screen["colorLevel"] {
  if (env["TERM"] === "dumb") return 0;
  if (/^(?:truecolor|24bit)$/.test(env["COLORTERM"] ?? "")) return 3;
  return /256/.test(env["TERM"] ?? "") ? 2 : 1;
}

/** A stream of the process: a terminal, or what else is after it. */
export interface Outlet {
  readonly isTTY: boolean;
  /** A file or a device: nobody shows on this terminal what is written there. */
  readonly isFile: boolean;
}

/** The stream for what moves on a screen; undefined where nobody looks, or where it would become part of a log. */
export function movingStream(
  streams: { readonly stdout: Outlet; readonly stderr: Outlet },
  env: Environment,
): "stdout" | "stderr" | undefined {
  const ci = env["CI"] ?? "";
  if (env["TERM"] === "dumb" || (ci !== "" && ci !== "false" && ci !== "0")) return undefined;
  if (streams.stdout.isTTY) return "stdout";
  // What a pager or a `tee` writes to the same terminal would land in the line.
  return streams.stderr.isTTY && streams.stdout.isFile ? "stderr" : undefined;
}

/** Whether the terminal breaks long lines anew when it gets narrower; those that do not cut them off. */
export const reflowsLines = (env: Environment): boolean =>
  (env["TMUX"] ?? "") !== "" ||
  (env["XTERM_VERSION"] === undefined && !/^(?:linux|rxvt|screen)/.test(env["TERM"] ?? ""));

/** True where the locale says UTF-8. An environment without any locale is a container: those take UTF-8 too. */
export function showsUnicode(env: Environment): boolean {
  // POSIX takes a variable that is set to nothing as one that is not set.
  const locale = ["LC_ALL", "LC_CTYPE", "LANG"].map((name) => env[name] ?? "").find((value) => value !== "");
  if (env["TERM"] === "linux") return false;
  return locale === undefined || /utf-?8/i.test(locale);
}
