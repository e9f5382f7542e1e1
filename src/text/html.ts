/**
 * Writes guest text into HTML (https://html.spec.whatwg.org/multipage/syntax.html) as text, as the value of a quoted attribute,
 * or as JSON inside a script element. It refuses any other place: there text would be code.
 */
import { jsonLine } from "./json.js";
import { visibleLine } from "./visible.js";

/**
 * Text of an element, or the value of an attribute in quotes, on one line. Job logs show reports too: `##[` and `::` are
 * commands there, and are none with a character reference in them.
 */
export const htmlText = (text: string): string =>
  visibleLine(text).replace(/[&<>"']|#(?=#)|:(?=:)/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * One line of JSON for `<script type="application/json">`. Its text ends at `</script`, and `<!--` changes how it is read;
 * there is no escape for either in HTML, but there is one in JSON.
 */
export const jsonInHtml = (value: unknown): string => jsonLine(value).replaceAll("<", "\\u003c");
