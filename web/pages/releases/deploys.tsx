import type { JSX } from 'preact';
import type { ReleaseAnswer } from '../../../src/api/contract-releases.ts';
import { serverNow } from '../../state/now.ts';
import { iso } from '../../words/time.ts';
import { when } from '../errors/words.ts';

const MOST = 10;

/** When it was made, and when it came where. */
export function Deploys({ answer: { release, deploys } }: { answer: ReleaseAnswer }): JSX.Element {
  const moment = (time: number): JSX.Element => <time title={iso(time)}>{when(time, serverNow())}</time>;
  return (
    <section class="panel" aria-labelledby="h-deploys">
      <div class="panel-head">
        <h2 id="h-deploys">When and where</h2>
      </div>
      <div class="panel-body">
        <dl class="kv">
          <dt>First heard of</dt>
          <dd>{moment(release.created)}</dd>
          {release.released !== null && (
            <>
              <dt>Released</dt>
              <dd>{moment(release.released)}</dd>
            </>
          )}
          {deploys.slice(0, MOST).map(({ environment, name, url, finished }, index) => (
            <>
              <dt key={`${index} ${environment}`} class="cut" title={environment}>
                {environment}
              </dt>
              <dd key={`${index} ${finished}`}>
                {moment(finished)}
                {name !== '' && (
                  <>
                    {' '}
                    {/^https?:\/\//i.test(url) ? (
                      <a href={url} target="_blank" rel="noreferrer">
                        {name}
                      </a>
                    ) : (
                      name
                    )}
                  </>
                )}
              </dd>
            </>
          ))}
          {release.lastSeen !== null && (
            <>
              <dt>Last heard of</dt>
              <dd>{moment(release.lastSeen)}</dd>
            </>
          )}
        </dl>
        {deploys.length === 0 && (
          <p class="dim small deploys-none">Not told of a deploy: sentry-cli deploys new --release {release.version} --env production</p>
        )}
      </div>
    </section>
  );
}
