export { installConsole } from "./install";
