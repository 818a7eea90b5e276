import { podError, podErrors } from "./podErrors";
import {
  conditionOf,
  countOf,
  isConditionTrue,
  isObserved,
  Readiness,
  READY,
  replicasOf,
  statusOf,
  waiting,
} from "./readiness";

const PODS = [{ apiVersion: "v1", kind: "Pod" }];

export const statefulSet: Readiness = {
  related: PODS,
  judge(view) {
    const { object } = view;
    const wanted = replicasOf(object);
    const [replicas, ready] = [countOf(object, "replicas"), countOf(object, "readyReplicas")];
    const { currentRevision, updateRevision } = statusOf(object);
    const { spec } = object as { spec?: { updateStrategy?: { type?: string } } };
    // With OnDelete the old pods stay until somebody deletes them, so no roll-out is to be waited for.
    const rolledOut =
      spec?.updateStrategy?.type === "OnDelete" ||
      (currentRevision === updateRevision && countOf(object, "currentReplicas") === wanted);
    if (isObserved(object) && replicas === wanted && ready === wanted && rolledOut) return READY;
    return waiting(`Waiting for StatefulSet to be ready (${ready}/${wanted} Pods ready)`, [
      `${ready} out of ${wanted} replicas succeeded readiness checks`,
      ...podErrors(view, object),
    ]);
  },
};

export const daemonSet: Readiness = {
  related: PODS,
  judge(view) {
    const { object } = view;
    const wanted = countOf(object, "desiredNumberScheduled");
    const counts = [
      "currentNumberScheduled",
      "updatedNumberScheduled",
      "numberAvailable",
      "numberReady",
    ].map((field) => countOf(object, field));
    if (isObserved(object) && counts.every((count) => count >= wanted)) return READY;
    const status = `Waiting for DaemonSet to be ready (${Math.min(...counts)}/${wanted} Pods ready)`;
    return waiting(status, [status, ...podErrors(view, object)]);
  },
};

/** A Job that failed otherwise is retried by its controller. */
const FINAL_FAILURES = ["BackoffLimitExceeded", "DeadlineExceeded"];

export const job: Readiness = {
  related: PODS,
  judge(view) {
    const { object } = view;
    const failed = conditionOf(object, "Failed");
    if (failed?.status === "True" && FINAL_FAILURES.includes(failed.reason)) {
      const reasons = [`[${failed.reason}] ${failed.message}`, ...podErrors(view, object)];
      return { is: "failed", reasons };
    }
    const { startTime } = statusOf(object);
    if (startTime === undefined) return waiting("Waiting for Job to start");
    if (isConditionTrue(object, "Complete")) return READY;
    const status = "Waiting for Job to succeed";
    return waiting(status, [status, ...podErrors(view, object)]);
  },
};

export const pod: Readiness = {
  related: [],
  judge({ object }) {
    const missing = ["PodScheduled", "Initialized", "Ready"].find(
      (c) => !isConditionTrue(object, c),
    );
    if (missing === undefined || statusOf(object).phase === "Succeeded") return READY;
    const what = { PodScheduled: "scheduled", Initialized: "initialized", Ready: "ready" }[missing];
    const { namespace, name } = object.metadata;
    const status = `Waiting for Pod "${namespace}/${name}" to be ${what}`;
    return waiting(
      status,
      [status, podError(object)].filter((reason) => reason !== undefined),
    );
  },
};
