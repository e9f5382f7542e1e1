/** Text of a log point: each expression in braces becomes its value. It prints nothing. */
import { messageOf } from "../core/reason.js";
import { quoted } from "../mi/text.js";
import { wordOf } from "../mi/values.js";
import type { Live } from "./live.js";

/** The text, with values of the innermost frame; an expression that has none says why. */
export async function logged({ mi }: Pick<Live, "mi">, text: string): Promise<string> {
  const parts: string[] = [];
  for (const [index, part] of text.split(/\{([^{}]*)\}/).entries()) {
    if (index % 2 === 0) parts.push(part);
    else
      try {
        const values = await mi.run(`-data-evaluate-expression ${quoted(part)}`);
        parts.push(wordOf(values, "value"));
      } catch (error) {
        parts.push(`{${part}: ${messageOf(error)}}`);
      }
  }
  return parts.join("");
}
