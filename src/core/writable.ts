/** A type whose properties may be changed: for the one place that makes a value bit by bit. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };
