import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ErrorEvent, EventRequest, Json } from '../../../src/core/error-event.ts';
import { Code } from '../../widgets/code.tsx';
import { Seg } from '../../widgets/seg.tsx';
import { State } from '../../widgets/state.tsx';
import { curlOf, requestUrl } from './curl.ts';
import { Pairs } from './pairs.tsx';
import { safeLink } from './values.ts';

const LONG = 2000;

/** The request that failed: its parts, or as a line for a shell. */
export function Request({ request, event }: { request: EventRequest; event: ErrorEvent }): JSX.Element {
  const [look, setLook] = useState<'parts' | 'curl'>('parts');
  const url = requestUrl(request);
  const link = safeLink(url);
  const status = Number(event.contexts?.response?.status_code);
  const address = url.slice(0, LONG);
  return (
    <section aria-labelledby="h-request">
      <div class="section-head">
        <h2 id="h-request">Request</h2>
        <span class="push">
          <Seg
            name="How it is shown"
            value={look}
            onChange={setLook}
            options={[
              { key: 'parts', text: 'Parts' },
              { key: 'curl', text: 'curl' },
            ]}
          />
        </span>
      </div>
      {look === 'curl' ? (
        <Code text={curlOf(request)} name="curl" />
      ) : (
        <div class="panel">
          <div class="panel-head mono one-line">
            <b class="strong">{(request.method ?? 'GET').slice(0, 20)}</b>
            <span class="anywhere">
              {link === undefined ? (
                address
              ) : (
                <a href={link} target="_blank" rel="noreferrer">
                  {address}
                </a>
              )}
            </span>
            {status > 0 && (
              <span class="push">
                <State state={status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'ok'}>{status}</State>
              </span>
            )}
          </div>
          <div class="panel-body">
            <Pairs
              mono
              pairs={[
                ...(request.query_string ?? []),
                ...(request.headers ?? []).map(([name, value]): [string, Json] => [name.toLowerCase(), value]),
                ...(request.cookies ?? []).map(([name, value]): [string, Json] => [`cookie ${name}`, value]),
                ...(request.data === undefined || request.data === null ? [] : [['body', request.data] as [string, Json]]),
                ...Object.entries(request.env ?? {}),
              ]}
            />
          </div>
        </div>
      )}
    </section>
  );
}
