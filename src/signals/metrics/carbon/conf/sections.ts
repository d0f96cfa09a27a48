/** One `[name]` of an INI file. Keys are in lower case, as Python's configparser makes them. */
export interface Section {
  name: string;
  options: Map<string, string>;
}

/** Reads carbon's INI files: sections in order, `key = value` or `key: value`, whole-line comments with # or ;. */
export function readSections(text: string): { sections: Section[]; warnings: string[] } {
  const sections: Section[] = [];
  const warnings: string[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const header = /^\[(.*)\]$/.exec(line);
    if (header) {
      sections.push({ name: header[1].trim(), options: new Map() });
      continue;
    }
    const option = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line);
    const section = sections.at(-1);
    if (option && section) section.options.set(option[1].toLowerCase(), option[2]);
    else warnings.push(`line ${index + 1} is skipped: '${line}' is neither [section] nor key = value`);
  }
  return { sections, warnings };
}
