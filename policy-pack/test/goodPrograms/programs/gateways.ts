import type { Registered } from "../../support/policies";
import { edited, found, without } from "../alter";
import { importOf, policies } from "../parts/gateway";
import { serving, VLLM } from "../parts/serving";
import { picker } from "../parts/picker";
import { object, SITE } from "../parts/site";
import { program } from "../program";

const GATEWAY = "gateway.networking.k8s.io/v1:Gateway";
const ROUTE = "gateway.networking.k8s.io/v1:HTTPRoute";
const own = { namespace: SITE.namespace };

const listeners = (...all: object[]) => edited(program(), /:Gateway::/, "spec.listeners", all);
const http = { name: "http", protocol: "HTTP", port: 80 };
const https = {
  name: "https",
  protocol: "HTTPS",
  port: 443,
  tls: { mode: "Terminate", certificateRefs: [{ name: "front-tls" }] },
};
const certificate = object(
  "ams",
  "core/v1:Secret",
  { name: "front-tls", ...own },
  {
    type: "kubernetes.io/tls",
    data: { "tls.crt": "Yw==", "tls.key": "aw==" },
  },
);

/** A second route that sends everybody from HTTP to HTTPS. */
function redirecting(): Registered[] {
  const secure = edited(listeners(http, https), /HTTPRoute::/, "spec.parentRefs", [
    { name: "front", sectionName: "https" },
  ]);
  const redirect = object(
    "ams",
    ROUTE,
    { name: "to-https", ...own },
    {
      spec: {
        parentRefs: [{ name: "front", sectionName: "http" }],
        rules: [
          {
            filters: [
              { type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } },
            ],
          },
        ],
      },
    },
  );
  return [...secure, certificate, redirect];
}

/** The Gateway is in a namespace of its own, and admits routes of all. */
function inAnotherNamespace(): Registered[] {
  const moved = edited(
    listeners({ ...http, allowedRoutes: { namespaces: { from: "All" } } }),
    /:Gateway::/,
    "metadata.namespace",
    "edge",
  );
  const named = edited(moved, /HTTPRoute::/, "spec.parentRefs", [
    { name: "front", namespace: "edge" },
  ]);
  return [...named, object("ams", "core/v1:Namespace", { name: "edge" })];
}

/** Two models behind one gateway, told apart by a header. */
function twoModels(): Registered[] {
  const second = { ...SITE, pool: "mistral", picker: "mistral-picker" };
  const isNew = ({ inputs, type }: Registered) =>
    !type.endsWith(":Namespace") &&
    !JSON.stringify(inputs).includes('"metadata":{"name":"cache"') &&
    !type.endsWith(":InferenceObjective");
  const more = SITE.places.flatMap((place) => [
    ...serving(second, place, { engine: VLLM }),
    ...picker(second, place),
  ]);
  const metrics = SITE.places.flatMap((place) => {
    return serving(second, place, { engine: VLLM })
      .filter(({ type }) => type.endsWith(":AutoscalingMetric"))
      .map((each) => renamed(each, "mistral-cache"));
  });
  const rules = [
    {
      matches: [{ headers: [{ name: "x-model", value: "mistral" }] }],
      backendRefs: [importOf("mistral")],
    },
    { backendRefs: [importOf(SITE.pool)] },
  ];
  return [
    ...edited(program(), /HTTPRoute::/, "spec.rules", rules),
    ...more.filter(isNew),
    ...metrics,
    ...policies(SITE, "mistral", 8000),
  ];
}

function renamed(resource: Registered, name: string): Registered {
  const inputs = structuredClone(resource.inputs) as { metadata: { name: string } };
  inputs.metadata.name = name;
  return { ...resource, name: `${resource.name}-${name}`, inputs };
}

