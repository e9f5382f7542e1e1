/**
 * Profiles as one file of pprof: `go tool pprof`, google-perftools, Pyroscope and others read it.
 * Source of the format: google/pprof, proto/profile.proto; the file is compressed by gzip.
 */
import { gzipSync } from "node:zlib";
import type { Profile, Spot } from "./profile.js";
import { type Field, messageField, numberField, numbersField, textField } from "./protobuf.js";

/** A list in which each value has a number from `first` on, in the order in which they came. */
function numbered(first: number) {
  const ids = new Map<string, number>();
  return {
    /** @param made is called for a key that is new */
    of: (key: string, made?: (id: number) => void): number => {
      const known = ids.get(key);
      if (known !== undefined) return known;
      const id = ids.size + first;
      ids.set(key, id);
      made?.(id);
      return id;
    },
    keys: (): readonly string[] => [...ids.keys()],
  };
}

/** The tables that samples point into. */
function tables() {
  const texts = numbered(0);
  texts.of("");
  const functions = numbered(1);
  const locations = numbered(1);
  const fields: Field[] = [];
  const functionOf = (name: string, file: string): number =>
    functions.of(`${name}\0${file}`, (id) => {
      const text = texts.of(name);
      fields.push(
        messageField(5, [
          numberField(1, id),
          numberField(2, text),
          numberField(3, text),
          numberField(4, texts.of(file)),
        ]),
      );
    });
  const locationOf = ({ address, frames }: Spot): number =>
    locations.of(`${String(address)} ${JSON.stringify(frames)}`, (id) => {
      const lines = frames.map(({ function: name, file = "", line = 0 }) =>
        messageField(4, [numberField(1, functionOf(name, file)), numberField(2, line)]),
      );
      fields.push(
        messageField(4, [numberField(1, id), numberField(2, 1), numberField(3, address), ...lines]),
      );
    });
  return { texts, fields, locationOf };
}

/** The end of the one mapping: addresses of a guest are those of its image. */
const ADDRESSES_END = Number.MAX_SAFE_INTEGER;

/** The file. Samples have the labels `case` and `boot`; both of their values, counts and nanoseconds, are of host time. */
export function pprofOf(profiles: readonly Profile[], image: string): Uint8Array {
  const { texts, fields, locationOf } = tables();
  const valueType = (field: number, type: string, unit: string): Field =>
    messageField(field, [numberField(1, texts.of(type)), numberField(2, texts.of(unit))]);
  const label = (key: string, value: string | undefined): readonly Field[] =>
    value === undefined
      ? []
      : [messageField(3, [numberField(1, texts.of(key)), numberField(2, texts.of(value))])];
  const nsOf = (hz: number): number => Math.round(1e9 / hz);
  const head = [valueType(1, "samples", "count"), valueType(1, "time", "nanoseconds")];
  const samples = profiles.flatMap(({ source, hz, stacks }) =>
    stacks.map(({ spots, count, name }) =>
      messageField(2, [
        numbersField(1, spots.map(locationOf)),
        numbersField(2, [count, count * nsOf(hz)]),
        ...label("case", name),
        ...label("boot", source),
      ]),
    ),
  );
  const mapping = messageField(3, [
    ...[numberField(1, 1), numberField(3, ADDRESSES_END), numberField(5, texts.of(image))],
    ...[7, 8, 9, 10].map((known) => numberField(known, 1)),
  ]);
  const period = [
    valueType(11, "time", "nanoseconds"),
    numberField(12, nsOf(profiles[0]?.hz ?? 1)),
    numberField(10, Math.round(profiles.reduce((sum, { totalMs }) => sum + totalMs, 0) * 1e6)),
  ];
  // Texts come last: all that is written before may have added one.
  const all = [...head, ...samples, mapping, ...fields, ...period];
  const strings = texts.keys().map((text) => textField(6, text));
  return gzipSync(Uint8Array.from([...all, ...strings].flat()));
}
