import type { JSX } from 'preact';
import { seenProjects, usualProject } from '../state/me.ts';
import { PickMenu } from './pick-menu.tsx';

/** Of which project: one of those that who looks may see, or all of them for who sees all. */
export function ProjectMenu({ value, onChange }: { value: string; onChange: (project: string) => void }): JSX.Element | null {
  return (
    <PickMenu
      name="Project"
      all={usualProject() === '' ? 'All projects' : ''}
      options={seenProjects.value.map(({ slug }) => slug)}
      value={value}
      onChange={onChange}
    />
  );
}
