import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Frame } from '../../../core/error-event.ts';
import { event, exception } from './event.fixture.ts';
import { classifyStacks, markInApp } from './in-app.ts';
import { compileStackRules } from './stack-rule-set.ts';

/** What is said of frames of an event of a platform. */
function inApp(platform: string, list: Frame[], rules = ''): boolean[] {
  const one = event({ platform, exception: [exception('E', 'x', list)] });
  return [...classifyStacks(one, compileStackRules(rules)).values()][0].classified.inApp;
}

const flagged = (in_app: boolean | undefined, ...paths: string[]): Frame[] => paths.map((abs_path) => ({ abs_path, filename: abs_path, in_app }));

test('the client is believed', () => {
  assert.deepEqual(inApp('java', [...flagged(true, 'Cart.java'), ...flagged(false, 'Tax.java'), ...flagged(undefined, 'Pay.java')]), [true, false, false]);
});

test('what package managers and runtimes put there is not the app, whatever the client says', () => {
  const others: Record<string, string[]> = {
    node: ['/srv/shop/node_modules/express/lib/router.js', 'node:internal/modules/run_main'],
    javascript: [
      'https://unpkg.com/react/index.js',
      'chrome-extension://abc/inject.js',
      'webpack:///webpack/bootstrap',
      'webpack:///./node_modules/react-dom/index.js',
      'webpack-internal:///webpack/runtime/chunk.js',
    ],
    python: ['/srv/venv/lib/python3.11/site-packages/flask/app.py', '/usr/lib/python3/dist-packages/x.py', '/usr/lib/python3.11/json/decoder.py'],
    ruby: [
      '/usr/share/rubygems-integration/all/gems/rack-2/lib/rack.rb',
      '/usr/lib/ruby/3.1.0/json.rb',
      '/home/a/.rbenv/versions/3.1/lib/ruby/gems/3.1.0/gems/x/x.rb',
    ],
    go: ['/usr/lib/go-1.19/src/net/http/server.go', '/home/a/go/pkg/mod/example.com/x@v1/x.go', '/usr/local/go/src/runtime/panic.go'],
    php: ['/srv/shop/vendor/symfony/http-kernel/Kernel.php'],
  };
  for (const [platform, paths] of Object.entries(others)) {
    for (const path of paths) assert.deepEqual(inApp(platform, flagged(true, path)), [false], path);
  }
  assert.deepEqual(inApp('java', [{ module: 'org.springframework.web.Filter', in_app: true }]), [false]);
  assert.deepEqual(inApp('javascript', flagged(true, 'https://shop.example/main.js', 'webpack:///./src/cart.ts')), [true, true]);
});

test('a client that was not told where the app is has all frames for foreign; then those that no rule knows are the app', () => {
  const paths = ['/usr/lib/ruby/3.1.0/json.rb', '/srv/shop/app/models/cart.rb', '/var/lib/gems/3.1.0/gems/rack/lib/rack.rb'];
  assert.deepEqual(inApp('ruby', flagged(false, ...paths)), [false, true, false]);
  // It was told: one frame is the app's.
  assert.deepEqual(inApp('ruby', [...flagged(false, ...paths), ...flagged(true, '/srv/shop/app.rb')]), [false, false, false, true]);
  assert.deepEqual(inApp('java', flagged(false, '/srv/shop/Cart.java')), [false]);
  assert.deepEqual(inApp('ruby', flagged(false, '<internal:kernel>')), [false]);
});

test("a project's rules have the last word, in both directions", () => {
  const path = '/srv/shop/node_modules/@shop/cart/index.js';
  assert.deepEqual(inApp('node', flagged(false, path), 'path:**/node_modules/@shop/** +app'), [true]);
  assert.deepEqual(inApp('node', flagged(true, '/srv/shop/src/log.js'), 'path:**/src/log.js -app'), [false]);
  assert.deepEqual(inApp('node', flagged(true, '/a.js', '/b.js', '/c.js'), 'path:/b.js ^-app'), [true, true, false]);
  assert.deepEqual(inApp('node', flagged(true, '/a.js', '/b.js', '/c.js'), 'path:/b.js v-app'), [false, true, true]);
});

test('a rule sees all frames as they were before it', () => {
  assert.deepEqual(inApp('java', flagged(true, 'A', 'B', 'C'), '[ app:yes ] | app:yes -app'), [true, false, false]);
});

test('what is written into an event can be worked out again', () => {
  const one = event({
    platform: 'node',
    exception: [exception('E', 'x', [...flagged(true, '/srv/node_modules/x.js', '/srv/app.js'), ...flagged(undefined, '/srv/y.js')])],
  });
  const flags = (): unknown => one.exception?.[0].stacktrace?.frames.map(({ in_app, data }) => [in_app, data?.client_in_app]);
  markInApp(classifyStacks(one, compileStackRules()));
  assert.deepEqual(flags(), [
    [false, true],
    [true, undefined],
    [false, null],
  ]);
  markInApp(classifyStacks(one, compileStackRules('path:**/x.js +app')));
  assert.deepEqual(flags(), [
    [true, true],
    [true, undefined],
    [false, null],
  ]);
});
