import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { dump, loadAll } from "js-yaml";

import type { Overlay } from "./plan";

/** The part of a stack file that is read here. */
interface StackFile {
  config?: Record<string, unknown>;
}

/** The configured values of the keys that an overlay changes. */
export interface OverlaidKeys {
  clusters: Record<string, object>;
  scopes?: { region: string }[];
}

/**
 * A stack file with an overlay: everything else stays as it is, secrets as they are encrypted.
 * @param project namespace of the program's configuration keys
 */
export function overlaid(
  text: string,
  project: string,
  { clusters, scopes }: OverlaidKeys,
  { drained, models }: Overlay,
): string {
  const [document] = loadAll(text);
  const file = (document ?? {}) as StackFile;
  const config: Record<string, unknown> = {
    ...file.config,
    [`${project}:drained`]: drained,
    [`${project}:clusters`]: Object.fromEntries(
      Object.entries(clusters).map(([name, cluster]) => {
        const model = models[name];
        return [name, model ? { ...cluster, model } : cluster];
      }),
    ),
  };
  // A drained region must not be preferred.
  const regions: string[] = drained;
  if (scopes?.some(({ region }) => regions.includes(region))) {
    config[`${project}:scopes`] = scopes.filter(({ region }) => !regions.includes(region));
  }
  return dump({ ...file, config });
}

/** The file that a step's `up` reads in place of the stack's own, which is never written. */
export class OverlayFile {
  private readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), "rollout-"));

  /** @param stackFile the stack's own, of which it is a copy */
  constructor(
    private readonly stackFile: string,
    private readonly project: string,
    private readonly keys: OverlaidKeys,
  ) {}

  /** @returns its path */
  write(overlay: Overlay): string {
    const file = path.join(this.directory, path.basename(this.stackFile));
    const text = fs.readFileSync(this.stackFile, "utf8");
    fs.writeFileSync(file, overlaid(text, this.project, this.keys, overlay), { mode: 0o600 });
    return file;
  }

  remove(): void {
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}
