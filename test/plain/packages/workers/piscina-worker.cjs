let calls = 0;
module.exports = (n) => `${n}:${++calls}`;
