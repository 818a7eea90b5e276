import { conditionOf, Readiness, READY, statusOf, waiting } from "./readiness";

/** The conditions that well-behaved controllers keep: seen, not reconciling, not stalled, Ready where they say so. */
export const generic: Readiness = {
  related: [],
  judge({ object }) {
    const { observedGeneration } = statusOf(object);
    if (observedGeneration !== undefined && observedGeneration !== object.metadata.generation) {
      return waiting(`Waiting for ${object.kind} to be seen by its controller`);
    }
    const bad = [
      { type: "Stalled", status: "True" },
      { type: "Reconciling", status: "True" },
      { type: "Ready", status: "False" },
      { type: "Ready", status: "Unknown" },
    ].find(({ type, status }) => conditionOf(object, type)?.status === status);
    if (!bad) return READY;
    const { reason, message } = conditionOf(object, bad.type) ?? {};
    return waiting(`${bad.type} is ${bad.status}: [${reason}] ${message}`);
  },
};
