/** The package has no types: it exports the path of its program for the machine's own system. */
declare module "@microsoft/sarif-multitool" {
  const program: string;
  export default program;
}
