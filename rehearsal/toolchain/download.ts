import { createWriteStream } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

import { sha256 } from "./cache";
import { networkReason, ToolchainError } from "./errors";
import { run } from "./processes";
import { Release } from "./releases";

/** Milliseconds that an official host has to answer before it counts as out of reach. */
const PROBE = 3000;
/** Milliseconds without a byte after which a download counts as stuck. */
const STALL = 30_000;

export interface DownloadContext {
  signal?: AbortSignal;
  /** Told at each step, as `34/85 MB`. */
  onProgress: (state: string) => void;
}

/**
 * Why a release cannot be downloaded, as `dl.k8s.io: ENOTFOUND`; undefined where its hosts answer.
 */
export async function probe(
  release: Release,
  signal?: AbortSignal,
  patience = PROBE,
): Promise<string | undefined> {
  for (const url of [release.sums, release.url]) {
    const timeout = AbortSignal.timeout(patience);
    try {
      const response = await fetch(url, { method: "HEAD", signal: anyOf(timeout, signal) });
      if (!response.ok) return `${new URL(url).host}: HTTP ${response.status}`;
    } catch (error) {
      signal?.throwIfAborted();
      const late = timeout.aborted ? `no answer in ${patience} ms` : undefined;
      return `${new URL(url).host}: ${late ?? networkReason(error)}`;
    }
  }
  return undefined;
}

/**
 * Downloads a release, compares it with its published checksum and puts its binaries into
 * `directory`.
 * @param scratch an empty directory to work in
 */
export async function downloadRelease(
  release: Release,
  directory: string,
  scratch: string,
  context: DownloadContext,
): Promise<void> {
  const file = path.join(scratch, path.basename(new URL(release.url).pathname));
  const sum = await publishedSum(release, path.basename(file), context.signal);
  await download(release.url, file, context);
  const actual = await sha256(file);
  if (actual !== sum) {
    throw new ToolchainError(`${release.url} has SHA-256 ${actual}, ${release.sums} says ${sum}`);
  }
  for (const [name, member] of Object.entries(release.members)) {
    if (member !== "") await extract(file, member, scratch, context.signal);
    const binary = path.join(directory, name);
    await fs.rename(member === "" ? file : path.join(scratch, member), binary);
    await fs.chmod(binary, 0o755);
  }
}

async function publishedSum(
  release: Release,
  fileName: string,
  signal?: AbortSignal,
): Promise<string> {
  const response = await fetch(release.sums, { signal: anyOf(AbortSignal.timeout(STALL), signal) });
  if (!response.ok) throw new ToolchainError(`${release.sums}: HTTP ${response.status}`);
  const lines = (await response.text()).split("\n").map((line) => line.trim().split(/\s+\*?/));
  const sum = lines.find(([, name]) => name === undefined || name === fileName)?.[0] ?? "";
  if (/^[0-9a-f]{64}$/.test(sum)) return sum;
  throw new ToolchainError(`${release.sums} holds no SHA-256 of ${fileName}`);
}

async function download(url: string, file: string, context: DownloadContext): Promise<void> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new Error(`no byte for ${STALL} ms`)), STALL);
  const signal = anyOf(stalled.signal, context.signal);
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || !response.body) {
      throw new ToolchainError(`${url}: HTTP ${response.status}`);
    }
    const total = megabytes(Number(response.headers.get("content-length")));
    let received = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        received += chunk.length;
        timer.refresh();
        context.onProgress(`${megabytes(received)}/${total} MB`);
        done(undefined, chunk);
      },
    });
    const body = Readable.fromWeb(response.body as ReadableStream);
    await pipeline(body, meter, createWriteStream(file), { signal });
  } finally {
    clearTimeout(timer);
  }
}

async function extract(
  archive: string,
  member: string,
  directory: string,
  signal?: AbortSignal,
): Promise<void> {
  const result = await run("tar", ["-xzf", archive, "-C", directory, member], { signal });
  if (result.code !== 0) {
    throw new ToolchainError(`${path.basename(archive)}: ${result.stderr.trim()}`);
  }
}

function anyOf(own: AbortSignal, outer?: AbortSignal): AbortSignal {
  return outer ? AbortSignal.any([own, outer]) : own;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
