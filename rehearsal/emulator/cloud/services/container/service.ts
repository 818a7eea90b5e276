import { Cloud } from "../../cloud";
import { Service } from "../../service";
import { containerWording } from "./common";
import { operationJson, operationName } from "./operations";

/** How GKE speaks of its resources: every change is an operation; lists have no pages. */
export function containerService({ operations }: Cloud, plural: "clusters" | "nodePools"): Service {
  return {
    wording: containerWording,
    operationName,
    answer: async (operation) =>
      operationJson(await operations.shortly(operation), operation.body.version),
    listed: (_call, items) => ({ ...(items.length > 0 && { [plural]: items }) }),
  };
}
