/** A value of ukstore that is to be set, as it is typed. It knows no image. */
import { UsageError } from "../errors.js";

export interface Setting {
  /** As `uktest store` shows it: `ukdebug/console_lvl`. */
  readonly name: string;
  readonly value: string;
}

/** `LIBRARY/NAME=VALUE`. @throws UsageError where it is not */
export function settingFrom(text: string): Setting {
  const [, name, value] = /^([^=\s]+\/[^=\s]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new UsageError(
      `--set has to be of the form LIBRARY/NAME=VALUE`,
      `it is ${text}; uktest store lists the names`,
    );
  return { name: name.replace(/^lib(?=.)/, ""), value };
}
