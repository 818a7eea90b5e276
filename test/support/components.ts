import type { Registration, Synthesis } from "./program";

/** The children of a component, to all depths, as `type::name`, in alphabetical order. */
export function childrenOf({ registrations }: Synthesis, component: string): string[] {
  const children = registrations.filter(({ parent }) => parent === component).map(({ id }) => id);
  return [
    ...children,
    ...children.flatMap((child) => childrenOf({ registrations, outputs: {} }, child)),
  ].sort();
}

/** @throws where the program registered no such resource */
export function find({ registrations }: Synthesis, id: string): Registration {
  const found = registrations.find((registration) => registration.id === id);
  if (!found) throw new Error(`the program registered no ${id}`);
  return found;
}
