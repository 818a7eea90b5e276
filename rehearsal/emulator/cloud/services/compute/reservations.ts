import { timestamp } from "../../clock";
import { Cloud } from "../../cloud";
import { Collection, methodsOf } from "../../collection";
import { invalidField } from "../../errors";
import { at, optionalString } from "../../json";
import { Reservation, RESERVATION } from "../../kinds";
import { baseName, checkComputeName, projectOf } from "../../names";
import { isOfferedIn } from "../../tables/machineTypes";
import { selfLink, serverFields } from "./common";
import { computeService } from "./service";

/** Machines that a project has in a zone before it uses them. Nothing uses them here. */
export function reservations(cloud: Cloud): Collection<Reservation> {
  return {
    kind: RESERVATION,
    service: computeService(cloud),
    methods: methodsOf("compute.reservations", "insert"),
    noun: "reservation",
    make: (name, input) => {
      checkComputeName(baseName(name));
      const zone = name.split("/")[3] ?? "";
      const properties = at(input, "specificReservation.instanceProperties");
      const machineType = optionalString(
        (properties ?? {}) as Record<string, string>,
        "machineType",
      );
      if (machineType === undefined || !isOfferedIn(machineType, zone)) {
        throw invalidField("specificReservation", String(machineType), `It is not in ${zone}.`);
      }
      return {
        ...input,
        ...serverFields(name, timestamp(cloud.clock)),
        name: baseName(name),
        zone,
      };
    },
    view: (name, body) => ({
      ...body,
      status: "READY",
      zone: selfLink(`projects/${projectOf(name)}/zones/${body.zone}`),
    }),
  };
}
