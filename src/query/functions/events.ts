import { defineFunction } from '../../core/define.ts';

const SECOND = 1000;

export const events = defineFunction({
  name: 'events',
  group: 'Special',
  about: `How many events there were in each second that have all the tags, or any at all for '*'.`,
  params: [{ name: 'tags', type: 'string', required: true, multiple: true }],
  async call({ args, context }) {
    const tags = args.tags as string[];
    const name = `events(${tags.map((tag) => `"${tag}"`).join(', ')})`;
    const [from, until] = [context.from, context.until].map((time) => Math.floor(time / SECOND) * SECOND);
    const seconds = (until - from) / SECOND;
    const values = context.gaps(seconds);
    const times = await context.events(tags.length === 1 && tags[0] === '*' ? [] : tags, { from, until });
    for (const time of Array.from(times)) {
      const i = Math.floor((time - from) / SECOND);
      if (i >= 0 && i < values.length) values[i] = values[i] === values[i] ? values[i] + 1 : 1;
    }
    return [{ name, path: name, tags: { name }, start: from, step: SECOND, values, consolidate: 'sum', xFilesFactor: context.xFilesFactor }];
  },
});
