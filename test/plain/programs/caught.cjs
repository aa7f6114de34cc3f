// Messages of caught errors quote what was written.
const object = {};
try {
  Atomics.nothing();
} catch (error) {
  console.log(error.message);
}
try {
  object.list[0](1);
} catch ({ message, name: kind = "none", cause = "no cause" }) {
  console.log(message, kind, cause);
}
try {
  object[["go"]]?.there();
  object.go();
} catch ({ message: text, ...rest }) {
  let message = "its own";
  console.log(text, Object.keys(rest), message);
}
try {
  const [first] = object;
} catch ({ message }) {
  console.log(message);
}
