/**
 * What one TypeScript file says of itself, read from its syntax tree: imports, names it takes from nowhere, comments.
 * It knows no rule; rooms.ts judges.
 */
import ts from "typescript";

export interface Import {
  readonly line: number;
  /** As written; undefined where only a run of the program could tell. */
  readonly specifier: string | undefined;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
  /** The names taken; undefined for a whole module. */
  readonly names: readonly string[] | undefined;
}

/** A use of a name that every script has, or of `any`, an enum, `import.meta`. */
export interface Use {
  readonly line: number;
  readonly name: string;
  /** The member taken of it: `stdout` of `process.stdout`. */
  readonly member: string | undefined;
  /** What is taken of that member: `write` of `process.stdout.write`. */
  readonly further: string | undefined;
}

export interface Facts {
  readonly imports: readonly Import[];
  readonly uses: readonly Use[];
  readonly comments: readonly { readonly line: number; readonly text: string }[];
  /** Calls of `write` and its like on a variable that was made of a stream of the process. */
  readonly aliasedWrites: readonly number[];
  readonly startsWithHeader: boolean;
}

/** Names that mean something outside the program; a local of the same name would hide one, so it counts as well. */
const WATCHED = new Set(
  [
    "process console Buffer Date performance setTimeout setInterval setImmediate clearTimeout fetch WebSocket",
    "EventSource XMLHttpRequest globalThis global require module eval navigator Temporal NodeJS Atomics",
  ].flatMap((names) => names.split(" ")),
);

const WRITES = new Set(["write", "end", "cork", "uncork", "pipe", "_write", "writev"]);

/** Reads a file. `path` only tells the kind of syntax. */
export function factsOf(path: string, text: string): Facts {
  // Comments are read as text.
  const how = { languageVersion: ts.ScriptTarget.ES2023, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  const file = ts.createSourceFile(path, text, how, true);
  const lineAt = (at: number): number => file.getLineAndCharacterOfPosition(at).line + 1;
  const nodes = allOf(file);
  return {
    imports: [
      ...nodes.flatMap((node) => importsOf(node, lineAt)),
      ...[...file.referencedFiles, ...file.typeReferenceDirectives].map(({ pos }) => ({
        line: lineAt(pos),
        specifier: undefined,
        typeOnly: false,
        names: undefined,
      })),
    ],
    uses: nodes.flatMap((node) => usesOf(node, lineAt)),
    comments: [...commentsOf(file, nodes)].map(({ pos, end }) => ({
      line: lineAt(pos),
      text: text.slice(pos, end),
    })),
    aliasedWrites: aliasedWrites(nodes, lineAt),
    startsWithHeader: /^(?:#!.*\n)?\/\*\*/.test(text),
  };
}

/** The nodes of a file; tokens that are no node, and the words of comments, are none. */
function allOf(file: ts.SourceFile): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return nodes;
}

type LineAt = (at: number) => number;

const literal = (node: ts.Node | undefined): string | undefined =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;

function importsOf(node: ts.Node, lineAt: LineAt): readonly Import[] {
  const line = (): number => lineAt(node.getStart());
  if (ts.isImportDeclaration(node)) {
    const clause = node.importClause;
    const bindings = clause?.namedBindings;
    const named = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : undefined;
    const typeOnly =
      clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
      (clause?.name === undefined && named !== undefined && named.every((one) => one.isTypeOnly));
    const names =
      clause?.name === undefined ? named?.map((one) => (one.propertyName ?? one.name).text) : undefined;
    return [{ line: line(), specifier: literal(node.moduleSpecifier), typeOnly, names }];
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    const specifier = literal(node.moduleSpecifier);
    return [{ line: line(), specifier, typeOnly: node.isTypeOnly, names: undefined }];
  }
  if (ts.isImportTypeNode(node)) {
    const specifier = ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : undefined;
    return [{ line: line(), specifier, typeOnly: true, names: undefined }];
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return [{ line: line(), specifier: literal(node.arguments[0]), typeOnly: false, names: undefined }];
  if (ts.isExternalModuleReference(node))
    return [{ line: line(), specifier: literal(node.expression), typeOnly: false, names: undefined }];
  return [];
}

function usesOf(node: ts.Node, lineAt: LineAt): readonly Use[] {
  const use = (name: string, member?: string, further?: string): readonly Use[] => [
    { line: lineAt(node.getStart()), name, member, further },
  ];
  if (node.kind === ts.SyntaxKind.AnyKeyword) return use("any");
  if (ts.isEnumDeclaration(node)) return use("enum");
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) return use("import.meta");
  if (!ts.isIdentifier(node) || !WATCHED.has(node.text) || isLabel(node)) return [];
  return use(node.text, takenOf(node), takenOf(node.parent));
}

/** True for a name after a dot or in front of a colon: it names a part of something else. */
function isLabel(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) return parent.propertyName === node;
  const isMember =
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isGetAccessor(parent);
  return isMember && parent.name === node;
}

/** The member that the expression around `node` takes of it. */
function takenOf(node: ts.Node): string | undefined {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) return parent.name.text;
  if (ts.isElementAccessExpression(parent) && parent.expression === node)
    return literal(parent.argumentExpression) ?? "?";
  return undefined;
}

const isLiteral = (node: ts.Node): boolean =>
  ts.isStringLiteralLike(node) ||
  ts.isRegularExpressionLiteral(node) ||
  ts.isTemplateHead(node) ||
  ts.isTemplateMiddleOrTemplateTail(node);

/** Comments of a file: what begins like one outside of all literals. */
function* commentsOf(file: ts.SourceFile, nodes: readonly ts.Node[]): Generator<ts.TextRange> {
  const { text } = file;
  // In the order of the file; none lies in another one.
  const literals = nodes.filter(isLiteral);
  const start = /\/[/*]/g;
  let next = 0;
  for (let found = start.exec(text); found !== null; found = start.exec(text)) {
    const pos = found.index;
    let literal = literals[next];
    while (literal !== undefined && literal.end <= pos) literal = literals[++next];
    if (literal !== undefined && literal.getStart(file) <= pos) {
      start.lastIndex = literal.end;
      continue;
    }
    const end = text.startsWith("//", pos) ? text.indexOf("\n", pos) : text.indexOf("*/", pos) + 2;
    start.lastIndex = end < pos ? text.length : end;
    yield { pos, end: start.lastIndex };
  }
}

const namesStream = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === "process" &&
  /^std(?:out|err)$/.test(node.name.text);

/** A call hands a stream on to somebody else; what comes back is theirs. */
const holdsStream = (node: ts.Node): boolean =>
  namesStream(node) ||
  (!ts.isCallExpression(node) && ts.forEachChild(node, (child) => holdsStream(child) || undefined) === true);

function aliasedWrites(nodes: readonly ts.Node[], lineAt: LineAt): readonly number[] {
  const aliases = new Set(
    nodes.flatMap((node) =>
      ts.isVariableDeclaration(node) &&
      ts.isIdentifier(node.name) &&
      node.initializer !== undefined &&
      holdsStream(node.initializer)
        ? [node.name.text]
        : [],
    ),
  );
  return nodes.flatMap((node) =>
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    aliases.has(node.expression.text) &&
    WRITES.has(node.name.text)
      ? [lineAt(node.getStart())]
      : [],
  );
}
