import { Readiness, READY, statusOf, waiting } from "./readiness";

/** Bound, or left Pending on purpose until a pod wants it. */
export const persistentVolumeClaim: Readiness = {
  related: [{ apiVersion: "storage.k8s.io/v1", kind: "StorageClass" }],
  fixedTimeoutSeconds: 300,
  judge({ object, related }) {
    const { phase } = statusOf(object);
    if (phase === "Bound") return READY;
    const { storageClassName } = (object.spec ?? {}) as { storageClassName?: string };
    const storageClass = related("StorageClass").find((c) => c.metadata.name === storageClassName);
    const late = storageClass?.volumeBindingMode === "WaitForFirstConsumer";
    if (phase === "Pending" && late) return READY;
    return waiting(`Waiting for PersistentVolumeClaim to be bound (it is ${String(phase)})`);
  },
};

export const persistentVolume: Readiness = {
  related: [],
  fixedTimeoutSeconds: 300,
  judge({ object }) {
    const { phase } = statusOf(object);
    if (phase === "Available" || phase === "Bound") return READY;
    return waiting(`Waiting for PersistentVolume to be available (it is ${String(phase)})`);
  },
};
