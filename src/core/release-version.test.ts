import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { compareReleases } from './release-version.ts';

describe('releases', () => {
  it('orders versions of one package as semver does', () => {
    const ordered = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1',
      '1.2.0',
      '1.10.0',
      '2.0',
    ];
    for (const [i, a] of ordered.entries())
      for (const [j, b] of ordered.entries()) assert.equal(Math.sign(compareReleases(`shop@${a}`, `shop@${b}`) ?? NaN), Math.sign(i - j), `${a} and ${b}`);
  });

  it('leaves builds out, and takes a missing part for 0', () => {
    assert.equal(compareReleases('shop@1.0.0+5', 'shop@1.0.0+6'), 0);
    assert.equal(compareReleases('shop@1.0', 'shop@1.0.0'), 0);
    assert.equal(compareReleases('@shop/web@v1.0', '@shop/web@1.0'), undefined);
  });

  it('does not compare what is no version, or another package', () => {
    for (const [a, b] of [
      ['shop@1.0.0', 'api@1.0.0'],
      ['1.0.0', '1.0.1'],
      ['f00dbeef', 'shop@1.0.0'],
      ['shop@1', 'shop@2'],
      ['', ''],
    ])
      assert.equal(compareReleases(a, b), undefined, `${a} and ${b}`);
  });

  it('is opposite when turned round, whatever it is given', () => {
    const version = fc
      .tuple(
        fc.array(fc.nat(20), { minLength: 2, maxLength: 4 }),
        fc.array(fc.oneof(fc.nat(20).map(String), fc.constantFrom('rc', 'beta', '0a')), { maxLength: 3 }),
      )
      .map(([numbers, pre]) => `shop@${numbers.join('.')}${pre.length ? `-${pre.join('.')}` : ''}`);
    fc.assert(
      fc.property(fc.oneof(version, fc.string()), fc.oneof(version, fc.string()), (a, b) => {
        const [there, back] = [compareReleases(a, b), compareReleases(b, a)];
        if (there === undefined || back === undefined) assert.equal(there, back);
        else assert.ok(Math.sign(there) === -Math.sign(back));
      }),
    );
  });
});
