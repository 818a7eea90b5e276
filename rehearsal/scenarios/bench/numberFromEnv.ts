/**
 * A number that the user may set in the environment.
 * @throws Error that says what was given and what is allowed
 */
export function numberFromEnv(
  name: string,
  unset: number,
  { above, most }: { above: number; most: number },
  env: NodeJS.ProcessEnv = process.env,
): number {
  const given = env[name];
  if (!given) return unset;
  const number = Number(given);
  if (number > above && number <= most) return number;
  throw new Error(`${name}=${given}: allowed is a number above ${above}, at most ${most}`);
}
