// Makes the script and the style of the page that the html reporter writes: joins what lies in reporters/html/page into two
// texts and names each by its hash, which the page's Content-Security-Policy asks for.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

async function textOf(entry, options) {
  const { outputFiles } = await build({
    entryPoints: [`reporters/html/page/${entry}`],
    bundle: true,
    write: false,
    minify: true,
    charset: "ascii",
    legalComments: "none",
    logLevel: "error",
    ...options,
  });
  const text = outputFiles[0].text.trim();
  if (/<\/(?:script|style)|<!--/i.test(text)) throw new Error(`${entry}: its text would end its own element`);
  if (/[^\n\x20-\x7e]/.test(text)) throw new Error(`${entry}: not plain ASCII`);
  return text;
}

const hashOf = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

export async function makePage() {
  const [script, style] = await Promise.all([
    textOf("main.ts", { format: "iife", target: "es2022" }),
    textOf("style.css", { target: ["chrome109", "firefox115", "safari16"] }),
  ]);
  const values = {
    SCRIPT: script,
    STYLE: style,
    SCRIPT_HASH: hashOf(script),
    STYLE_HASH: hashOf(style),
  };
  mkdirSync("dist/reporters/html", { recursive: true });
  const lines = Object.entries(values).map(
    ([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`,
  );
  writeFileSync("dist/reporters/html/assets.mjs", lines.join(""));
}
