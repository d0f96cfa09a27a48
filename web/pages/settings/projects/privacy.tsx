import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { linesOf } from './lines.ts';
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
      <label class="field-label">
        <span>
          More names to hide <small>one a line; a part of a name is enough</small>
        </span>
        <textarea
          class="field mono"
          rows={4}
          spellcheck={false}
          disabled={!scrub.on}
          placeholder="iban"
          value={scrub.fields}
          onInput={(event) => setScrub({ ...scrub, fields: event.currentTarget.value })}
        />
      </label>
      <label class="field-label">
        <span>
          Names never to hide <small>whole names, e.g. what only looks like a secret</small>
        </span>
        <textarea
          class="field mono"
          rows={4}
          spellcheck={false}
          disabled={!scrub.on}
          placeholder="sessionLength"
          value={scrub.safeFields}
          onInput={(event) => setScrub({ ...scrub, safeFields: event.currentTarget.value })}
        />
      </label>
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
