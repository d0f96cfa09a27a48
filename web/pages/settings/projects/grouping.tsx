import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { RulesTrial } from '../../../../src/api/contract.ts';
import { tryRules } from '../../../state/projects.ts';
import { route } from '../../../state/router.ts';
import { plural } from '../../../words/number.ts';
import { issueLink } from '../../errors/address.ts';
import { withRule } from './address.ts';
import { LinesField } from './lines-field.tsx';
import type { TabProps } from './project-page.tsx';
import { Save } from './save.tsx';

/** A rule is tried when nothing was typed for so long. */
const PAUSE = 400;
const FINGERPRINT_EXAMPLE = '# all of these are one issue\nerror.type:ConnectionError message:"*refused*" -> no-connection title="No connection"';
const STACK_EXAMPLE = '# not our code\nfamily:javascript path:**/vendor/** -app';

/** Rules that say which events belong together, tried on the latest ones as they are written. */
export function Grouping(props: TabProps): JSX.Element {
  const { settings, slug } = props.project;
  const [fingerprintRules, setFingerprintRules] = useState(() => withRule(settings.fingerprintRules, route.value.params));
  const [stackRules, setStackRules] = useState(settings.stackRules);
  const { trial, problem } = useTrial(slug, fingerprintRules, stackRules);
  const changed = fingerprintRules !== settings.fingerprintRules || stackRules !== settings.stackRules;
  return (
    <section class="stack" aria-label="Grouping">
      <p class="dim">
        Sentry’s rules, one a line; they hold for the next event. What an event is grouped by now stands on its page under <i>Why grouped</i>.
      </p>
      <LinesField
        label="Fingerprints"
        note="the first that matches is taken"
        rows={6}
        placeholder={FINGERPRINT_EXAMPLE}
        value={fingerprintRules}
        onInput={setFingerprintRules}
      />
      <LinesField
        label="Stack traces"
        note="which frames are yours, which count; later ones win"
        rows={6}
        placeholder={STACK_EXAMPLE}
        value={stackRules}
        onInput={setStackRules}
      />
      {problem !== '' && (
        <p class="bad prose" role="alert">
          {problem}
        </p>
      )}
      <Save
        {...props}
        part={{ fingerprintRules, stackRules }}
        changed={changed}
        done="The rules hold from the next event on"
        onReset={() => {
          setFingerprintRules(settings.fingerprintRules);
          setStackRules(settings.stackRules);
        }}
      />
      {trial && problem === '' && <Trial trial={trial} />}
    </section>
  );
}

function Trial({ trial: { events, issues, groups } }: { trial: RulesTrial }): JSX.Element {
  if (events.length === 0) return <p class="dim">No event has come yet on which rules could be tried.</p>;
  const numbers = new Map([...new Set(events.map(({ hash }) => hash))].map((hash, index) => [hash, index + 1]));
  const changes = events.filter((event) => event.changes).length;
  return (
    <section class="panel" aria-labelledby="h-trial">
      <div class="panel-head">
        <h2 id="h-trial">By these rules</h2>
        <span class="meta" role="status">
          the latest {plural(events.length, 'event')}: {plural(issues, 'issue')} now, {plural(groups, 'group')} by these rules;{' '}
          {changes === 0 ? 'none would be grouped otherwise' : `${changes} would be grouped otherwise`}
        </span>
      </div>
      <div class="panel-scroll">
        <table class="table">
          <thead>
            <tr>
              <th class="n">Group</th>
              <th class="grow">Event</th>
              <th>Now in</th>
              <th class="p2">By</th>
            </tr>
          </thead>
          <tbody>
            {events.map(({ eventId, issue, title, hash, changes: differs, rule }) => (
              <tr key={eventId}>
                <td class="n">{numbers.get(hash)}</td>
                <td class="grow">
                  {title}
                  {differs && <span class="warn small"> otherwise than now</span>}
                </td>
                <td class="nowrap">
                  <a href={issueLink(issue, eventId)}>{issue}</a>
                </td>
                <td class="p2 small">{rule === '' ? <span class="dim">what it is</span> : <code>{rule}</code>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function useTrial(slug: string, fingerprintRules: string, stackRules: string): { trial: RulesTrial | null; problem: string } {
  const [state, setState] = useState<{ trial: RulesTrial | null; problem: string }>({ trial: null, problem: '' });
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      tryRules(slug, { fingerprintRules, stackRules }, stop.signal).then(
        (trial) => setState({ trial, problem: '' }),
        (error: unknown) => {
          if (!stop.signal.aborted) setState((before) => ({ ...before, problem: (error as Error).message }));
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [fingerprintRules, stackRules]);
  return state;
}
