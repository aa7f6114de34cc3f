/** Puts another value where a property is, with the same attributes; a function keeps the name and length of the one it stands for. */
export function replaceIn(object: object, key: string, value: unknown): void {
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  if (!descriptor) return;
  const original: unknown = Reflect.get(object, key);
  if (typeof value === "function" && typeof original === "function") {
    for (const name of ["name", "length"]) {
      const told = Object.getOwnPropertyDescriptor(original, name);
      if (told && Reflect.get(value, name) !== told.value) Object.defineProperty(value, name, told);
    }
  }
  const { enumerable = true, configurable = true } = descriptor;
  Object.defineProperty(object, key, { value, writable: true, enumerable, configurable });
}
