import { HeedError } from '../../core/errors.ts';
import { checkVariables } from '../../dashboards/check.ts';
import { findChoices } from '../../dashboards/choices.ts';
import { MOST_CHOSEN } from '../../dashboards/substitute.ts';
import type { VariablesAnswer } from '../contract.ts';
import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';

const schema: RouteSchema = {
  summary: 'What may be chosen of a dashboard’s variables; what is chosen of one narrows those after it.',
  body: {
    type: 'object',
    properties: {
      variables: { type: 'array', items: { type: 'object' }, maxItems: 50, description: 'Variable each, as in a dashboard.' },
      chosen: { type: 'object', description: 'Lists of values by variable; * is all.' },
    },
    required: ['variables'],
  },
  answer: 'VariablesAnswer',
};

export const variablesRoutes: Routes = (app, { deps: { reader } }) => {
  app.post<{ Body: { variables: object[]; chosen?: object } }>(
    '/api/v1/variables',
    { schema, config: { readsOnly: true } },
    async ({ body: { variables, chosen = {} } }): Promise<VariablesAnswer> => ({
      variables: await findChoices(checkVariables(variables), new Map(Object.entries(chosen).map(readChosen)), reader),
    }),
  );
};

function readChosen([name, values]: [string, unknown]): [string, string[]] {
  const list = Array.isArray(values) ? (values as unknown[]) : [];
  if (!Array.isArray(values) || list.length > MOST_CHOSEN || !list.every((value) => typeof value === 'string'))
    throw new HeedError('bad_parameter', `cannot read the request: chosen.${name.slice(0, 60)} must be a list of at most ${MOST_CHOSEN} texts`);
  return [name, list];
}
