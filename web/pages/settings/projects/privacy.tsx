import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { linesOf } from './lines.ts';
import { LinesField } from './lines-field.tsx';
import type { TabProps } from './project-page.tsx';
import { Save } from './save.tsx';

const FLAGS = [
  ['on', 'Hide secrets before anything is written'],
  ['defaults', 'The usual ones: passwords, tokens, keys, session cookies, card and account numbers'],
  ['ips', 'IP addresses too'],
] as const;

/** What is hidden of an event before it reaches the disk. */
export function Privacy(props: TabProps): JSX.Element {
  const { scrub: saved } = props.project.settings;
  const [scrub, setScrub] = useState({ ...saved, fields: saved.fields.join('\n'), safeFields: saved.safeFields.join('\n') });
  const part = { ...scrub, fields: linesOf(scrub.fields), safeFields: linesOf(scrub.safeFields) };
  return (
    <section class="stack" aria-label="Privacy">
      <p class="dim">
        What is hidden reads <code>[Filtered]</code> and is nowhere in Heed, not in backups either. A change holds for the next event; what is there already
        stays as it is.
      </p>
      {FLAGS.map(([name, text]) => (
        <label key={name} class="row tick">
          <input
            type="checkbox"
            checked={scrub[name]}
            disabled={name === 'defaults' && !scrub.on}
            onChange={(event) => setScrub({ ...scrub, [name]: event.currentTarget.checked })}
          />
          <span>{text}</span>
        </label>
      ))}
      <LinesField
        label="More names to hide"
        note="one a line; a part of a name is enough"
        rows={4}
        placeholder="iban"
        value={scrub.fields}
        disabled={!scrub.on}
        onInput={(text) => setScrub({ ...scrub, fields: text })}
      />
      <LinesField
        label="Names never to hide"
        note="whole names, e.g. what only looks like a secret"
        rows={4}
        placeholder="sessionLength"
        value={scrub.safeFields}
        disabled={!scrub.on}
        onInput={(text) => setScrub({ ...scrub, safeFields: text })}
      />
      <Save
        {...props}
        part={{ scrub: part }}
        changed={JSON.stringify(part) !== JSON.stringify(saved)}
        done="Holds from the next event on"
        onReset={() => setScrub({ ...saved, fields: saved.fields.join('\n'), safeFields: saved.safeFields.join('\n') })}
      />
    </section>
  );
}
