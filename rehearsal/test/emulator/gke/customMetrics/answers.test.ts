import { answer } from "../../../../emulator/gke/customMetrics/answers";
import type { MetricSource } from "../../../../emulator/gke/customMetrics/podValues";
import { KubeError } from "../../../../emulator/kube/errors";

const ROOT = "/apis/custom.metrics.k8s.io/v1beta2";
const KV_CACHE = "autoscaling.gke.io|kv-cache|kv-cache";
const OF_PODS = `${ROOT}/namespaces/inference/pods/*/${encodeURIComponent(KV_CACHE)}`;
const TWO = [
  { pod: "vllm-1", value: 0.9 },
  { pod: "vllm-2", value: 0.12345 },
];

let asked: unknown[][];
beforeEach(() => (asked = []));

function source(values: Awaited<ReturnType<MetricSource["values"]>> = TWO): MetricSource {
  return {
    names: () => [KV_CACHE],
    values: (...question) => {
      asked.push(question);
      return Promise.resolve(values);
    },
  };
}

function status(code: number, reason: string, message: string) {
  const body = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure" };
  return { code, body: { ...body, message, reason, code } };
}

test("tells which metrics pods have, as discovery asks", async () => {
  expect(await answer(ROOT, source())).toEqual({
    code: 200,
    body: {
      kind: "APIResourceList",
      apiVersion: "v1",
      groupVersion: "custom.metrics.k8s.io/v1beta2",
      resources: [
        {
          name: `pods/${KV_CACHE}`,
          singularName: "",
          namespaced: true,
          kind: "MetricValueList",
          verbs: ["get"],
        },
      ],
    },
  });
});

test("tells the value of each selected pod, as an autoscaler asks", async () => {
  jest.useFakeTimers({ now: new Date("2026-11-30T12:00:00.500Z") });
  const told = await answer(`${OF_PODS}?labelSelector=app%3Dvllm`, source());
  jest.useRealTimers();
  const item = (name: string, value: string) => ({
    describedObject: { kind: "Pod", namespace: "inference", name, apiVersion: "v1" },
    metric: { name: KV_CACHE, selector: null },
    timestamp: "2026-11-30T12:00:00Z",
    value,
  });
  expect(told).toEqual({
    code: 200,
    body: {
      kind: "MetricValueList",
      apiVersion: "custom.metrics.k8s.io/v1beta2",
      metadata: {},
      items: [item("vllm-1", "900m"), item("vllm-2", "123m")],
    },
  });
  expect(asked).toEqual([["inference", KV_CACHE, { labelSelector: "app=vllm" }]]);
});

test("selects every pod where there is no selector, and one pod by its name", async () => {
  await answer(OF_PODS, source());
  await answer(OF_PODS.replace("*", "vllm-1"), source());
  expect(asked).toEqual([
    ["inference", KV_CACHE, { labelSelector: "" }],
    ["inference", KV_CACHE, { name: "vllm-1" }],
  ]);
});

test("has an empty list where the metric is there and no pod reports it", async () => {
  const { code, body } = await answer(OF_PODS, source([]));
  expect([code, body]).toEqual([200, expect.objectContaining({ items: [] })]);
});

test("finds no metric that nobody has declared, nor one of a pod that does not report it", async () => {
  const missing = { ...source(), values: () => Promise.resolve(undefined) };
  expect(await answer(OF_PODS, missing)).toEqual(
    status(404, "NotFound", `the server could not find the metric ${KV_CACHE} for pods`),
  );
  expect(await answer(OF_PODS.replace("*", "vllm-1"), source([]))).toEqual(
    status(404, "NotFound", `the server could not find the metric ${KV_CACHE} for pods vllm-1`),
  );
});

test.each([
  `${ROOT}/namespaces/inference/services/*/kv`,
  `${ROOT}/pods/*/kv`,
  `${ROOT}/namespaces/inference/pods/*`,
  `${ROOT}/namespaces/inference/pods/*/kv/more`,
  "/apis/custom.metrics.k8s.io/v1beta1/namespaces/inference/pods/*/kv",
  "/apis",
])("has nothing at %s", async (path) => {
  const words = "the server could not find the requested resource";
  expect(await answer(path, source())).toEqual(status(404, "NotFound", words));
  expect(asked).toEqual([]);
});

test("refuses to select by labels of the metric", async () => {
  const words = "a gauge has no labels here: metricLabelSelector must be left out";
  expect(await answer(`${OF_PODS}?metricLabelSelector=model%3Da`, source())).toEqual(
    status(400, "BadRequest", words),
  );
});

test("hands on what the API server says of a selector, and nothing else", async () => {
  const failing = (error: Error) => ({ ...source(), values: () => Promise.reject(error) });
  const refused = new KubeError({ code: 400, reason: "BadRequest", message: "unable to parse" });
  expect(await answer(OF_PODS, failing(refused))).toEqual(
    status(400, "BadRequest", "unable to parse"),
  );
  await expect(answer(OF_PODS, failing(new Error("boom")))).rejects.toThrow("boom");
});
