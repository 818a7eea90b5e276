import {
  INFERENCE_POOL,
  inferenceObjectives,
  inferencePools,
  podMonitorings,
} from "../fleet/kinds";
import type { Namespaces } from "../fleet/namespaces";
import type { Scopes } from "../fleet/scopes";
import { PodSelectors } from "../pods/podSelectors";

import type { Need } from "./accountRights";
import type { EndpointPicker } from "./endpointPicker";
import { isOn } from "./flags";
import { poolNamespaceOf } from "./poolNamespace";

/** Verbs of a cache: `list` fills it, `watch` keeps it current. */
const READ = ["list", "watch"];

/** A right that an endpoint picker needs, and the effect of its absence. */
export interface PickerNeed extends Need {
  readonly without: string;
  /** Key of the namespace; undefined for the whole cluster. */
  readonly scope: string | undefined;
}

/** Rights that endpoint pickers v1.1 to v1.5 need. */
export class PickerNeeds {
  private readonly scopes: Scopes;
  private readonly namespaces: Namespaces;
  private readonly placesOfPools: ReadonlySet<string>;
  private readonly objectiveGroups = new Map<string, Set<string>>();
  private readonly monitored = new PodSelectors<true>();

  constructor(scopes: Scopes, namespaces: Namespaces) {
    this.scopes = scopes;
    this.namespaces = namespaces;
    this.placesOfPools = new Set(scopes.group(inferencePools).keys());
    for (const [scope, objectives] of scopes.group(inferenceObjectives)) {
      const versions = objectives.flatMap(({ props }) => props.at("apiVersion").text ?? []);
      const groups = versions.map((version) => version.split("/")[0] ?? "");
      this.objectiveGroups.set(scope, new Set(groups));
    }
    for (const [scope, objects] of scopes.group(podMonitorings)) {
      for (const { props } of objects) {
        this.monitored.add(scope, props.at("spec", "selector", "matchLabels"), true);
      }
    }
  }

  of(picker: EndpointPicker): readonly PickerNeed[] {
    const own = this.scopes.of(picker.resource);
    const scope = this.placeOfPool(picker, own);
    const unready = { verbs: READ, scope, without: "the endpoint picker never gets ready" };
    const group = picker.flag("pool-group")?.value.text ?? INFERENCE_POOL.groups[0] ?? "";
    const hasPool = picker.flag("endpoint-selector") === undefined;
    const objectiveGroups = hasPool ? [...(this.objectiveGroups.get(scope) ?? [])] : [];
    return [
      { group: "", resource: "pods", ...unready },
      ...(hasPool ? [{ group, resource: "inferencepools", named: true, ...unready }] : []),
      ...objectiveGroups.map((each) => {
        return { group: each, resource: "inferenceobjectives", ...unready };
      }),
      ...this.electionNeeds(picker, scope),
      ...this.metricsNeeds(picker, own),
    ];
  }

  /**
   * The namespace that its flags name. If the pool is in the picker's own namespace instead, the
   * flag is the mistake.
   */
  private placeOfPool(picker: EndpointPicker, own: string): string {
    const namespace = poolNamespaceOf(picker, this.namespaces.of(picker.resource)).name;
    const told = namespace === undefined ? own : this.scopes.beside(picker.resource, namespace);
    const isMistaken = this.placesOfPools.has(own) && !this.placesOfPools.has(told);
    return isMistaken ? own : told;
  }

  private electionNeeds(picker: EndpointPicker, scope: string): readonly PickerNeed[] {
    const lease = {
      group: "coordination.k8s.io",
      resource: "leases",
      verbs: ["get", "create", "update"],
      named: true,
      without: "no endpoint picker ever leads",
      scope,
    };
    return isOn(picker.flag("ha-enable-leader-election")) ? [lease] : [];
  }

  /** It has the API server authenticate and authorize the readers of its metrics. */
  private metricsNeeds(picker: EndpointPicker, scope: string): readonly PickerNeed[] {
    const flag = picker.flag("metrics-endpoint-auth");
    const labels = picker.template.at("metadata", "labels");
    const isRead = this.monitored.selecting(scope, labels).length > 0;
    const review = {
      verbs: ["create"],
      without: "no client gets its metrics",
      scope: undefined,
    };
    return isRead && (flag === undefined || isOn(flag))
      ? [
          { group: "authentication.k8s.io", resource: "tokenreviews", ...review },
          { group: "authorization.k8s.io", resource: "subjectaccessreviews", ...review },
        ]
      : [];
  }
}
