import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AttachmentItem } from '../../../src/api/contract-errors.ts';
import { Value } from '../../widgets/figure.tsx';
import { Fold } from './frame.tsx';

const KINDS: Record<string, string> = {
  'event.minidump': 'minidump',
  'event.view_hierarchy': 'view hierarchy',
  'event.applecrashreport': 'crash report',
};

interface Of {
  project: string;
  event: string;
}

/** Files that came with an event: each may be downloaded; images and texts are shown, texts as what they are. */
export function Attachments({ attachments, ...of }: Of & { attachments: readonly AttachmentItem[] }): JSX.Element | null {
  if (attachments.length === 0) return null;
  return (
    <section aria-labelledby="h-attachments">
      <div class="section-head">
        <h2 id="h-attachments">Attachments</h2>
        <span class="meta">{attachments.length}</span>
      </div>
      <div class="trace">
        {attachments.map((one) => {
          const head = (
            <>
              <span class="strong">{one.name}</span>
              <span class="at words">
                {KINDS[one.kind] ?? one.contentType}, <Value of={one.bytes} unit="B" />
              </span>
            </>
          );
          return (
            <Fold key={one.id} class="frame" open={one.preview === 'image'} head={head}>
              {() => (
                <div class="fold-body attachment">
                  {one.preview === 'image' && <img src={`${addressOf(of, one)}?preview=true`} alt={one.name} loading="lazy" />}
                  {one.preview === 'text' && <TextPreview address={addressOf(of, one)} name={one.name} />}
                  <a class="btn" href={addressOf(of, one)} download={one.name}>
                    Download {one.name}
                  </a>
                </div>
              )}
            </Fold>
          );
        })}
      </div>
    </section>
  );
}

function TextPreview({ address, name }: { address: string; name: string }): JSX.Element | null {
  const [text, setText] = useState('');
  useEffect(() => {
    const stop = new AbortController();
    fetch(`${address}?preview=true`, { signal: stop.signal })
      .then(async (answer) => (answer.ok ? answer.text() : 'It is no longer kept.'))
      .then(setText, () => undefined);
    return () => stop.abort();
  }, [address]);
  if (text === '') return null;
  return (
    <pre class="code message" tabIndex={0} aria-label={`Beginning of ${name}`}>
      {text.slice(0, 8000)}
    </pre>
  );
}

const addressOf = ({ project, event }: Of, { id }: AttachmentItem): string =>
  `/api/v1/projects/${encodeURIComponent(project)}/events/${event}/attachments/${id}`;
