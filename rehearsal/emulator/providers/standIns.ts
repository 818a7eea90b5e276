import type { Log, Provider } from "./plugin";

/** The provider version whose behaviour is stood in for: npm package @pulumi/gcp of the same number. */
const GCP_VERSION = "9.37.0";

/** Makes a provider, given the log of the engine that asked for it. */
export type Create = (log: Log) => Provider;

/** The stand-ins, by the name in `pulumi-resource-<name>`. Each is loaded only where it is asked for. */
const STAND_INS: Record<string, () => Promise<Create>> = {
  gcp: async () => {
    const { GcpProvider } = await import("./gcp/provider.js");
    return (log) => new GcpProvider(GCP_VERSION, process.env, log);
  },
  random: async () => {
    const { RandomProvider } = await import("./random/provider.js");
    return () => new RandomProvider();
  },
};

/** @throws Error where there is no such stand-in */
export async function loadStandIn(name: string): Promise<Create> {
  const load = STAND_INS[name];
  if (load) return load();
  const names = Object.keys(STAND_INS).join(", ");
  throw new Error(`"${name}" is no provider that is stood in for; there are: ${names}`);
}
