import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { numericIdOf, projectNumber } from "../../numericIds";
import { JsonObject } from "../../json";
import { baseName, projectOf } from "../../names";
import { REGIONS, zonesOf } from "../../tables/regions";
import { Call } from "../../wire/call";
import { selfLink } from "./common";
import { listed } from "./lists";
import { computeWording } from "./service";

/** Regions, with their quotas, and zones, which every project has; and the project itself with what it may have in all. */
export function placeMethods({ quotas }: Cloud): ServiceMethod[] {
  const regions = (call: Call) =>
    REGIONS.map((name) => ({
      ...region(call, name),
      quotas: quotas.listed(projectOf(call.name), name),
    }));
  const zones = (call: Call) =>
    REGIONS.flatMap((r) => zonesOf(r).map((name) => zone(call, r, name)));
  return [
    {
      id: "compute.projects.get",
      about: projectOnly,
      handle: ({ name }) => {
        const project = projectOf(name);
        return {
          id: projectNumber(project),
          name: project,
          quotas: quotas.listed(project, "global"),
          selfLink: selfLink(`projects/${project}`),
        };
      },
    },
    { id: "compute.regions.list", handle: (call) => listed(call, regions(call)) },
    { id: "compute.regions.get", about: projectOnly, handle: (call) => one(call, regions(call)) },
    { id: "compute.zones.list", handle: (call) => listed(call, zones(call)) },
    { id: "compute.zones.get", about: projectOnly, handle: (call) => one(call, zones(call)) },
  ];
}

/** Places have no roles of their own: their project decides. */
function projectOnly({ name }: Call): string {
  return `projects/${projectOf(name)}`;
}

/** @throws ApiError 404 */
function one({ name }: Call, places: JsonObject[]): JsonObject {
  const found = places.find((place) => place.name === baseName(name));
  if (!found) throw computeWording.notFound(name);
  return found;
}

function region(call: Call, name: string): JsonObject {
  const zones = zonesOf(name).map((z) => linkTo(call, `zones/${z}`));
  return { ...place(call, `regions/${name}`, name), zones };
}

function zone(call: Call, regionName: string, name: string): JsonObject {
  const link = linkTo(call, `regions/${regionName}`);
  return { ...place(call, `zones/${name}`, name), region: link };
}

function place(call: Call, path: string, name: string): JsonObject {
  return { id: numericIdOf(path), name, status: "UP", selfLink: linkTo(call, path) };
}

function linkTo({ name }: Call, path: string): string {
  return selfLink(`projects/${projectOf(name)}/${path}`);
}
