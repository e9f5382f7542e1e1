/**
 * Where a report goes, and the process's own streams as such places: this is the only one that writes to them. Files are
 * in file-sink.ts.
 */
import { RigError } from "../core/errors.js";
import { codeOf } from "../core/reason.js";

export interface Sink {
  /** What to call it in a message. */
  readonly name: string;
  write(text: string): Promise<void>;
  /** The report is whole: makes it visible. */
  close(): Promise<void>;
  /** The report will never be whole: removes what was written. */
  discard(): Promise<void>;
}

/** A sink onto stdout or stderr. A reader that has gone away ends the report quietly: `| head` is no failure. */
export function streamSink(stream: NodeJS.WriteStream, name: string): Sink {
  let gone = false;
  let failure: Error | undefined;
  stream.on("error", (error: Error) => {
    if (codeOf(error) === "EPIPE") gone = true;
    else failure = error;
  });
  const write = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) reject(new RigError(`${name} cannot be written: ${failure.message}`));
      else if (gone || text === "") resolve();
      else
        stream.write(text, (error) => {
          if (error === undefined || error === null || codeOf(error) === "EPIPE") resolve();
          else reject(new RigError(`${name} cannot be written: ${error.message}`));
        });
    });
  return { name, write, close: () => write(""), discard: () => Promise.resolve() };
}
