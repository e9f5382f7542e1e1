/**
 * What of a page a machine can check: the commands of its sh blocks, the files it puts in place, what it says is printed,
 * and where its links lead. A comment in front of a block says what the block is:
 * `<!-- file: NAME -->`, `<!-- printed by: COMMAND -->`, `<!-- not run: REASON -->`, `<!-- in a checkout of uktest -->`.
 */

export type Step =
  | { readonly kind: "file"; readonly name: string; readonly text: string }
  | { readonly kind: "printed"; readonly command: string; readonly text: string }
  | {
      readonly kind: "command";
      readonly command: string;
      readonly exitCode: number;
      readonly line: number;
      readonly inCheckout: boolean;
    };

const BLOCK =
  /(?:^<!-- (file|printed by|not run|in a checkout of uktest)(?:: ([^\n]+))? -->\n\n)?^```(\w*)\n([\s\S]*?)^```$/gm;
const COMMENT = /\s+#\s.*$/;

/** Everything that a page does, in its order. */
export function stepsOf(page: string): readonly Step[] {
  return [...page.matchAll(BLOCK)].flatMap((match): readonly Step[] => {
    const [, mark, word = "", language = "", text = ""] = match;
    if (mark === "not run") return [];
    if (mark === "file") return [{ kind: "file", name: word, text }];
    if (mark === "printed by") return [{ kind: "printed", command: word, text }];
    if (language !== "sh") return [];
    const before = page.slice(0, match.index + match[0].indexOf("```")).split("\n").length;
    return text.split("\n").flatMap((line, at): readonly Step[] => {
      const command = line.replace(COMMENT, "").trim();
      if (command === "" || command.startsWith("#")) return [];
      const exitCode = Number(/#.*\bends with (\d+)/.exec(line)?.[1] ?? 0);
      return [
        {
          kind: "command",
          command,
          exitCode,
          line: before + at + 1,
          inCheckout: mark === "in a checkout of uktest",
        },
      ];
    });
  });
}

/** Targets of the links of a page that lead to files. */
export const linksOf = (page: string): readonly string[] =>
  [...page.replaceAll(/^```[\s\S]*?^```$/gm, "").matchAll(/\]\(([^)#\s]+)|(?:src|href|srcset)="([^"#]+)"/g)]
    .map(([, link, other]) => link ?? other ?? "")
    .filter((target) => !/^[a-z]+:/.test(target));

/** A text without what differs from run to run: times, and how wide the blanks are. */
export const steady = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) =>
      line
        .replaceAll(/ \(?[\d.]+ m?s\)?(?=$|\s)/g, "")
        .replaceAll(/\s+/g, " ")
        .trim(),
    )
    .filter((line) => line !== "" && line !== "…");
