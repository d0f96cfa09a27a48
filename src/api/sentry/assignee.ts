import type { Person } from '../../store/catalog/people.ts';
import type { IssueChange } from '../../store/errors/errors-store.ts';

/** Whom Sentry's clients mean by `user:5`, `5`, an address or a name; text that is nobody here stays as it is. */
export function assigneeOf(said: string, people: readonly Pick<Person, 'id' | 'name' | 'email'>[]): string {
  const text = said.replace(/^user:/, '').trim();
  const lower = text.toLowerCase();
  const found =
    people.find(({ email }) => email === lower) ?? people.find(({ id }) => String(id) === text) ?? people.find(({ name }) => name.toLowerCase() === lower);
  return found?.name ?? said;
}

/** Changes with those whom they assign to by the names of people. */
export const withPeople = (changes: readonly IssueChange[], people: readonly Person[]): IssueChange[] =>
  changes.map((change) => (change.do === 'assign' ? { ...change, to: assigneeOf(change.to, people) } : change));
