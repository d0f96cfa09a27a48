/** How to send errors from an SDK: what to install, what to paste. */
export interface Setup {
  key: string;
  text: string;
  steps: { lead: string; rest: string; code: string }[];
}

const FIRST = { lead: 'Throw one.', rest: ' It appears here within two seconds:' };

/** The lines for one project's DSN. */
export function setups(dsn: string): Setup[] {
  const { origin, username, pathname } = new URL(dsn);
  const reports = `${origin}/api${pathname}/security/?sentry_key=${username}`;
  const cron = `${origin}/api${pathname}/cron/night-backup/${username}/`;
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
      key: 'ruby',
      text: 'Ruby',
      steps: [
        { lead: 'Install.', rest: ' With Rails, add sentry-rails as well:', code: 'gem install sentry-ruby' },
        {
          lead: 'Paste this',
          rest: ' where the app starts, with Rails in config/initializers/sentry.rb:',
          code: `require 'sentry-ruby'\n\nSentry.init do |config|\n  config.dsn = '${dsn}'\n  config.environment = 'production'\nend`,
        },
        { ...FIRST, code: `Sentry.capture_exception(RuntimeError.new('Hello from Ruby'))` },
      ],
    },
    {
      key: 'go',
      text: 'Go',
      steps: [
        { lead: 'Install.', rest: '', code: 'go get github.com/getsentry/sentry-go' },
        {
          lead: 'Paste this',
          rest: ' into main:',
          code: `err := sentry.Init(sentry.ClientOptions{\n\tDsn:         "${dsn}",\n\tEnvironment: "production",\n})\nif err != nil {\n\tlog.Fatal(err)\n}\ndefer sentry.Flush(2 * time.Second)`,
        },
        { ...FIRST, code: `sentry.CaptureException(errors.New("Hello from Go"))` },
      ],
    },
    {
      key: 'csp',
      text: 'CSP',
      steps: [
        {
          lead: 'Send this header',
          rest: ' with your pages; browsers report what they block:',
          code: `Content-Security-Policy-Report-Only: default-src 'self'; report-uri ${reports}`,
        },
      ],
    },
    {
      key: 'cron',
      text: 'Cron',
      steps: [
        {
          lead: 'Call this',
          rest: ' at the end of a scheduled job; put its name in for night-backup:',
          code: `curl -fsS -m 10 "${cron}?status=ok"`,
        },
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
