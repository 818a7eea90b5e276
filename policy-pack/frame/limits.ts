import { type Finding, pending, violation } from "./finding";
import type { Value } from "./value";

/** What a value may be, beyond its type. */
export type Limits =
  | NumberLimits
  | ChoiceLimits
  | TextLimits
  | ListLimits
  | MapLimits
  | FieldLimits;

interface NumberLimits {
  readonly minimum: number;
  readonly maximum: number;
}

interface ChoiceLimits {
  readonly choices: readonly string[];
}

interface TextLimits {
  readonly longest: number;
  readonly pattern?: RegExp;
  /** The pattern in words. */
  readonly form?: string;
}

interface ListLimits {
  readonly most: number;
  readonly items: Limits;
}

/** An object whose keys are data. */
interface MapLimits {
  readonly values: Limits;
}

/** An object; what it holds beside these fields has no limits. */
interface FieldLimits {
  readonly fields: Readonly<Record<string, Limits>>;
}

/** Every place below `value` that is beyond its limits. Values of another type are skipped. */
export function* beyondLimits(value: Value, limits: Limits): Generator<Finding> {
  if (value.unknown) {
    yield pending(value);
  } else if ("minimum" in limits) {
    yield* numberFindings(value, limits);
  } else if ("choices" in limits) {
    yield* choiceFindings(value, limits);
  } else if ("longest" in limits) {
    yield* textFindings(value, limits);
  } else if ("items" in limits) {
    yield* listFindings(value, limits);
  } else if ("values" in limits) {
    for (const [, field] of value.fields ?? []) {
      yield* beyondLimits(field, limits.values);
    }
  } else if (value.fields !== undefined) {
    for (const [name, below] of Object.entries(limits.fields)) {
      yield* beyondLimits(value.at(name), below);
    }
  }
}

function* numberFindings(value: Value, { minimum, maximum }: NumberLimits): Generator<Finding> {
  const { number } = value;
  if (number !== undefined && (number < minimum || number > maximum)) {
    const range = `${minimum}..${maximum}`;
    yield violation(value, `${value} is not in ${range}`, `set it to a whole number in ${range}`);
  }
}

function* choiceFindings(value: Value, { choices }: ChoiceLimits): Generator<Finding> {
  if (value.text !== undefined && !choices.includes(value.text)) {
    yield violation(value, `there is no ${value}`, `write one of ${choices.join(", ")}`);
  }
}

function* textFindings(value: Value, limits: TextLimits): Generator<Finding> {
  const { longest, pattern, form } = limits;
  const { text } = value;
  if (text === undefined) {
    return;
  }
  if (text.length > longest) {
    const problem = `${value} has ${text.length} characters`;
    yield violation(value, problem, `shorten it to ${longest}`);
  } else if (pattern?.test(text) === false) {
    yield violation(value, `${value} is not ${form}`, `write ${form}`);
  }
}

function* listFindings(value: Value, { most, items: below }: ListLimits): Generator<Finding> {
  const items = value.items ?? [];
  if (items.length > most) {
    yield violation(value, `has ${items.length} entries`, `leave at most ${most}`);
  }
  for (const item of items) {
    yield* beyondLimits(item, below);
  }
}
