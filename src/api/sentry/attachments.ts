import type { Attachment } from '../../store/attachments/attachments-store.ts';
import { attachmentOf, eventIdOf } from '../attachments/find.ts';
import { sendAttachment } from '../attachments/send.ts';
import { projectOf } from '../issues/find.ts';
import { route, type SentryRoutes } from './context.ts';
import { linkPages } from './pages.ts';
import { iso } from './period.ts';

const LIST = '/projects/:organization/:slug/events/:event/attachments/';

/** Files that came with an event; with `?download=1` their bytes. */
export const attachmentRoutes: SentryRoutes = (app, { attachments, catalog }) => {
  const find = async ({ slug, event, attachment }: Readonly<Record<string, string>>): Promise<Attachment> =>
    attachmentOf(attachments, (await projectOf(catalog, slug)).id, event, attachment);

  route(app, 'GET', LIST, async (asked) => {
    const { id } = await projectOf(catalog, asked.parts.slug);
    linkPages(asked, undefined);
    return (await attachments.ofEvent(Number(id), eventIdOf(asked.parts.event))).map(attachmentJson);
  });

  route(app, 'GET', `${LIST}:attachment/`, async ({ parts, query, reply }) => {
    const found = await find(parts);
    return query.has('download') ? sendAttachment(reply, attachments, found) : attachmentJson(found);
  });

  route(app, 'DELETE', `${LIST}:attachment/`, async ({ parts, reply }) => {
    const { project, event, id } = await find(parts);
    await attachments.remove(project, event, id);
    return reply.code(204).send();
  });
};

function attachmentJson({ id, event, kind, name, contentType, time, size }: Attachment): object {
  return {
    id: String(id),
    event_id: event,
    type: kind,
    name,
    mimetype: contentType,
    dateCreated: iso(time),
    size,
    headers: { 'Content-Type': contentType },
    // Heed knows them by their SHA-256.
    sha1: null,
  };
}
