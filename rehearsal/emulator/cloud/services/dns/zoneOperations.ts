import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { JsonObject } from "../../json";
import { baseName } from "../../names";
import { isDone, Operation } from "../../operations";
import { Stored } from "../../store";
import { Call } from "../../wire/call";
import { dnsWording, MANAGED_ZONE, missing } from "./common";
import { listed } from "./listed";

const TYPES: Record<string, string> = { insert: "insert", patch: "update", delete: "delete" };

/** What was done to a zone itself. */
export function zoneOperationMethods({ store, operations }: Cloud): ServiceMethod[] {
  const check = ({ name }: Call) => {
    const zone = zoneOf(name);
    if (store.get(MANAGED_ZONE, zone)) return;
    throw dnsWording("entity.managedZone", "parameters.managedZone").notFound(zone);
  };
  return [
    {
      id: "dns.managedZoneOperations.get",
      about: ({ name }) => zoneOf(name),
      handle: (call) => {
        check(call);
        const operation = operations.get(call.name);
        if (!operation) throw missing("parameters.operation", baseName(call.name));
        return operationJson(operation);
      },
    },
    {
      id: "dns.managedZoneOperations.list",
      about: ({ name }) => zoneOf(name),
      handle: (call) => {
        check(call);
        return listed(call, operations.below(call.name).map(operationJson), "operations");
      },
    },
  ];
}

function zoneOf(name: string): string {
  return name.split("/").slice(0, 4).join("/");
}

/** `dns#operation` */
export function operationJson(operation: Stored<Operation>): JsonObject {
  const { name, body } = operation;
  const { verb, caller, startTime, response } = body;
  return {
    id: baseName(name),
    startTime: new Date(startTime).toISOString(),
    status: isDone(operation) ? "done" : "pending",
    type: TYPES[verb],
    user: caller?.replace(/^\w+:/, ""),
    ...(response && { zoneContext: { newValue: response } }),
  };
}
