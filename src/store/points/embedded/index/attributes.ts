import { Kind, Method } from '../../../../core/series.ts';
import { grown, takeSection, type Sections } from './columns.ts';

/** What is known of each series besides its name, as columns by id. */
export class SeriesAttributes {
  kinds = new Uint8Array(1024);
  methods = new Uint8Array(1024);
  policies = new Uint8Array(1024);
  strides = new Uint16Array(1024);

  grow(ids: number): void {
    if (ids <= this.kinds.length) return;
    this.kinds = grown(this.kinds, ids);
    this.methods = grown(this.methods, ids);
    this.policies = grown(this.policies, ids);
    this.strides = grown(this.strides, ids);
  }

  /** Fills in a kind and a method that were not known; true when something was new. */
  learn(id: number, kind: Kind, method: Method): boolean {
    const newKind = kind !== Kind.unknown && this.kinds[id] === Kind.unknown;
    const newMethod = method !== Method.byRule && this.methods[id] === Method.byRule;
    if (newKind) this.kinds[id] = kind;
    if (newMethod) this.methods[id] = method;
    return newKind || newMethod;
  }

  save(sections: Sections, ids: number): void {
    for (const name of ['kinds', 'methods', 'policies', 'strides'] as const) sections.set(name, this[name].slice(0, ids));
  }

  load(sections: Sections): void {
    for (const name of ['kinds', 'methods', 'policies'] as const) this[name] = takeSection(sections, name, Uint8Array);
    this.strides = takeSection(sections, 'strides', Uint16Array);
  }
}
