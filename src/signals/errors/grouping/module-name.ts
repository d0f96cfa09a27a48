import type { GroupingComponent } from '../../../core/error-grouping.ts';
import { component, ignored } from './component.ts';

/** Classes that Java's libraries make while a program runs; the number or hash behind the name is new each time. */
const GENERATED: readonly RegExp[] = [
  /(sun\.reflect\.Generated(?:Serialization)?ConstructorAccessor)\d+/g,
  /(\$\$[A-Za-z0-9_]{1,200}?CGLIB\$\$)[a-fA-F0-9]+(?:_\d+)?/g,
  /(\$\$_javassist)(?:_seam)?(?:_\d+)?/g,
  /(\$fn__)\d+/g,
  /(\$\$?EnhancerBy[A-Za-z0-9_]{1,200}?\$?\$)[a-fA-F0-9]+(?:_\d+)?/g,
  /(\$\$?FastClassBy[A-Za-z0-9_]{1,200}?\$?\$)[a-fA-F0-9]+(?:_\d+)?/g,
  /(\$\$?HibernateProxy\$?\$)\w+(?:_\d+)?/g,
];
const METHOD_ACCESSOR = /^((?:sun|jdk\.internal)\.reflect\.GeneratedMethodAccessor)/;

/** A frame's module as it is grouped by. */
export function moduleComponent(module: string | undefined, path: string | undefined, platform: string): GroupingComponent {
  if (!module) return { name: 'module', contributes: false, values: [] };
  if (platform === 'javascript' && module.includes('/') && path?.endsWith(module)) {
    return ignored('module', [module], 'ignored because it is only the end of the path');
  }
  if (platform !== 'java' || (!module.includes('$') && !module.includes('reflect'))) return component('module', [module]);
  const accessor = METHOD_ACCESSOR.exec(module)?.[1];
  const plain = accessor ?? GENERATED.reduce((name, pattern) => name.replace(pattern, '$1<auto>'), module);
  const named = plain === module ? component('module', [module]) : component('module', [plain], 'without the number of a generated class');
  return module.includes('$$Lambda$') ? { ...named, contributes: false, hint: 'ignored because lambdas are numbered' } : named;
}

/** A class file that Javassist made, without its number. */
export function withoutJavassistNumber(filename: string): string {
  return filename.replace(GENERATED[2], '$1<auto>');
}
