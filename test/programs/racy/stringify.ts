// races: state
import { spawn, shared } from "concurrency-playground";

const state = shared({ player: { lives: 3 }, round: 1 });
function save() { return JSON.stringify(state); }
function hit() { state.player.lives--; }
const tasks = [spawn(save), spawn(hit)];
for (const task of tasks) task.join();
