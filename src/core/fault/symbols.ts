/**
 * The contract of whoever turns addresses into places in the sources. It names no format; src/image reads it from an
 * image.
 */

/** One function that an address is in. */
export interface SymbolFrame {
  readonly function: string;
  /** As the compiler was given it: absolute, or relative to the folder it ran in. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** Inlined into the frame after it, which has the place of the call. */
  readonly isInlined: boolean;
}

export interface Symbols {
  /**
   * The functions of an address of the guest, innermost first; empty when nothing is known of it. A return address
   * belongs to what stands after the call: a caller that wants the call asks for an address inside it.
   */
  frames(address: bigint): readonly SymbolFrame[];
  /** The function by the image's symbol table alone, and how far into it the address is, in bytes. */
  function(address: bigint): { readonly name: string; readonly offset: number } | undefined;
  /** Why frames have no lines, in words; absent when they can have them. */
  readonly lack?: string;
  /** What frames lack although they have lines, in words. */
  readonly gap?: string;
}
