/** Names of the editors that files are written for. A leaf: the command line is read without what writes them. */
export const EDITORS = ["vscode"] as const;
export type Editor = (typeof EDITORS)[number];
