import type { JSX } from 'preact';
import { Code } from '../../widgets/code.tsx';
import { TabList } from '../../widgets/seg.tsx';
import type { Setup } from './setup.ts';

/** What to paste, for one of several ways to send. */
export function SetupSteps({ all, chosen, onChange }: { all: readonly Setup[]; chosen: Setup; onChange: (key: string) => void }): JSX.Element {
  return (
    <>
      <TabList name="What you have" tabs={all} value={chosen.key} panel="setup" onChange={onChange} />
      <div class="steps" id="setup" role="tabpanel" aria-labelledby={`tab-${chosen.key}`}>
        {chosen.steps.map(({ lead, rest, code }) => (
          <div key={code}>
            <p>
              <b class="strong">{lead}</b>
              {rest}
            </p>
            <Code text={code} name={lead} />
          </div>
        ))}
      </div>
    </>
  );
}
