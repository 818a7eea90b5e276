/** The part of a step of `pulumi preview --json` that is read here. */
export interface PreviewStep {
  op: string;
  newState?: {
    urn: string;
    type: string;
    custom: boolean;
    inputs?: Record<string, unknown>;
    /** URN and id of the provider, joined by `::`. */
    provider?: string;
  };
}

type Registered = NonNullable<PreviewStep["newState"]>;

/** API groups that the SDK keeps below another name than their own. */
const KUBERNETES_MODULES: Record<string, string> = {
  "rbac.authorization.k8s.io": "rbac",
  "apiextensions.k8s.io": "apiextensions",
};

/**
 * A program that registers the same resources with the same inputs one after another: no component, no configuration,
 * no check, no reference. Unknown values stay unknown: the JSON has the engine's own placeholder for them.
 */
export function flatProgram(steps: PreviewStep[]): string {
  const resources = steps.flatMap(({ newState }) => newState ?? []).filter(isRegisteredByHand);
  const variables = new Map(resources.map(({ urn }, index) => [urn, `r${index}`]));
  const classes = new Map(resources.map((resource) => [resource.type, classOf(resource)]));
  const imports = [...new Map([...classes.values()].map((found) => [found.alias, found])).values()];
  return [
    "// @ts-nocheck",
    ...imports.map(({ alias, name, from }) => `import { ${name} as ${alias} } from "${from}";`),
    ...resources.map((resource) => {
      const { urn, type, inputs = {}, provider = "" } = resource;
      const by = variables.get(provider.slice(0, provider.lastIndexOf("::")));
      const options = by === undefined ? "" : `, { provider: ${by} }`;
      const given = JSON.stringify(inputs, (key, value: unknown) =>
        key.startsWith("__") ? undefined : value,
      );
      const name = JSON.stringify(urn.slice(urn.lastIndexOf("::") + 2));
      return `const ${variables.get(urn)} = new ${classes.get(type)?.alias}(${name}, ${given}${options});`;
    }),
    "export {};\n",
  ].join("\n");
}

/** Neither the stack, nor a component, nor a provider that the engine makes by itself. */
function isRegisteredByHand({ type, custom, urn }: Registered): boolean {
  return custom && !(type.startsWith("pulumi:providers:") && /::default(_|$)/.test(urn));
}

interface SdkClass {
  /** Unique in the program. */
  alias: string;
  name: string;
  from: string;
}

/** @throws Error if no package of the program has the type */
function classOf({ type }: Registered): SdkClass {
  const [pkg = "", module = "", name = ""] = type.split(":");
  const alias = type.replace(/\W/g, "_");
  if (pkg === "pulumi") return { alias, name: "Provider", from: `@pulumi/${name}` };
  if (pkg === "gcp") return { alias, name, from: `@pulumi/gcp/${module.split("/")[0]}` };
  if (pkg === "random") return { alias, name, from: "@pulumi/random" };
  if (pkg !== "kubernetes") throw new Error(`${type}: no class is known for it`);
  const [group = "", version = ""] = module.split("/");
  const known = KUBERNETES_MODULES[group] ?? group;
  if (known.includes(".")) {
    const from = "@pulumi/kubernetes/apiextensions";
    return { alias: "CustomResource", name: "CustomResource", from };
  }
  return { alias, name, from: `@pulumi/kubernetes/${known}/${version}` };
}
