import type { Scene } from "./scene";

/** A command of the page, as the rehearsal's user types it. */
export interface Typed {
  /** As the page has it. */
  command: string;
  /** Words of the page, and what stands for each in the rehearsal. */
  words?: Readonly<Record<string, string>>;
  /** What follows a command that the page only names. */
  more?: string;
  /** Variables of its environment: parameters of a `make` target, and settings that save time. */
  env?: Readonly<Record<string, string>>;
  /** The same, of what only the running stack knows; `words` may name them. */
  envOf?: (scene: Scene) => Promise<Record<string, string>>;
  /** Whether the project's owner types it, who may do more than the account that deploys. */
  asOwner?: boolean;
  /** What happens in the world, or in the stack file, before. */
  before?: (scene: Scene) => Promise<void> | void;
  /** Whether it has to refuse or fail: to exit with another code than 0. */
  refused?: boolean;
  /** Words of its output upon which it is killed. */
  killedAt?: RegExp;
  /** What it prints. */
  says?: readonly RegExp[];
  /** What is then to be seen in cloud, clusters or stack. @throws what is not so */
  seen?: (scene: Scene, said: string) => Promise<void>;
  /** What has its effect where its program is not installed. Without it, the program has to be there. */
  orElse?: (scene: Scene) => Promise<void>;
}

/** A `yaml` block of the page, written into the stack file: keys that it does not have stay as they are. */
export interface Edit {
  /** As the page has it. */
  edit: string;
  words?: Readonly<Record<string, string>>;
  /** Whether its keys are removed again. */
  undone?: boolean;
}

export type Step = Typed | Edit;

/** A command of the page that no rehearsal runs. */
export interface OnlyRead {
  command: string;
  /** Why, as the end of "it is only read: ...". */
  because: string;
}

/** Words that stand for others all over the page: its examples name another project, and the stack `prod`. */
const EVERYWHERE = { "my-project": "my-project-dev", prod: "dev" };

/** @throws if one of the step's own words is not in the text */
export function inRehearsal(text: string, words: Readonly<Record<string, string>> = {}): string {
  const missing = Object.keys(words).filter((word) => !text.includes(word));
  if (missing.length > 0) throw new Error(`\`${text}\` does not have ${missing.join(" and ")}`);
  const own = Object.entries(words).reduce((line, [word, by]) => line.replaceAll(word, by), text);
  return Object.entries(EVERYWHERE).reduce(
    (line, [word, by]) => line.replaceAll(new RegExp(`(?<![a-z-])${word}(?![a-z-])`, "g"), by),
    own,
  );
}
