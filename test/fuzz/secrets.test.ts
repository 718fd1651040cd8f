/** What is blacked out of texts, and what is not (threats T94). */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutSecrets } from '../../src/core/render/without-secrets.ts';
import { fastest, runs } from './effort.ts';

const hex = (length: number): string => randomBytes(length).toString('hex').slice(0, length);

describe('a secret in the middle of a sentence', () => {
  test.each([
    ...['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map((kind) => [`a ${kind}_ token`, `${kind}_${hex(36)}`]),
    ['a fine-grained token', `github_pat_${hex(22)}_${hex(59)}`],
    ['a Slack token', `xoxb-${hex(11)}-${hex(24)}`],
    ['an npm token', `npm_${hex(36)}`],
    ['an AWS key id', `AKIA${hex(16).toUpperCase()}`],
    ['a JWT', `eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.${hex(40)}`],
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${hex(64)}\n-----END RSA PRIVATE KEY-----`],
    ['a private key cut short', `-----BEGIN PRIVATE KEY-----\n${hex(64)}`],
    ['a signature', `sha256=${hex(64)}`],
    ['a header', `authorization: Bearer ${hex(40)}`],
  ])('T94: %s is not shown', (_kind, secret) => {
    for (const text of [secret, `No: ${secret} is wrong.`, `{"message":"${secret}"}`, `${secret}…`]) {
      const tail = secret.replaceAll(/\s|-+[A-Z ]+-+/g, '').slice(-16);
      expect(withoutSecrets(text)).not.toContain(tail);
      expect(withoutSecrets(text)).toContain('[secret]');
    }
  });

  test('T94: of an address only the password goes', () => {
    expect(withoutSecrets('postgres://gatehouse:hunter2@db.example:5432/gatehouse refused')).toBe(
      'postgres://gatehouse:[secret]@db.example:5432/gatehouse refused',
    );
  });
});

test('ordinary sentences stay as they are', () => {
  for (const text of [
    'Not Found - https://docs.github.com/rest',
    'Validation Failed: {"resource":"Label","code":"already_exists"}',
    'connect ECONNREFUSED 127.0.0.1:5432',
    'the token is too old; ask for a bearer of news',
    'POST /repos/{owner}/{repo}/issues',
  ])
    expect(withoutSecrets(text)).toBe(text);
});

test('no text makes it slow', () => {
  const pieces = fc.constantFrom(
    '://',
    ':',
    '@',
    'a',
    'eyJ',
    '.',
    '-----BEGIN ',
    'PRIVATE KEY-----',
    'ghs_',
    'bearer ',
    ' ',
    '/',
  );
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 5 }), (list) => {
      const text = list.join('').repeat(2_000).slice(0, 20_000);
      expect(fastest(() => withoutSecrets(text), 100)).toBeLessThan(100);
    }),
    runs(150),
  );
});
