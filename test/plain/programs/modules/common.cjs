exports.main = require.main === module;
exports.parent = typeof module.parent;
exports.answer = 42;
exports.strict = (function () { return this === undefined; })();
