import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { AnyCollection } from "../../collection";
import { JsonObject } from "../../json";
import {
  ADDRESS,
  FORWARDING_RULE,
  Kind,
  NETWORK_ENDPOINT_GROUP,
  ROUTER,
  SUBNETWORK,
} from "../../kinds";
import { projectOf } from "../../names";
import { MethodId } from "../../tables/methods";
import { aggregated, Scopes } from "./lists";
import { operationJson } from "./operations";

interface Row extends Scopes {
  id: MethodId;
  kind: Kind<JsonObject>;
  /** In each place of the answer. */
  field: string;
}

const EVERYWHERE: Scopes = { isGlobal: true, isRegional: true, isZonal: true };

/** Where `gcloud compute ... list` without a place looks. */
const ROWS: Row[] = [
  {
    id: "compute.addresses.aggregatedList",
    kind: ADDRESS,
    field: "addresses",
    isGlobal: true,
    isRegional: true,
  },
  {
    id: "compute.forwardingRules.aggregatedList",
    kind: FORWARDING_RULE,
    field: "forwardingRules",
    isGlobal: true,
    isRegional: true,
  },
  {
    id: "compute.networkEndpointGroups.aggregatedList",
    kind: NETWORK_ENDPOINT_GROUP,
    field: "networkEndpointGroups",
    ...EVERYWHERE,
  },
  { id: "compute.routers.aggregatedList", kind: ROUTER, field: "routers", isRegional: true },
  {
    id: "compute.subnetworks.aggregatedList",
    kind: SUBNETWORK,
    field: "subnetworks",
    isRegional: true,
  },
];

/** Lists of resources over all places of a project. @param collections of Compute Engine */
export function aggregatedMethods(cloud: Cloud, collections: AnyCollection[]): ServiceMethod[] {
  const { store, managed, operations } = cloud;
  const ofKinds = ROWS.map(({ id, kind, field, ...scopes }): ServiceMethod => ({
    id,
    handle: (call) => {
      managed.look();
      const view = collections.find((collection) => collection.kind.type === kind.type)?.view;
      const all = store.list(kind, `projects/${projectOf(call.name)}/`);
      const shown = all.map(({ name, body }) => view?.(name, body, call.method.version) ?? body);
      return aggregated(call, shown, field, scopes);
    },
  }));
  return [
    ...ofKinds,
    {
      id: "compute.globalOperations.aggregatedList",
      handle: (call) => {
        const ofProject = operations.below(`projects/${projectOf(call.name)}`);
        const all = ofProject.filter(({ body }) => body.method.startsWith("compute."));
        return aggregated(call, all.map(operationJson), "operations", EVERYWHERE);
      },
    },
  ];
}
