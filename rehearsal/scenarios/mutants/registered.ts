/** A resource as the engine gets it: its inputs are plain data, without the marks of secrets. */
export interface Registered {
  type: string;
  name: string;
  inputs: Inputs;
  /** What the provider answers: there for Google Cloud's resources. */
  outputs?: Inputs;
  /** Provider resource, as `type::name`. */
  provider?: string;
  /** Whether Pulumi refuses to delete it. */
  protect: boolean;
  /** What it waits for, as `type::name`: its component among them. */
  dependsOn: string[];
  /** Resources that a property's value comes from, as `type::name`, by property. */
  propertyDependencies: Record<string, string[]>;
}

export type Inputs = Record<string, unknown>;

/** What a stack consists of. */
export interface RegisteredStack {
  stack: string;
  /** Google Cloud project. */
  project: string;
  /** In the order of their registration. */
  resources: Registered[];
}
