/**
 * The text formats of Prometheus and OpenMetrics: what each writes differently, and texts and numbers that have to be escaped.
 * What others read of it: tests/reporters/metrics.test.ts.
 */
import test from "ava";
import { exposition, type Family, sampleName } from "../../src/text/exposition.js";

const of = (format: "prometheus" | "openmetrics", ...families: readonly Family[]): string =>
  [...exposition(families, format)].join("");

const bytes: Family = {
  name: "sent_bytes",
  kind: "counter",
  unit: "bytes",
  help: 'a "quote", a \\ and\na line',
  samples: [{ labels: { to: 'a\\b"c\nd' }, value: 5 }],
};

test("a counter: the family has its name with total, and without it", (t) => {
  t.is(
    of("prometheus", bytes),
    '# HELP sent_bytes_total a "quote", a \\\\ and\\na line\n# TYPE sent_bytes_total counter\n' +
      'sent_bytes_total{to="a\\\\b\\"c\\nd"} 5\n',
  );
  t.is(
    of("openmetrics", bytes),
    '# HELP sent_bytes a \\"quote\\", a \\\\ and\\na line\n# TYPE sent_bytes counter\n# UNIT sent_bytes bytes\n' +
      'sent_bytes_total{to="a\\\\b\\"c\\nd"} 5\n# EOF\n',
  );
  t.is(sampleName(bytes), "sent_bytes_total");
});

test("info is a gauge where there is no such type", (t) => {
  const info: Family = { name: "x", kind: "info", help: "h", samples: [{ labels: { a: "b" }, value: 1 }] };
  t.is(of("prometheus", info), '# HELP x_info h\n# TYPE x_info gauge\nx_info{a="b"} 1\n');
  t.is(of("openmetrics", info), '# HELP x h\n# TYPE x info\nx_info{a="b"} 1\n# EOF\n');
});

test("numbers, and a family that has none", (t) => {
  const values = [0, -0.5, 1e21, 2.5e-7, 2 ** 53, NaN, Infinity, -Infinity];
  const samples = values.map((value) => ({ labels: {}, value }));
  const gauge: Family = { name: "x", kind: "gauge", help: "h", samples };
  t.deepEqual(
    of("prometheus", gauge).split("\n").slice(2, -1),
    ["0", "-0.5", "1e+21", "2.5e-7", "9007199254740992", "NaN", "+Inf", "-Inf"].map((word) => `x ${word}`),
  );
  t.is(of("openmetrics", { ...gauge, samples: [] }), "# EOF\n");
  t.is(of("prometheus", { ...gauge, samples: [] }), "");
});
