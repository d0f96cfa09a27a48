import type { JSX } from 'preact';
import type { PeopleAnswer } from '../../../../src/api/contract-people.ts';
import { isRole } from '../../../../src/core/roles.ts';
import type { GivenRoles } from '../../../state/me.ts';

/** What somebody may: everywhere, and in projects beside that. */
export function RoleFields(props: {
  given: GivenRoles;
  roles: PeopleAnswer['roles'];
  projects: readonly string[];
  onChange: (given: GivenRoles) => void;
}): JSX.Element {
  const { given, roles, projects, onChange } = props;
  const setProject = (slug: string, role: string): void => {
    const { [slug]: _, ...rest } = given.roles;
    onChange({ ...given, roles: isRole(role) ? { ...rest, [slug]: role } : rest });
  };
  return (
    <>
      <fieldset class="scopes">
        <legend>Everywhere</legend>
        {[...roles, { role: 'none' as const, about: 'only in the projects below' }].map(({ role, about }) => (
          <label key={role} class="tick">
            <input type="radio" name="role" checked={given.role === role} onChange={() => onChange({ ...given, role })} />
            <span>
              {role === 'none' ? 'nothing' : role} <span class="dim">{about}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {given.role !== 'owner' && (
        <fieldset class="scopes project-roles">
          <legend>In projects, beside that</legend>
          {projects.map((slug) => (
            <label key={slug} class="project-role">
              <span class="cut">{slug}</span>
              <select class="field" value={given.roles[slug] ?? ''} onChange={(event) => setProject(slug, event.currentTarget.value)}>
                <option value="">nothing more</option>
                {roles.map(({ role }) => (
                  <option key={role} value={role}>
                    {role}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
