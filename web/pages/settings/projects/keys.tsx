import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ProjectKeyItem } from '../../../../src/api/contract.ts';
import { addKey, askProject, changeKey } from '../../../state/projects.ts';
import { serverNow } from '../../../state/now.ts';
import { copyText, say } from '../../../state/toast.ts';
import { Icon } from '../../../widgets/icon.tsx';
import { Menu, MenuItem } from '../../../widgets/menu.tsx';
import { State } from '../../../widgets/state.tsx';
import { thousands } from '../../../words/number.ts';
import { agoText } from '../../../words/time.ts';
import type { TabProps } from './project-page.tsx';

/** Keys of the project: who sends with each, and what it may. */
export function Keys({ project, onChange }: TabProps): JSX.Element {
  const [label, setLabel] = useState('');
  const act = async (work: () => Promise<unknown>, done: string, undo?: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      say(done, undo && { text: 'Undo', run: () => void act(undo, 'As it was before') });
    } catch (error) {
      say((error as Error).message);
    }
    onChange(await askProject(project.slug));
  };
  const set = (key: ProjectKeyItem, change: Parameters<typeof changeKey>[2], done: string, before: Parameters<typeof changeKey>[2]): void =>
    void act(
      () => changeKey(project.slug, key.id, change),
      done,
      () => changeKey(project.slug, key.id, before),
    );
  return (
    <section class="stack" aria-label="Keys">
      <p class="dim">
        A key is in every page that sends errors, so it is no secret. Give each application or partner one of its own: then one can be revoked, or limited,
        without the others.
      </p>
      <div class="panel plain">
        <table class="table">
          <thead>
            <tr>
              <th>Key</th>
              <th class="grow p2">DSN</th>
              <th>State</th>
              <th class="n p2">A minute</th>
              <th>
                <span class="sr">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {project.keys.map((key) => (
              <tr key={key.id}>
                <td class="nowrap">
                  <span class="strong">{key.label}</span>
                  <span class="dim small under">made {agoText(key.created, serverNow())}</span>
                </td>
                <td class="grow p2">
                  <code class="dsn">{key.dsn}</code>
                </td>
                <td class="nowrap">{key.active ? <State state="ok">in use</State> : <State state="none">revoked</State>}</td>
                <td class="n p2">{key.mostPerMinute === null ? <span class="dim">as the project</span> : thousands(key.mostPerMinute)}</td>
                <td class="n nowrap">
                  <Menu
                    name={`Key ${key.label}`}
                    end
                    button={(attributes) => (
                      <button {...attributes} class="btn quiet icon" aria-label={`Actions of key ${key.label}`}>
                        <Icon name="more" />
                      </button>
                    )}
                  >
                    {(close) => {
                      const item = (text: string, run: () => void): JSX.Element => (
                        <MenuItem key={text} close={close} onDo={run}>
                          {text}
                        </MenuItem>
                      );
                      const base = `${location.origin}/api/${project.id}`;
                      return (
                        <>
                          {item('Copy DSN', () => void copyText(key.dsn, 'DSN copied'))}
                          {item('Copy address for CSP reports', () => void copyText(`${base}/security/?sentry_key=${key.key}`, 'Address copied'))}
                          {item(
                            'Copy address for cron jobs',
                            () => void copyText(`${base}/cron/NAME/${key.key}/?status=ok`, 'Address copied; put the job in for NAME'),
                          )}
                          {item('Copy address for minidumps', () => void copyText(`${base}/minidump/?sentry_key=${key.key}`, 'Address copied'))}
                          <hr />
                          {[60, 600, 6000].map((limit) =>
                            item(`At most ${thousands(limit)} a minute`, () =>
                              set(key, { mostPerMinute: limit }, `Key ${key.label}: at most ${thousands(limit)} a minute`, {
                                mostPerMinute: key.mostPerMinute ?? 0,
                              }),
                            ),
                          )}
                          {key.mostPerMinute !== null &&
                            item('No limit of its own', () =>
                              set(key, { mostPerMinute: 0 }, `Key ${key.label} is limited as the project`, { mostPerMinute: key.mostPerMinute ?? 0 }),
                            )}
                          <hr />
                          {key.active
                            ? item('Revoke', () => set(key, { active: false }, `Key ${key.label} is revoked: what comes with it is refused`, { active: true }))
                            : item('Use again', () => set(key, { active: true }, `Key ${key.label} is in use again`, { active: false }))}
                        </>
                      );
                    }}
                  </Menu>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (label.trim() === '') return say('A key needs a name, e.g. phone app');
          void act(() => addKey(project.slug, label.trim()), `Key ${label.trim()} made`);
          setLabel('');
        }}
      >
        <input
          type="text"
          class="field"
          aria-label="Name of a new key"
          placeholder="phone app"
          maxLength={100}
          value={label}
          onInput={(event) => setLabel(event.currentTarget.value)}
        />
        <button type="submit" class="btn">
          <Icon name="plus" small />
          Make a key
        </button>
      </form>
    </section>
  );
}
