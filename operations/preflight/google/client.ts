import { GoogleRefusal, refusalIn } from "./refusal";

export interface Request {
  method: "GET" | "POST";
  url: string;
  body?: object;
}

export interface Answer {
  status: number;
  body: unknown;
}

/**
 * Sends a request as the account.
 * @throws if no answer comes
 */
export type Transport = (request: Request) => Promise<Answer>;

/** Google's REST APIs, for reading. The same question is asked once. */
export class Google {
  private readonly asked = new Map<string, Promise<unknown>>();

  constructor(private readonly transport: Transport) {}

  /** @throws GoogleRefusal */
  get<T>(url: string): Promise<T> {
    const known = this.asked.get(url) ?? this.send({ method: "GET", url });
    this.asked.set(url, known);
    return known as Promise<T>;
  }

  /** Undefined if it does not exist. @throws GoogleRefusal */
  async find<T>(url: string): Promise<T | undefined> {
    try {
      return await this.get<T>(url);
    } catch (error) {
      if (error instanceof GoogleRefusal && error.reason === "missing") return undefined;
      throw error;
    }
  }

  /** A question that Google takes as a POST. @throws GoogleRefusal */
  ask<T>(url: string, body: object): Promise<T> {
    return this.send({ method: "POST", url, body }) as Promise<T>;
  }

  /** Every page of a list. @throws GoogleRefusal */
  async pages<T extends { nextPageToken?: string }>(url: string): Promise<T[]> {
    const all: T[] = [];
    let token: string | undefined;
    do {
      const page: T = await this.get(
        token === undefined ? url : `${url}&pageToken=${encodeURIComponent(token)}`,
      );
      all.push(page);
      token = page.nextPageToken;
    } while (token);
    return all;
  }

  private async send(request: Request): Promise<unknown> {
    const { status, body } = await this.transport(request).catch((error: unknown) => {
      const said = error instanceof Error ? error.message : String(error);
      throw new GoogleRefusal("unreachable", `${new URL(request.url).host}: ${said}`);
    });
    if (status < 300) return body;
    throw refusalIn(status, body);
  }
}
