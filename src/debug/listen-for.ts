/** Where gdb connects to the guest of a session: a socket in a folder of the session's own. It starts no debugger. */
import { listenOn, type SessionFolder, sessionFolder } from "../../runner/debug/listening.js";
import type { DebuggedGuest } from "./guest.js";

export interface ForGdb {
  /** For `target remote`. */
  readonly address: string;
  readonly folder: SessionFolder;
  /** Ends both. */
  readonly close: () => void;
}

/** Makes the folder and listens in it. @throws RigError */
export async function listenFor({ proxy }: DebuggedGuest): Promise<ForGdb> {
  const folder = sessionFolder();
  try {
    const { address, close } = await listenOn(folder.socket, (socket) => {
      proxy.attach(socket);
    });
    return {
      address,
      folder,
      close: () => {
        close();
        folder.remove();
      },
    };
  } catch (error) {
    folder.remove();
    throw error;
  }
}