/** A Gateway with a route to a Service, as a user interface has it. */
function beside(
  gatewayClass: string,
  cluster = "ams",
  backend: object = { name: "web", port: 80 },
): Registered[] {
  return [
    object(
      cluster,
      GATEWAY,
      { name: "web", ...own },
      {
        spec: { gatewayClassName: gatewayClass, listeners: [http] },
      },
    ),
    object(
      cluster,
      ROUTE,
      { name: "web", ...own },
      {
        spec: { parentRefs: [{ name: "web" }], rules: [{ backendRefs: [backend] }] },
      },
    ),
  ];
}

const webService = object(
  "ams",
  "core/v1:Service",
  { name: "web", ...own },
  {
    spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
  },
);

/** The backend policy of a user interface, with what a page needs. */
const webPolicy = object(
  "ams",
  "networking.gke.io/v1:GCPBackendPolicy",
  { name: "web", ...own },
  {
    spec: {
      targetRef: { group: "", kind: "Service", name: "web" },
      default: { timeoutSec: 20, sessionAffinity: { type: "GENERATED_COOKIE", cookieTtlSec: 600 } },
    },
  },
);

const webCheck = object(
  "ams",
  "networking.gke.io/v1:HealthCheckPolicy",
  { name: "web", ...own },
  {
    spec: {
      targetRef: { group: "", kind: "Service", name: "web" },
      default: { config: { type: "HTTP", httpHealthCheck: { requestPath: "/", port: 8080 } } },
    },
  },
);

const imported = { group: "net.gke.io", kind: "ServiceImport", name: "web", port: 80 };

/** How requests get in, and what else the clusters have a Gateway for. */
export const gateways: readonly (readonly [string, readonly Registered[]])[] = [
  ["HTTPS, with a redirect to it", redirecting()],
  ["a Gateway in another namespace", inAnotherNamespace()],
  ["two models behind one gateway", twoModels()],
  ["a Gateway of Istio beside it", [...program(), ...beside("istio")]],
  [
    "a Gateway to the internet for a user interface",
    [...program(), webService, ...beside("gke-l7-global-external-managed")],
  ],
  ["a regional Gateway for a user interface", [...program(), ...beside("gke-l7-rilb", "ord")]],
  [
    "a multi-cluster Gateway for a user interface",
    [...program(), ...beside("gke-l7-global-external-managed-mc", "ams", imported)],
  ],
  [
    "a multi-cluster Gateway whose routes are of another stack",
    [...program(), ...beside("gke-l7-rilb-mc").slice(0, 1)],
  ],
  ["policies of a user interface", [...program(), webService, webPolicy, webCheck]],
  [
    "a ServiceImport beside the pool",
    edited(program(), /HTTPRoute::/, "spec.rules", [
      { matches: [{ path: { type: "PathPrefix", value: "/ui" } }], backendRefs: [imported] },
      { backendRefs: [importOf(SITE.pool)] },
    ]),
  ],
  [
    "a pool without a gateway",
    without(program(), /(?:Gateway|HTTPRoute|GCPBackendPolicy|HealthCheckPolicy)::/),
  ],
  [
    "one name of the host on both sides",
    edited(listeners({ ...http, hostname: "*.acme.internal" }), /HTTPRoute::/, "spec.hostnames", [
      "llm.acme.internal",
    ]),
  ],
  [
    "a listener for another name beside",
    edited(
      listeners(
        { ...http, hostname: "llm.acme.internal" },
        { ...http, name: "ui", hostname: "ui.acme.internal" },
      ),
      /HTTPRoute::/,
      "spec.hostnames",
      ["LLM.acme.internal"],
    ),
  ],
  [
    "a backend of weight 0 beside the one that serves",
    edited(program(), /HTTPRoute::/, "spec.rules", [
      { backendRefs: [importOf(SITE.pool), { ...importOf(SITE.pool), weight: 0 }] },
    ]),
  ],
  [
    "one region drained",
    edited(program(), /GCPBackendPolicy::/, "spec.default.scopes", [
      { selector: { "gke.io/region": "us-central1" }, capacityScalerPercent: 0 },
    ]),
  ],
];

/** The gateway of the program, for those who change it. */
export const front = found(program(), /:Gateway::/);
