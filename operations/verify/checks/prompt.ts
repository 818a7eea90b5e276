/** A prompt that any model continues, and an answer that costs little. */
export const PROMPT = { prompt: "The best pizza in the world is", max_tokens: 16 } as const;

/** The same as a chat. */
export const CHAT = {
  messages: [{ role: "user", content: "What is the best pizza in the world?" }],
  max_tokens: 16,
} as const;
