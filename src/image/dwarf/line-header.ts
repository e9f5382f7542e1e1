/**
 * The header of a line program: its parameters, and the folders and files that its rows name. It runs no program.
 * Source: DWARF 5, 6.2.4; versions 2 to 5.
 */
import { type Cursor, unitLength } from "./cursor.js";
import { type FormContext, readValue, type Value } from "./forms.js";
import { type DebugSections, textAt } from "./sections.js";

export interface FileEntry {
  readonly name: string;
  /** Index into the folders. */
  readonly folder: number;
}

export interface LineHeader {
  readonly version: number;
  readonly addressBytes: number;
  /** Bytes of the shortest instruction: what addresses are counted in. */
  readonly instructionBytes: number;
  readonly lineBase: number;
  readonly lineRange: number;
  /** How many operands each standard opcode has, from opcode 1 on. */
  readonly operands: readonly number[];
  /** The first is the unit's own folder. */
  readonly folders: readonly string[];
  /** From file `firstFile` on. */
  readonly files: FileEntry[];
  readonly firstFile: 0 | 1;
  /** The opcodes. */
  readonly program: Cursor;
}

/** What a unit says of its line program. */
export interface LineOwner {
  readonly directory: string | undefined;
  readonly name: string | undefined;
  readonly addressBytes: number;
}

/** What a column of an entry is (DWARF 5, 6.2.4.1). */
const CONTENT = { path: 1, folder: 2 } as const;

/** Reads the header at the cursor; undefined for what is no line program of a known version. */
export function readLineHeader(
  cursor: Cursor,
  sections: DebugSections,
  owner: LineOwner,
): LineHeader | undefined {
  const { length, offsetBytes } = unitLength(cursor);
  const unit = cursor.part(length);
  const version = unit.u16();
  if (unit.isCut || version < 2 || version > 5) return undefined;
  const addressBytes = version >= 5 ? unit.u8() : owner.addressBytes;
  if (version >= 5) unit.skip(1); // segment selectors are not for these machines
  const header = unit.part(unit.uint(offsetBytes));
  const instructionBytes = header.u8();
  if (version >= 4) header.skip(1); // operations of a long instruction word
  header.skip(1); // whether rows are statements at first
  const lineBase = (header.u8() << 24) >> 24;
  const lineRange = header.u8();
  const operands = Array.from({ length: Math.max(0, header.u8() - 1) }, () => header.u8());
  if (header.isCut || lineRange === 0) return undefined;
  const context = { offset: 0, version, addressBytes, offsetBytes };
  const tables = version >= 5 ? newTables(header, sections, context) : oldTables(header, owner);
  return { version, addressBytes, instructionBytes, lineBase, lineRange, operands, ...tables, program: unit };
}

type Tables = Pick<LineHeader, "folders" | "files" | "firstFile">;

/** A text that stands in the header itself. */
const takeText = (cursor: Cursor): string => textAt(cursor.bytes, cursor.skipText()) ?? "";

function oldTables(cursor: Cursor, owner: LineOwner): Tables {
  const folders = [owner.directory ?? ""];
  for (let name = takeText(cursor); name !== "" && !cursor.isCut; name = takeText(cursor)) folders.push(name);
  const files: FileEntry[] = [];
  for (let name = takeText(cursor); name !== "" && !cursor.isCut; name = takeText(cursor))
    files.push(takeFile(cursor, name));
  return { folders, files, firstFile: 1 };
}

/** What stands after the name of a file before version 5. */
export function takeFile(cursor: Cursor, name: string): FileEntry {
  const folder = cursor.uleb();
  cursor.skipLeb(); // time of change
  cursor.skipLeb(); // size
  return { name, folder };
}

function newTables(cursor: Cursor, sections: DebugSections, context: FormContext): Tables {
  const textOf = ({ kind, value }: Value): string =>
    (kind === "ownText"
      ? textAt(cursor.bytes, value)
      : kind === "lineText"
        ? textAt(sections.lineTexts, value)
        : kind === "text"
          ? textAt(sections.texts, value)
          : undefined) ?? "";
  const table = (): FileEntry[] => {
    const columns = Array.from({ length: cursor.u8() }, () => ({
      content: cursor.uleb(),
      form: cursor.uleb(),
    }));
    const count = cursor.uleb();
    const entries: FileEntry[] = [];
    // An entry takes a byte at least: a larger count is a lie.
    for (let n = 0; n < count && cursor.left > 0; n += 1) {
      let name = "";
      let folder = 0;
      for (const { content, form } of columns) {
        const value = readValue(cursor, form, 0, context);
        if (content === CONTENT.path) name = textOf(value);
        else if (content === CONTENT.folder) folder = value.value;
      }
      if (cursor.isCut || columns.length === 0) break;
      entries.push({ name, folder });
    }
    return entries;
  };
  const folders = table().map(({ name }) => name);
  return { folders, files: table(), firstFile: 0 };
}

/** The path of a file of the header, as it was compiled; undefined for a number that it does not have. */
export function pathOf(header: LineHeader, owner: LineOwner, file: number): string | undefined {
  const entry = header.files[file - header.firstFile];
  if (entry === undefined)
    return file === 0 && owner.name !== undefined ? join([owner.directory, owner.name]) : undefined;
  if (entry.name === "") return undefined;
  const own = header.folders[0] ?? owner.directory;
  return join(entry.folder === 0 ? [own, entry.name] : [own, header.folders[entry.folder], entry.name]);
}

/** Joins parts, of which an absolute one forgets those in front; `.` and `x/..` are taken out. */
function join(parts: readonly (string | undefined)[]): string {
  const given = parts.filter((part): part is string => part !== undefined && part !== "");
  const from = given.findLastIndex((part) => part.startsWith("/"));
  const path = given.slice(Math.max(0, from)).join("/");
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (part !== ".." || !path.startsWith("/")) kept.push(part);
  }
  return `${path.startsWith("/") ? "/" : ""}${kept.join("/")}`;
}
