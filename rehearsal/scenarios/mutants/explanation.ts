import type { Mutant, Operator } from "./mutate";

/** Why mutants that neither a policy nor an API catches may live. */
export interface Explanation {
  /** The resources' types and names, as `<type> <name>`; `*` stands for any text. */
  of: string;
  /** @default every change of a place; of the whole resource, that it is left out */
  does?: Operator[];
  /** Their places, `*` for any text, empty for the whole resource. Each has to explain something, or the run fails. */
  to?: string[];
  /** Why they are harmless, or what else catches them. */
  why: string;
  /** The policy that ought to catch them, if they are errors. */
  rule?: string;
}

/** Beginning of the reason of an error that no policy catches. */
export const MISSING = "a rule is missing,";

/** One place pattern of an explanation. */
interface Line {
  matches(mutant: Mutant): boolean;
  text: string;
  why: string;
  explained: number;
}

/** All explanations; a mutant belongs to the first that fits. */
export class Explanations {
  private readonly lines: Line[];

  constructor(explanations: readonly Explanation[]) {
    this.lines = explanations.flatMap(linesOf);
  }

  /** @returns why a mutant may live; undefined where nothing says so */
  why(mutant: Mutant): string | undefined {
    const line = this.lines.find((each) => each.matches(mutant));
    if (line !== undefined) line.explained++;
    return line?.why;
  }

  /** Those that explained nothing. */
  get idle(): string[] {
    return this.lines.filter(({ explained }) => explained === 0).map(({ text }) => text);
  }
}

function linesOf({ of, does, to = [""], why, rule }: Explanation): Line[] {
  const resource = globbed(of);
  return to.map((place) => {
    const path = globbed(place);
    const operators = does ?? (place === "" ? ["leave out"] : undefined);
    const matches = (mutant: Mutant) =>
      resource.test(`${mutant.at.type} ${mutant.at.name}`) &&
      (operators === undefined || operators.includes(mutant.operator)) &&
      path.test(mutant.path);
    const text = [of, does?.join("/"), place].filter((part) => part).join(" ");
    const reason = rule === undefined ? why : `${MISSING} ${rule}: ${why}`;
    return { matches, text, why: reason, explained: 0 };
  });
}

function globbed(pattern: string): RegExp {
  const literals = pattern.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${literals.join(".*")}$`);
}
