import type { KubeClient } from "../../../kube/client";

/** The values of a ConfigMap or Secret by key; none where it does not exist. */
export async function dataOf(
  client: KubeClient,
  kind: "ConfigMap" | "Secret",
  namespace: string,
  name: string,
): Promise<Record<string, Buffer>> {
  const object = await client.getOptional({ apiVersion: "v1", kind, namespace, name });
  const { data = {}, binaryData = {} } = (object ?? {}) as {
    data?: Record<string, string>;
    binaryData?: Record<string, string>;
  };
  const encoding = kind === "Secret" ? "base64" : "utf8";
  return {
    ...mapValues(data, (value) => Buffer.from(value, encoding)),
    ...mapValues(binaryData, (value) => Buffer.from(value, "base64")),
  };
}

function mapValues(map: Record<string, string>, change: (value: string) => Buffer) {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
