console.log("before");
await Promise.reject(new RangeError("nobody listens"));
