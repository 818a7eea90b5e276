import { Container } from "../world/kinds";

/** Programs that serve until they are stopped, by a part of their image or container name. */
const DAEMONS: { part: string; source: string }[] = [
  // kubernetes-sigs/gateway-api-inference-extension#1535: pods hung in Init:0/1.
  { part: "lora-syncer", source: "GIE#1535" },
  { part: "lora-adapter-syncer", source: "GIE#1535" },
];

/**
 * Why an init container without `restartPolicy: Always` would never end, so that the containers
 * after it never start; undefined where it is taken to end. No image runs here, so this is judged
 * by what a one-shot has no use for.
 */
export function whyEndless(container: Container): string | undefined {
  const serves = (
    ["ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle"] as const
  )
    .filter((field) => container[field] !== undefined)
    .at(0);
  const daemon = DAEMONS.find(
    ({ part }) => container.name.includes(part) || container.image?.includes(part),
  );
  if (serves === undefined && !daemon) return undefined;
  const why = daemon ? `known to serve, ${daemon.source}` : `it has ${serves}`;
  return (
    `init container ${container.name} does not end (${why}) and lacks restartPolicy: Always, ` +
    "so the containers after it never start"
  );
}
