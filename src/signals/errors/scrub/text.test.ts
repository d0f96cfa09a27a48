import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { DEFAULT_SCRUB, Scrubber } from './scrubber.ts';

const scrubber = new Scrubber(DEFAULT_SCRUB);
const prose = (text: string): string => scrubber.prose(text);

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

test('secrets are known by their looks, and only they are replaced', () => {
  for (const [said, left] of [
    ['paid with 4111 1111 1111 1111 today', 'paid with [Filtered] today'],
    ['card 4111111111111111', 'card [Filtered]'],
    ['card 4111-1111-1111-1111 12 27', 'card [Filtered] 12 27'],
    ['order 12 5555555555554444', 'order 12 [Filtered]'],
    ['3782 822463 10005', '[Filtered]'],
    ['his number is 078-05-1120.', 'his number is [Filtered].'],
    ['to DE89 3704 0044 0532 0130 00 AND MORE', 'to [Filtered] AND MORE'],
    ['GB82WEST12345698765432', '[Filtered]'],
    [`token ${JWT} expired`, 'token [Filtered] expired'],
    ['sent Bearer abc123def456 and', 'sent Bearer [Filtered] and'],
    ['Basic dXNlcjpwYXNzd29yZDE=', 'Basic [Filtered]'],
    ['postgres://ann:hunter2@db.test/shop', 'postgres://[Filtered]@db.test/shop'],
    ['a://b@c d://e:f@g', 'a://[Filtered]@c d://[Filtered]@g'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- rest', '[Filtered] rest'],
    ['cut -----BEGIN PRIVATE KEY-----\nMIIE', 'cut [Filtered]'],
  ])
    assert.equal(prose(said), left);
});

test('and by the names before them', () => {
  for (const [said, left] of [
    ['password=hunter2', 'password=[Filtered]'],
    ['GET /login?user=ann&token=abc&x=1', 'GET /login?user=ann&token=[Filtered]&x=1'],
    ['user[password]=hunter2&a=1', 'user[password]=[Filtered]&a=1'],
    ['{"password": "hunter 2", "a": 1}', '{"password": "[Filtered]", "a": 1}'],
    ['{\\"apiKey\\":\\"hunter2\\",\\"a\\":1}', '{\\"apiKey\\":\\"[Filtered]\\",\\"a\\":1}'],
    ["{'passwd': 'hunter2'}", "{'passwd': '[Filtered]'}"],
    ["connect(secret='hunter2', port=1)", "connect(secret='[Filtered]', port=1)"],
    ["'password' => 'hunter2'", "'password' => '[Filtered]'"],
    ['password: hunter2, then', 'password: [Filtered], then'],
    ['Authorization: Digest abc def\nHost: x', 'Authorization: [Filtered]\nHost: x'],
    ['Cookie=a=1; b=2\nHost: x', 'Cookie=[Filtered]\nHost: x'],
    ['Set-Cookie: sid=1; Path=/', 'Set-Cookie: [Filtered]'],
    ['{"password":"it\'s \\" 2","a":1}', '{"password":"[Filtered]","a":1}'],
    ['{"password":{"a":[1]},"b":1}', '{"password":[Filtered],"b":1}'],
    ['/go?next=https%3A%2F%2Fb.test%2F%3Ftoken%3Dabc%26a%3D1', '/go?next=https%3A%2F%2Fb.test%2F%3Ftoken%3D[Filtered]%26a%3D1'],
    ['user%5Bpassword%5D=hunter2', 'user%5Bpassword%5D=[Filtered]'],
    ['MYSQL_PWD=hunter2 mysql', 'MYSQL_PWD=[Filtered] mysql'],
  ])
    assert.equal(prose(said), left);
});

test('what only looks a little like a secret stays', () => {
  for (const text of [
    'order 4111 1111 1111 1112 not Luhn',
    'at 1795336386111 for 1234567890123456',
    'id 078-05-11204, 000-12-3456, 666-12-3456',
    'DE89 3704 0044 0532 0130 01',
    'SyntaxError: Unexpected token: string',
    'Unexpected token < in JSON at position 0',
    'bearer authentication failed',
    'Basic authentication needed',
    'author: Ann, session: ended, auth: failed',
    'tokens_used=12 and passenger=7',
    'see http://shop.test/@ann and mail ann@shop.test',
    'eyJ is how they begin',
    'password=',
    'key=value',
    '[Filtered] password=[Filtered]',
  ])
    assert.equal(prose(text), text);
});

test('of source only what is written in quotes is a secret', () => {
  for (const [said, left] of [
    ['const token = next();', 'const token = next();'],
    ['if (token === other) throw new Error("auth: no");', 'if (token === other) throw new Error("auth: no");'],
    ["const password = 'hunter2';", "const password = '[Filtered]';"],
    ['d={"password":"hunter2","card":"4111 1111 1111 1111"}', 'd={"password":"[Filtered]","card":"[Filtered]"}'],
  ])
    assert.equal(scrubber.source(said), left);
});

test('IP addresses are hidden where a project wants that, whatever else it wants', () => {
  const hiding = new Scrubber({ ...DEFAULT_SCRUB, on: false, ips: true });
  for (const [said, left] of [
    ['from 10.1.2.3:80 and 2001:db8::1.', 'from [ip]:80 and [ip].'],
    ['version 1.2.3 at 12:30:00 of ::', 'version 1.2.3 at 12:30:00 of ::'],
    ['999.1.1.1 password=x', '999.1.1.1 password=x'],
  ])
    assert.equal(hiding.prose(said), left);
  assert.equal(prose('10.1.2.3'), '10.1.2.3');
});

test('own names are hidden, safe ones are not, and all of it can be turned off', () => {
  const own = new Scrubber({ ...DEFAULT_SCRUB, fields: ['Customer-No'], safeFields: ['token'] });
  assert.equal(own.prose('customer_no=7 token=abc password=x'), 'customer_no=[Filtered] token=abc password=[Filtered]');
  const only = new Scrubber({ ...DEFAULT_SCRUB, defaults: false, fields: ['customerno'] });
  assert.equal(only.prose('customer_no: 7, password=x 4111111111111111'), 'customer_no: [Filtered], password=x 4111111111111111');
  const off = new Scrubber({ ...DEFAULT_SCRUB, on: false, fields: ['a'] });
  assert.equal(off.prose('password=x a=1'), 'password=x a=1');
});

test('a secret is found wherever it stands, and scrubbing twice changes nothing more', () => {
  const secret = fc.constantFrom(
    '4111 1111 1111 1111',
    JWT,
    '078-05-1120',
    'DE89370400440532013000',
    'x://u:hunter2@h',
    'password=hunter2',
    '{"token":"hunter2"}',
    'Bearer hunter2hunter2',
  );
  const around = fc.string({ unit: fc.constantFrom('a', '1', ' ', '-', ':', '=', '"', '.', '/', '\n', '@', '\\', '_') });
  const property = fc.property(around, secret, around, (before, hidden, after) => {
    const scrubbed = prose(`${before} ${hidden} ${after}`);
    assert.ok(!/hunter2|4111 1111|078-05-1120|DE893704|dozjgN/.test(scrubbed), scrubbed);
    assert.equal(prose(scrubbed), scrubbed);
  });
  fc.assert(property, { numRuns: 3000 });
});

test('no text of a megabyte makes it work long', () => {
  // Were any search quadratic, these would take hours, and the test its timeout.
  const units = [
    '1',
    '1 ',
    '4111 ',
    '111-',
    'eyJ',
    'eyJ-',
    'eyJ.',
    '-----BEGIN ',
    '://',
    '://a@',
    'a=',
    'password=',
    'password:"',
    '"',
    '\\"',
    'bearer ',
    'Basic A',
    'DE89',
    'AD12 ',
    ':',
    '1.',
    '=',
    'a',
    '%',
    'token%3D',
    '%3D%26',
    'password=%26',
    '@',
  ];
  const all = new Scrubber({ ...DEFAULT_SCRUB, fields: ['zzz'], ips: true });
  for (const unit of units) all.prose(unit.repeat(Math.ceil(1_000_000 / unit.length)));
});
