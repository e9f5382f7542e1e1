/**
 * Makes guest text fit for XML 1.0: no character the standard forbids is left, and none that a parser would change.
 * Job logs show reports too, so commands
 * are disarmed. It does not write entities: the document builder does that, and twice is wrong.
 */
import { visibleLine } from "./visible.js";
import { defang } from "./workflow.js";

// Azure, GitLab and Jenkins read `[[ATTACHMENT|path]]` in the output of a case as a file to upload.
const disarm = (text: string): string => text.replaceAll("[[ATTACHMENT|", "[[ATTACHMENT\\|");

/** Character data of an element (https://www.w3.org/TR/xml/#charsets): several lines, LF only. */
export const xmlText = (text: string): string => disarm(defang(text));

/** The value of an attribute: one line, because parsers normalise the rest. */
export const xmlAttribute = (text: string): string => disarm(defang(visibleLine(text)));
