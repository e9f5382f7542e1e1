/**
 * Undefined behaviour as Linux and NuttX report it: a line with the place, a line with the values, a trace. Old kernels
 * and new ones differ in the first line only.
 */
import type { ReportFamily } from "../../core/fault/report.js";
import { checkOfHandler } from "../facts/ubsan-checks.js";
import { LinuxDraft } from "./draft.js";

const OPENING = /^UBSAN: (.{1,80}?) in (.{1,300}?):(\d{1,9})(?::(\d{1,9}))?$/;

/** Sources of the forms: lib/ubsan.c of Linux 4.5 to 6.18, mm/ubsan/ubsan.c of NuttX. */
export const undefinedBehaviour: ReportFamily = {
  name: "linux-undefined-behaviour",
  system: "linux",
  hints: ["UBSAN: "],
  begin({ text: whole }) {
    const opening = OPENING.exec(whole.trim());
    if (opening === null) return undefined;
    const [, words = "", file = "", line, column] = opening;
    let values: string | undefined;
    return new LinuxDraft({
      last: /^={20,}$/,
      details: [
        /^(?:index|shift|left shift|signed|unsigned|negation|division|load of|member access|store to|null|calling|variable length|implicit|pointer|addition|applying|\S+ [-+*/] \S+|control flow|execution|reference|constructor|upcast|cast|assumption|passing|-?\d)/,
      ],
      notice(text) {
        const isValue = text !== "" && !/^(?:CPU: |Hardware name|Call [Tt]race|={3}|-{3})/.test(text);
        if (isValue) values ??= text;
        else if (text !== "") values ??= "";
      },
      finish(screen) {
        const message = values === undefined || values === "" ? words : values;
        const place = screen.place();
        return {
          type: "finding",
          finding: {
            kind: "ubsan",
            check: checkOfHandler(message, words),
            message,
            file,
            line: Number(line),
            column: Number(column ?? 0),
            ...(place !== undefined && { function: place }),
            callTrace: screen.callTrace(),
          },
        };
      },
    });
  },
};
