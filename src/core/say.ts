/** A line for the user beside the reports. */
export type Say = (line: string) => void;
