import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { linesOf } from './lines.ts';
import { LinesField } from './lines-field.tsx';
import type { TabProps } from './project-page.tsx';
import { Save } from './save.tsx';

/** Whose pages may send. */
export function Origins(props: TabProps): JSX.Element {
  const saved = props.project.settings.origins.join('\n');
  const [text, setText] = useState(saved);
  const origins = linesOf(text);
  return (
    <section class="stack" aria-label="Origins">
      <p class="dim">
        A key is in your pages for all to read. With a list, pages of other sites are refused, so that they cannot spend the project’s limits. Programs name no
        origin and always may send.
      </p>
      <LinesField
        label="Allowed origins"
        note="one a line; none allows all"
        rows={6}
        placeholder={'shop.example\n*.shop.example\nhttp://localhost:*'}
        value={text}
        onInput={setText}
      />
      <Save
        {...props}
        part={{ origins }}
        changed={origins.join('\n') !== saved}
        done={origins.length === 0 ? 'All pages may send' : 'Only pages of these origins may send'}
        onReset={() => setText(saved)}
      />
    </section>
  );
}
