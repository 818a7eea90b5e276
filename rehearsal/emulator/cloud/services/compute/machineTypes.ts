import { ServiceMethod } from "../../access/admission";
import { numericIdOf } from "../../numericIds";
import { JsonObject } from "../../json";
import { baseName, projectOf } from "../../names";
import { isOfferedIn } from "../../tables/machineTypes";
import { REGIONS, zonesOf } from "../../tables/regions";
import { type Machine, MACHINE_TYPES } from "../../../gke/nodes/machineTypes";
import { Call } from "../../wire/call";
import { selfLink } from "./common";
import { aggregated, listed } from "./lists";
import { computeWording } from "./service";

/** The machine types of each zone, which every project has. */
export function machineTypeMethods(): ServiceMethod[] {
  const inZone = (call: Call) => offered(call, call.params.zone ?? "");
  return [
    {
      id: "compute.machineTypes.aggregatedList",
      handle: (call) => {
        const all = REGIONS.flatMap(zonesOf).flatMap((zone) => offered(call, zone));
        return aggregated(call, all, "machineTypes", { isZonal: true });
      },
    },
    { id: "compute.machineTypes.list", handle: (call) => listed(call, inZone(call)) },
    {
      id: "compute.machineTypes.get",
      about: ({ name }) => `projects/${projectOf(name)}`,
      handle: (call) => {
        const found = inZone(call).find(({ name }) => name === baseName(call.name));
        if (!found) throw computeWording.notFound(call.name);
        return found;
      },
    },
  ];
}

function offered({ name }: Call, zone: string): JsonObject[] {
  return MACHINE_TYPES.filter((type) => isOfferedIn(type.name, zone)).map((type) =>
    view(`projects/${projectOf(name)}/zones/${zone}/machineTypes/${type.name}`, zone, type),
  );
}

function view(path: string, zone: string, { name, vcpus, memoryGb, gpu }: Machine): JsonObject {
  return {
    id: numericIdOf(path),
    name,
    zone,
    guestCpus: vcpus,
    memoryMb: memoryGb * 1024,
    ...(gpu && {
      accelerators: [{ guestAcceleratorType: gpu.type, guestAcceleratorCount: gpu.count }],
    }),
    selfLink: selfLink(path),
  };
}
