export { installConsole, recordStreams } from "./install";
