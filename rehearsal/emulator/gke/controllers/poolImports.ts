import { customResourceDefinition } from "../crds/definition";
import { gcpInferencePoolImport } from "../crds/gcpInferencePoolImport";
import { Delays, SECONDS } from "../delays";
import { PoolImport } from "../world/kinds";
import { ClusterState, configClusterOf, keyOf, projectsOf, World } from "../world/world";
import { equal, withConditions, yes } from "./conditions";
import { Export, exportsOf, importsBlocked } from "./exports";
import { CONTROLLER, hasGatewayApi } from "./gatewayClasses";
import { Write } from "./writes";

/**
 * Keeps one GCPInferencePoolImport on the config cluster for every name under which members of the
 * fleet export a pool. The kind itself comes and goes with the feature.
 */
export function poolImports(world: World, delays: Delays): Write[] {
  return projectsOf(world).flatMap((project) => {
    const config = configClusterOf(world, project);
    const others = world.clusters.filter((c) => c.spec.project === project && c !== config);
    return [
      ...others.flatMap(withoutKind),
      ...(config ? onConfigCluster(world, config, delays) : []),
    ];
  });
}

const definition = customResourceDefinition(gcpInferencePoolImport());

/** Deleting the kind deletes its objects. */
function withoutKind(cluster: ClusterState): Write[] {
  if (!cluster.serves("GCPInferencePoolImport")) return [];
  return [{ do: "delete", cluster: cluster.spec.id, object: definition }];
}

function onConfigCluster(world: World, config: ClusterState, delays: Delays): Write[] {
  const { id, project } = config.spec;
  if (!config.serves("GCPInferencePoolImport")) {
    const due = hasGatewayApi(config) && delays.passed(`${id}/kind`, SECONDS.gatewayClasses);
    return due ? [{ do: "create", cluster: id, object: definition }] : [];
  }
  const blocked = importsBlocked(world, project) !== undefined;
  const exported = blocked ? new Map<string, Export[]>() : exportsOf(world, project);
  const stale = config
    .list("GCPInferencePoolImport")
    .filter((object) => !exported.has(keyOf(object)))
    .map((object): Write => ({ do: "delete", cluster: id, object }));
  const wanted = [...exported].flatMap(([key, exports]) => onePool(config, key, exports, delays));
  return [...stale, ...wanted];
}

function onePool(config: ClusterState, key: string, exports: Export[], delays: Delays): Write[] {
  const [namespace = "", name = ""] = key.split("/");
  const { id } = config.spec;
  const existing = config.get("GCPInferencePoolImport", namespace, name);
  if (existing) {
    const status = statusOf(existing, exports);
    const same = equal(status, existing.status);
    return same ? [] : [{ do: "status", cluster: id, object: existing, status }];
  }
  const hasNamespace = config.get("Namespace", undefined, namespace) !== undefined;
  if (!hasNamespace || !delays.passed(`${id}/${key}`, SECONDS.poolImport)) return [];
  const { apiVersion, kind } = {
    apiVersion: "networking.gke.io/v1",
    kind: "GCPInferencePoolImport",
  };
  return [
    { do: "create", cluster: id, object: { apiVersion, kind, metadata: { namespace, name } } },
  ];
}

function statusOf(object: PoolImport, exports: Export[]): NonNullable<PoolImport["status"]> {
  const before = object.status?.controllers?.find((c) => c.name === CONTROLLER);
  const names = exports.map(({ member }) => member.membership).sort();
  return {
    controllers: [
      {
        name: CONTROLLER,
        exportingClusters: names.map((name) => ({ name })),
        conditions: withConditions(
          before?.conditions,
          [yes("Accepted")],
          object.metadata.generation,
        ),
      },
    ],
  };
}
