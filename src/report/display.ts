/** A value of the form of `FinalMeta.value` as a JavaScript console would write it: `{ balance: 90 }`, `Map(1) { "a" => 10n }`. */
export function displayValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return list("[", value.map(displayValue), "]");
  const fields = Object.entries(value);
  const [only] = fields;
  if (only && fields.length === 1) {
    const special = displaySpecial(only[0], only[1]);
    if (special !== undefined) return special;
  }
  const members = fields.map(([key, inner]) => (key === "$more" ? "…" : `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}: ${displayValue(inner)}`));
  return list("{ ", members, " }");
}

/** What JSON has no form of its own for. */
function displaySpecial(key: string, inner: unknown): string | undefined {
  switch (key) {
    case "$bigint":
      return `${String(inner)}n`;
    case "$undefined":
      return "undefined";
    case "$number":
      return String(inner);
    case "$more":
      return "…";
    case "$map":
      return Array.isArray(inner) ? list(`Map(${inner.length}) { `, inner.map(displayEntry), " }") : undefined;
    case "$set":
      return Array.isArray(inner) ? list(`Set(${inner.length}) { `, inner.map(displayValue), " }") : undefined;
    default:
      return undefined;
  }
}

function displayEntry(entry: unknown): string {
  return Array.isArray(entry) && entry.length === 2 ? `${displayValue(entry[0])} => ${displayValue(entry[1])}` : displayValue(entry);
}

function list(open: string, members: readonly string[], close: string): string {
  return members.length === 0 ? open.trimEnd() + close.trimStart() : `${open}${members.join(", ")}${close}`;
}
