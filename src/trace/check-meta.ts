import type { Meta } from "./meta";

type FieldType = "number" | "string" | "boolean" | "number or null" | "files" | "sites" | "array" | "anything" | "number?" | "string?" | "guard?";

/** Fields that readers rely on, by type of record. Optional ones are checked where they are there. */
const FIELDS: { readonly [K in Meta["type"]]: Readonly<Record<string, FieldType>> } = {
  header: { version: "number", mode: "string", file: "string", files: "files", sites: "sites", began: "number", controlled: "boolean", warnings: "array" },
  sites: { firstFile: "number", files: "files", first: "number", sites: "sites" },
  task: { id: "number", name: "string", kind: "string", pid: "number", parent: "number or null", space: "number" },
  "task-update": { id: "number", name: "string?", pid: "number?" },
  "task-failure": { id: "number", error: "string", cause: "string", stack: "string?", file: "string?", line: "number?", column: "number?", exitCode: "number?", signal: "string?" },
  "task-held": { id: "number", object: "number", mode: "string" },
  space: { id: "number", pid: "number", copyOf: "number or null" },
  container: { space: "number", address: "number", kind: "string", name: "string", variable: "boolean", elements: "string?", site: "number?" },
  slot: { space: "number", address: "number", container: "number", key: "string" },
  range: { space: "number", address: "number", byteLength: "number", stride: "number", container: "number", firstIndex: "number" },
  object: { id: "number", objectType: "string", name: "string", site: "number?", initial: "number?", mutex: "number?" },
  final: { space: "number", container: "number", name: "string", value: "anything" },
  cost: {
    task: "number",
    createdIn: "number or null",
    cpuUser: "number or null",
    cpuSystem: "number or null",
    memory: "number or null",
    voluntarySwitches: "number or null",
    involuntarySwitches: "number or null",
  },
  end: { outcome: "string", exitCode: "number or null", time: "number", reason: "string?" },
};

const SITE: Readonly<Record<string, FieldType>> = { file: "number", line: "number", column: "number", endLine: "number", endColumn: "number", text: "string", guard: "guard?" };
const GUARD: Readonly<Record<string, FieldType>> = { op: "string", bound: "number", holds: "boolean", acts: "array" };
const ACT: Readonly<Record<string, FieldType>> = { line: "number", column: "number" };
const FILE: Readonly<Record<string, FieldType>> = { path: "string", text: "string" };

/** Whether a fact has the form that its type asks for. Types that are not known are no Meta, and no fault either. */
export function isMeta(value: { readonly type: string }): value is Meta {
  return isKnown(value.type) && hasFields(value, FIELDS[value.type]);
}

export function isKnown(type: string): type is Meta["type"] {
  return Object.hasOwn(FIELDS, type);
}

function hasFields(value: unknown, fields: Readonly<Record<string, FieldType>>): boolean {
  if (typeof value !== "object" || value === null) return false;
  const record = value as Readonly<Record<string, unknown>>;
  return Object.entries(fields).every(([name, type]) => fits(record[name], type));
}

function fits(value: unknown, type: FieldType): boolean {
  switch (type) {
    case "number":
    case "string":
    case "boolean":
      return typeof value === type;
    case "number or null":
      return value === null || typeof value === "number";
    case "number?":
      return value === undefined || typeof value === "number";
    case "string?":
      return value === undefined || typeof value === "string";
    case "array":
      return Array.isArray(value);
    case "files":
      return Array.isArray(value) && value.every((item) => hasFields(item, FILE));
    case "sites":
      return Array.isArray(value) && value.every((item) => hasFields(item, SITE));
    case "guard?":
      return value === undefined || (hasFields(value, GUARD) && (value as { readonly acts: readonly unknown[] }).acts.every((act) => hasFields(act, ACT)));
    case "anything":
      return true;
  }
}
