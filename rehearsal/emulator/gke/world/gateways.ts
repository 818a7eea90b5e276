import { Condition, KubeObject } from "../../kube/objects";

/** Kinds of the Gateway API, with the fields that are read here. */

export interface GatewayClass extends KubeObject {
  spec: { controllerName: string };
  status?: { conditions?: Condition[] };
}

export interface Gateway extends KubeObject {
  spec: { gatewayClassName: string; addresses?: Address[]; listeners: Listener[] };
  status?: { addresses?: Address[]; conditions?: Condition[]; listeners?: ListenerStatus[] };
}

export interface Address {
  type?: string;
  value?: string;
}

export interface Listener {
  name: string;
  port: number;
  protocol: string;
  hostname?: string;
  allowedRoutes?: {
    kinds?: { group?: string; kind: string }[];
    namespaces?: { from?: string; selector?: { matchLabels?: Record<string, string> } };
  };
  tls?: ListenerTls;
}

export interface ListenerTls {
  mode?: string;
  certificateRefs?: { group?: string; kind?: string; name: string; namespace?: string }[];
  options?: Record<string, string>;
}

export interface ListenerStatus {
  name: string;
  attachedRoutes: number;
  supportedKinds: { group: string; kind: string }[];
  conditions: Condition[];
}

export interface ParentRef {
  group?: string;
  kind?: string;
  namespace?: string;
  name: string;
  sectionName?: string;
  port?: number;
}

export interface RouteParentStatus {
  parentRef: ParentRef;
  controllerName: string;
  conditions: Condition[];
}

export interface BackendRef {
  group?: string;
  kind?: string;
  name: string;
  namespace?: string;
  port?: number;
  /** Share of the rule's requests, among those of the other backends. @default 1 */
  weight?: number;
}

export interface RouteRule {
  matches?: RouteMatch[];
  filters?: RouteFilter[];
  backendRefs?: BackendRef[];
}

/** What a request must have, all of it. */
export interface RouteMatch {
  path?: { type?: string; value?: string };
  headers?: { type?: string; name: string; value: string }[];
}

export interface RouteFilter {
  type: string;
  requestHeaderModifier?: HeaderChanges;
  responseHeaderModifier?: HeaderChanges;
  requestRedirect?: {
    scheme?: string;
    hostname?: string;
    path?: PathChange;
    statusCode?: number;
  };
  urlRewrite?: { hostname?: string; path?: PathChange };
}

export interface HeaderChanges {
  set?: { name: string; value: string }[];
  add?: { name: string; value: string }[];
  remove?: string[];
}

export interface PathChange {
  type: string;
  replaceFullPath?: string;
  replacePrefixMatch?: string;
}

export interface HTTPRoute extends KubeObject {
  spec: {
    parentRefs?: ParentRef[];
    hostnames?: string[];
    rules?: RouteRule[];
  };
  status?: { parents?: RouteParentStatus[] };
}

export interface ReferenceGrant extends KubeObject {
  spec: {
    from: { group: string; kind: string; namespace: string }[];
    to: { group: string; kind: string; name?: string }[];
  };
}
