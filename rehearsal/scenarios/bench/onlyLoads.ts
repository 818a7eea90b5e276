const IMPORT = /^(?:import|export)\s(?!type\b)[^;]*?\bfrom\s+("[^"]+");$/gm;

/** A program that loads every module that another imports, and does nothing else. @param source of the other */
export function onlyLoads(source: string): string {
  return [...source.matchAll(IMPORT)].map(([, module]) => `import ${module};\n`).join("");
}
