import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Frame } from '../../../core/error-event.ts';
import { leaves } from './component.ts';
import { frameComponent } from './frame.ts';
import { trimNativeFunction } from './native-function.ts';

const valuesOf = (frame: Frame, platform: string): string[] => leaves(frameComponent(frame, platform, false));

test('a frame is its module, or else its file without folders and in lower case, and its function', () => {
  assert.deepEqual(valuesOf({ filename: 'Shop/Cart.py', function: 'total', lineno: 7 }, 'python'), ['cart.py', 'total']);
  assert.deepEqual(valuesOf({ filename: String.raw`C:\Shop\Cart.cs`, function: 'Total' }, 'csharp'), ['cart.cs', 'Total']);
  assert.deepEqual(valuesOf({ filename: 'shop/cart.py', module: 'shop.cart', function: 'total' }, 'python'), ['shop.cart', 'total']);
});

test('the line of source counts where clients send it, without its indentation and only when it is short', () => {
  const frame = { filename: 'cart.py', function: 'total', context_line: '\treturn  sum(items)  ' };
  assert.deepEqual(valuesOf(frame, 'python'), ['cart.py', 'total', 'return sum(items)']);
  assert.deepEqual(valuesOf(frame, 'java'), ['cart.py', 'total']);
  assert.deepEqual(valuesOf({ ...frame, context_line: `x = "${'a'.repeat(120)}"` }, 'python'), ['cart.py', 'total']);
  assert.deepEqual(valuesOf({ ...frame, context_line: '   ' }, 'python'), ['cart.py', 'total']);
});

test('an address is no file: bundles are called differently with each release', () => {
  const frame = { abs_path: 'https://shop.example/static/main.8f3a.js', filename: '/static/main.8f3a.js', function: 'pay', context_line: 'pay(cart)' };
  assert.deepEqual(valuesOf(frame, 'javascript'), ['pay', 'pay(cart)']);
  assert.deepEqual(valuesOf({ ...frame, function: undefined }, 'javascript'), []);
  assert.deepEqual(valuesOf({ abs_path: 'blob:https://shop.example/1', filename: 'x.js', function: 'pay' }, 'javascript'), ['pay']);
});

test('browsers and versions of clients name what has no name in their own ways; none counts', () => {
  for (const name of ['?', '<anonymous>', 'Object.<anonymous>', 'Object.?', 'Anonymous function', 'cart/pay/<', undefined]) {
    assert.deepEqual(valuesOf({ filename: 'cart.js', function: name }, 'node'), ['cart.js'], name);
  }
  assert.deepEqual(valuesOf({ filename: 'cart.js', function: 'Cart.prototype.pay' }, 'javascript'), ['cart.js', 'pay']);
});

test('with a source map the line is the better witness than the name', () => {
  const frame = { filename: 'cart.ts', function: 'a', context_line: 'pay(cart)', data: { sourcemap: 'https://shop.example/main.js.map' } };
  assert.deepEqual(valuesOf(frame, 'javascript'), ['cart.ts', 'pay(cart)']);
  assert.deepEqual(valuesOf({ ...frame, context_line: undefined }, 'javascript'), ['cart.ts', 'a']);
});

test('built-in and evaluated frames of JavaScript do not count', () => {
  assert.deepEqual(valuesOf({ abs_path: '[native code]', function: 'forEach' }, 'javascript'), []);
  assert.deepEqual(valuesOf({ filename: '<anonymous>', function: 'Array.map' }, 'node'), []);
  assert.deepEqual(valuesOf({ filename: 'cart.js', function: 'eval' }, 'javascript'), []);
});

test('a module of JavaScript that is only the end of the path does not count, and what follows a question mark neither', () => {
  assert.deepEqual(valuesOf({ abs_path: '/srv/app/src/cart.js', filename: 'cart.js?v=7', module: 'src/cart.js', function: 'pay' }, 'javascript'), [
    'cart.js',
    'pay',
  ]);
});

test('Ruby numbers blocks and templates', () => {
  assert.deepEqual(valuesOf({ filename: 'cart.rb', function: 'block (2 levels) in total' }, 'ruby'), ['cart.rb', 'block']);
  assert.deepEqual(valuesOf({ filename: 'show.html.erb', function: '_app_views_show_html_erb__3141592653_27182818' }, 'ruby'), [
    'show.html.erb',
    '_app_views_show_html_erb',
  ]);
});

test('PHP writes the path of anonymous classes into their names', () => {
  assert.deepEqual(valuesOf({ filename: 'cart.php', function: 'class@anonymous/srv/app/cart.php:12$0::total' }, 'php'), ['cart.php', 'total']);
  assert.deepEqual(valuesOf({ filename: 'cart.php', function: '[Anonymous function]' }, 'php'), ['cart.php']);
});

test('Java makes classes while it runs and numbers them', () => {
  const module = (name: string): string[] => valuesOf({ module: name }, 'java');
  assert.deepEqual(module('sun.reflect.GeneratedMethodAccessor87'), ['sun.reflect.GeneratedMethodAccessor']);
  assert.deepEqual(module('shop.Cart$$EnhancerBySpringCGLIB$$1ebdddb0'), ['shop.Cart$$EnhancerBySpringCGLIB$$<auto>']);
  assert.deepEqual(module('shop.Cart_$$_javassist_seam_74'), ['shop.Cart_$$_javassist<auto>']);
  assert.deepEqual(module('shop.core$fn__4711'), ['shop.core$fn__<auto>']);
  assert.deepEqual(module('shop.Cart$HibernateProxy$oRWxjAWT'), ['shop.Cart$HibernateProxy$<auto>']);
  assert.deepEqual(valuesOf({ module: 'shop.Cart$$Lambda$12', filename: 'Cart.java', function: 'lambda$total$3' }, 'java'), ['cart.java']);
});

test("Python's new processes are given numbers that mean nothing", () => {
  const line = (numbers: string): Frame => ({
    filename: '<string>',
    function: '<module>',
    context_line: `from multiprocessing.spawn import spawn_main; spawn_main(${numbers})`,
  });
  assert.deepEqual(valuesOf(line('tracker_fd=11, pipe_handle=21'), 'python'), valuesOf(line('tracker_fd=12, pipe_handle=4'), 'python'));
});

test('compiled names lose arguments, types and the marks of compilers', () => {
  const names: [string, string][] = [
    ['int shop::total<int>(Cart const&) const', 'shop::total<T>'],
    ['<shop::Cart as shop::Total>::sum', 'shop::Cart::sum'],
    ['shop::pay::h0123456789abcdef', 'shop::pay'],
    ['pay.part.0 [clone .isra.1]', 'pay.part.0'],
    ['bool operator<<(std::ostream&, Cart)', 'operator<<'],
    ['-[Cart total]', '-[Cart total]'],
    ['@pay@12', 'pay'],
    ['Cart.total() -> Int', 'Cart.total'],
    ['(anonymous namespace)::pay()', '(anonymous namespace)::pay'],
  ];
  for (const [written, trimmed] of names) assert.equal(trimNativeFunction(written), trimmed);
});
