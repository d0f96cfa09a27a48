import type { JSX } from 'preact';
import type { EventAnswer } from '../../../src/api/contract-errors.ts';
import type { ErrorEvent, Json } from '../../../src/core/error-event.ts';
import { DEFAULT_QUERY, listLink } from './address.ts';
import { jobLink, runLink } from '../jobs/address.ts';
import { releaseLink } from '../releases/address.ts';
import { Fold } from './frame.tsx';
import { Pairs } from './pairs.tsx';
import { term, withTerm } from './search-tokens.ts';

const MOST_TAGS = 40;

/** What is told of a context where it has a name: `CPython 3.11.2`. */
function contextTitle({ name, model, version }: Record<string, Json>): string {
  return [name ?? model, version].filter((part) => typeof part === 'string' || typeof part === 'number').join(' ');
}

/** Who met it, with which tags, in what surroundings. */
export function EventFacts({ event, job, project }: { event: ErrorEvent; job: EventAnswer['job']; project: string }): JSX.Element {
  const { user, contexts = {}, tags } = event;
  const about = [
    ['id', user?.id],
    ['email', user?.email],
    ['name', user?.name],
    ['username', user?.username],
    ['address', user?.ip_address],
  ].flatMap(([name, value]): [string, Json][] => (value === undefined ? [] : [[name as string, value]]));
  const place = Object.values(user?.geo ?? {}).filter((part) => typeof part === 'string');
  const facts = [
    ['Release', event.release],
    ['Environment', event.environment],
    ['Server', event.server_name],
    ['SDK', event.sdk && `${event.sdk.name} ${event.sdk.version}`],
  ].flatMap(([name, value]): [string, Json][] => (value === undefined ? [] : [[name as string, value]]));
  return (
    <>
      {user && (
        <section class="panel" aria-labelledby="h-user">
          <div class="panel-head">
            <h2 id="h-user">Who met it</h2>
          </div>
          <div class="panel-body">
            <Pairs pairs={[...about, ...(place.length === 0 ? [] : [['place', place.join(', ')] as [string, Json]]), ...Object.entries(user.data ?? {})]} />
          </div>
        </section>
      )}
      {job && (
        <section class="panel" aria-labelledby="h-job">
          <div class="panel-head">
            <h2 id="h-job">Run of a job</h2>
          </div>
          <div class="panel-body">
            <Pairs
              pairs={[
                ['job', job.slug],
                ['run', job.run],
                ...(job.file === '' ? [] : [['file', job.file] as [string, Json]]),
                ...(job.record === '' ? [] : [['record', job.record] as [string, Json]]),
              ]}
              links={{ job: jobLink(project, job.slug), run: runLink(project, job.slug, job.run, job.file) }}
            />
          </div>
        </section>
      )}
      <section class="panel" aria-labelledby="h-tags">
        <div class="panel-head">
          <h2 id="h-tags">Tags</h2>
        </div>
        <div class="panel-body chips">
          {tags.slice(0, MOST_TAGS).map(([key, value]) => (
            <a
              key={key}
              class="chip"
              href={key === 'release' ? releaseLink(value) : listLink(withTerm(DEFAULT_QUERY, term(key, value)))}
              title={(key === 'release' ? `Release ${value}` : `Issues with ${key} ${value}`).slice(0, 300)}
            >
              <i>{key}</i>
              <span>{value === '' ? '(empty)' : value.slice(0, 200)}</span>
            </a>
          ))}
          {tags.length === 0 && <span class="dim">none</span>}
          {tags.length > MOST_TAGS && <span class="dim">{tags.length - MOST_TAGS} more in the JSON</span>}
        </div>
      </section>
      {(facts.length > 0 || Object.keys(contexts).length > 0) && (
        <section class="panel" aria-labelledby="h-where">
          <div class="panel-head">
            <h2 id="h-where">Surroundings</h2>
          </div>
          {facts.length > 0 && (
            <div class="panel-body">
              <Pairs pairs={facts} links={event.release === undefined ? {} : { Release: releaseLink(event.release) }} />
            </div>
          )}
          {Object.entries(contexts).map(([name, context]) => (
            <Fold
              key={name}
              class="frame context"
              open={false}
              head={
                <>
                  <span class="strong cut">{name}</span>
                  <span class="at words">{contextTitle(context)}</span>
                </>
              }
            >
              {() => (
                <div class="fold-body">
                  <Pairs mono pairs={Object.entries(context).filter(([key]) => key !== 'type' || context.type !== name)} />
                </div>
              )}
            </Fold>
          ))}
        </section>
      )}
    </>
  );
}
