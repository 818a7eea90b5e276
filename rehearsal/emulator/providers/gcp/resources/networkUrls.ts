import { isMap, PropertyMap, Value } from "../../plugin";
import { Json } from "../engine/json";

const COMPUTE = "https://compute.googleapis.com/compute/v1/";

/** Properties with every `networkUrl` as a URL: Cloud DNS takes no path, so the provider makes one of it. */
export function withNetworkUrls(properties: PropertyMap): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      key,
      key === "networkUrl" && typeof value === "string" ? urlOf(value) : inside(value),
    ]),
  );
}

function inside(value: Value): unknown {
  if (Array.isArray(value)) return value.map(inside);
  return isMap(value) ? withNetworkUrls(value) : value;
}

function urlOf(network: string): string {
  return network.startsWith("https://") ? network : COMPUTE + network;
}
