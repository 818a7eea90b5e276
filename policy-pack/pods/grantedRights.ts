import { advice, type Finding, pending, type Value } from "../frame";

/**
 * Rights that a pod has only if it asks for them: the levels "baseline" and "restricted" of the Pod
 * Security Standards. Left out are fields that a model server has to set (`pods-restricted`), and
 * runAsNonRoot where it is absent: vLLM's own image runs as root and needs its user.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function* grantedRights(template: Value, containers: readonly Value[]): Generator<Finding> {
  const spec = template.at("spec");
  for (const field of Object.keys(OF_THE_NODE)) {
    yield* unless(spec, field, isOff, `so the pod ${OF_THE_NODE[field]}`, "remove it");
  }
  yield* contextFindings(spec.at("securityContext"));
  for (const sysctl of spec.at("securityContext", "sysctls").items ?? []) {
    const sets = "so the pod changes the kernel of its node";
    yield* unless(sysctl, "name", isSafeSysctl, sets, "remove it");
  }
  for (const volume of spec.at("volumes").items ?? []) {
    const reads = "so the pod reads and writes files of its node";
    const fix = "use an emptyDir, a claim or a CSI volume";
    yield* unless(volume, "hostPath", isNothing, reads, fix);
  }
  for (const container of containers) {
    yield* containerFindings(container);
  }
}

/** Switches of a pod that are off by default. */
const OF_THE_NODE: Readonly<Record<string, string>> = {
  hostNetwork: "listens and sends as its node, past network policies",
  hostPID: "sees and may signal all processes of its node",
  hostIPC: "shares memory with all processes of its node",
};

/** Read by each process of the pod only. Source: the same page, "Sysctls". */
const SAFE_SYSCTLS = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
];

function* containerFindings(container: Value): Generator<Finding> {
  const context = container.at("securityContext");
  const all = "so the container has every right of its node's root";
  yield* unless(context, "privileged", isOff, all, "remove it");
  const rights = "so the container has rights of root";
  const fix = 'leave at most "NET_BIND_SERVICE"';
  yield* unless(context.at("capabilities"), "add", addsNothing, rights, fix);
  const shows = "so the container sees what the kernel shows to root alone";
  yield* unless(context, "procMount", isOneOf("Default"), shows, "remove it");
  yield* contextFindings(context);
  for (const port of container.at("ports").items ?? []) {
    const opens = "so the pod takes a port of its node, which holds one such pod only";
    yield* unless(port, "hostPort", (given) => given === 0, opens, "remove it");
  }
}

/** What a pod and each of its containers can set. */
function* contextFindings(context: Value): Generator<Finding> {
  const root = "so the server runs as root by choice";
  yield* unless(context, "runAsUser", (user) => user !== 0, root, "name another user");
  yield* unless(context, "runAsNonRoot", (only) => only !== false, root, "set it to true");
  const profile = context.at("appArmorProfile");
  const files = "so no profile keeps the server from files of the system";
  yield* unless(profile, "type", isOneOf("RuntimeDefault", "Localhost"), files, "remove it");
  const label = context.at("seLinuxOptions");
  const labels = isOneOf("", "container_t", "container_init_t", "container_kvm_t");
  yield* unless(label, "type", labels, "which is not a type for containers", "remove it");
  const host = context.at("windowsOptions");
  yield* unless(
    host,
    "hostProcess",
    isOff,
    "so the container is a process of its node",
    "remove it",
  );
}

/** Advice about a field that is set, unless its value is harmless. */
function* unless(
  parent: Value,
  field: string,
  isHarmless: (raw: unknown) => boolean,
  effect: string,
  fix: string,
): Generator<Finding> {
  const value = parent.at(field);
  if (value.unknown) {
    // A parent that is not known yet has too many fields to name each.
    yield* parent.unknown ? [] : [pending(value)];
  } else if (!value.absent && !isHarmless(value.raw)) {
    yield advice(value, `is ${value}, ${effect}`, fix);
  }
}

function isOff(raw: unknown): boolean {
  return raw !== true;
}

function isNothing(): boolean {
  return false;
}

function isOneOf(...harmless: readonly unknown[]): (raw: unknown) => boolean {
  return (raw) => harmless.includes(raw);
}

function isSafeSysctl(name: unknown): boolean {
  return SAFE_SYSCTLS.includes(String(name));
}

/** Whether no capability is added but the only one that level "restricted" allows. */
function addsNothing(names: unknown): boolean {
  return [names].flat().every((name) => /^(?:CAP_)?NET_BIND_SERVICE$/i.test(String(name)));
}
