/**
 * Every text of the page can be read: the contrast of each ink on each ground, by the formula of WCAG 2, in light and dark.
 */
import { readFileSync } from "node:fs";
import test from "ava";

const css = readFileSync(new URL("../../../reporters/html/page/style/colours.css", import.meta.url), "utf8");

const INKS = [
  ...["ink", "soft", "accent", "passed", "failed", "crashed", "timed-out", "not-run", "skipped"],
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((index) => `f${String(index)}`),
];
const GROUNDS = ["ground", "paper", "raised"];
/** Grounds of one ink only. */
const PAIRS = [
  ["ink", "chosen"],
  ["soft", "chosen"],
  ["ink", "hover"],
  ["soft", "hover"],
  ["ink", "mark"],
  ["failed", "failed-wash"],
  ["passed", "passed-wash"],
] as const;

type Colours = ReadonlyMap<string, string>;

/** The variables of each rule that sets the ground. */
const themes = [...css.matchAll(/\{([^{}]*--ground:[^{}]*)\}/g)].map(
  ([, rule = ""]): Colours =>
    new Map(
      [...rule.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]),
    ),
);

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const level = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one);
  return (light + 0.05) / (dark + 0.05);
}

test("the formula", (t) => {
  t.is(contrast("#000000", "#ffffff"), 21);
  t.is(contrast("#777777", "#ffffff").toFixed(2), "4.48");
});

test("there is a light theme, and a dark one that is the same asked for and chosen", (t) => {
  const [light, asked, chosen] = themes;
  t.is(themes.length, 3);
  t.deepEqual(asked, chosen);
  t.deepEqual([...(light?.keys() ?? [])], [...(asked?.keys() ?? [])]);
});

for (const [name, theme] of [
  ["light", themes[0]],
  ["dark", themes[1]],
] as const)
  test(`a contrast of 4.5 or more: ${name}`, (t) => {
    const colour = (wanted: string): string => theme?.get(wanted) ?? "";
    const pairs = [...INKS.flatMap((ink) => GROUNDS.map((ground) => [ink, ground] as const)), ...PAIRS];
    const poor = pairs
      .map(([ink, ground]) => ({ ink, ground, ratio: contrast(colour(ink), colour(ground)) }))
      .filter(({ ratio }) => !(ratio >= 4.5));
    t.deepEqual(poor, []);
  });
