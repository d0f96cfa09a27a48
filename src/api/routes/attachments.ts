import type { AttachmentItem } from '../contract-errors.ts';
import { attachmentOf, eventIdOf } from '../attachments/find.ts';
import { attachmentItem } from '../attachments/item.ts';
import { sendAttachment, sendPreview } from '../attachments/send.ts';
import type { Routes } from '../context.ts';
import { projectOf } from '../issues/find.ts';
import type { RouteSchema } from '../openapi.ts';
import type { ParametersSchema } from '../parameters.ts';

const project = { type: 'string', maxLength: 120, description: 'Slug or number.' } as const;
const event = { type: 'string', maxLength: 40, description: 'The event_id, 32 hex digits.' } as const;
const id = { type: 'string', maxLength: 20, description: 'Number of the attachment.' } as const;
const params = { type: 'object', properties: { project, event, id } } as const satisfies ParametersSchema;

const list: RouteSchema = {
  summary: 'Files that came with an event.',
  params: { type: 'object', properties: { project, event } },
  answer: 'AttachmentItem[]',
};
const get: RouteSchema = {
  summary: 'The bytes of an attachment, to be saved.',
  params,
  querystring: {
    type: 'object',
    properties: { preview: { type: 'boolean', default: false, description: 'To be looked at instead: an image, or the first 100 kB of a text.' } },
  },
  answer: 'The file.',
};
const remove: RouteSchema = { summary: 'Removes an attachment; its event stays.', params, answer: '{ removed }: its name.' };

interface ById {
  Params: { project: string; event: string; id: string };
}

export const attachmentsRoutes: Routes = (app, { deps: { attachments, catalog } }) => {
  app.get<{ Params: { project: string; event: string } }>(
    '/api/v1/projects/:project/events/:event/attachments',
    { schema: list },
    async ({ params }): Promise<AttachmentItem[]> => {
      const { id } = await projectOf(catalog, params.project);
      return (await attachments.ofEvent(Number(id), eventIdOf(params.event))).map(attachmentItem);
    },
  );

  app.get<ById & { Querystring: { preview: boolean } }>(
    '/api/v1/projects/:project/events/:event/attachments/:id',
    { schema: get },
    async ({ params, query }, reply) => {
      const { id } = await projectOf(catalog, params.project);
      const found = await attachmentOf(attachments, id, params.event, params.id);
      return query.preview ? sendPreview(reply, attachments, found) : sendAttachment(reply, attachments, found);
    },
  );

  app.delete<ById>('/api/v1/projects/:project/events/:event/attachments/:id', { schema: remove }, async ({ params }) => {
    const { id } = await projectOf(catalog, params.project);
    const found = await attachmentOf(attachments, id, params.event, params.id);
    await attachments.remove(found.project, found.event, found.id);
    return { removed: found.name };
  });
};
