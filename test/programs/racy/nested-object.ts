// races: state
import { spawn, shared } from "concurrency-playground";

const state = shared({ player: { position: { x: 0, y: 0 } } });
function move() { state.player.position.x++; }
const tasks = [spawn(move), spawn(move)];
for (const task of tasks) task.join();
