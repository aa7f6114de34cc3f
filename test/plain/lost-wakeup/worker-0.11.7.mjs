import { runAsWorker } from "synckit";

runAsWorker((n) => n + 1);
