import { parseTagged } from '../../core/tagged.ts';

/** Letters, digits and signs that mean nothing but themselves in a target. */
const ODD = /[^\w.;=:%#@~+/<>!$^&-]/u;

/**
 * A target that names the series, and perhaps others, whatever its name holds: odd characters become `?`, and tags with such are asked for
 * one by one.
 */
export function targetOf(name: string): string {
  if (!ODD.test(name)) return name;
  if (!name.includes(';')) return name.replace(new RegExp(ODD, 'gu'), '?');
  const tagged = parseTagged(name) ?? { name, tags: [] };
  const expressions = [['name', tagged.name], ...tagged.tags].flatMap(([key, value]) => quoted(`${key}=${value}`));
  return `seriesByTag(${expressions.join(',')})`;
}

/** Left out where no quotes can hold it: the others select enough. */
function quoted(text: string): string[] {
  if (text.includes('\\')) return [];
  if (!text.includes("'")) return [`'${text}'`];
  return text.includes('"') ? [] : [`"${text}"`];
}
