// A connection that is handed to a child, with the message it comes with; a server that is handed on.
import { fork } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import { fileURLToPath } from "node:url";

if (process.argv[2] === "child") {
  process.on("message", (message, handle) => {
    if (message === "connection") handle.end("hello from the child");
    else if (message === "server") handle.on("connection", (socket) => {
      socket.end("accepted by the child");
      handle.close();
      process.disconnect();
    });
    process.send(`got ${message}`);
  });
} else {
  const child = fork(fileURLToPath(import.meta.url), ["child"]);
  // A message and what is read from a connection come in whichever order.
  const told = [];
  child.on("message", (message) => told.push(message));
  const read = async (port) => {
    const socket = net.connect(port, "127.0.0.1").setEncoding("utf8");
    let text = "";
    for await (const piece of socket) text += piece;
    return text;
  };
  const server = net.createServer({ pauseOnConnect: true }, (socket) => child.send("connection", socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  console.log(await read(server.address().port));
  await new Promise((done) => server.close(done));

  const other = net.createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address();
  child.send("server", other, () => other.close());
  while (!told.includes("got server")) await once(child, "message");
  console.log(await read(port));
  console.log(await once(child, "exit"), told);
}
