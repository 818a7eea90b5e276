import * as pulumi from "@pulumi/pulumi";

/** What clients in one region need of the gateway. */
export interface Gateway {
  /** Its address in the region. */
  address: string;
  /** The same as a URL, without a path. */
  url: string;
  /** Value of a request's field `model`. */
  model: string;
  /** Kubeconfig of a cluster in the region. */
  kubeconfig: pulumi.Output<string>;
}

/** The version of `docs/outputs.schema.json`, in the gateway's repository, that this program was written for. */
const VERSION = 1;

/** An output that has a value for each region or cluster. */
type Each<T> = Record<string, T>;

/**
 * Reads the outputs of the gateway's stack.
 * @throws pulumi.RunError one sentence that names the stack, what is missing and what is there
 */
export async function readGateway(stack: string, region: string): Promise<Gateway> {
  const outputs = new Outputs(new pulumi.StackReference(stack));
  await outputs.expectVersion();
  const clusters = await outputs.value<Each<{ location: string }>>("clusters");
  const name = Object.keys(clusters).find((each) => clusters[each]?.location === region);
  return {
    address: at(await outputs.value<Each<string>>("gatewayAddresses"), region, "gatewayAddresses"),
    url: at(await outputs.value<Each<string>>("gatewayUrls"), region, "gatewayUrls"),
    model: await outputs.value<string>("model"),
    kubeconfig: pulumi.secret(
      at(await outputs.value<Each<string>>("kubeconfigs"), name ?? region, "kubeconfigs"),
    ),
  };
}

class Outputs {
  constructor(private readonly reference: pulumi.StackReference) {}

  async expectVersion(): Promise<void> {
    const version = await this.read("outputsVersion");
    if (version === VERSION) return;
    const has = version === undefined ? "has no outputs" : `has outputs of version ${version}`;
    throw new pulumi.RunError(
      `${await this.stack()} ${has}; this program reads version ${VERSION}`,
    );
  }

  async value<T>(name: string): Promise<T> {
    const value = await this.read(name);
    if (value !== undefined) return value as T;
    throw new pulumi.RunError(`${await this.stack()} has no output "${name}"`);
  }

  private async read(name: string): Promise<unknown> {
    const { value, secretValue } = await this.reference.getOutputDetails(name);
    return value ?? secretValue;
  }

  private async stack(): Promise<string> {
    const name = await new Promise<string>((resolve) => this.reference.name.apply(resolve));
    return `Stack ${name}`;
  }
}

function at<T>(values: Each<T>, key: string, output: string): T {
  const value = values[key];
  if (value !== undefined) return value;
  const known = Object.keys(values).sort().join(", ");
  throw new pulumi.RunError(`Output ${output} has no "${key}"; it has: ${known}`);
}
