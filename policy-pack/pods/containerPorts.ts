import type { Value } from "../frame";

import { containersOf, initContainersOf } from "./podSpec";

/** A port that a container declares. */
export interface ContainerPort {
  /** Undefined for a port without a name. */
  readonly name: string | undefined;
  readonly number: number;
}

/**
 * The ports that these containers declare; undefined if one is not known, or if they declare none.
 */
export function portsOf(containers: readonly Value[]): readonly ContainerPort[] | undefined {
  const lists = containers.map((container) => container.at("ports"));
  const ports = lists.flatMap(({ items }) => items ?? []);
  const known = ports.flatMap((port) => {
    const [name, number] = [port.at("name"), port.at("containerPort").number];
    return name.unknown || number === undefined ? [] : [{ name: name.text, number }];
  });
  const isComplete = known.length === ports.length && lists.every(({ unknown }) => !unknown);
  return isComplete && known.length > 0 ? known : undefined;
}

/** The same for all containers of a pod; sidecars are among its init containers. */
export function podPortsOf(template: Value): readonly ContainerPort[] | undefined {
  const isOpen = ["containers", "initContainers"].some((list) => template.at("spec", list).unknown);
  return isOpen ? undefined : portsOf([...containersOf(template), ...initContainersOf(template)]);
}

/** As messages list them: `8000 (http), 9000`. */
export function portsText(ports: readonly ContainerPort[]): string {
  return ports.map(({ name, number }) => (name ? `${number} (${name})` : `${number}`)).join(", ");
}
