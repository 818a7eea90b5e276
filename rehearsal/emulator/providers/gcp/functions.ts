import { isMap, PropertyMap } from "../plugin";
import { Json } from "./engine/json";
import { lastSegment } from "./engine/names";
import { locationOf, projectOf, regionOf } from "./engine/place";
import { Context } from "./engine/resource";
import { text } from "./engine/values";
import { CONTAINER } from "./resources/cluster/api";
import { COMPUTE } from "./resources/computeApi";
import { feature } from "./resources/feature";

type Function = (context: Context, args: PropertyMap) => Promise<PropertyMap>;

interface Channel {
  channel: string;
  defaultVersion: string;
  validVersions: string[];
  upgradeTargetVersion: string;
}

const FUNCTIONS: Record<string, Function> = {
  "gcp:organizations/getProject:getProject": getProject,
  "gcp:container/getEngineVersions:getEngineVersions": getEngineVersions,
  "gcp:compute/getZones:getZones": getZones,
  "gcp:gkehub/getFeature:getFeature": getFeature,
};

/** @throws Error that lists the functions there are */
export function functionOf(token: string): Function {
  const found = FUNCTIONS[token];
  if (found) return found;
  const known = Object.keys(FUNCTIONS).join(", ");
  throw new Error(`${token} is not among the functions of the emulated cloud: ${known}`);
}

async function getProject({ cloud, config, deadline }: Context, args: PropertyMap) {
  const projectId = text(args.projectId) || projectOf({}, config);
  const url = `https://cloudresourcemanager.googleapis.com/v1/projects/${projectId}`;
  const json = await cloud.call("GET", url, undefined, deadline);
  const labels = (json.labels ?? {}) as PropertyMap;
  return {
    id: `projects/${projectId}`,
    projectId,
    name: text(json.name),
    number: text(json.projectNumber),
    labels,
    effectiveLabels: labels,
    pulumiLabels: labels,
    autoCreateNetwork: true,
    billingAccount: "",
    deletionPolicy: "DELETE",
    folderId: "",
    orgId: "",
    tags: {},
  };
}

async function getEngineVersions({ cloud, config, deadline }: Context, args: PropertyMap) {
  const [project, location] = [projectOf(args, config), locationOf(args, config)];
  const url = `${CONTAINER}/projects/${project}/locations/${location}/serverConfig`;
  const json = await cloud.call("GET", url, undefined, deadline);
  // A plain prefix: "1.3" also finds 1.30.
  const prefix = text(args.versionPrefix);
  const matching = (versions: unknown) =>
    (versions as string[]).filter((version) => version.startsWith(prefix));
  const [masters, nodes] = [matching(json.validMasterVersions), matching(json.validNodeVersions)];
  const channels = json.channels as (Channel & Json)[];
  const byChannel = (pick: (channel: Channel) => string | undefined): PropertyMap =>
    Object.fromEntries(
      channels.flatMap((channel) => {
        const version = pick(channel);
        return version === undefined ? [] : [[channel.channel, version]];
      }),
    );
  return {
    id: new Date().toISOString(),
    project,
    location,
    ...(prefix && { versionPrefix: prefix }),
    defaultClusterVersion: text(json.defaultClusterVersion),
    validMasterVersions: masters,
    validNodeVersions: nodes,
    ...(masters[0] !== undefined && { latestMasterVersion: masters[0] }),
    ...(nodes[0] !== undefined && { latestNodeVersion: nodes[0] }),
    releaseChannelDefaultVersion: byChannel(({ defaultVersion }) => defaultVersion),
    releaseChannelLatestVersion: byChannel(({ validVersions }) => matching(validVersions)[0]),
    releaseChannelUpgradeTargetVersion: byChannel((channel) => channel.upgradeTargetVersion),
  };
}

async function getZones({ cloud, config, deadline }: Context, args: PropertyMap) {
  const [project, region] = [projectOf(args, config), regionOf(args, config)];
  const status = text(args.status);
  const query = new URLSearchParams({ filter: status && ` (status eq ${status})` });
  const zones: Json[] = [];
  for (;;) {
    const list = `${COMPUTE.base}/projects/${project}/zones?${query.toString()}`;
    const { items = [], nextPageToken } = await cloud.call("GET", list, undefined, deadline);
    zones.push(...(items as Json[]));
    if (typeof nextPageToken !== "string") break;
    query.set("pageToken", nextPageToken);
  }
  const names = zones
    .filter((zone) => text(zone.region).endsWith(`/${lastSegment(region)}`))
    .map(({ name }) => text(name))
    .sort();
  const id = `projects/${project}/regions/${region}`;
  return { id, project, region, names, ...(status && { status }) };
}

/** A feature of the fleet, with lists where the resource has blocks. @throws in the provider's words where it is not there */
async function getFeature(context: Context, args: PropertyMap): Promise<PropertyMap> {
  const [project, location] = [projectOf(args, context.config), text(args.location)];
  const id = `projects/${project}/locations/${location}/features/${text(args.name)}`;
  const found = await feature.backend.read(context, id, {});
  if (!found) throw new Error(`${id} not found`);
  const { spec, ...rest } = found;
  const ingress = isMap(spec) ? spec.multiclusteringress : undefined;
  const specs = ingress === undefined ? [] : [{ multiclusteringresses: [ingress] }];
  return { ...rest, id, specs };
}
