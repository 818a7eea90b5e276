import { append, type Value } from "../frame";

/** Keys of labels that controllers add to those of the template. */
const CONTROLLERS_OWN =
  /^(?:pod-template-hash|controller-revision-hash|apps\.kubernetes\.io\/pod-index|(?:statefulset\.kubernetes\.io|leaderworkerset\.sigs\.k8s\.io)\/.*)$/;

interface Entry<T> {
  readonly item: T;
  /** Labels that a pod must have, as far as they are known. */
  readonly wanted: readonly (readonly [key: string, value: string])[];
  readonly order: number;
}

/**
 * Finds what selects a pod by `matchLabels`, by index instead of one after the other. Values that
 * are not known yet, and labels that only the pod's controller adds, count as matching.
 */
export class PodSelectors<T> {
  private readonly buckets = new Map<string, Entry<T>[]>();
  private added = 0;

  /** `scope` is whatever both sides must share, such as the cluster and the namespace. */
  add(scope: string, matchLabels: Value, item: T): void {
    const labels = matchLabels.fields ?? [];
    const selectsNone =
      labels.length === 0 || labels.some(([, { raw }]) => typeof raw !== "string");
    if (selectsNone && !matchLabels.unknown) {
      return;
    }
    const wanted = labels.flatMap(([key, { text }]) => {
      return text === undefined || CONTROLLERS_OWN.test(key) ? [] : [[key, text] as const];
    });
    const [first] = wanted;
    const bucket = bucketOf(scope, first?.[0]);
    for (const key of new Set([bucket, bucketOf(scope, ...(first ?? []))])) {
      append(this.buckets, key, { item, wanted, order: this.added });
    }
    this.added += 1;
  }

  /** Everything in the scope that selects pods with these labels, in the order of adding. */
  selecting(scope: string, labels: Value): readonly T[] {
    const keys = (labels.fields ?? []).map(([key, label]) => bucketOf(scope, key, label.text));
    const found = [bucketOf(scope), ...keys].flatMap((key) => this.buckets.get(key) ?? []);
    return found
      .filter(({ wanted }) => {
        return wanted.every(([key, value]) => {
          const label = labels.at(key);
          return label.unknown || label.text === value;
        });
      })
      .sort((one, other) => one.order - other.order)
      .map(({ item }) => item);
  }
}

function bucketOf(scope: string, ...label: readonly (string | undefined)[]): string {
  return JSON.stringify([scope, ...label.filter((part) => part !== undefined)]);
}
