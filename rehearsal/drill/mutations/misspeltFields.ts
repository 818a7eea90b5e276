import { apiextensions } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** Each custom resource gets the first field of its `spec` once more, with one letter too many. */
pulumi.runtime.registerStackTransformation(({ props, opts, resource }) => {
  const { spec } = props as { spec?: Record<string, unknown> };
  const [first] = Object.keys(spec ?? {});
  if (!(resource instanceof apiextensions.CustomResource) || first === undefined) return undefined;
  return { props: { ...props, spec: { ...spec, [`${first}x`]: spec?.[first] } }, opts };
});
