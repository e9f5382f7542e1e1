/**
 * What a stream can show: who decides about colours, width and characters.
 */
import test from "ava";
import { FILE_SCREEN, screenOf, showsUnicode } from "../../src/delivery/terminal.js";

test("colours: --color, then FORCE_COLOR, then NO_COLOR, then the stream", (t) => {
  const level = (
    choice: "auto" | "always" | "never",
    env: Readonly<Record<string, string>>,
    isTTY = false,
  ): number => screenOf({ isTTY }, choice, env).colorLevel;
  t.is(level("auto", {}), 0);
  t.is(level("auto", {}, true), 1);
  t.is(level("auto", { TERM: "xterm-256color" }, true), 2);
  t.is(level("auto", { TERM: "xterm-256color", COLORTERM: "truecolor" }, true), 3);
  t.is(level("auto", { TERM: "dumb" }, true), 0);
  t.is(level("always", { TERM: "dumb" }), 1);
  t.is(level("always", { NO_COLOR: "1" }), 1);
  t.is(level("never", { FORCE_COLOR: "3" }, true), 0);
  t.is(level("auto", { NO_COLOR: "1", TERM: "xterm" }, true), 0);
  t.is(level("auto", { NO_COLOR: "" }, true), 1);
  for (const [forced, wanted] of Object.entries({ "": 1, "0": 0, false: 0, "1": 1, true: 1, "2": 2, "3": 3 }))
    t.is(level("auto", { FORCE_COLOR: forced, NO_COLOR: "1" }), wanted, forced);
  for (const host of ["GITHUB_ACTIONS", "GITLAB_CI", "BUILDKITE"]) t.is(level("auto", { [host]: "true" }), 1);
});

test("width: that of the stream, and a comfortable one where it is not known", (t) => {
  for (const [columns, width] of [
    [80, 80],
    [undefined, 100],
    [0, 100],
    [1, 1],
  ] as const)
    t.is(screenOf(columns === undefined ? {} : { columns }, "auto", {}).width, width);
  t.deepEqual(FILE_SCREEN, { colorLevel: 0, width: 100, unicode: true });
});

test("UTF-8: by the locale; a variable that is empty says nothing", (t) => {
  t.true(showsUnicode({}));
  t.true(showsUnicode({ LANG: "en_GB.UTF-8" }));
  t.true(showsUnicode({ LANG: "C.utf8" }));
  t.false(showsUnicode({ LANG: "C" }));
  t.false(showsUnicode({ LANG: "en_GB.UTF-8", LC_ALL: "POSIX" }));
  t.false(showsUnicode({ LANG: "en_GB.UTF-8", LC_CTYPE: "C" }));
  t.false(showsUnicode({ LC_ALL: "", LC_CTYPE: "", LANG: "C" }));
  t.true(showsUnicode({ LC_ALL: "", LANG: "" }));
  t.false(showsUnicode({ TERM: "linux", LANG: "en_GB.UTF-8" }));
});
