import * as path from "node:path";

import type { Policies } from "@pulumi/policy";

import type { KubeClient } from "../../emulator/kube/client";
import type { Directories } from "../../stage/directories";

import { alteredStack } from "../alterations/alter";
import { idOf } from "../alterations/edit";

import { CloudCheck } from "./cloudCheck";
import { refusalOf } from "./clusterCheck";
import type { Explanations } from "./explanation";
import { Judge } from "./judge";
import { becomes, type Mutant, mutantsOf } from "./mutate";
import { readProgram } from "./readProgram";
import type { RegisteredStack } from "./registered";
import type { Verdict } from "./verdict";

/** The mutants of one stack, and the checks that may catch them. */
export class MutantRun {
  readonly verdicts: Verdict[] = [];
  /** Problems apart from the mutants. */
  readonly problems: string[] = [];
  private surviving: Mutant[] = [];

  /**
   * @param scratch a directory to work in
   * @param part only mutants that have it in their id are made
   */
  constructor(
    private readonly program: RegisteredStack,
    private readonly scratch: string,
    private readonly discovery: string,
    private readonly part = "",
  ) {}

  /** @param discovery folder with the discovery documents of Google's APIs */
  static async of(
    directories: Directories,
    discovery: string,
    stack: string,
    part?: string,
  ): Promise<MutantRun> {
    const scratch = path.join(directories.state, "mutants", stack);
    const program = await readProgram(directories, stack, { scratch, discovery });
    return new MutantRun(program, scratch, discovery, part);
  }

  /** Has the policies judge every mutant. */
  judge(policies: Policies): void {
    const { stack, resources } = this.program;
    const judge = new Judge(policies, stack);
    for (const { policy, message } of judge.ofStack(resources)) {
      this.problems.push(`${stack}: ${policy} minds the good stack: ${message}`);
    }
    for (const mutant of mutantsOf(resources)) {
      if (!mutant.name.includes(this.part)) continue;
      const said = this.attempt(mutant, () =>
        judge.ofChange(alteredStack(resources, mutant.edits), becomes(mutant, resources)),
      );
      const names = [...new Set(said.map(({ policy }) => policy))];
      if (names.length > 0) this.add(mutant, "policy", names);
      else this.surviving.push(mutant);
    }
  }

  /** Has the emulated cloud make what is left of Google's resources. */
  async askCloud(): Promise<void> {
    const { stack, resources, project } = this.program;
    const scratch = path.join(this.scratch, "clouds");
    const check = new CloudCheck(resources, { project }, scratch, this.discovery);
    await this.sift(async (mutant) => {
      return mutant.at.type.startsWith("gcp:") ? check.refusal(mutant) : undefined;
    });
    this.problems.push(...check.missingEdges.map((edge) => `${stack}: ${edge}`));
  }

  /** Has API servers take what is left of the Kubernetes objects. @param clients by cluster */
  async askClusters(clients: ReadonlyMap<string, KubeClient>): Promise<void> {
    const { resources } = this.program;
    const providers = new Map(resources.map((each) => [idOf(each), each.provider]));
    await this.sift(async (mutant) => {
      const client = clients.get(providers.get(idOf(mutant.at))?.split("::")[1] ?? "");
      return client && refusalOf(mutant, becomes(mutant, resources), client);
    });
  }

  /** @param inProduction ids that a policy catches in a stack that serves users */
  close(explanations: Explanations, inProduction: ReadonlySet<string> = new Set()): void {
    for (const mutant of this.surviving) {
      const caught = inProduction.has(mutant.name);
      const why = caught ? undefined : explanations.why(mutant);
      if (caught) this.add(mutant, "production", []);
      else if (why !== undefined) this.add(mutant, "explanation", [why]);
      else this.add(mutant, "nobody", []);
    }
    this.surviving = [];
  }

  /** Removes the mutants that a check catches. */
  private async sift(refusal: (mutant: Mutant) => Promise<string | undefined>): Promise<void> {
    const left: Mutant[] = [];
    for (const mutant of this.surviving) {
      const said = await refusal(mutant);
      if (said === undefined) left.push(mutant);
      else this.add(mutant, "api", [said]);
    }
    this.surviving = left;
  }

  private attempt<T>(mutant: Mutant, work: () => T[]): T[] {
    try {
      return work();
    } catch (error) {
      const { message, cause } = error as Error;
      this.problems.push(`${this.program.stack}: ${mutant.name}: ${message}: ${String(cause)}`);
      return [];
    }
  }

  private add(mutant: Mutant, by: Verdict["by"], what: string[]): void {
    this.verdicts.push({ stack: this.program.stack, mutant, by, what });
  }
}
