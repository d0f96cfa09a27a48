import type { IssueAnswer, IssuesChanged } from '../../api/contract-errors.ts';
import type { CommandIo } from '../../core/define.ts';
import { ServerClient } from '../client.ts';
import { printable, styleFor } from '../terminal.ts';
import { stateInWords } from './issue-words.ts';

/** Changes issues, each named by its number or short id, and says what became of each. */
export async function changeIssues(names: readonly string[], change: object, io: CommandIo, json: boolean): Promise<void> {
  const client = new ServerClient(io);
  const style = styleFor(io);
  const ids: number[] = [];
  for (const name of names) ids.push((await ask(client, name)).id);
  const changed = await client.json<IssuesChanged>('/api/v1/issues', {
    method: 'PATCH',
    body: JSON.stringify({ ids, change }),
    headers: { 'content-type': 'application/json' },
  });
  if (json) io.stdout.write(`${JSON.stringify(changed)}\n`);
  else
    for (const id of new Set(ids)) {
      const issue = await ask(client, String(id));
      io.stdout.write(`${style.state('ok')} ${printable(issue.shortId)}  ${stateInWords(issue)}  ${style.dim(printable(issue.title))}\n`);
    }
}

async function ask(client: ServerClient, name: string): Promise<IssueAnswer['issue']> {
  return (await client.json<IssueAnswer>(`/api/v1/issues/${encodeURIComponent(name)}`)).issue;
}
