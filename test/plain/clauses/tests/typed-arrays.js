/*--- includes: [kinds.js] ---*/
// Every method and form of access gives on shared memory what it gives on other memory.
for (const Type of [...INTEGERS, ...BIG, ...OTHERS]) {
  const of = (value) => (BIG.includes(Type) ? BigInt(value) : value);
  const start = [5, 1, 4, 1, 3, 9, 2, 6].map(of);
  const FORMS = {
    at: (a) => [a.at(-1), a.at(0), a.at(99)],
    copyWithin: (a) => a.copyWithin(1, 3, 6),
    entries: (a) => [...a.entries()].flat(),
    every: (a) => a.every((x) => x > 0),
    fill: (a) => a.fill(of(7), 2, -2),
    filter: (a) => a.filter((x) => x > 2),
    find: (a) => [a.find((x) => x > 4), a.findIndex((x) => x > 5), a.findLast((x) => x < 3), a.findLastIndex((x) => x < 0)],
    forEach: (a) => { const seen = []; a.forEach((x, i, all) => seen.push(x, i, all === a)); return seen; },
    includes: (a) => [a.includes(of(9)), a.includes(of(8)), a.indexOf(of(1)), a.lastIndexOf(of(1)), a.indexOf(of(1), 2)],
    join: (a) => [a.join("-"), a.toString(), a.toLocaleString("en")],
    keys: (a) => [...a.keys(), ...a.values()],
    map: (a) => a.map((x) => x + of(1)),
    reduce: (a) => [a.reduce((x, y) => x + y), a.reduceRight((x, y) => x * of(2) - y, of(1))],
    reverse: (a) => a.reverse(),
    set: (a) => { a.set([of(8), of(8)], 3); a.set(a.subarray(0, 3), 1); return a; },
    slice: (a) => [...a.slice(2, 5), ...a.slice(-2)],
    some: (a) => a.some((x) => x > 8),
    sort: (a) => [...a.slice().sort(), ...a.sort((x, y) => (x < y ? 1 : x > y ? -1 : 0))],
    subarray: (a) => { const part = a.subarray(2, 4); part[0] = of(0); return [...part, ...a]; },
    copies: (a) => [...a.toReversed(), ...a.toSorted(), ...a.with(0, of(2))],
    update: (a) => { a[0]++; --a[1]; a[2] += of(2); a[3] -= of(1); a[4] *= of(2); a[5] &&= of(6); a[6] ||= of(4); a[7] ??= of(3); return [a[0]++, ++a[0], a[1]--, ...a]; },
    outside: (a) => { a[8] = of(1); a[-1] = of(1); a["1.5"] = of(1); return [a[8], a[-1], "8" in a, "7" in a, Object.keys(a).length, ...a]; },
    reflect: (a) => [Reflect.set(a, 0, of(3)), Reflect.get(a, 0), Reflect.has(a, 9), Reflect.ownKeys(a).length, Reflect.defineProperty(a, 1, { value: of(6) }), Object.getOwnPropertyDescriptor(a, 1).value, ...a],
    spread: (a) => [Math.max(...[...a].map(Number)), ...Array.from(a, (x) => x), ...new Set(a)],
    other: (a) => [...new Type(a), ...Type.from(a), ...Type.of(...a)],
  };
  for (const [name, form] of Object.entries(FORMS)) {
    if (name === "copies" && Type.prototype.toSorted === undefined) continue;
    const own = new Type(start);
    const array = shared(Type, 8);
    array.set(start);
    assert.list([form(array)].flat(), [form(own)].flat(), `${Type.name} ${name}`);
    assert.list(array, own, `${Type.name} after ${name}`);
  }
  const view = new DataView(new SharedArrayBuffer(16), 1, 14);
  const plain = new DataView(new ArrayBuffer(16), 1, 14);
  for (const method of Object.getOwnPropertyNames(DataView.prototype).filter((key) => key.startsWith("set"))) {
    const value = method.includes("Big") ? 0x1234_5678_9abcn : 12345.678;
    for (const little of [true, false, undefined]) {
      view[method](3, value, little);
      plain[method](3, value, little);
      const get = method.replace("set", "get");
      assert.same(view[get](3, little), plain[get](3, little), get);
      assert.same(view[get](5, little), plain[get](5, little), get);
    }
    assert.throws(RangeError, () => view[method](14, value), "beyond");
  }
  assert.list(new Uint8Array(view.buffer), new Uint8Array(plain.buffer), "bytes");
}
