/** The names of files, with as many folders as tell them apart: "a/index.ts", "b/index.ts". */
export function shortPaths(paths: readonly string[]): string[] {
  const parts = paths.map((path) => path.split(/[\\/]/));
  const most = Math.max(0, ...parts.map(({ length }) => length));
  return parts.map((own, i) => {
    for (let n = 1; n <= most; n++) {
      const name = own.slice(-n).join("/");
      if (parts.every((other, j) => j === i || other.slice(-n).join("/") !== name)) return name;
    }
    return own.join("/");
  });
}
