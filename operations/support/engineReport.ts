import type { EngineEvent } from "@pulumi/pulumi/automation";

import type { Change, Failure } from "./engine";

/** The engine's last message of every failed command, which adds nothing to the failures. */
const CLOSING_WORDS = /^(update|preview) (failed|canceled)$/;
/** The engine's message when it has received a signal. */
const STOPPING = /^(\^C|SIGTERM) received/;
/** Operations that leave a resource as it is. */
const NO_CHANGE = new Set(["same", "read", "refresh", "discard", "read-discard"]);

/** Listens to a command of the engine and reports afterwards what failed, in the engine's own terms. */
export class EngineReport {
  private readonly said: { urn: string; message: string }[] = [];
  private readonly failed: { operation: string; type: string; urn: string }[] = [];
  private readonly planned: Change[] = [];
  private stopped = false;

  hear(event: EngineEvent): void {
    const { diagnosticEvent, resOpFailedEvent, resourcePreEvent, stdoutEvent } = event;
    if (diagnosticEvent?.severity === "error") {
      const message = plain(diagnosticEvent.message).trim();
      this.said.push({ urn: diagnosticEvent.urn ?? "", message });
    }
    if (resOpFailedEvent) {
      const { op, type, urn } = resOpFailedEvent.metadata;
      this.failed.push({ operation: op, type, urn });
    }
    if (resourcePreEvent) {
      const { op, type, urn } = resourcePreEvent.metadata;
      if (!NO_CHANGE.has(op)) this.planned.push({ operation: op, type, urn });
    }
    if (stdoutEvent && STOPPING.test(plain(stdoutEvent.message))) this.stopped = true;
  }

  /** Operations that failed, each with the messages about its resource. */
  get failures(): Failure[] {
    return this.failed.map((operation) => ({
      ...operation,
      messages: this.said.filter(({ urn }) => urn === operation.urn).map(({ message }) => message),
    }));
  }

  /** Errors without a failed operation: a provider that did not start, a state that could not be written. */
  get errors(): string[] {
    const failed = new Set(this.failed.map(({ urn }) => urn));
    return this.said
      .filter(({ urn, message }) => !failed.has(urn) && !CLOSING_WORDS.test(message))
      .map(({ message }) => message);
  }

  get changes(): Change[] {
    return this.planned;
  }

  /** Whether the engine got a signal to stop. */
  get stopping(): boolean {
    return this.stopped;
  }
}

/** Drops the engine's marks for colours: `<{%fg 1%}>`. */
function plain(text: string): string {
  return text.replace(/<\{%[^%]*%\}>/g, "");
}
