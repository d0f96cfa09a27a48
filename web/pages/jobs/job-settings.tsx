import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { JobItem } from '../../../src/api/contract-jobs.ts';
import { removeJob, saveJob } from '../../state/jobs.ts';
import { go } from '../../state/router.ts';
import { say } from '../../state/toast.ts';
import { FormDialog } from '../../widgets/form-dialog.tsx';
import { listLink } from './address.ts';
import { Problem } from '../../widgets/problem.tsx';

const NUMBERS = [
  { name: 'marginMinutes', label: 'May begin later', unit: 'minutes', least: 1 },
  { name: 'mostRuntimeMinutes', label: 'May take', unit: 'minutes, 0 for what is usual', least: 0 },
  { name: 'failureThreshold', label: 'Failing after', unit: 'failures in a row', least: 1 },
  { name: 'recoveryThreshold', label: 'Well again after', unit: 'successes in a row', least: 1 },
] as const;

/** What is expected of a job. Check-ins that bring settings of their own change these. */
export function JobSettings({ job, onChange }: { job: JobItem; onChange: () => void }): JSX.Element {
  const [settings, setSettings] = useState(job.settings);
  const [problem, setProblem] = useState('');
  const [removing, setRemoving] = useState(false);
  const save = async (change: Record<string, string | number | boolean>, done: string): Promise<void> => {
    try {
      const saved = await saveJob(job.project, job.slug, change);
      setSettings(saved.settings);
      setProblem('');
      say(done);
      onChange();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const text = (name: 'schedule' | 'timezone', label: string, about: string): JSX.Element => (
    <label class="field-label">
      <span>
        {label} <small>{about}</small>
      </span>
      <input
        type="text"
        class="field"
        value={settings[name]}
        maxLength={256}
        spellcheck={false}
        onInput={(event) => setSettings({ ...settings, [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <section class="panel" aria-labelledby="h-expected">
      <div class="panel-head">
        <h2 id="h-expected">What is expected</h2>
      </div>
      <form
        class="panel-body stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save({ ...settings }, 'Saved');
        }}
      >
        {text('schedule', 'Schedule', '0 2 * * *, or every 10 minutes; empty for none')}
        {text('timezone', 'Time zone', 'e.g. Europe/Berlin')}
        {NUMBERS.map(({ name, label, unit, least }) => (
          <label key={name} class="field-label">
            <span>
              {label} <small>{unit}</small>
            </span>
            <input
              type="number"
              class="field"
              min={least}
              value={settings[name]}
              onInput={(event) => setSettings({ ...settings, [name]: event.currentTarget.valueAsNumber || least })}
            />
          </label>
        ))}
        <Problem text={problem} />
        <div class="btn-row">
          <button type="submit" class="btn primary">
            Save
          </button>
          <button
            type="button"
            class="btn"
            onClick={() => void save({ muted: !job.muted }, job.muted ? 'It is looked after again' : 'Nothing of it is missed from now on')}
          >
            {job.muted ? 'Unmute' : 'Mute'}
          </button>
          <button type="button" class="btn danger" onClick={() => setRemoving(true)}>
            Remove…
          </button>
        </div>
      </form>
      {removing && (
        <FormDialog
          name="Remove the job"
          title={`Remove ${job.slug}?`}
          verb="Remove it"
          danger
          onDo={async () => {
            await removeJob(job.project, job.slug);
            setRemoving(false);
            go(listLink());
            say(`${job.slug} is gone`);
          }}
          onClose={() => setRemoving(false)}
        >
          <p>It goes with all of its runs; errors in them stay. Its next run makes it anew.</p>
        </FormDialog>
      )}
    </section>
  );
}
