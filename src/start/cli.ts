import { begin } from "./begin";

begin("cli-main");
