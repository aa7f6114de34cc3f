import type { Binding, NodePath } from "./babel";

/** Where a variable is assigned after its declaration. Babel counts a function declared in a block as an assignment to itself. */
export function assignmentsTo(binding: Binding): NodePath[] {
  return binding.constantViolations.filter((path) => path.node !== binding.path.node);
}

export function isAssigned(binding: Binding): boolean {
  return assignmentsTo(binding).length > 0;
}
