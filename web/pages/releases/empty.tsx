import type { JSX } from 'preact';
import { seenProjects, usualProject } from '../../state/me.ts';
import { Code } from '../../widgets/code.tsx';
import { show } from './address.ts';

/** Before the first release: what to paste where the app starts, and where it is built. */
export function NoRelease({ filtered }: { filtered: boolean }): JSX.Element {
  if (filtered) {
    return (
      <div class="empty" role="status">
        <h2>No release here</h2>
        <p>Nothing of this project and environment named a release.</p>
        <button type="button" class="btn" onClick={() => show({ project: usualProject(), environment: '' })}>
          All projects and environments
        </button>
      </div>
    );
  }
  const dsn = seenProjects.value.at(0)?.dsn ?? 'DSN';
  const slug = seenProjects.value.at(0)?.slug ?? 'default';
  return (
    <div class="empty first-event">
      <h2>No release has been heard of yet</h2>
      <p>
        Name the release where the app starts; errors and sessions carry it from then on. Sessions come by themselves from browsers, phones and servers, and
        tell how many went without a crash.
      </p>
      <div class="steps">
        <div>
          <p>
            <b class="strong">In the app</b>, with any SDK of Sentry
          </p>
          <Code name="In the app" text={`Sentry.init({\n  dsn: '${dsn}',\n  release: 'shop@1.4.2',\n  environment: 'production',\n})`} />
        </div>
        <div>
          <p>
            <b class="strong">In the build</b>, for commits and deploys
          </p>
          <Code
            name="In the build"
            text={`export SENTRY_URL=${location.origin}\nexport SENTRY_ORG=heed SENTRY_PROJECT=${slug} SENTRY_AUTH_TOKEN=…\nsentry-cli releases new shop@1.4.2\nsentry-cli releases set-commits shop@1.4.2 --local\nsentry-cli releases finalize shop@1.4.2\nsentry-cli deploys new --release shop@1.4.2 --env production`}
          />
        </div>
      </div>
      <span class="wait" role="status">
        Waiting for the first release
      </span>
    </div>
  );
}
