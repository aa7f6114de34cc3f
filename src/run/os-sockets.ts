import { createServer } from "node:net";
import { listenerPath } from "../wire";

/** The shortest that a system allows as the path of a local socket (macOS), without its end. */
const LONGEST_PATH = 103;
const LARGEST_TASK = 99_999;

/** Whether tasks can have local sockets (AF_UNIX) in the run's folder. On Windows Node has named pipes only, without descriptors. */
export function canListen(folder: string): boolean {
  const path = listenerPath(folder, LARGEST_TASK);
  if (process.platform === "win32" || Buffer.byteLength(path) > LONGEST_PATH) return false;
  const server = createServer();
  // It is told at once, by not listening.
  server.on("error", () => {});
  server.listen(path);
  const { listening } = server;
  server.close();
  return listening;
}
