import { modelOf } from "../../../config/derived";
import type { Settings } from "../../../config/schema";
import { TOKEN } from "../../../config/token";
import { type Finding, ok, problem, unknown } from "../finding";
import type { HubAnswer } from "../huggingFace";
import { inStackFile, setKey, type Target } from "../target";

import type { Check } from "./check";

/** What model servers load from Hugging Face. */
interface Source {
  repository: string;
  revision: string;
}

export const model: Check = {
  name: "model",
  asks: "whether the Hugging Face token may load the model and its adapters",
  ask: async (target: Target): Promise<Finding[]> => {
    const { token: source, settings } = target;
    if (source.kind === "secret-manager") {
      const why = `the token is in ${source.secret}, and only pods read it`;
      return [unknown(`not asked, because ${why}`)];
    }
    const { token } = source;
    const sources = sourcesOf(settings);
    return Promise.all(sources.map((each) => ofSource(each, token, target)));
  },
};

function sourcesOf({ clusters, model: shared }: Settings): Source[] {
  const serving = Object.values(clusters).filter(({ gpus }) => gpus);
  const all = serving.flatMap((cluster): Source[] => {
    const { id, revision, adapters } = modelOf(cluster, shared);
    return [
      { repository: id, revision },
      ...adapters.map(({ source }) => ({ repository: source, revision: "main" })),
    ];
  });
  const key = ({ repository, revision }: Source) => `${repository}@${revision}`;
  return [...new Map(all.map((source) => [key(source), source])).values()];
}

async function ofSource(source: Source, token: string, target: Target): Promise<Finding> {
  const { repository, revision } = source;
  try {
    const may = await target.huggingFace.mayLoad(repository, token);
    if (may.status >= 300) return refused(source, may, target);
    const there = await target.huggingFace.revision(repository, revision, token);
    if (there.status >= 300) return refused(source, there, target);
    return ok(`the token may load ${repository} at ${revision}`);
  } catch (error) {
    const [said = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return unknown(`${repository}: Hugging Face does not answer: ${said}`);
  }
}

function refused({ repository, revision }: Source, answer: HubAnswer, target: Target): Finding {
  switch (answer.status) {
    case 401:
      return problem("Hugging Face does not know the token", setKey(target, TOKEN));
    case 403:
      // A proxy that does not let the request out answers so, too, but without this word.
      if (answer.errorCode !== "GatedRepo") return unanswered(repository, answer);
      return problem(
        `${repository}: the token's account has not accepted the licence, or the token may not read gated repositories`,
        `accept it at https://huggingface.co/${repository}`,
      );
    case 404:
      return answer.errorCode === "RevisionNotFound"
        ? problem(`${repository} has no revision ${revision}`, edit(target, "the revision"))
        : problem(
            `${repository}: Hugging Face has no such repository, or does not show it to the token`,
            edit(target, "the repository"),
          );
    default:
      return unanswered(repository, answer);
  }
}

function unanswered(repository: string, { status }: HubAnswer): Finding {
  return unknown(`${repository}: Hugging Face, or a proxy before it, answers HTTP ${status}`);
}

function edit(target: Target, what: string): string {
  return inStackFile(target, `${what} under model`);
}
