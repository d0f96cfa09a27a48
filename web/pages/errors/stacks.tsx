import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ErrorEvent, EventException, Stacktrace } from '../../../src/core/error-event.ts';
import { copyText } from '../../state/toast.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Seg } from '../../widgets/seg.tsx';
import { chainOf, exceptionTitle, mainTrace, ours, rawTrace, type ChainLink } from './frames.ts';
import { Trace } from './trace.tsx';

type Look = 'ours' | 'all' | 'raw';

/** Causes beyond these are behind a button. */
const MOST_LINKS = 8;

/** The stack trace of what was thrown, then of what caused it; ours alone, all of it, or as the runtime prints it. */
export function Stacks({ event }: { event: ErrorEvent }): JSX.Element | null {
  const [look, setLook] = useState<Look>('ours');
  const [whole, setWhole] = useState(false);
  const links = chainOf(event.exception ?? []);
  const main = mainTrace(event);
  if (links.length === 0 && !main) return null;
  const frames = main?.frames ?? [];
  const shown = whole ? links : links.slice(0, MOST_LINKS);
  return (
    <section aria-labelledby="h-trace">
      <div class="section-head">
        <h2 id="h-trace">Stack trace</h2>
        <span class="meta not-phone">{links.length > 1 ? `${links.length} exceptions, the last one first` : 'most recent call first'}</span>
        <span class="push">
          <Seg
            name="Which frames"
            value={look}
            onChange={setLook}
            options={[
              { key: 'ours', text: 'Ours', note: String(ours(frames)) },
              { key: 'all', text: 'All', note: String(frames.length) },
              { key: 'raw', text: 'Raw' },
            ]}
          />
        </span>
      </div>
      <div class="chain">
        {links.length === 0 && main && <OneTrace trace={main} look={look} event={event} />}
        {shown.map((link, index) => (
          <Link key={index} link={link} look={look} event={event} first={index === 0} alone={links.length === 1} />
        ))}
      </div>
      {shown.length < links.length && (
        <button type="button" class="btn quiet" onClick={() => setWhole(true)}>
          Show all {links.length} exceptions
        </button>
      )}
    </section>
  );
}

function Link(props: { link: ChainLink; look: Look; event: ErrorEvent; first: boolean; alone: boolean }): JSX.Element {
  const { exception, relation } = props.link;
  const { mechanism, module } = exception;
  return (
    <div class="link">
      {!props.alone && (
        <p class="link-head">
          {relation !== '' && <span class="dim">{relation}</span>} <b class="strong">{exceptionTitle(exception).slice(0, 500)}</b>
        </p>
      )}
      {(mechanism?.type !== undefined || module !== undefined) && (props.first || mechanism?.handled === false) && (
        <p class="dim small link-note">
          {[
            module === undefined ? '' : `from ${module}`,
            mechanism?.type === undefined ? '' : `noticed by ${mechanism.type}`,
            { true: 'handled', false: 'not handled' }[String(mechanism?.handled)] ?? '',
          ]
            .filter((part) => part !== '')
            .join(', ')}
        </p>
      )}
      {exception.stacktrace ? (
        <OneTrace trace={exception.stacktrace} exception={exception} look={props.look} event={props.event} open={props.first} />
      ) : (
        props.alone && <p class="mid">The client sent no stack trace with it.</p>
      )}
    </div>
  );
}

function OneTrace(props: { trace: Stacktrace; exception?: EventException; look: Look; event: ErrorEvent; open?: boolean }): JSX.Element {
  const { trace, exception, look } = props;
  if (look !== 'raw') return <Trace key={look} trace={trace} all={look === 'all'} open={props.open} />;
  const text = rawTrace(exception, exception?.raw_stacktrace ?? trace, props.event.platform);
  return (
    <div class="code" tabIndex={0} role="group" aria-label="Raw stack trace">
      <pre>{text.slice(0, 60_000)}</pre>
      <button
        type="button"
        class="btn quiet icon copy"
        aria-label="Copy the stack trace"
        title="Copy"
        onClick={() => void copyText(text, 'Stack trace copied')}
      >
        <Icon name="copy" small />
      </button>
    </div>
  );
}
