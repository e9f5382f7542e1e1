/** The two classes of WebAssembly that are needed; the types of Node do not name them. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: object };
};

export const { Module, Instance } = WebAssembly;
