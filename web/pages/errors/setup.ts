/** How to send errors from an SDK: what to install, what to paste. */
export interface Setup {
  key: string;
  text: string;
  steps: { lead: string; rest: string; code: string }[];
}

const FIRST = { lead: 'Throw one.', rest: ' It appears here within two seconds:' };

/** The lines for one project's DSN. */
export function setups(dsn: string): Setup[] {
  return [
    {
      key: 'node',
      text: 'Node',
      steps: [
        { lead: 'Install.', rest: ' Sentry’s own SDK; only the DSN is ours:', code: 'npm install @sentry/node' },
        {
          lead: 'Paste this',
          rest: ' where the app starts, before all else:',
          code: `import * as Sentry from '@sentry/node';\n\nSentry.init({\n  dsn: '${dsn}',\n  environment: 'production',\n});`,
        },
        { ...FIRST, code: `Sentry.captureException(new Error('Hello from Node'));` },
      ],
    },
    {
      key: 'browser',
      text: 'Browser',
      steps: [
        { lead: 'Install.', rest: ' Or take Sentry’s script from your own server:', code: 'npm install @sentry/browser' },
        {
          lead: 'Paste this',
          rest: ' where the page starts:',
          code: `import * as Sentry from '@sentry/browser';\n\nSentry.init({\n  dsn: '${dsn}',\n  environment: 'production',\n});`,
        },
        { ...FIRST, code: `setTimeout(() => { throw new Error('Hello from the browser'); });` },
      ],
    },
    {
      key: 'python',
      text: 'Python',
      steps: [
        { lead: 'Install.', rest: '', code: 'pip install sentry-sdk' },
        {
          lead: 'Paste this',
          rest: ' where the app starts:',
          code: `import sentry_sdk\n\nsentry_sdk.init(\n    dsn="${dsn}",\n    environment="production",\n)`,
        },
        { ...FIRST, code: `sentry_sdk.capture_exception(Exception("Hello from Python"))` },
      ],
    },
    {
      key: 'php',
      text: 'PHP',
      steps: [
        { lead: 'Install.', rest: '', code: 'composer require sentry/sentry' },
        { lead: 'Paste this', rest: ' where the app starts:', code: `\\Sentry\\init([\n    'dsn' => '${dsn}',\n    'environment' => 'production',\n]);` },
        { ...FIRST, code: `\\Sentry\\captureException(new \\Exception('Hello from PHP'));` },
      ],
    },
    {
      key: 'shell',
      text: 'Shell',
      steps: [
        {
          lead: 'Nothing to install.',
          rest: ' Any SDK takes the address from here, and so does sentry-cli:',
          code: `export SENTRY_DSN='${dsn}'\nsentry-cli send-event -m 'Hello from the shell'`,
        },
      ],
    },
  ];
}
