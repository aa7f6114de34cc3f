const { openSync, writeSync, closeSync } = require("node:fs");
const { Writable } = require("node:stream");

module.exports = ({ dest }) => {
  const file = openSync(dest, "w");
  return new Writable({
    autoDestroy: true,
    write(chunk, _encoding, done) {
      writeSync(file, chunk);
      done();
    },
    destroy(error, done) {
      closeSync(file);
      done(error);
    },
  });
};
