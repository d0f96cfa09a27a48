import type { AttachmentsStore } from '../../store/attachments/attachments-store.ts';
import type { ErrorsStore } from '../../store/errors/errors-store.ts';

const PAGE = 100;

/** What came with the events of issues goes before these do, as nobody knows afterwards whose it was. */
export async function removeAttachmentsOf(
  { errors, attachments }: { errors: Pick<ErrorsStore, 'issue' | 'events'>; attachments: AttachmentsStore },
  issues: readonly number[],
): Promise<void> {
  for (const id of issues) {
    const issue = await errors.issue(id);
    if (!issue || !(await attachments.hasAny(issue.project))) continue;
    let cursor: string | undefined;
    do {
      const page = await errors.events({ issue: id, terms: [], limit: PAGE, cursor });
      await attachments.removeEvents(
        issue.project,
        page.events.map(({ eventId }) => eventId),
      );
      cursor = page.next;
    } while (cursor !== undefined);
  }
}
