import { begin } from "./begin";

begin("runner-main");
