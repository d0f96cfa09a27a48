import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { NowAnswer } from '../../../src/api/contract.ts';
import { reach } from '../../state/now.ts';
import { Code } from '../../widgets/code.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { TabList } from '../../widgets/seg.tsx';
import { Verdict } from '../../widgets/state.tsx';
import { EchoPanel } from './echo-panel.tsx';
import { addressText, examples } from './lines.ts';

const TABS = [
  { key: 'shell', text: 'Shell' },
  { key: 'node', text: 'Node' },
  { key: 'python', text: 'Python' },
] as const;

/** Before the first number: what to send, from where, and proof that we listen. */
export function FirstSteps({ answer }: { answer: NowAnswer }): JSX.Element {
  const [tab, setTab] = useState<(typeof TABS)[number]['key']>('shell');
  const addresses = answer.protocols.flatMap((protocol) => protocol.addresses);
  const lost = reach.value.state === 'lost';
  return (
    <div class="first">
      <Verdict
        state={lost ? 'bad' : 'none'}
        text={lost ? 'Heed does not answer. This page keeps trying.' : 'Heed is listening. Send it one number and this page starts to move.'}
      >
        <li>
          <span>
            Everything stays on this machine, in <span class="mono">{answer.data}</span>.
          </span>
        </li>
      </Verdict>
      <section class="panel" aria-label="Try it">
        <div class="panel-head">
          <TabList name="What you have" tabs={TABS} value={tab} panel="examples" onChange={setTab} />
        </div>
        <div class="panel-body steps" id="examples" role="tabpanel" aria-labelledby={`tab-${tab}`}>
          {examples(answer, location.hostname)[tab].map((example) => (
            <div key={example.code}>
              <p>
                <b class="strong">{example.lead}</b>
                {example.rest}
              </p>
              <Code text={example.code} name={example.lead} />
            </div>
          ))}
          {addresses.length === 0 && <p>No protocol is switched on; start Heed with --statsd or --carbon.</p>}
        </div>
      </section>
      <EchoPanel most={8} foot={<span class="wait">{lost ? 'Waiting for Heed' : `Waiting for the next line on ${addressText(addresses)}`}</span>} />
      <section class="panel" aria-labelledby="h-sources">
        <div class="panel-head">
          <h2 id="h-sources">What can arrive here</h2>
          <span class="meta">StatsD is summed up every {answer.flush / 1000} s, Graphite lines show at once</span>
        </div>
        <ul class="sources">
          {answer.protocols.map((protocol) => (
            <li key={protocol.name}>
              <Icon name="metrics" />
              <b class="strong nowrap">{protocol.title}</b>
              <span class="mono dim small cut">{addressText(protocol.addresses)}</span>
              {protocol.addresses.length > 0 && (
                <span class="push">
                  <span class="wait">waiting</span>
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
      <p class="dim small">
        Stuck? <code>heed doctor</code> says what listens, what arrived in the last minute, and why something was dropped.
      </p>
    </div>
  );
}
