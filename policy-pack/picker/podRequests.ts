import type { Value } from "../frame";
import { containersOf, initContainersOf } from "../pods/podSpec";
import { askedIn, quantityOf } from "../pods/quantity";

/** How much of a resource a pod requests, or the value that is not known yet. */
export function podRequest(template: Value, resource: string): number | Value {
  const sidecars = initContainersOf(template).filter((each) => {
    return each.at("restartPolicy").text === "Always";
  });
  const asked = [...containersOf(template), ...sidecars].map((each) => askedIn(each, resource));
  const hidden = asked.find(({ unknown }) => unknown);
  return hidden ?? asked.reduce((sum, amount) => sum + (quantityOf(amount) ?? 0), 0);
}
