import type { ValueNode } from "../../src/analysis/views";
import { formatValue } from "../timeline/describe";

/** A value in one line: "3", "{ balance: 100, open: true }", "[1, 2, 3, …]". */
export function valueText(node: ValueNode, room = 48): string {
  switch (node.type) {
    case "value":
      return formatValue(node.value, room);
    case "cycle":
      return `↻ ${node.name}`;
    case "object":
      return node.name;
    case "container": {
      const list = node.kind === "array" || node.kind === "typed-array" || node.kind === "set";
      const [open, shut] = list ? ["[", "]"] : ["{ ", " }"];
      const parts: string[] = [];
      let length = 0;
      for (const { key, node: inner } of node.entries) {
        const text = list ? valueText(inner, 16) : `${key.replace(/^[.[]|\]$/g, "")}: ${valueText(inner, 16)}`;
        length += text.length + 2;
        if (length > room) break;
        parts.push(text);
      }
      if (parts.length < node.length) parts.push("…");
      const kind = node.kind === "typed-array" ? `${node.elements ?? ""} ` : node.kind === "map" ? "Map " : node.kind === "set" ? "Set " : "";
      return node.length === 0 ? `${kind}${open.trim()}${shut.trim()}` : `${kind}${open}${parts.join(", ")}${shut}`;
    }
  }
}
