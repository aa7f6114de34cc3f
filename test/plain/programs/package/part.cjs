exports.later = () => import("./late.js");
