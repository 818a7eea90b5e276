import { grantsOf } from "./access/callers";
import { Cloud } from "./cloud";
import { diagnoseCloud } from "./diagnose";
import { Faults } from "./faults";
import { Json, JsonObject } from "./json";
import { CALLER, outlivesDestroy, POLICY } from "./kinds";
import { Route } from "./router";
import { dnsAnswers } from "./services/dns/answers";
import { GoogleApis } from "./wire/googleApis";
import type { Traffic } from "../loadBalancer/traffic";
import type { Calls } from "./calls";

export interface Admin {
  google: GoogleApis;
  faults: Faults;
  calls: Calls;
  /** What the load balancers do with requests. */
  traffic(): Traffic;
  /** Ends the daemon; data stays. */
  shutdown(): void;
}

/** The emulated cloud's own API, beside Google's: to look at it, turn its knobs and end it. */
export function adminRoutes(
  cloud: Cloud,
  { google, faults, calls, traffic, shutdown }: Admin,
): Route[] {
  const { gke, operations, callers, knobs } = cloud;
  return [
    { method: "GET", path: "/admin/resources", handle: () => leftResources(cloud) },
    { method: "GET", path: "/admin/loadBalancers", handle: () => asJson(gke.loadBalancers()) },
    { method: "GET", path: "/admin/traffic", handle: () => asJson(traffic()) },
    { method: "GET", path: "/admin/dns", handle: () => asJson(dnsAnswers(cloud)) },
    {
      method: "GET",
      path: "/admin/diagnose",
      handle: async () => [
        ...diagnoseCloud(cloud),
        ...google.faults,
        ...(await gke.diagnose()),
        ...traffic().problems,
      ],
    },
    {
      method: "GET",
      path: "/admin/wire",
      handle: () => ({ wrongAnswers: google.faults, ignoredFields: google.ignored }),
    },
    { method: "GET", path: "/admin/abandoned", handle: () => asJson(gke.abandoned()) },
    { method: "GET", path: "/admin/clusters", handle: () => asJson(gke.controlPlanes()) },
    { method: "GET", path: "/admin/knobs", handle: () => knobs.get() },
    {
      method: "PATCH",
      path: "/admin/knobs",
      handle: ({ body }) => {
        const changed = knobs.patch(body);
        if ("flake" in body) faults.reset();
        operations.wake();
        return changed;
      },
    },
    {
      method: "GET",
      path: "/admin/calls",
      handle: () => ({
        requests: calls.requests,
        refusedByFault: faults.refused,
        byService: calls.byService,
      }),
    },
    {
      method: "GET",
      path: "/admin/callers/{email}",
      handle: ({ params: { email = "" } }) => ({
        permissions: callers.askedOf(`serviceAccount:${email}`),
      }),
    },
    {
      method: "PUT",
      path: "/admin/callers/{email}",
      handle: ({ params: { email = "" }, body }) => ({
        accessToken: callers.admit(`serviceAccount:${email}`, grantsOf(body.grants)),
      }),
    },
    {
      method: "POST",
      path: "/admin/shutdown",
      handle: () => {
        // After the answer has gone out.
        setImmediate(shutdown);
        return {};
      },
    },
  ];
}

/** The resources and grants that `pulumi destroy` should delete. */
function leftResources({ store, managed }: Cloud): JsonObject[] {
  managed.look();
  const resources = store
    .all()
    .filter(({ type }) => !outlivesDestroy(type))
    .map(({ type, name }) => {
      const [service = "", short = ""] = type.split("/");
      return { service, type: short, name };
    });
  // Who deploys had its roles before.
  const isDeployed = (member: string) => store.get(CALLER, member) === undefined;
  const grants = store.list(POLICY).flatMap(({ name, body }) =>
    body.bindings.flatMap(({ role, members }) =>
      members.filter(isDeployed).map((member) => ({
        service: policyService(name),
        type: "IamBinding",
        name: `${name} ${role} ${member}`,
      })),
    ),
  );
  return [...resources, ...grants];
}

/** The service that keeps the policy of a resource. */
function policyService(resource: string): string {
  if (resource.includes("/serviceAccounts/")) return "iam.googleapis.com";
  if (resource.includes("/buckets/")) return "storage.googleapis.com";
  if (resource.includes("/secrets/")) return "secretmanager.googleapis.com";
  return "cloudresourcemanager.googleapis.com";
}

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
