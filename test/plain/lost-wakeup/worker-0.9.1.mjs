import { runAsWorker } from "synckit-0.9.1";

runAsWorker((n) => n + 1);
