import { randomUUID } from "node:crypto";

import { timestamp } from "../../clock";
import { Cloud } from "../../cloud";
import { Collection, methodsOf } from "../../collection";
import { ApiError } from "../../errors";
import { at, JsonObject } from "../../json";
import { CLUSTER, Membership, MEMBERSHIP } from "../../kinds";
import { checkMembershipId, projectOf } from "../../names";
import { fillIn } from "../../tables/filledIn/filledIn";
import { MEMBERSHIP as FILLED_IN } from "../../tables/filledIn/fleetAndDns";
import { REGIONS } from "../../tables/regions";
import { replaced } from "../../wire/fieldMask";
import { containerWording } from "../container/common";
import { invalidValue } from "./common";
import { hubService } from "./service";

const CONTAINER = "//container.googleapis.com/";
const CLUSTER_PATH = /^projects\/[^/]+\/locations\/[^/]+\/clusters\/[^/]+$/;

/**
 * Source: the reference of `Membership`; that a membership stays with its cluster: `endpoint` is immutable in
 * resource_gke_hub_membership.go of terraform-provider-google-beta, 93c65b2d60.
 */
const SETTABLE = ["labels", "authority", "externalId", "monitoringConfig"];

export function memberships(cloud: Cloud): Collection<Membership> {
  const { clock, gke, managed } = cloud;
  return {
    kind: MEMBERSHIP,
    service: hubService(cloud),
    methods: methodsOf("gkehub.projects.locations.memberships", "create"),
    changes: {
      "gkehub.projects.locations.memberships.patch": ({ query, body }, current) =>
        replaced(query.get("updateMask") ?? undefined, body, current, SETTABLE),
    },
    noun: "membership",
    read: ({ query, body }) => ({ id: query.get("membershipId") ?? "", input: body }),
    make: (name, input) => {
      const [, , , location = "", , id = ""] = name.split("/");
      checkMembershipId(id);
      if (location !== "global" && !REGIONS.includes(location)) {
        throw invalidValue("location", `"${location}" is neither "global" nor a region`);
      }
      const cluster = clusterOf(input);
      checkCluster(cloud, cluster, name);
      checkIssuer(cluster, input);
      const now = timestamp(clock);
      const made = { uniqueId: randomUUID(), createTime: now, updateTime: now };
      return filled(name, { ...input, ...made, cluster });
    },
    change: (name, changed, { cluster }) => {
      checkIssuer(cluster, changed);
      return filled(name, { ...changed, cluster, updateTime: timestamp(clock) });
    },
    work: { delete: (_name, { cluster }) => managed.lookAfresh(cluster) },
    committed: (verb, _name, { cluster }) => {
      if (verb === "delete") managed.leaveBehind(cluster);
      gke.cloudChanged();
    },
    view: (name, { cluster, ...body }) => ({
      endpoint: { gkeCluster: { resourceLink: CONTAINER + cluster } },
      ...body,
      name,
    }),
  };
}

function filled(name: string, membership: Membership): Membership {
  const workloadPool = `${projectOf(name)}.svc.id.goog`;
  return fillIn(FILLED_IN, membership, { workloadPool });
}

function clusterOf(input: JsonObject): string {
  const link = String(at(input, "endpoint.gkeCluster.resourceLink") ?? "");
  const path = link.startsWith(CONTAINER) ? link.slice(CONTAINER.length) : "";
  if (CLUSTER_PATH.test(path)) return path;
  throw invalidValue(
    "endpoint.gke_cluster.resource_link",
    `failed to validate gke resource path "${link}": Invalid GKE cluster resource path ` +
      `"${link}": INVALID_ARGUMENT: "${link}" is not a valid path`,
  );
}

/** The cluster is there and in no fleet yet. @throws ApiError */
function checkCluster({ store, operations }: Cloud, cluster: string, membership: string): void {
  const found = store.get(CLUSTER, cluster);
  if (!found) throw new ApiError("NOT_FOUND", `GKE cluster "${CONTAINER}${cluster}" was not found`);
  const running = operations.runningOn(found);
  if (running && running.body.verb !== "patch") throw containerWording.busy(cluster, running);
  const other = store.list(MEMBERSHIP).find(({ body }) => body.cluster === cluster);
  if (!other) return;
  throw new ApiError(
    "ALREADY_EXISTS",
    `intend to register the cluster with resource: //gkehub.googleapis.com/${membership}, ` +
      `but the cluster is already registered with resource: //gkehub.googleapis.com/${other.name}`,
  );
}

function checkIssuer(cluster: string, input: JsonObject): void {
  const issuer = at(input, "authority.issuer");
  const expected = `https://container.googleapis.com/v1/${cluster}`;
  if (issuer === undefined || issuer === expected) return;
  throw invalidValue(
    "authority.issuer",
    `"${String(issuer)}" is not the issuer of the cluster, ${expected}`,
  );
}
