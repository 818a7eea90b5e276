/** What a page asks its reader to type, and to write into a stack file. */
export interface Page {
  /** Command lines, each once: those of its `sh` blocks, and those in the text. */
  commands: string[];
  /** Its `yaml` blocks, each once. */
  edits: string[];
}

const FENCED = /^```(\w*)\n(.*?)^```$/gms;
const INLINE = /`([^`]+)`/g;
/** A program with at least one argument, behind variables of its environment. */
const COMMAND = /^(?:[A-Z][A-Z0-9_]*=\S+ )*(?:gcloud|kubectl|pulumi|make|npm|curl|gh) \S/;
const COMMENT = /(^|\s+)# .*$/;

/** @param markdown the page; output of commands is fenced without a language */
export function readPage(markdown: string): Page {
  const fences = [...markdown.matchAll(FENCED)].map(([, language = "", text = ""]) => ({
    language,
    text,
  }));
  const of = (wanted: string) =>
    fences.flatMap(({ language, text }) => (language === wanted ? [text] : []));
  const fenced = of("sh").flatMap((text) => text.split("\n").map((line) => bare(line)));
  const prose = markdown.replaceAll(FENCED, "");
  const inline = [...prose.matchAll(INLINE)].map(([, text = ""]) => text.replace(/\s+/g, " "));
  return {
    commands: unique([
      ...fenced.filter((line) => line !== ""),
      ...inline.filter((text) => COMMAND.test(text)),
    ]),
    edits: unique(of("yaml").map((text) => text.trim())),
  };
}

function bare(line: string): string {
  return line.replace(COMMENT, "").trim();
}

function unique(list: string[]): string[] {
  return [...new Set(list)];
}
