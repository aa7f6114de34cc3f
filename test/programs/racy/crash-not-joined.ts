// races: state. The crash of a task orders nothing until it is joined
import { spawn, shared } from "concurrency-playground";

const state = shared({ step: 0 });
function work() { state.step = 1; throw new Error("expected"); }
spawn(work);
state.step = 2;
