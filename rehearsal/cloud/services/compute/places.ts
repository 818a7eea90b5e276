import { ServiceMethod } from "../../access/admission";
import { numericIdOf } from "../../cloud";
import { JsonObject } from "../../json";
import { projectOf } from "../../names";
import { REGIONS, zonesOf } from "../../tables/regions";
import { Call } from "../../wire/call";
import { selfLink } from "./common";
import { listed } from "./service";

/** Regions and zones, which every project has. */
export function placeMethods(): ServiceMethod[] {
  return [
    {
      id: "compute.regions.list",
      handle: (call) =>
        listed(
          call,
          REGIONS.map((r) => region(call, r)),
        ),
    },
    {
      id: "compute.zones.list",
      handle: (call) =>
        listed(
          call,
          REGIONS.flatMap((r) => zonesOf(r).map((name) => zone(call, r, name))),
        ),
    },
  ];
}

function region(call: Call, name: string): JsonObject {
  const zones = zonesOf(name).map((z) => linkTo(call, `zones/${z}`));
  return { kind: "compute#region", ...place(call, `regions/${name}`, name), zones };
}

function zone(call: Call, regionName: string, name: string): JsonObject {
  const link = linkTo(call, `regions/${regionName}`);
  return { kind: "compute#zone", ...place(call, `zones/${name}`, name), region: link };
}

function place(call: Call, path: string, name: string): JsonObject {
  return { id: numericIdOf(path), name, status: "UP", selfLink: linkTo(call, path) };
}

function linkTo({ name }: Call, path: string): string {
  return selfLink(`projects/${projectOf(name)}/${path}`);
}
