import { CheckRequest, CheckResponse, PropertyMap, revealed, UNKNOWN } from "../plugin";
import { adoptedName, withName } from "./autoname";
import { Context } from "./context";
import { isCustomResourceDefinition } from "./kinds";
import { metadataOf, stringOf, withMetadata } from "./metadata";
import { markSecrets, withEncodedStringData } from "./secrets";
import { withoutNulls, withoutReadOnlyMetadata } from "./stripping";
import { parseToken, unsupported } from "./tokens";

/** The inputs as they will be sent: named, in a namespace, without what only the server may write. */
export async function check(request: CheckRequest, context: Context): Promise<CheckResponse> {
  const { settings, cluster } = context;
  if (cluster.unreachable !== undefined && settings.skipUpdateUnreachable) {
    return { inputs: request.oldInputs };
  }
  const reason = refusal(request);
  if (reason !== undefined) {
    return { inputs: request.newInputs, failures: [{ property: "", reason }] };
  }
  const { apiVersion, kind } = parseToken(request.type);
  let inputs: PropertyMap = { apiVersion, kind, ...withoutNulls(revealed(request.newInputs)) };
  inputs = withName(inputs, { ...request, oldInputs: revealed(request.oldInputs) });
  context.scopes.remember(inputs);
  inputs = await withNamespace(inputs, context);
  inputs = withoutReadOnlyMetadata(withEncodedStringData(withoutServerFields(inputs)));
  return { inputs: markSecrets(inputs, request.newInputs) };
}

function refusal(request: CheckRequest): string | undefined {
  const refused = unsupported(request.type);
  if (refused !== undefined) return refused;
  const metadata = metadataOf(revealed(request.newInputs));
  if (metadata.generateName !== undefined) {
    return "metadata.generateName: server-side apply needs a name; set metadata.name or neither";
  }
  const named = metadata.name !== undefined || adoptedName(revealed(request.oldInputs));
  if (parseToken(request.type).patch && metadata.name === undefined) {
    return "metadata.name: required to patch an object";
  }
  if (!named && request.autonaming?.mode === "disable") {
    return "metadata.name: required, because pulumi:autonaming is disabled";
  }
  return undefined;
}

/** Writes the default namespace down; a kind that nobody knows yet is taken to live in one. */
async function withNamespace(inputs: PropertyMap, context: Context): Promise<PropertyMap> {
  if (inputs.metadata === UNKNOWN || metadataOf(inputs).namespace !== undefined) return inputs;
  const [apiVersion, kind] = [stringOf(inputs.apiVersion), stringOf(inputs.kind)];
  if (apiVersion === undefined || kind === undefined) return inputs;
  const namespaced = (await context.scopes.isNamespaced(apiVersion, kind)) ?? true;
  if (!namespaced) return inputs;
  return withMetadata(inputs, { namespace: context.cluster.defaultNamespace });
}

/** Exported CRDs carry a status, which their server would not take. */
function withoutServerFields(inputs: PropertyMap): PropertyMap {
  const { apiVersion = "", kind = "" } = inputs;
  if (!isCustomResourceDefinition({ apiVersion, kind })) return inputs;
  const kept = Object.entries(inputs).filter(([key]) => key !== "status");
  return Object.fromEntries(kept);
}
