import { Kind } from "./definition";
import { array, boolean, integer, intOrString, map, object, Schema, string } from "./schema";

/**
 * The kinds of managed Prometheus that say which pods are scraped, in a namespace and everywhere.
 */
export function podMonitoring(): Kind {
  return monitoring("PodMonitoring", "podmonitorings", "Namespaced");
}

export function clusterPodMonitoring(): Kind {
  return monitoring("ClusterPodMonitoring", "clusterpodmonitorings", "Cluster");
}

function monitoring(kind: string, plural: string, scope: Kind["scope"]): Kind {
  return {
    group: "monitoring.googleapis.com",
    version: "v1",
    kind,
    plural,
    scope,
    spec: object(
      {
        endpoints: array(endpoint(secretKey(scope))),
        selector: labelSelector(),
        filterRunning: boolean(),
        targetLabels: object({
          metadata: array(string()),
          fromPod: array(object({ from: string(), to: string() }, { required: ["from"] })),
        }),
        limits: object({
          samples: integer(),
          labels: integer(),
          labelNameLength: integer(),
          labelValueLength: integer(),
        }),
      },
      { required: ["endpoints", "selector"] },
    ),
    status: status(),
  };
}

const DURATION =
  "^((([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?|0)$";

function endpoint(secret: Schema): Schema {
  return object(
    {
      port: intOrString(),
      path: string(),
      scheme: string(),
      interval: string({ default: "1m", pattern: DURATION }),
      timeout: string(),
      params: map(array(string())),
      proxyUrl: string(),
      authorization: object({ type: string(), credentials: secret }),
      basicAuth: object({ username: string(), password: secret }),
      tls: object({
        ca: secret,
        cert: secret,
        key: secret,
        insecureSkipVerify: boolean(),
        serverName: string(),
        minVersion: string(),
        maxVersion: string(),
      }),
      metricRelabeling: array(
        object({
          action: string(),
          modulus: integer(),
          regex: string(),
          replacement: string(),
          separator: string(),
          sourceLabels: array(string()),
          targetLabel: string(),
        }),
      ),
    },
    { required: ["port"] },
  );
}

/** A key of a Secret; only the kind for the whole cluster says in which namespace. */
function secretKey(scope: Kind["scope"]): Schema {
  const namespace = scope === "Cluster" && { namespace: string() };
  const key = object(
    { name: string(), key: string(), ...namespace },
    { required: ["name", "key"] },
  );
  return object({ secret: key });
}

function labelSelector(): Schema {
  const expression = object(
    { key: string(), operator: string(), values: array(string()) },
    { required: ["key", "operator"] },
  );
  return object({ matchLabels: map(string()), matchExpressions: array(expression) });
}

function status(): Schema {
  const condition = object(
    {
      type: string(),
      status: string(),
      reason: string(),
      message: string(),
      lastTransitionTime: string({ format: "date-time" }),
      lastUpdateTime: string({ format: "date-time" }),
    },
    { required: ["status", "type"] },
  );
  return object({ conditions: array(condition), observedGeneration: integer() });
}
