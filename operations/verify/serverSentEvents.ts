/** The `data` of each whole event of a stream, in order. What follows the last blank line is not an event yet. */
export function eventsOf(text: string): string[] {
  const parts = text.replace(/\r\n?/g, "\n").split("\n\n").slice(0, -1);
  return parts.flatMap((part) => {
    const lines = part.split("\n").filter((line) => line.startsWith("data:"));
    return lines.length > 0 ? [lines.map((line) => line.slice(5).trimStart()).join("\n")] : [];
  });
}
