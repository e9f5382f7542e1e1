/**
 * What stands in front of a line of another kernel's console: its log level, clock and caller, and what carried the line
 * to us. Cutting it leaves the message with its indentation; it does not say who printed that.
 */

const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

/** By the first character of the text: a lead that does not fit it costs nothing. */
const LEADS: readonly (readonly [first: RegExp, lead: RegExp])[] = [
  // printk: `<6>`, `[   12.345678] `, `[   12.345678][   T58] `, `[   T58] `; Jenkins: `[2026-01-01T00:00:00.000Z] `.
  [/^</, /^<\d{1,3}>/],
  [/^\[/, /^\[ {0,6}\d{1,10}\.\d{1,9}\](?:\[ *[TC]?\d{1,10}\])?(?: |$)/],
  [/^\[/, /^\[ *[TC]\d{1,10}\](?: |$)/],
  [/^\[/, /^\[\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?Z?\] /],
  // A date and a time; GitLab puts its stream after it.
  [
    /^\d/,
    /^\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?[ \t](?:\d\d[OE][ +])?/,
  ],
  [/^\d/, /^\d\d:\d\d:\d\d(?:[.,]\d{1,9})? /],
  // `ts`, syslog and the journal.
  [
    /^[A-Z]/,
    new RegExp(
      `^${MONTH} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d (?:[\\w.-]{1,64} )?(?:kernel: |(?![\\w.-]{1,64}: ))`,
    ),
  ],
  [/^[A-Z]/, new RegExp(`^${MONTH} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d `)],
  // `dmesg -x`, the journal, the services of a composed run, twister.
  [/^k/, /^kern {1,2}:\w{1,8} {0,4}: /],
  [/^k/, /^kernel: /],
  [/^[EIDW]/, /^(?:ERROR|INFO|DEBUG|WARNING) {1,6}- (?:DEVICE: )?/],
  [/^[a-z]/, /^[a-z][\w.-]{0,62}-\d{1,4} {1,8}\| /],
];

const MOST_LEADS = 5;

/** The text without everything that stands in front of the message; spaces that indent the message stay. */
export function cutLead(text: string): string {
  let rest = text;
  for (let count = 0; count < MOST_LEADS; count += 1) {
    const lead = leadOf(rest);
    if (lead === 0) return rest;
    rest = rest.slice(lead);
  }
  return rest;
}

function leadOf(text: string): number {
  for (const [first, lead] of LEADS) {
    if (!first.test(text)) continue;
    const match = lead.exec(text);
    if (match !== null) return match[0].length;
  }
  return 0;
}
