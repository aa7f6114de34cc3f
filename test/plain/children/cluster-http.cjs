// Workers of a cluster that serve one port; messages to and from them; a worker that is killed is replaced; disconnect.
const cluster = require("node:cluster");
const http = require("node:http");

if (cluster.isPrimary) {
  const tell = (...words) => console.log(...words);
  cluster.setupPrimary({ args: ["serve"] });
  const workers = [cluster.fork({ LABEL: "first" }), cluster.fork({ LABEL: "second" })];
  let listening = 0;
  let served = 0;
  let died = 0;
  cluster.on("exit", (worker, code, signal) => {
    died++;
    // The last two in whichever order.
    tell("exit", died === 1 ? worker.id : "", code, signal, worker.exitedAfterDisconnect);
    if (died === 1) cluster.fork({ LABEL: "third" });
    if (died === 3) tell("all gone", Object.keys(cluster.workers).length);
  });
  cluster.on("listening", (worker, { port, address }) => {
    if (++listening === 2) void ask(port, 6).then(() => workers[0].process.kill("SIGKILL"));
    if (listening === 3) void ask(port, 4).then(() => cluster.disconnect());
  });
  cluster.on("message", (worker, message) => {
    if (message.served) served++;
  });
  const ask = async (port, times) => {
    const answers = [];
    for (let i = 0; i < times; i++) {
      answers.push(await new Promise((done, failed) => http.get({ port, host: "127.0.0.1", path: `/${i}`, agent: false }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (piece) => (text += piece)).on("end", () => done(text));
      }).on("error", failed)));
    }
    tell(answers.join(" "), served > 0);
  };
} else {
  const server = http.createServer((request, response) => {
    process.send({ served: request.url, by: cluster.worker.id });
    response.end(`${process.argv[2]}:${request.url}:${process.env.LABEL.length > 4}`);
  });
  server.listen(0, "127.0.0.1");
}
