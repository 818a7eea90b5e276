import { gaxios } from "google-auth-library";

const TIMEOUT_MS = 30_000;

export interface HubAnswer {
  status: number;
  /** Hugging Face's short word: `GatedRepo`, `RevisionNotFound`. */
  errorCode?: string;
}

/** Hugging Face's API, for reading, with the token of the model servers. */
export class HuggingFace {
  constructor(private readonly url = "https://huggingface.co") {}

  /**
   * Whether the token may load a repository.
   * Source: `auth_check` in huggingface_hub's `hf_api.py`; the model's own page is public even where its weights are not.
   * @throws if no answer comes
   */
  mayLoad(repository: string, token: string): Promise<HubAnswer> {
    return this.get(`/api/models/${repository}/auth-check`, token);
  }

  /** @throws if no answer comes */
  revision(repository: string, revision: string, token: string): Promise<HubAnswer> {
    return this.get(`/api/models/${repository}/revision/${encodeURIComponent(revision)}`, token);
  }

  /** Its client asks the proxy of the environment, if there is one. */
  private async get(path: string, token: string): Promise<HubAnswer> {
    const { status, headers } = await gaxios.request({
      url: `${this.url}${path}`,
      headers: { authorization: `Bearer ${token}` },
      responseType: "text",
      timeout: TIMEOUT_MS,
      validateStatus: () => true,
    });
    return { status, errorCode: headers.get("x-error-code") ?? undefined };
  }
}
