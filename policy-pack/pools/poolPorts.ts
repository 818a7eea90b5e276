import type { Resource, Value } from "../frame";

/**
 * Target ports of an InferencePool, including the single one of the kind's first versions; if they
 * are not known yet, the unknown value that hides them.
 */
export function portsOf(pool: Resource): readonly Value[] {
  const spec = pool.props.at("spec");
  const ports = spec.at("targetPorts");
  const numbers = ports.unknown ? [ports] : (ports.items ?? []).map((item) => item.at("number"));
  return [...numbers, spec.at("targetPortNumber")].filter((port) => {
    return port.unknown || port.number !== undefined;
  });
}

/** Whether a pool has ports, but this is not one of its known ports. */
export function lacksPort(pool: Resource, port: number): boolean {
  const ports = portsOf(pool);
  return ports.length > 0 && !ports.some(({ number }) => number === port);
}
